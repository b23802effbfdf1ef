package years

import (
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/cmd/people"
	"loket/app/scheme"
)

// person is somebody whom a kiosk said to have saved.
type person struct {
	nik string
	id  app.EntryID
}

// cardStory is a card that a kiosk made, and whether it has ended.
type cardStory struct {
	serial     app.Serial
	credential []byte
	expires    time.Time
	of         app.EntryID
	bad        bool // ended: spoiled, lost, replaced
	why        string
}

// badCard is one that must never be green; a forged one must not even be genuine.
type badCard struct {
	credential []byte
	forged     bool
	why        string
}

// numbers are given to one alone.
type numbers struct {
	niks    map[string]bool
	given   map[app.ProvisionalNumber]bool
	members map[app.MemberNumber]app.EntryID
	serials map[app.Serial]bool
}

func newNumbers() numbers {
	return numbers{map[string]bool{}, map[app.ProvisionalNumber]bool{}, map[app.MemberNumber]app.EntryID{}, map[app.Serial]bool{}}
}

// stranger is somebody new: no two people share a NIK.
func (w *world) stranger(crowd *people.Crowd) app.Record {
	for {
		rec := crowd.WalkIn()
		rec.Plan.FirstMonth = scheme.Embedded().FirstMonth(app.DateOf(w.clock.Now()))
		if !w.numbers.niks[rec.Person.NIK] {
			w.numbers.niks[rec.Person.NIK] = true
			return rec
		}
	}
}

// registered notes somebody whom a kiosk said to have saved, and looks whether a number was given
// before.
func (w *world) registered(r app.Registration) {
	w.people = append(w.people, &person{r.Record.Person.NIK, r.ID})
	if w.numbers.given[r.Number] {
		w.fault(&w.report.Doubled, "the slip's number %s was given before", r.Number)
	}
	w.numbers.given[r.Number] = true
	if !r.Member.Valid() {
		return
	}
	if other, taken := w.numbers.members[r.Member]; taken && other != r.ID {
		w.fault(&w.report.Doubled, "a member number was given before")
	}
	w.numbers.members[r.Member] = r.ID
}

// issued notes a card.
func (w *world) issued(c app.Card, of app.EntryID) *cardStory {
	if w.numbers.serials[c.Serial] {
		w.fault(&w.report.Doubled, "serial %d was given before", c.Serial)
	}
	w.numbers.serials[c.Serial] = true
	s := &cardStory{serial: c.Serial, credential: c.Credential, of: of}
	if parsed, err := card.Parse(c.Credential); err == nil {
		s.expires = parsed.Claims.Expires
	}
	w.cards = append(w.cards, s)
	w.report.Cards++
	return s
}

// ended notes that a card is bad from now on.
func (w *world) ended(s *cardStory, why string) {
	s.bad, s.why = true, why
	w.bad = append(w.bad, &badCard{s.credential, false, why})
	w.report.BadCards++
}

func (w *world) forgery(credential []byte, why string) {
	w.bad = append(w.bad, &badCard{credential, true, why})
	w.report.BadCards++
}
