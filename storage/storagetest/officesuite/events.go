package officesuite

import (
	"testing"

	"loket/app"
	"loket/app/journal"
)

// eventCounted: an event shows what came from each kiosk, beside what the kiosk told when it ended;
// an event that cannot be is set aside.
func eventCounted(t testing.TB, w *officeWorld) {
	k, other := w.kiosk(t, 417), w.kiosk(t, 418)
	body := journal.EventBody{ID: "k7m2qp", Name: "Bazar UMKM Manggar", Address: "Lapangan", From: 1795219200, Until: 1795248000, Tasks: app.EventTasks}
	for _, one := range []*Kiosk{k, other} {
		one.Event = "k7m2qp"
		one.Add(t, journal.EventOpened, body, nil)
	}
	k.Add(t, journal.EventPassIssued, journal.PassBody{Event: "k7m2qp", ID: make([]byte, 8), Tasks: app.EventTasks, Hash: make([]byte, 32)}, nil)
	k.Add(t, journal.EventJoined, journal.JoinedBody{Event: "k7m2qp", Pass: make([]byte, 8), Operator: "sw"}, nil)
	k.Register(t, Person(1), "", "")
	k.Register(t, Person(2), "", "")
	k.Add(t, journal.EventClosed, journal.EventClosedBody{Event: "k7m2qp", Registered: 3, Slips: 2}, nil)
	k.Event = ""
	k.Register(t, Person(3), "", "")
	body.Until = body.From
	k.Add(t, journal.EventOpened, body, nil)
	w.send(t, k)
	w.send(t, other)
	rows, err := w.store.Events(w.ctx, 10)
	need(t, err)
	if len(rows) != 2 {
		t.Fatalf("%+v", rows)
	}
	r := rows[0]
	if r.Chain.Kiosk != 417 || r.Event.Name != body.Name || r.Registered != 2 || r.Passes != 1 || r.Joined != 1 || r.Event.Open() || r.Missing() != 1 || r.Told.Slips != 2 {
		t.Errorf("%+v", r)
	}
	if o := rows[1]; o.Registered != 0 || !o.Event.Open() {
		t.Errorf("%+v", o)
	}
	if f := w.figures(t); f.Quarantined != 1 {
		t.Errorf("%+v", f)
	}
}
