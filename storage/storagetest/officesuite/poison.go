package officesuite

import (
	"math"
	"testing"
	"time"

	"loket/app"
	"loket/app/journal"
)

// kinds are all that a kiosk writes and that change the books.
var kinds = []journal.Kind{
	journal.OperatorAdded, journal.OperatorRemoved, journal.OperatorRestored, journal.OperatorAttested, journal.EventOpened, journal.EventPassIssued, journal.EventJoined, journal.EventClosed,
	journal.RegistrationCaptured, journal.RegistrationCompleted, journal.RegistrationCorrected, journal.RegistrationWithdrawn, journal.RegistrationReviewed,
	journal.RegistrationCompared, journal.RegistrationReferred, journal.EmployerLead, journal.LookupAsked, journal.LookupCalled, journal.RosterImported,
	journal.RosterRowJudged, journal.ConsentGiven, journal.ConsentWithdrawn, journal.CardQueued, journal.CardSent, journal.CardConfirmed, journal.CardSpoiled,
	journal.CardReissued, journal.CardLost, journal.ProgrammeOpened, journal.ProgrammeChanged, journal.ProgrammeClosed, journal.ProgrammeRowsGiven,
	journal.HandoverDone, journal.AccessLookedUp, journal.ClockJumped, journal.DeviceRekeyed,
}

// poison: entries that a broken or hostile program writes are set aside or change nothing; none of
// them keeps a batch from being taken, or else the kiosk's post would stand still for ever.
func poison(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	id := k.Register(t, Person(1), "", "")
	other := k.Register(t, Person(2), "", string(app.RegistrationUnsettled))
	w.send(t, k)
	const nul, most = "nama\x00", math.MaxUint64
	event := journal.EventBody{ID: "abc234", Name: nul, From: 1, Until: math.MaxInt64, PickUp: nul, Village: nul}
	bodies := []any{
		nil, 7, "teks",
		[]int{1, 2},
		map[int]any{},
		map[int]any{1: nul, 2: nul, 3: nul},
		map[int]any{1: uint64(most), 2: uint64(most), 3: uint64(most), 4: uint64(most)},
		map[int]any{1: -1, 2: -1, 3: -1},
		map[int]any{1: []any{nul, uint64(most)}},
		event,
		journal.OperatorBody{ID: nul, Role: nul, Agency: nul},
		journal.CalledBackBody{How: nul},
		journal.AmendedBody{Fields: []string{nul}, Reason: nul, Review: nul},
		journal.ConsentBody{Purpose: nul, Text: nul},
		journal.ComparedBody{Registration: most, Kiosk: 417, Incarnation: 1, Seq: most, Outcome: "same"},
		journal.RegistrationBody{Counter: math.MaxUint32, Member: nul, Review: nul},
		journal.LeadBody{Workers: math.MinInt64},
		journal.LeadBody{Workers: math.MaxInt64},
		journal.AskedBody{Number: math.MaxUint32, Registration: most, Finding: nul},
		journal.CardBody{Serial: math.MaxUint32, Registration: most, Member: nul, Hash: []byte{1}},
		journal.CardMoveBody{Serial: 1, How: nul, Reason: nul},
		journal.HandoverBody{Serial: 1, Receiver: nul, Level: math.MinInt64},
		journal.WithdrawnBody{Reason: nul},
		journal.ReviewedBody{Reason: nul},
		journal.AttestationBody{Operator: nul, First: 1, Last: most},
		journal.EventClosedBody{Event: nul, Registered: math.MinInt64},
	}
	for _, kind := range kinds {
		for i, body := range bodies {
			for _, subject := range []app.EntryID{id, {Chain: k.Chain, Seq: most}} {
				k.Event = "abc234"
				if i%3 == 0 {
					k.Event = nul
				}
				k.Say(t, kind, subject, body)
				k.Amend(t, kind, subject, body, Person(3))
			}
		}
		p := k.Seal(t)
		if _, err := w.take(t, k, p); err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
	}
	k.Event = ""
	last := k.Register(t, Person(4), "", "")
	w.send(t, k)
	if s := w.row(t, last).State; s != app.Accepted {
		t.Errorf("whoever comes behind is %s", s)
	}
	if row := w.row(t, other); row.State != app.NeedsReview || row.Record.Person.NIK != Person(2).Person.NIK {
		t.Errorf("%+v", row)
	}
	w.readable(t)
}

// readable opens every page that lists what kiosks told.
func (w *officeWorld) readable(t testing.TB) {
	t.Helper()
	_, err := w.store.Events(w.ctx, 1000)
	need(t, err)
	_, err = w.store.Leads(w.ctx, 1000)
	need(t, err)
	_, err = w.store.Lookups(w.ctx, 1000)
	need(t, err)
	_, err = w.store.Programmes(w.ctx)
	need(t, err)
	_, err = w.store.Figures(w.ctx, time.Time{}, time.Time{})
	need(t, err)
}
