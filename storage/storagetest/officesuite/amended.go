package officesuite

import (
	"encoding/binary"
	"testing"

	"loket/app"
	"loket/app/card"
	"loket/app/journal"
)

// Say writes an entry with a body about another of the same chain.
func (k *Kiosk) Say(t testing.TB, kind journal.Kind, subject app.EntryID, body any) {
	t.Helper()
	k.add(t, kind, binary.BigEndian.AppendUint64(nil, subject.Seq), body, nil)
}

// Amend gives a registration another record.
func (k *Kiosk) Amend(t testing.TB, kind journal.Kind, subject app.EntryID, body any, record app.Record) {
	t.Helper()
	packed, err := journal.PackRecord(record)
	need(t, err)
	part, err := journal.NewPart(packed)
	need(t, err)
	k.add(t, kind, binary.BigEndian.AppendUint64(nil, subject.Seq), body, &part)
}

// completed: a record that was completed or whose consent changed is the record from then on, and its
// pictures are awaited; the decision stays.
func completed(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	id := k.Register(t, Person(1), "", "")
	w.send(t, k)
	record := Person(1)
	record.Person.Marital, record.Evidence = "married", []app.Evidence{{Kind: "ektp", Hash: [32]byte{7}, Size: 9}}
	k.Amend(t, journal.RegistrationCompleted, id, journal.AmendedBody{Fields: []string{"marital", "evidence"}, Added: journal.FilesOf(record.Evidence)}, record)
	record.Consents = []app.Consent{{Purpose: "whatsapp", Given: true, Text: "1"}}
	k.Amend(t, journal.ConsentGiven, id, journal.ConsentBody{Purpose: "whatsapp", Text: "1", How: "spoken"}, record)
	w.send(t, k)
	row := w.row(t, id)
	if row.Record.Person.Marital != "married" || len(row.Record.Evidence) != 1 || len(row.Record.Consents) != 1 || row.State != app.Accepted || len(w.decisions(t, k)[id]) != 1 {
		t.Errorf("%s, %+v", row.State, row.Record)
	}
	if len(row.History) != 2 || row.History[0].Kind != journal.RegistrationCompleted || row.History[0].Fields[0] != "marital" || row.History[0].Operator != "dl" {
		t.Errorf("%+v", row.History)
	}
}

// correctedNIK: another NIK moves the claim, lets who waited behind the old one in, and makes a
// duplicate where the new one is taken; the number stays with the person.
func correctedNIK(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	first := k.Register(t, Person(1), "", "")
	behind := k.Register(t, Person(1), "", "")
	third := k.Register(t, Person(3), "", "")
	w.send(t, k)
	member := w.row(t, first).Member
	right := Person(2)
	k.Amend(t, journal.RegistrationCorrected, first, journal.AmendedBody{Fields: []string{"nik"}, Reason: "typing"}, right)
	w.send(t, k)
	if a, b := w.row(t, first), w.row(t, behind); a.State != app.Accepted || a.Member != member || a.Record.Person.NIK != right.Person.NIK || b.State != app.Accepted || b.Member == member {
		t.Errorf("moved: %+v\nbehind: %+v", a.Registration, b.Registration)
	}
	k.Amend(t, journal.RegistrationCorrected, first, journal.AmendedBody{Fields: []string{"nik"}, Reason: "typing"}, Person(3))
	w.send(t, k)
	if row := w.row(t, first); row.State != app.Duplicate || row.Other != third || w.row(t, third).State != app.Accepted {
		t.Errorf("taken: %+v", row)
	}
	k.Amend(t, journal.RegistrationCorrected, first, journal.AmendedBody{Fields: []string{"nik"}, Reason: "typing"}, Person(4))
	w.send(t, k)
	if row := w.row(t, first); row.State != app.Accepted || row.Member != member {
		t.Errorf("free again: %+v, the number was %s", row.Registration, member)
	}
	if rows := w.decisions(t, k)[first]; len(rows) != 3 {
		t.Errorf("decisions: %+v", rows)
	}
}

// correctedFlagged: what the counter flags after a correction waits for its review; nobody who was
// accepted is put back for a flag.
func correctedFlagged(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	accepted := k.Register(t, Person(1), "", "")
	double := k.Register(t, Person(1), "", "")
	w.send(t, k)
	for n, id := range []app.EntryID{double, accepted} {
		k.Amend(t, journal.RegistrationCorrected, id, journal.AmendedBody{Fields: []string{"nik"}, Reason: "typing", Review: string(app.RegistrationUnsettled)}, Person(5+n))
	}
	w.send(t, k)
	if a, b := w.row(t, accepted), w.row(t, double); a.State != app.Accepted || b.State != app.NeedsReview || b.Reason != app.RegistrationUnsettled {
		t.Errorf("%s, %s %s", a.State, b.State, b.Reason)
	}
	k.Say(t, journal.RegistrationReviewed, double, journal.ReviewedBody{Approved: true})
	w.send(t, k)
	if row := w.row(t, double); row.State != app.Accepted {
		t.Errorf("approved: %s %s", row.State, row.Reason)
	}
}

