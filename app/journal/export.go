package journal

// ExportBody is access.looked-up of a whole programme: its registrations were taken out as a file.
// The entry's operator took them, its scope names the programme.
type ExportBody struct {
	People int  `cbor:"1,keyasint"`
	Open   bool `cbor:"2,keyasint,omitempty"` // with whole NIKs
}
