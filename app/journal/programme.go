package journal

// ProgrammeBody is programme.opened and programme.changed: a sponsor programme as the order knows it.
// Its scope is the entry's.
type ProgrammeBody struct {
	Name       string `cbor:"1,keyasint"`
	Payer      string `cbor:"2,keyasint"` // kind
	PayerName  string `cbor:"3,keyasint"`
	Decree     string `cbor:"4,keyasint"` // number
	DecreeDay  string `cbor:"5,keyasint"` // "2026-01-15"
	Programmes uint8  `cbor:"6,keyasint"`
	First      uint32 `cbor:"7,keyasint"` // 202612
	Months     int    `cbor:"8,keyasint"`
	Target     int    `cbor:"9,keyasint,omitempty"`  // people
	Budget     int64  `cbor:"10,keyasint,omitempty"` // rupiah
	Level      int    `cbor:"11,keyasint,omitempty"` // of evidence that counts as delivered, 1 to 3
	Region     string `cbor:"12,keyasint,omitempty"` // of its lists, "64.08"
	Release    string `cbor:"13,keyasint,omitempty"` // condition of payment, in words
}

// RosterBody is roster.imported: one version of a programme's list, taken in as far as it goes.
type RosterBody struct {
	Version   uint32 `cbor:"1,keyasint"` // of the programme's list, from 1
	File      []byte `cbor:"2,keyasint"` // SHA-256 of the file
	AsOf      string `cbor:"3,keyasint"` // day by which it was judged
	Rows      int    `cbor:"4,keyasint"`
	Rejected  int    `cbor:"5,keyasint"`
	New       int    `cbor:"6,keyasint"` // registered from this version
	Corrected int    `cbor:"7,keyasint"`
	Unchanged int    `cbor:"8,keyasint"`
	Left      int    `cbor:"9,keyasint"`  // in the version before and not in this one: shown, never ended
	RowsRoot  []byte `cbor:"10,keyasint"` // SHA-256 over the commitments of all accepted rows, sorted
}

// RowJudgedBody is roster.row-judged: a row that was rejected, or accepted with a warning. The row
// itself is the sender's and stays with the sender.
type RowJudgedBody struct {
	Version uint32   `cbor:"1,keyasint"`
	Sheet   uint32   `cbor:"2,keyasint,omitempty"` // number of the sheet, from 0
	Line    uint32   `cbor:"3,keyasint"`
	Codes   []string `cbor:"4,keyasint"`
}

// AmendedBody is the open half of registration.completed and registration.corrected: which fields
// were filled or changed. The registration is the subject; the personal part is the whole record as
// it stands from now on.
type AmendedBody struct {
	Fields []string   `cbor:"1,keyasint"`
	Reason string     `cbor:"2,keyasint,omitempty"`
	Row    []byte     `cbor:"3,keyasint,omitempty"` // new commitment, when a list corrected it
	Added  []FileBody `cbor:"4,keyasint,omitempty"` // pictures that came with it
	Review string     `cbor:"5,keyasint,omitempty"` // code for which a supervisor must look at it now
}

// ReviewedBody is registration.reviewed by a supervisor. The registration is the subject.
type ReviewedBody struct {
	Approved bool   `cbor:"1,keyasint"`           // false: sent back
	Reason   string `cbor:"2,keyasint,omitempty"` // code; words of a person go into the personal part
}

// NotePart is a person's own words beside an entry: why a record was sent back or withdrawn.
type NotePart struct {
	Text string `cbor:"1,keyasint"`
}
