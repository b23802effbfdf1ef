package app

// Codes of printing: composing a document, making its file, and the printer.
const (
	PrintTextTooLong    Code = "print.text_too_long"
	PrintBarcode        Code = "print.barcode"
	PrintDocument       Code = "print.document"
	PrintTooManyPages   Code = "print.too_many_pages"
	PrintNothing        Code = "print.nothing"
	PrintJobTooLarge    Code = "print.job_too_large"
	PrintJobName        Code = "print.job_name"
	PrintFolderMissing  Code = "print.folder_missing"
	PrintFolderReadOnly Code = "print.folder_readonly"
	PrintDiskFull       Code = "print.disk_full"
	PrintProfile        Code = "print.profile_unknown"
)
