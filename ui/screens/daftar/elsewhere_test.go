package daftar

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/words"
	"loket/ui/theme"
)

func (x *table) openElsewhere(why app.ReferralWhy) *Elsewhere {
	x.OpenElsewhere(why)
	return x.Shell.Showing().(*Elsewhere)
}

func TestAnEmployerIsWrittenDownAndGetsASlip(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	var printed app.EmployerLead
	x.uses.PrintLead = func(_ context.Context, l app.EmployerLead) error { printed = l; return nil }
	x.uses.PrintReferral = func(context.Context, app.Referral) error { return nil }
	e := x.openElsewhere("")
	x.Picture("elsewhere-1366-id")
	e.choose(employer)
	x.fill("CV Contoh Maju", "", "3", "Bu Siti", "081255667788", "Jl. Contoh No. 1", "Siti Aminah, Yohanes")
	x.Picture("elsewhere-employer-1366-id")
	e.Save()
	x.Until("written", func() bool { return printed.Name != "" })
	x.Picture("elsewhere-done-1366-id")
	if printed.Workers != 3 || len(printed.Names) != 2 || printed.Phone != "+6281255667788" {
		t.Errorf("%+v", printed)
	}
}

func TestWhatIsMissingOfAnEmployerIsToldAndEscGoesBack(t *testing.T) {
	x := open(t, newMemory(), 1024, 600, words.EN, theme.Look{})
	e := x.openElsewhere(employer)
	e.Save()
	x.Until("refused", func() bool { return e.model.Err != nil })
	x.Picture("elsewhere-missing-1024-en")
	x.Press(fyne.KeyEscape)
	if e.model.Why != "" || x.Shell.Showing() == x.Screen {
		t.Error("Esc did not go back to the choice")
	}
	x.Press(fyne.KeyEscape)
	if x.Shell.Showing() != x.Screen {
		t.Error("Esc did not go back to the form")
	}
}
