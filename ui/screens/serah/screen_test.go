package serah

import (
	"bytes"
	"image/png"
	"testing"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/card"
	"loket/app/words"
	"loket/ui/shell/shelltest"
	"loket/ui/theme"
)

func start(t *testing.T, d *desk) (*shelltest.Bench, *Screen) {
	t.Helper()
	return open(t, d, desktopSize, words.ID, theme.Look{}, chosen{content: photo(t)})
}

func scanned(t *testing.T, b *shelltest.Bench, s *Screen, serial app.Serial) {
	t.Helper()
	b.Scan(codeOf(serial))
	b.Until("opened", func() bool { return s.model.Step == Filling && s.model.Form.Serial == serial })
}

func TestTheHolderTakesTheCardInThreeActs(t *testing.T) {
	d := newDesk(3)
	b, s := start(t, d)
	scanned(t, b, s, 98410)
	if s.model.Form.Receiver != "" || s.view.receiver.Value() != "" {
		t.Fatal("the receiver is preselected")
	}
	s.finish()
	if app.CodeOf(s.model.Err) != app.HandoverNoReceiver || len(d.handed) != 0 {
		t.Fatal("given to nobody", s.model.Err)
	}
	b.Press(fyne.KeySpace) // the keyboard stands at the first answer
	if s.model.Form.Receiver != app.ReceiverHolder {
		t.Fatal("by keyboard", s.model.Form.Receiver)
	}
	b.Press(fyne.KeySpace) // and now at the button that gives the card
	b.Until("given", func() bool { return s.model.Step == Done })
	if len(s.model.Given) != 1 || len(s.model.Waiting) != 2 {
		t.Error("not in the list", len(s.model.Given), len(s.model.Waiting))
	}
	scanned(t, b, s, 98411) // ready for the next
}

func TestFamilyNeedsRelationAndName(t *testing.T) {
	d := newDesk(1)
	b, s := start(t, d)
	scanned(t, b, s, 98410)
	s.receive(app.ReceiverFamily)
	for _, want := range []app.Code{app.HandoverNoName, app.HandoverNoRelation} {
		s.finish()
		if app.CodeOf(s.model.Err) != want {
			t.Fatal(want, s.model.Err)
		}
		s.model.Form.Name = "MARIA LAHAI"
	}
	s.model.Form.Relation = "spouse"
	s.finish()
	b.Until("given", func() bool { return s.model.Step == Done })
	if h := d.handed[98410]; h.Name != "MARIA LAHAI" || h.Relation != "spouse" {
		t.Error(h)
	}
	if got := s.view.received(s.model.Given[0].Handover); got != "diterima suami atau istri" {
		t.Error(got)
	}
}

func TestAnotherReceiverForgetsTheNameOfTheFirst(t *testing.T) {
	d := newDesk(1)
	b, s := start(t, d)
	scanned(t, b, s, 98410)
	s.receive(app.ReceiverFamily)
	s.model.Form.Name, s.model.Form.Relation = "MARIA LAHAI", "spouse"
	s.receive(app.ReceiverProxy)
	if s.model.Form.Name != "" || s.model.Form.Relation != "" {
		t.Error("the proxy got the name of the family")
	}
}

func TestASignatureIsEvidence(t *testing.T) {
	d := newDesk(1)
	d.demanded = 2
	b, s := start(t, d)
	scanned(t, b, s, 98410)
	s.receive(app.ReceiverHolder)
	s.finish()
	if app.CodeOf(s.model.Err) != app.HandoverNoEvidence {
		t.Fatal("given without evidence", s.model.Err)
	}
	b.Settle()
	sign(s)
	s.receive(app.ReceiverHolder) // drawn again, the strokes stay
	b.Shell.SetLang(words.EN)
	s.finish()
	b.Until("given", func() bool { return s.model.Step == Done })
	if len(d.evidence) != 1 || d.handed[98410].Level != 2 {
		t.Fatal(len(d.evidence), d.handed[98410].Level)
	}
	if _, err := png.Decode(bytes.NewReader(d.evidence[0])); err != nil {
		t.Error("the signature is no picture", err)
	}
}

func TestAPictureFileIsEvidenceAndOtherFilesAreNot(t *testing.T) {
	d := newDesk(1)
	b, s := start(t, d)
	scanned(t, b, s, 98410)
	s.choosePicture(kindPhoto)
	b.Until("taken", func() bool { return s.model.Has(kindPhoto) })
	e, other := open(t, newDesk(1), desktopSize, words.ID, theme.Look{}, chosen{content: []byte("no picture")})
	scanned(t, e, other, 98410)
	other.choosePicture(kindPhoto)
	if app.CodeOf(other.model.Err) != app.HandoverNotPicture {
		t.Error(other.model.Err)
	}
}

