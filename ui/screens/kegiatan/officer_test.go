package kegiatan

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/event"
	"loket/app/vault"
	"loket/app/words"
	"loket/ui/theme"
)

func running() []app.Event {
	now := still{}.Now()
	return []app.Event{{ID: "k7m2qp", Name: "Bazar UMKM Manggar", From: now.Add(-time.Hour), Until: now.Add(time.Hour), PickUp: "Kelurahan"}}
}

// An officer works at an event too, but does not open, prepare or close one.
func TestAnOfficerSaysIWorkHere(t *testing.T) {
	d := &desk{events: running(), passes: map[string][]vault.Pass{}, officer: true}
	b, s := open(t, d, 1024, 600, words.ID, theme.Look{})
	b.Until("page", func() bool { return s.model.Page.Event.ID != "" })
	text := b.Texts()
	if s.Primary().Word != "" || strings.Contains(text, words.Say(words.ID, "ui.event.passes.prepare")) || strings.Contains(text, words.Say(words.ID, "ui.event.close")) {
		t.Errorf("an officer is offered what a supervisor does: %s", text)
	}
	b.Tab(words.Say(words.ID, "ui.event.attend"))
	b.Press(fyne.KeySpace)
	b.Until("attending", func() bool { return d.at == "k7m2qp" })
	b.Picture("kegiatan-officer")
}

func TestAnOfficerWithoutEventsIsToldWhoOpensThem(t *testing.T) {
	b, _ := open(t, &desk{officer: true}, 1366, 768, words.ID, theme.Look{})
	if !strings.Contains(b.Texts(), words.Say(words.ID, "ui.event.none.ask")) {
		t.Error(b.Texts())
	}
}

// The figures are read again and again; a button that has the keyboard keeps it.
func TestReadingAgainLeavesTheKeyboard(t *testing.T) {
	d := &desk{events: running(), passes: map[string][]vault.Pass{}}
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	b.Until("page", func() bool { return s.model.Page.Event.ID != "" })
	b.Tab(words.Say(words.ID, "ui.event.attend"))
	before, reads, page := b.Win.Canvas().Focused(), 0, s.uses.Page
	s.uses.Page = func(ctx context.Context, id string) (event.Page, error) {
		reads++
		return page(ctx, id)
	}
	s.read()
	b.Until("read again", func() bool { return reads == 1 })
	turns := 0
	b.Until("shown", func() bool { turns++; return turns > 5 })
	if b.Win.Canvas().Focused() != before {
		t.Error("the keyboard was taken away")
	}
}

func TestTheFieldThatSaysNoTimeIsNamed(t *testing.T) {
	for want, f := range map[string]Form{
		"hours": {Day: "tomorrow", From: "8", Until: "16"},
		"from":  {Day: "21-11-2026", From: "", Until: "16"},
		"until": {Day: "21-11-2026", From: "0800", Until: ""},
	} {
		if got := f.Missing(); got != want {
			t.Errorf("%+v: %q, want %q", f, got, want)
		}
	}
}

// Whoever closes the event that they work at is at the branch again.
func TestNothingIsRecordedAtAnEventThatWasClosed(t *testing.T) {
	d := &desk{events: running(), at: "k7m2qp"}
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	s.reconcile()
	s.askClose()
	if s.model.Wrong != "sticks" || len(d.closed) != 0 {
		t.Fatalf("nobody counted, and it is asked whether to close: %q", s.model.Wrong)
	}
	s.model.End = End{Out: "0", Back: "0"}
	s.close()
	b.Until("closed", func() bool { return len(d.closed) == 1 && !s.model.Busy })
	if d.at != "" {
		t.Errorf("still at %q", d.at)
	}
	b.Until("the list says so", func() bool { return strings.Contains(b.Texts(), words.Say(words.ID, "ui.event.phase.closed")) })
}

// What was counted at one event is not presumed at another.
func TestSticksOfOneEventAreNotThoseOfAnother(t *testing.T) {
	d := &desk{events: append(running(), app.Event{ID: "aaaa22", Name: "Forum RT", Until: still{}.Now()})}
	_, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	s.model.End = End{Out: "3", Back: "3", Note: "lengkap"}
	s.choose("aaaa22")
	if s.model.End != (End{}) {
		t.Errorf("%+v", s.model.End)
	}
}

// A pass to an event whose hours are over opens nothing, and the screen does not say otherwise.
func TestPassesAreOverWithTheHours(t *testing.T) {
	late := running()
	late[0].Until = still{}.Now().Add(-time.Minute)
	d := &desk{events: late, passes: map[string][]vault.Pass{"k7m2qp": {{Event: "k7m2qp", Slot: []byte{1}}}}}
	b, _ := open(t, d, 1024, 600, words.ID, theme.Look{})
	text := b.Texts()
	if !strings.Contains(text, words.Say(words.ID, "ui.event.passes.over", "n", 1, "used", 0)) || strings.Contains(text, words.Say(words.ID, "ui.event.passes.print")) {
		t.Error(text)
	}
	b.Picture("kegiatan-over")
}
