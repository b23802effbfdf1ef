package cari

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/counter"
	"loket/app/words"
	"loket/ui/theme"
)

// withActs is a person's page on which everything can be done.
func withActs(t *testing.T, wide, high float32, lang words.Lang, look theme.Look) *search {
	t.Helper()
	x := open(t, wide, high, lang, look)
	note := func(word string) { x.done = append(x.done, word) }
	x.uses.Acts = Acts{
		Complete: func(app.EntryID) { note("complete") }, Correct: func(app.EntryID) { note("correct") },
		Sheet: func(context.Context, app.Registration) error { note("sheet"); return nil },
		Withdraw: func(_ context.Context, _ app.EntryID, why counter.Why) (app.Registration, error) {
			if why.Reason == "" {
				return app.Registration{}, app.Fail(app.RecordNoReason)
			}
			note("withdraw " + why.Reason)
			return x.model.Page.Registration, nil
		},
		Consent: func(_ context.Context, r app.Registration, answer app.Consent, how string) (app.Registration, error) {
			if how == "" {
				return r, app.Fail(app.RecordConsentUnknown)
			}
			note(answer.Purpose + " " + how)
			return r, nil
		},
	}
	x.look("yohanes")
	x.open(x.model.Hits[0].ID)
	x.Until("the page", func() bool { return x.model.Page != nil })
	return x
}

func TestARegistrationIsWithdrawnWithAReason(t *testing.T) {
	x := withActs(t, 1366, 768, words.ID, theme.Look{})
	x.Picture("cari-acts-1366-id")
	x.asking.withdraw = true
	x.again()
	x.Picture("cari-withdraw-1366-id")
	x.withdraw()
	x.Until("the complaint", func() bool { return x.asking.why.Problem != "" && !x.asking.busy })
	x.asking.why.Reason, x.asking.why.Note = "asked", "pindah kerja"
	x.press0(fyne.KeyEscape)
	if x.model.Page == nil || x.asking.withdraw || x.asking.why.Note == "" {
		t.Fatal("Esc left the page, or lost what was typed")
	}
	x.asking.withdraw = true
	x.withdraw()
	x.Until("withdrawn", func() bool { return len(x.done) == 1 })
	if x.done[0] != "withdraw asked" {
		t.Error(x.done)
	}
}

func TestAConsentIsChangedAndNothingIsPreselected(t *testing.T) {
	x := withActs(t, 1366, 768, words.EN, theme.Look{})
	x.asking.consent = "whatsapp"
	x.again()
	x.Picture("cari-consent-1366-en")
	x.consent()
	if x.asking.err == nil || len(x.done) != 0 {
		t.Fatal("an answer was recorded that nobody gave")
	}
	x.asking.given, x.asking.how = "no", "spoken"
	x.consent()
	x.Until("recorded", func() bool { return len(x.done) == 1 })
	if x.done[0] != "whatsapp spoken" {
		t.Error(x.done)
	}
}

func TestPicturesOfActs(t *testing.T) {
	for name, size := range map[string][2]float32{"1024-id": {1024, 600}, "1366-id": {1366, 768}} {
		x := withActs(t, size[0], size[1], words.ID, theme.Look{})
		if !strings.Contains(x.Texts(), "Lengkapi") {
			t.Error("nothing can be done")
		}
		x.Picture("cari-acts-" + name)
	}
}