func TestAnotherScanParksTheFirstAndItsNameReopensIt(t *testing.T) {
	d := newDesk(3)
	b, s := start(t, d)
	scanned(t, b, s, 98410)
	s.receive(app.ReceiverFamily)
	s.model.Form.Name = "MARIA" // as typed a while ago
	s.show()
	s.view.name.Focus()
	b.Settle()
	sign(s)
	b.Scan(codeOf(98411)) // into the field with the name
	b.Until("opened", func() bool { return s.model.Form.Serial == 98411 })
	if forms := s.model.Unfinished(); len(forms) != 1 || forms[0].Serial != 98410 || forms[0].Name != "MARIA" {
		t.Fatal("not parked as typed", forms)
	}
	b.Until("kept", func() bool {
		return len(d.parked) == 1 && len(d.parked[0].Evidence) == 1 && len(s.model.Parked[0].Evidence) == 1
	})
	s.pick(98410)
	b.Until("reopened", func() bool { return s.model.Form.Serial == 98410 })
	if f := s.model.Form; f.Receiver != app.ReceiverFamily || f.Name != "MARIA" || !s.model.Has(kindSignature) {
		t.Error("something was lost", f)
	}
	if forms := s.model.Unfinished(); len(forms) != 1 || forms[0].Serial != 98411 {
		t.Error("the second was not parked", forms)
	}
}

func TestLockingKeepsTheNameAsTypedAndTheSignature(t *testing.T) {
	d := newDesk(3)
	b, s := start(t, d)
	b.Own(s.resting)
	scanned(t, b, s, 98410)
	s.receive(app.ReceiverFamily)
	s.view.name.Focus()
	b.Type("MARIA")
	sign(s)
	locked := false
	s.Rest(func() { locked = true })
	b.Until("locked", func() bool { return locked })
	if len(d.parked) != 1 || d.parked[0].Name != "MARIA" || len(d.parked[0].Evidence) != 1 {
		t.Errorf("lost at the lock: %+v", d.parked)
	}
}

func TestLockingWithNothingBegunKeepsNothing(t *testing.T) {
	d := newDesk(3)
	b, s := start(t, d)
	b.Own(s.resting)
	locked := false
	s.Rest(func() { locked = true })
	b.Until("locked", func() bool { return locked })
	if len(d.parked) != 0 {
		t.Errorf("%+v", d.parked)
	}
}

func TestARefusedScanLeavesWhatWasBegun(t *testing.T) {
	d := newDesk(2)
	d.handed[98411] = app.Handover{Serial: 98411, Receiver: app.ReceiverProxy, Name: "SARI", At: now}
	b, s := start(t, d)
	b.Scan(codeOf(98411))
	b.Until("refused", func() bool { return s.model.Step == Refused })
	if app.CodeOf(s.model.Err) != app.HandoverDoneBefore || s.model.Held.Before == nil {
		t.Fatal(s.model.Err)
	}
	b.Picture("serah-refused")
	scanned(t, b, s, 98410)
	b.Scan(codeOf(98411))
	b.Until("told", func() bool { return b.Shell.Toasts() == 1 })
	if s.model.Step != Filling || s.model.Form.Serial != 98410 {
		t.Error("the handover at hand was lost")
	}
}

func TestAChosenCardNeedsItsTwoLetters(t *testing.T) {
	d := newDesk(3)
	b, s := start(t, d)
	b.Type("kristina")
	b.Press(fyne.KeyReturn)
	if s.model.Step != Picked || s.model.Card.Card.Serial != 98411 {
		t.Fatal("the only one that fits is not chosen", s.model.Step)
	}
	b.Type("XX")
	b.Press(fyne.KeyReturn)
	b.Until("refused", func() bool { return app.CodeOf(s.model.Err) == app.HandoverCodeDiffers })
	b.Type("rm")
	b.Press(fyne.KeyReturn)
	b.Until("opened", func() bool { return s.model.Step == Filling })
	if s.model.Form.Hash == [32]byte{} {
		t.Error("without the card's hash")
	}
}

func TestTheBarcodeOrNumberOfASerialPicksTheCard(t *testing.T) {
	d := newDesk(3)
	b, s := start(t, d)
	text, err := card.Scan{Kind: card.ScanSerial, Serial: 98412}.Text()
	if err != nil {
		t.Fatal(err)
	}
	b.Scan(text)
	if s.model.Step != Picked || s.model.Card.Card.Serial != 98412 || s.model.Filter != "" {
		t.Fatal(s.model.Step, s.model.Filter)
	}
	s.Back()
	s.model.Filter = "KT-0000077"
	s.found()
	b.Until("refused", func() bool { return s.model.Step == Refused })
	if app.CodeOf(s.model.Err) != app.CardUnknownHere {
		t.Error(s.model.Err)
	}
}

func TestAFailureKeepsTheForm(t *testing.T) {
	d := newDesk(1)
	d.fail = app.Fail(app.StorageFull)
	b, s := start(t, d)
	scanned(t, b, s, 98410)
	s.receive(app.ReceiverHolder)
	s.finish()
	b.Until("told", func() bool { return s.model.Err != nil })
	if s.model.Step != Filling || s.model.Form.Receiver != app.ReceiverHolder || s.model.Busy {
		t.Error("the form is gone")
	}
}

