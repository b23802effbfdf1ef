package app

// What the rules of the scheme can refuse.
const (
	RulesBroken          Code = "scheme.rules_broken"
	SectorUnknown        Code = "scheme.sector_unknown"
	PayerUnknown         Code = "scheme.payer_unknown"
	ProgrammesIncomplete Code = "scheme.programmes_incomplete" // JKK and JKM go together
	ProgrammesUnknown    Code = "scheme.programmes_unknown"
	OldAgeForOwner       Code = "scheme.jht_for_owner" // a business owner must take JHT
	IncomeNegative       Code = "scheme.income_negative"
	PeriodUnknown        Code = "scheme.period_unknown"
	MonthsImpossible     Code = "scheme.months_impossible"
	FirstMonthMissing    Code = "scheme.first_month_missing"
	OccupationUnknown    Code = "scheme.occupation_unknown"
)

// Who may be registered.
const (
	TooOld           Code = "registration.too_old"
	TooOldFormer     Code = "registration.too_old_former" // was a member before: the branch decides
	TooYoung         Code = "registration.too_young"
	BirthDateMissing Code = "registration.birth_date_missing"
	BirthDateFuture  Code = "registration.birth_date_future"
)
