package journal

import (
	"slices"

	"loket/app"
)

// WithdrawnBody is the open half of registration.withdrawn. The registration is the subject; words of
// a person go into the personal part.
type WithdrawnBody struct {
	Reason string `cbor:"1,keyasint"`
}

// WithdrawalReasons are why a registration is taken back: a closed list, in the order in which screens
// offer it.
var WithdrawalReasons = []string{"asked", "mistake", "same_person", "other_segment", "died", "other"}

// SendBackReasons are why a supervisor sends a registration back.
var SendBackReasons = []string{"nik", "name", "birth", "evidence", "compare", "other"}

// CorrectionReasons are why a record is corrected.
var CorrectionReasons = []string{"typing", "ektp_differs", "changed_since", "reviewer", "other"}

// ConsentBody is consent.given and consent.withdrawn: one purpose, answered later than at the
// registration. The personal part is the whole record as it stands from now on.
type ConsentBody struct {
	Purpose string `cbor:"1,keyasint"`
	Text    string `cbor:"2,keyasint"`           // version of the text
	How     string `cbor:"3,keyasint,omitempty"` // spoken, signed, thumb, sheet
}

// Amendment is a record that takes the place of another.
type Amendment struct {
	Registration app.EntryID
	Revision     uint64 // that it was made from: what somebody else changed meanwhile is not lost
	Kind         Kind   // completed or corrected
	Body         AmendedBody
	Record       app.Record
	Compared     map[app.EntryID]string // what was judged about look-alikes
}

// FilesOf names evidence as bodies do.
func FilesOf(evidence []app.Evidence) (files []FileBody) {
	for _, e := range evidence {
		files = append(files, FileBody{Kind: e.Kind, Hash: slices.Clone(e.Hash[:]), Size: e.Size})
	}
	return files
}
