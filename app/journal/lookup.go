package journal

import (
	"fmt"
	"time"

	"loket/app"
)

// AskedBody is the open half of lookup.asked, and of access.looked-up, which is a question that could be
// answered at the counter. Nothing in it is personal.
type AskedBody struct {
	Number       uint32 `cbor:"1,keyasint"`           // of the slip
	ByName       bool   `cbor:"2,keyasint,omitempty"` // asked by name and birth date
	Registration uint64 `cbor:"3,keyasint,omitempty"` // seq of who was found here
	Finding      string `cbor:"4,keyasint,omitempty"` // what was said at the counter
}

// AskedPart is the question, the personal half of both.
type AskedPart struct {
	NIK      uint64 `cbor:"1,keyasint,omitempty"`
	Name     string `cbor:"2,keyasint,omitempty"`
	Born     string `cbor:"3,keyasint,omitempty"` // "1990-10-05"
	Asker    string `cbor:"4,keyasint"`
	Relation string `cbor:"5,keyasint"`
	Phone    string `cbor:"6,keyasint,omitempty"`
	Way      string `cbor:"7,keyasint,omitempty"`
	Purpose  string `cbor:"8,keyasint"`
}

// OpenedBody is access.looked-up of one registration, which is the subject: its page was opened. Nothing
// in it is personal.
type OpenedBody struct {
	Where string `cbor:"5,keyasint"`           // of Opened*
	At    int64  `cbor:"6,keyasint,omitempty"` // unix ms, where it could be written down only later: the disk was full
}

// Where a person can be opened.
const (
	OpenedPage   = "page"    // of the person, found or reviewed
	OpenedRecord = "record"  // to complete or to correct
	OpenedOffice = "console" // at head office
)

// AnsweredBody is lookup.answered in head office's journal.
type AnsweredBody struct {
	Kiosk       app.Kiosk       `cbor:"1,keyasint"` // the question
	Incarnation app.Incarnation `cbor:"2,keyasint"`
	Seq         uint64          `cbor:"3,keyasint"`
	Finding     string          `cbor:"4,keyasint"`
	ByName      bool            `cbor:"5,keyasint,omitempty"`
	Day         string          `cbor:"6,keyasint,omitempty"` // on which cover began or ended
	At          int64           `cbor:"7,keyasint"`           // unix ms: as the books stood then
}

// AnswerNews is the content of an answer frame: the body, and the words of who answered.
type AnswerNews struct {
	Body AnsweredBody `cbor:"1,keyasint"`
	Text string       `cbor:"2,keyasint,omitempty"`
}

// CalledBackBody is lookup.called-back: the family was told, or could not be reached. The question's
// entry is the subject.
type CalledBackBody struct {
	How string `cbor:"1,keyasint"` // phone, came, message, unreached
}

// PackQuestion makes the personal half.
func PackQuestion(q app.Question) AskedPart {
	nik := uint64(0) // which no NIK is
	for _, d := range q.NIK {
		nik = 10*nik + uint64(d-'0')
	}
	return AskedPart{
		NIK: nik, Name: q.Name, Born: q.Born.ISO(), Asker: q.Asker, Relation: q.Relation,
		Phone: q.Phone, Way: q.Way, Purpose: q.Purpose,
	}
}

// Question is the question as it was asked.
func (p AskedPart) Question() app.Question {
	q := app.Question{Name: p.Name, Asker: p.Asker, Relation: p.Relation, Phone: p.Phone, Way: p.Way, Purpose: p.Purpose}
	if p.NIK > 0 {
		q.NIK = fmt.Sprintf("%016d", p.NIK)
	}
	q.Born, _ = app.ParseDate(p.Born)
	return q
}

// Question names the entry that was answered.
func (b AnsweredBody) Question() app.EntryID {
	return app.EntryID{Chain: app.Chain{Kiosk: b.Kiosk, Incarnation: b.Incarnation}, Seq: b.Seq}
}

// Answer is the answer with its words.
func (n AnswerNews) Answer() app.LookupAnswer {
	day, _ := app.ParseDate(n.Body.Day)
	return app.LookupAnswer{Finding: app.Finding(n.Body.Finding), Day: day, ByName: n.Body.ByName, Text: n.Text, At: time.UnixMilli(n.Body.At)}
}
