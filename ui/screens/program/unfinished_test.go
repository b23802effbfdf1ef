package program

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/roster"
)

func TestAHalfFilledProgrammeOutlivesASignOut(t *testing.T) {
	x := open(t, twoProgrammes())
	x.s.fresh()
	x.s.view.form.fields[InName].SetText("Nelayan Sandaran 2027")
	x.s.view.form.put(InName, "Nelayan Sandaran 2027")
	x.s.view.form.put(InTarget, "350")
	x = x.rested(t)
	x.Until("restored", func() bool { return x.s.model.Form.Typing })
	x.says(t, "Nelayan Sandaran 2027", "Lanjutkan")
	x.s.goOnTyping()
	if got := x.s.view.form.fields[InTarget].Text(); got != "350" {
		t.Errorf("the target is %q", got)
	}
	x.s.discard()
	x = x.rested(t)
	if x.d.kept[draftForm] != nil || strings.Contains(x.Texts(), "Lanjutkan") {
		t.Error("what was thrown away came back")
	}
}

// Looking at the form of a programme leaves nothing unfinished.
func TestLookingIsNotTyping(t *testing.T) {
	x := open(t, twoProgrammes())
	x.s.open(kutim.Scope)
	x.s.change()
	x.s.Back()
	x.s.Back()
	if x.s.model.Page != PageList || strings.Contains(x.Texts(), "Lanjutkan") {
		t.Error("a programme that nobody changed is called unfinished")
	}
}

func TestDecisionsOnVillagesOutliveASignOut(t *testing.T) {
	x := open(t, twoProgrammes())
	x.list("desa.csv", dirty(40))
	x.s.judge()
	x.idle()
	v := x.s.view.verdict
	v.decide(Spelling{Typed: "Kampung Antah"}, "64.08.04.1001")
	v.decide(Spelling{Typed: "Sangata Utr."}, "")
	x = x.rested(t)
	x.list("desa.csv", dirty(40))
	x.s.judge()
	x.idle()
	if got := x.d.options[1].Villages; got["Kampung Antah"] != "64.08.04.1001" || len(got) != 2 {
		t.Errorf("judged by %v", got)
	}
	i := &x.s.model.Import
	if i.Stale() || i.Undecided() != 0 {
		t.Errorf("stale %v, undecided %d", i.Stale(), i.Undecided())
	}
	if len(i.Verdict.Spellings) != 2 { // to be taken back
		t.Errorf("in sight: %v", i.Verdict.Spellings)
	}
}

func TestSettledCountsWhatWasDecided(t *testing.T) {
	r := &roster.Result{Rows: []roster.Row{{Village: "Antah"}, {Village: "Antah"}, {Village: "Bengalon"}}}
	got := Judged(r).Settled(map[string]string{"Antah": "64.08.02.2001", "Elsewhere": ""}).Spellings
	if len(got) != 1 || got[0] != (Spelling{"Antah", "64.08.02.2001", 2}) {
		t.Errorf("%v", got)
	}
}

func TestEnterChoosesNoProgrammes(t *testing.T) {
	x := open(t, twoProgrammes())
	x.s.fresh()
	x.s.view.form.choice[InProgrammes].Focus()
	x.PressAll(fyne.KeySpace, fyne.KeyReturn)
	if got := x.s.model.Form.Typed[InProgrammes]; got != Covers[0].String() {
		t.Errorf("chosen: %q", got)
	}
	x.Type("12-2026")
	x.Press(fyne.KeyReturn)
	if got := x.s.model.Form.Typed[InFirst]; got != "2026-12" {
		t.Errorf("Enter did not go on to the first month: %q", got)
	}
}

func TestLargeNumbersAreGroupedWhenTheyAreLeft(t *testing.T) {
	x := open(t, twoProgrammes())
	x.s.fresh()
	f := x.s.view.form
	f.fields[InBudget].Focus()
	x.Type("30240000000")
	x.Press(fyne.KeyReturn)
	if got := f.fields[InBudget].Text(); got != "30.240.000.000" {
		t.Errorf("%q", got)
	}
	x.says(t, "Rp30,24 miliar")
}

// What is rejected is paid by nobody twice.
func TestTwiceCountsOnlyWhoIsAccepted(t *testing.T) {
	r := &roster.Result{Rows: []roster.Row{
		{Warnings: []app.Code{app.OtherPayer}}, {Reasons: []app.Code{app.Deceased}, Warnings: []app.Code{app.OtherPayer}}, {},
	}}
	if n := Judged(r).Twice(); n != 1 {
		t.Error(n)
	}
}
