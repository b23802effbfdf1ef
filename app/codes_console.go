package app

// What the console and its accounts can answer.
const (
	OfficeNoRight           Code = "headoffice.no_right"
	OfficeSecondRight       Code = "headoffice.second_right"
	OfficeBusy              Code = "headoffice.busy"
	OfficeLastAdministrator Code = "headoffice.last_administrator"
	OfficePasswordShort     Code = "headoffice.password_short"
	OfficePasswordsDiffer   Code = "headoffice.passwords_differ"
	OfficeAccountName       Code = "headoffice.account_name"
	OfficeAccountUnknown    Code = "headoffice.account_unknown"
	OfficePayersProgramme   Code = "headoffice.payers_programme"
	OfficeOneAccount        Code = "headoffice.one_account"
	OfficeTLSEnds           Code = "headoffice.tls_ends"
	OfficeTLSFiles          Code = "headoffice.tls_files"
	OfficePlainHTTP         Code = "headoffice.plain_http"
	OfficeFormerComputer    Code = "headoffice.former_computer"
	OfficeSuspensionWaits   Code = "headoffice.suspension_waits"
	OfficeSuspensionOverdue Code = "headoffice.suspension_overdue"
	OfficeNobodyChosen      Code = "headoffice.nobody_chosen"
	OfficeOrderOld          Code = "headoffice.order_old"
	OfficeTakeBackLate      Code = "headoffice.take_back_late"
	OfficeEndDay            Code = "headoffice.end_day"
)
