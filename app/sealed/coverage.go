package sealed

// Coverage is how many workers of a region are covered, against the target, by head office's word.
type Coverage struct {
	Region  string `cbor:"1,keyasint"`           // regency or district: "64.71", "64.71.01"
	Covered int    `cbor:"2,keyasint"`           // people
	Target  int    `cbor:"3,keyasint,omitempty"` // people; 0 not set
	Workers int    `cbor:"4,keyasint,omitempty"` // people who work there; 0 not known
	AsOf    string `cbor:"5,keyasint"`           // day on which it was counted: "2026-11-20"
}

// MaxCoverage is how many regions one kiosk is told of.
const MaxCoverage = 200

// MaxDecisions is how many decisions one frame carries.
const MaxDecisions = 500
