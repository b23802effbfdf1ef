package app

// Why head office set an entry of a sponsor programme aside, and what it decided about somebody for
// whom two pay.
const (
	OfficeScopeReserved Code = "headoffice.scope_reserved"
	OfficeScopeTaken    Code = "headoffice.scope_taken"
	OfficeNoProgramme   Code = "headoffice.no_programme"
	OfficeListTwice     Code = "headoffice.list_twice"
	OfficeOtherPayer    Code = "headoffice.other_payer"
)
