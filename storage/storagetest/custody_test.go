package storagetest_test

import (
	"bytes"
	"image"
	"image/png"
	"testing"

	"loket/app"
	"loket/app/card"
	"loket/app/custody"
	"loket/app/journal"
	"loket/storage/kiosk"
	"loket/storage/storagetest"
)

var _ custody.Keeping = (*kiosk.Store)(nil)

// hands is the handover desk beside a card desk. Its lists say what verdict says.
type hands struct {
	*custody.Custody
	*desk
	verdict card.Verdict
	level   app.EvidenceLevel
}

func newHands(t testing.TB) *hands {
	h := &hands{desk: newDesk(t), verdict: card.Verdict{Genuine: true, Reason: app.CardGenuine, Status: card.NotYetAccepted}}
	h.lend(t)
	h.Custody = custody.New(h.store, func(*card.Scanned) card.Verdict { return h.verdict }, func() custody.Policy {
		return custody.Policy{Hosts: h.policy.Hosts, Level: h.level}
	}, storagetest.AtWork)
	return h
}

func (h *hands) scan(t testing.TB, text string) custody.Held {
	t.Helper()
	held, err := h.Scan(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	return held
}

func TestACardReachesItsHolder(t *testing.T) {
	h := newHands(t)
	c, text := h.checked(t, 1)
	held := h.scan(t, text)
	if held.Registration.Record.Person.Name != "SITI AMINAH" || len(held.Warnings) != 1 || held.Warnings[0] != app.HandoverNotAccepted {
		t.Errorf("%+v", held)
	}
	form := custody.Form{Serial: c.Serial, Hash: held.Hash, Receiver: app.ReceiverHolder, Name: "forgotten"}
	done, err := h.Hand(t.Context(), storagetest.Supervisor, form)
	if err != nil || done.Level != 1 || done.Name != "" {
		t.Fatalf("%+v %v", done, err)
	}
	if _, err := h.Hand(t.Context(), storagetest.Supervisor, form); app.CodeOf(err) != app.HandoverDoneBefore {
		t.Errorf("twice: %v", err)
	}
	again, err := h.Scan(t.Context(), text)
	if app.CodeOf(err) != app.HandoverDoneBefore || again.Before == nil || again.Before.Receiver != app.ReceiverHolder || again.Before.ID != done.ID {
		t.Errorf("%+v %v", again.Before, err)
	}
	entries, err := h.store.Entries(t.Context(), done.ID.Seq, done.ID.Seq)
	if err != nil || entries[0].Kind != journal.HandoverDone || len(entries[0].Personal) != 0 {
		t.Fatalf("%+v %v", entries, err)
	}
	var body journal.HandoverBody
	if err := entries[0].Into(&body); err != nil || string(body.Hash) != string(held.Hash[:]) {
		t.Errorf("the entry holds the hash of what was scanned: %+v %v", body, err)
	}
}

func TestFamilyIsNamedAndOnlyInThePersonalPart(t *testing.T) {
	h := newHands(t)
	c, text := h.checked(t, 1)
	held := h.scan(t, text)
	signature, err := h.AddEvidence(t.Context(), "signature", []byte("a drawn line"))
	if err != nil {
		t.Fatal(err)
	}
	form := custody.Form{Serial: c.Serial, Hash: held.Hash, Receiver: app.ReceiverFamily, Name: "abdul rahman", Relation: "spouse", Evidence: []app.Evidence{signature}}
	done, err := h.Hand(t.Context(), storagetest.Supervisor, form)
	if err != nil || done.Level != 2 {
		t.Fatalf("%+v %v", done, err)
	}
	got, err := h.store.HandoverOf(t.Context(), c.Serial)
	if err != nil || got.Name != "ABDUL RAHMAN" || got.Relation != "spouse" || got.Level != 2 {
		t.Errorf("%+v %v", got, err)
	}
	if len(got.Evidence) != 1 || got.Evidence[0] != signature {
		t.Errorf("the evidence is told by its kind: %+v", got.Evidence)
	}
	entries, err := h.store.Entries(t.Context(), done.ID.Seq, done.ID.Seq)
	if err != nil || len(entries[0].Personal) != 32 {
		t.Errorf("the name is in the personal part: %v", err)
	}
	if _, pending, err := h.store.Light(t.Context()); err != nil || pending != 1 {
		t.Errorf("the signature is to be sent: %v %v", pending, err)
	}
}

func TestAPictureIsEvidenceOnce(t *testing.T) {
	h := newHands(t)
	one, textOne := h.checked(t, 1)
	two, textTwo := h.checked(t, 2)
	heldOne, heldTwo := h.scan(t, textOne), h.scan(t, textTwo)
	picture, err := h.AddEvidence(t.Context(), "photo", onePicture(t))
	if err != nil {
		t.Fatal(err)
	}
	first := custody.Form{Serial: one.Serial, Hash: heldOne.Hash, Receiver: app.ReceiverHolder, Evidence: []app.Evidence{picture}}
	second := custody.Form{Serial: two.Serial, Hash: heldTwo.Hash, Receiver: app.ReceiverHolder, Evidence: []app.Evidence{picture}}
	if _, err := h.Hand(t.Context(), storagetest.Supervisor, first); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Hand(t.Context(), storagetest.Supervisor, second); app.CodeOf(err) != app.EvidenceUsed {
		t.Errorf("used twice: %v", err)
	}
	if _, err := h.AddEvidence(t.Context(), "photo", onePicture(t)); app.CodeOf(err) != app.EvidenceUsed {
		t.Errorf("added twice: %v", err)
	}
	if c, err := h.store.Card(t.Context(), two.Serial); err != nil || c.State != app.CardConfirmed {
		t.Errorf("a refused handover changes nothing: %v %v", c.State, err)
	}
}

func TestWhatKeepsACardFromBeingHandedOver(t *testing.T) {
	h := newHands(t)
	queued := h.made(t, 1)
	if _, err := h.Scan(t.Context(), h.text(t, queued.Serial)); app.CodeOf(err) != app.HandoverNotChecked {
		t.Errorf("not printed yet: %v", err)
	}
	c, text := h.checked(t, 2)
	h.verdict = card.Verdict{Genuine: true, Reason: app.CardGenuine, Status: card.Invalid}
	if _, err := h.Scan(t.Context(), text); app.CodeOf(err) != app.HandoverCardInvalid {
		t.Errorf("revoked by the status list: %v", err)
	}
	h.verdict = card.Verdict{Reason: app.TrustMissing, Status: card.Unknown}
	held := h.scan(t, text)
	if len(held.Warnings) != 2 || held.Warnings[0] != app.TrustMissing {
		t.Errorf("without lists it is only a warning: %v", held.Warnings)
	}
	if _, err := h.Spoil(t.Context(), storagetest.Supervisor, c.Serial, "cut"); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Scan(t.Context(), text); app.CodeOf(err) != app.HandoverCardInvalid {
		t.Errorf("spoiled: %v", err)
	}
	form := custody.Form{Serial: c.Serial, Hash: held.Hash, Receiver: app.ReceiverHolder}
	if _, err := h.Hand(t.Context(), storagetest.Supervisor, form); app.CodeOf(err) != app.CardOtherState {
		t.Errorf("spoiled between scan and handover: %v", err)
	}
}

func TestUnfinishedHandoversAreParked(t *testing.T) {
	h := newHands(t)
	c, text := h.checked(t, 1)
	held := h.scan(t, text)
	form := custody.Form{Serial: c.Serial, Hash: held.Hash, Receiver: app.ReceiverFamily, Name: "Abdul Rah"}
	if err := h.Park(t.Context(), form); err != nil {
		t.Fatal(err)
	}
	parked, err := h.Parked(t.Context())
	if err != nil || len(parked) != 1 || parked[0].Name != "Abdul Rah" || parked[0].Hash != held.Hash {
		t.Fatalf("%+v %v", parked, err)
	}
	parked[0].Receiver = app.ReceiverHolder
	if _, err := h.Hand(t.Context(), storagetest.Supervisor, parked[0]); err != nil {
		t.Fatal(err)
	}
	if parked, err := h.Parked(t.Context()); err != nil || len(parked) != 0 {
		t.Errorf("finished: %v %v", parked, err)
	}
}

func TestHeadOfficeCanDemandEvidence(t *testing.T) {
	h := newHands(t)
	h.level = 2
	c, text := h.checked(t, 1)
	held := h.scan(t, text)
	form := custody.Form{Serial: c.Serial, Hash: held.Hash, Receiver: app.ReceiverHolder}
	if _, err := h.Hand(t.Context(), storagetest.Supervisor, form); held.Demanded != 2 || app.CodeOf(err) != app.HandoverNoEvidence {
		t.Errorf("%d %v", held.Demanded, err)
	}
}

func onePicture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
