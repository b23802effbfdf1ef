package daftar

import (
	"testing"

	"fyne.io/fyne/v2"

	"loket/app/scheme"
	"loket/app/words"
	"loket/ui/theme"
)

func (x *table) openQueue() *Queue {
	x.OpenQueue()
	q := x.queue
	x.Own(q.owner)
	x.Until("listed", func() bool { return q.waiting != nil || x.line.idle() })
	return q
}

func TestTheQueueGivesNumbersAndTheCounterTakesTheNext(t *testing.T) {
	store := newMemory()
	x := open(t, store, 1366, 768, words.ID, theme.Look{})
	x.Type("6408") // somebody is being served
	q := x.openQueue()
	for n, name := range []string{"SITI AMINAH", "MUHAMMAD ABDURRAHMAN WAHYUNINGRAT KUSUMADIPUTRA NOTOHADININGRAT", ""} {
		q.nik.Focus()
		x.Press(fyne.KeyReturn)
		x.Type(name)
		x.Press(fyne.KeyReturn)
		x.Until("given", func() bool { return len(q.waiting) == n+1 })
	}
	x.Picture("queue-1366-id")
	if q.given.Ticket.String() != "A-003" || q.waiting[0].Form.Record.Person.Name != "SITI AMINAH" {
		t.Fatalf("%+v", q.given.Ticket)
	}
	x.Press(fyne.KeyF11)
	x.Until("served", func() bool { return x.model.Draft.Ticket.Number == 1 && x.line.idle() })
	if x.Shell.Showing() != x.Screen || x.model.Draft.Form.Text(scheme.FieldName) != "SITI AMINAH" {
		t.Error("the form does not hold who is served")
	}
	x.Until("who was served before is parked", func() bool { return len(x.model.Parked) == 3 })
	x.Picture("queue-served-1366-id")
}

func TestQueuePictures(t *testing.T) {
	for _, c := range []struct {
		name       string
		wide, high float32
		lang       words.Lang
		look       theme.Look
	}{
		{"1024-en", 1024, 600, words.EN, theme.Look{}},
		{"150-id", 1366, 768, words.ID, theme.Look{Scale: 150}},
	} {
		x := open(t, newMemory(), c.wide, c.high, c.lang, c.look)
		q := x.openQueue()
		x.Picture("queue-empty-" + c.name)
		for n, name := range []string{"SITI AMINAH", "MUHAMMAD ABDURRAHMAN WAHYUNINGRAT KUSUMADIPUTRA"} {
			q.typed[1] = name
			q.give()
			x.Until("given", func() bool { return len(q.waiting) == n+1 })
		}
		x.Picture("queue-" + c.name)
	}
}
