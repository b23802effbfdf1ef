package officesuite

import (
	"crypto/ed25519"
	"testing"

	"loket/app"
	"loket/app/journal"
)

// compared: who decides at head office sees what the counter said, and only words that it may say.
func compared(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	first := k.Register(t, Person(1), "", "")
	second := k.Register(t, Person(2), "", "")
	word := journal.ComparedBody{Registration: second.Seq, Kiosk: first.Kiosk, Incarnation: first.Incarnation, Seq: first.Seq, Outcome: "different"}
	k.Add(t, journal.RegistrationCompared, word, nil)
	word.Outcome = "<script>"
	k.Add(t, journal.RegistrationCompared, word, nil)
	w.send(t, k)
	remarks := w.row(t, second).Remarks
	if len(remarks) != 1 || remarks[0].Other != first || remarks[0].Outcome != "different" || remarks[0].Operator != "dl" {
		t.Errorf("%+v", remarks)
	}
	if other := w.row(t, first).Remarks; len(other) != 0 {
		t.Errorf("the other one has remarks: %+v", other)
	}
	if f := w.figures(t); f.Quarantined != 1 {
		t.Errorf("%+v", f)
	}
}

// attested: a record is its operator's once the operator's own signature fits it, in whatever batch
// the signature comes; one that does not fit is set aside and proves nothing.
func attested(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	key, foreign := newKey(t), newKey(t)
	k.Add(t, journal.OperatorAdded, journal.OperatorBody{ID: "dl", Role: "officer", Agency: "insurer", Key: public(key)}, nil)
	before := k.Register(t, Person(1), "", "")
	forged := k.attestation(t, before.Seq, foreign)
	k.Add(t, journal.OperatorAttested, forged, nil)
	w.send(t, k)
	if !w.row(t, before).Unsigned {
		t.Error("a forged signature was believed")
	}
	k.Add(t, journal.OperatorAttested, k.attestationAt(t, forged, key), nil) // of the batch before
	between := k.Register(t, Person(2), "", "")
	k.Add(t, journal.OperatorAttested, k.attestation(t, between.Seq, key), nil)
	after := k.Register(t, Person(3), "", "")
	bent := k.attestation(t, after.Seq, key)
	bent.Head = make([]byte, len(bent.Head))
	k.Add(t, journal.OperatorAttested, k.attestationAt(t, bent, key), nil) // well signed, of another story
	w.send(t, k)
	for id, unsigned := range map[app.EntryID]bool{before: false, between: false, after: true} {
		if w.row(t, id).Unsigned != unsigned {
			t.Errorf("%s: unsigned is %v", id, !unsigned)
		}
	}
	if f := w.figures(t); f.Quarantined != 2 {
		t.Errorf("%+v", f)
	}
}

// attestation signs for one entry, which must be the newest.
func (k *Kiosk) attestation(t testing.TB, seq uint64, key ed25519.PrivateKey) journal.AttestationBody {
	t.Helper()
	head := k.head
	for _, it := range k.waiting {
		raw, err := it.Entry.Encode()
		need(t, err)
		head = head.Add(it.Entry, raw)
	}
	return k.attestationAt(t, journal.AttestationBody{Operator: "dl", First: seq, Last: seq, Head: head[:]}, key)
}

func (k *Kiosk) attestationAt(t testing.TB, b journal.AttestationBody, key ed25519.PrivateKey) journal.AttestationBody {
	t.Helper()
	text, err := b.AttestedBytes()
	need(t, err)
	b.Signature = ed25519.Sign(key, text)
	return b
}
