package app

// Codes of head office's certificates.
const (
	OfficeUnknownRoot Code = "office.unknown_root"
	OfficeCertificate Code = "office.certificate"
	OfficeNotYet      Code = "office.not_yet"
	OfficeExpired     Code = "office.expired"
	OfficeVoid        Code = "office.void"
	OfficeWrongUse    Code = "office.wrong_use"
)
