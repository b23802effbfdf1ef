package app

// What can be wrong with a sponsor's programme and with taking in its list.
const (
	SponsorNameMissing   Code = "sponsor.name_missing"
	SponsorPayerMissing  Code = "sponsor.payer_missing" // whose money: an agency, firm or donor, by name
	SponsorDecreeMissing Code = "sponsor.decree_missing"
	SponsorTextLong      Code = "sponsor.text_long"
	SponsorLevelUnknown  Code = "sponsor.level_unknown"
	SponsorRegionUnknown Code = "sponsor.region_unknown"
	SponsorAmountBad     Code = "sponsor.amount_impossible" // budget or target
	SponsorFixed         Code = "sponsor.fixed"             // people are registered: payer, cover and first month stand
	SponsorClosed        Code = "sponsor.closed"
	SponsorListEmpty     Code = "sponsor.list_empty" // no row of it can be registered
	SponsorListMoved     Code = "sponsor.list_moved" // another import of the programme came between
	SponsorUnfinished    Code = "sponsor.unfinished" // a newer list is half taken in
	SponsorNoList        Code = "sponsor.no_list"
)