func TestEscPutsAsideAndDiscardForgets(t *testing.T) {
	d := newDesk(1)
	b, s := start(t, d)
	scanned(t, b, s, 98410)
	s.receive(app.ReceiverHolder)
	b.Press(fyne.KeyEscape)
	b.Until("kept", func() bool { return len(d.parked) == 1 })
	if s.model.Step != Idle || len(s.model.Unfinished()) != 1 {
		t.Fatal(s.model.Step)
	}
	s.pick(98410)
	b.Until("reopened", func() bool { return s.model.Step == Filling })
	s.drop(98410)
	b.Until("forgotten", func() bool { return len(d.parked) == 0 && len(s.model.Parked) == 0 })
}

func TestLeavingAndComingBackKeepsTheForm(t *testing.T) {
	d := newDesk(1)
	b, s := start(t, d)
	scanned(t, b, s, 98410)
	s.receive(app.ReceiverHolder)
	b.Shell.Open("home")
	b.Shell.Open("handover")
	if s.model.Step != Filling || s.model.Form.Receiver != app.ReceiverHolder {
		t.Error("lost", s.model.Step)
	}
}

// News while a name is being typed must not take the keyboard to the button that gives the card.
func TestNewsMovesNothingUnderTypingHands(t *testing.T) {
	d := newDesk(2)
	b, s := start(t, d)
	scanned(t, b, s, 98410)
	s.receive(app.ReceiverProxy)
	b.Type("SARI")
	before := b.Win.Canvas().Focused()
	d.cards = d.cards[:1]
	s.News()
	b.Until("read", func() bool { return len(s.model.Waiting) == 1 })
	if b.Win.Canvas().Focused() != before || s.model.Form.Name != "SARI" {
		t.Error("the keyboard went elsewhere")
	}
}

// Every arrangement is drawn in both languages and sizes.
func TestPictures(t *testing.T) {
	sizes := map[string]fyne.Size{"1366": desktopSize, "1024": fyne.NewSize(1024, 600)}
	for _, lang := range words.Langs {
		for name, size := range sizes {
			d := newDesk(7)
			b, s := open(t, d, size, lang, theme.Look{}, chosen{content: photo(t)})
			shot := func(what string) {
				b.Fits(what + " " + string(lang) + " " + name)
				b.Picture("serah-" + what + "-" + string(lang) + "-" + name)
			}
			scanned(t, b, s, 98413)
			s.receive(app.ReceiverHolder)
			s.finish()
			b.Until("given", func() bool { return s.model.Step == Done })
			shot("done")
			scanned(t, b, s, 98416)
			d.warnings = []app.Code{app.HandoverNotAccepted}
			scanned(t, b, s, 98412)
			b.Until("kept", func() bool { return len(d.parked) > 0 })
			shot("scanned")
			s.receive(app.ReceiverFamily)
			b.Settle()
			sign(s)
			s.model.Take(app.Evidence{Kind: kindPhoto})
			s.show()
			shot("family")
			s.finish()
			shot("missing")
			s.Back()
			s.pick(98411)
			shot("picked")
			s.Back()
			shot("idle")
			e, _ := open(t, newDesk(0), size, lang, theme.Look{}, chosen{})
			e.Picture("serah-empty-" + string(lang) + "-" + name)
		}
	}
	for _, look := range []theme.Look{{Scale: 150, Mode: theme.Dark}, {Scale: 125, Mode: theme.Contrast, Touch: true}} {
		b, s := open(t, newDesk(7), desktopSize, words.ID, look, chosen{content: photo(t)})
		scanned(t, b, s, 98412)
		s.receive(app.ReceiverFamily)
		b.Picture("serah-family-" + string(look.Mode))
	}
}

func TestEverySentenceIsThere(t *testing.T) {
	for _, r := range relations {
		if !words.Has("relation." + r) {
			t.Error(r)
		}
	}
	for _, r := range []app.Receiver{app.ReceiverHolder, app.ReceiverFamily, app.ReceiverProxy} {
		if !words.Has("receiver."+string(r)) || !words.Has("ui.hand.pill."+string(r)) {
			t.Error(r)
		}
	}
	for _, kind := range []string{kindSignature, kindThumbprint, kindPhoto} {
		if !words.Has("evidence." + kind) {
			t.Error(kind)
		}
	}
}

func TestSerialsAsPeopleTypeThem(t *testing.T) {
	for text, want := range map[string]app.Serial{"KT-0098412": 98412, "kt 98412": 98412, "98412": 98412, "": 0, "KT-": 0, "SITI": 0, "12345678901": 0} {
		if got, ok := SerialIn(text); got != want && ok {
			t.Errorf("%q: %d", text, got)
		}
	}
}

func TestWhatAListLeftOpenIsAskedAtTheHandover(t *testing.T) {
	d := newDesk(2)
	d.cards[0].Registration.Record.Source = app.SourceList
	d.cards[0].Registration.ID = app.EntryID{Chain: app.Chain{Kiosk: 417, Incarnation: 1}, Seq: 12}
	b, s := start(t, d)
	var opened app.EntryID
	s.options.Complete = func(id app.EntryID) { opened = id }
	scanned(t, b, s, 98410)
	b.Tab("Lengkapi")
	b.Press(fyne.KeySpace)
	if opened != d.cards[0].Registration.ID {
		t.Error("the record was not opened")
	}
}