// sentBack: a registration that the supervisor sent back waits, until it is corrected and approved.
func sentBack(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	id := k.Register(t, Person(1), "", string(app.RegistrationUnsettled))
	k.Say(t, journal.RegistrationReviewed, id, journal.ReviewedBody{Reason: "name"})
	w.send(t, k)
	if row := w.row(t, id); row.State != app.NeedsReview || row.Reason != app.RecordSentBack {
		t.Errorf("sent back: %s %s", row.State, row.Reason)
	}
	right := Person(1)
	right.Person.Name = "YOHANES CONTOH BENAR"
	k.Amend(t, journal.RegistrationCorrected, id, journal.AmendedBody{Fields: []string{"name"}, Reason: "reviewer"}, right)
	k.Say(t, journal.RegistrationReviewed, id, journal.ReviewedBody{Approved: true})
	k.Say(t, journal.RegistrationReviewed, id, journal.ReviewedBody{Approved: true}) // another program says it again
	w.send(t, k)
	if row := w.row(t, id); row.State != app.Accepted || row.Record.Person.Name != right.Person.Name || len(w.decisions(t, k)[id]) != 1 {
		t.Errorf("%s, %+v", row.State, row.Record.Person)
	}
}

// withdrawnFrees: a registration that is taken back voids its card and frees its NIK for who waits.
func withdrawnFrees(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	serial := uint32(w.leases(t, k, "serial")[0].Blocks[0])
	first := k.Register(t, Person(1), "", "")
	k.Queue(t, serial, first, 0)
	behind := k.Register(t, Person(1), "", "")
	w.send(t, k)
	k.Say(t, journal.RegistrationWithdrawn, first, journal.WithdrawnBody{Reason: "mistake"})
	w.send(t, k)
	if a, b := w.row(t, first), w.row(t, behind); a.State != app.Withdrawn || b.State != app.Accepted {
		t.Errorf("%s, %s", a.State, b.State)
	}
	if s := w.status(t, serial); s != card.Invalid {
		t.Error("the card of a withdrawn registration is", s)
	}
}

// coveredStays: cover that has begun is not ended by a counter that has not heard of it. People see what
// was asked, and the counter is told.
func coveredStays(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	id := k.Register(t, Person(1), "", "")
	w.send(t, k)
	_, err := w.store.BeginCover(w.ctx, []app.EntryID{id}, app.Date{Year: 2026, Month: 11, Day: 20}, "admin", w.at)
	need(t, err)
	k.Say(t, journal.RegistrationWithdrawn, id, journal.WithdrawnBody{Reason: "mistake"})
	w.send(t, k)
	if row := w.row(t, id); row.State != app.Accepted || row.Cover != app.CoverBegun {
		t.Errorf("%s, %s", row.State, row.Cover)
	}
	if f := w.figures(t); f.Quarantined != 1 {
		t.Errorf("%d are set aside", f.Quarantined)
	}
	d := w.decisions(t, k)[id]
	if last := d[len(d)-1]; last.Outcome != journal.OutcomeAccepted || last.Reason != string(app.RecordCovered) || last.Member == "" {
		t.Errorf("%+v", d)
	}
}

// badAmendments: bodies that say nothing that is known, records that are none, registrations that are
// not there: each is set aside and changes nothing.
func badAmendments(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	id := k.Register(t, Person(1), "", string(app.RegistrationUnsettled))
	nobody := app.EntryID{Chain: k.Chain, Seq: 999}
	body := journal.AmendedBody{Fields: []string{"name"}, Reason: "typing"}
	k.Say(t, journal.RegistrationReviewed, id, nil)
	k.Say(t, journal.RegistrationReviewed, id, journal.ReviewedBody{Reason: "<script>"})
	k.Say(t, journal.RegistrationReviewed, nobody, journal.ReviewedBody{Approved: true})
	k.Say(t, journal.RegistrationWithdrawn, id, nil)
	k.Say(t, journal.RegistrationWithdrawn, id, journal.WithdrawnBody{Reason: "<script>"})
	k.Say(t, journal.RegistrationWithdrawn, nobody, journal.WithdrawnBody{Reason: "asked"})
	k.Say(t, journal.RegistrationCorrected, id, body) // without the record
	k.Amend(t, journal.RegistrationCorrected, id, 7, Person(2))
	k.Amend(t, journal.RegistrationCorrected, nobody, body, Person(2))
	k.Amend(t, journal.RegistrationCompleted, id, body, app.Record{})
	k.Amend(t, journal.RegistrationCompleted, id, journal.AmendedBody{Fields: []string{"evidence"}, Added: []journal.FileBody{{Kind: "ektp"}}}, Person(2))
	k.Amend(t, journal.ConsentGiven, id, journal.ConsentBody{}, Person(2))
	w.send(t, k)
	if f := w.figures(t); f.Quarantined != 12 {
		t.Errorf("%d are set aside", f.Quarantined)
	}
	if row := w.row(t, id); row.State != app.NeedsReview || row.Record.Person.NIK != Person(1).Person.NIK || len(row.History) != 0 {
		t.Errorf("%+v", row)
	}
}
