package app

// Why a sponsor list cannot be read. What is wrong with one of its rows stands in codes_identity.go.
const (
	RosterEmpty       Code = "roster.empty"
	RosterNoRows      Code = "roster.no_rows"
	RosterNoHeader    Code = "roster.no_header"
	RosterLocked      Code = "roster.locked"    // protected with a password
	RosterOldExcel    Code = "roster.old_excel" // the format before 2007
	RosterPDF         Code = "roster.pdf"
	RosterWebPage     Code = "roster.web_page" // a web page renamed .xls
	RosterOpenOffice  Code = "roster.ods"
	RosterNotList     Code = "roster.not_a_list"
	RosterDamaged     Code = "roster.damaged"
	RosterBomb        Code = "roster.too_much_inside" // unpacks to far more than a list can hold
	RosterFileTooBig  Code = "roster.file_too_big"
	RosterTooManyRows Code = "roster.too_many_rows"
	RosterLineTooLong Code = "roster.line_too_long"
	RosterRegion      Code = "roster.region_unknown"
)
