package app

// Codes that belong to no single room. Each room's own codes stand in codes_<room>.go.
const (
	Internal      Code = "internal"
	WrongUse      Code = "wrong_use"
	NotAllowed    Code = "not_allowed"
	NotFound      Code = "not_found"
	Cancelled     Code = "cancelled"
	FileUnread    Code = "file.unreadable"
	FileUnwritten Code = "file.unwritable"
	FileFull      Code = "file.full"
)
