package app

// What can be wrong with a report.
const (
	ReportDates       Code = "report.dates"
	ReportDatesTurned Code = "report.dates_turned"
	ReportTooLong     Code = "report.too_long"
	ReportNoFolder    Code = "report.no_folder"
	ReportNobody      Code = "report.nobody"
)
