package daftar

import (
	"testing"

	"fyne.io/fyne/v2"

	"loket/app/counter"
	"loket/app/scheme"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets"
)

func TestEnterGoesRoundTheWholeFormAndIsNeverStuck(t *testing.T) {
	for _, high := range []float32{768, 600} {
		x := open(t, newMemory(), high*4/3+2, high, words.ID, theme.Look{})
		x.Type("6471")
		visited := map[fyne.Focusable]bool{}
		for range 60 {
			at := x.Win.Canvas().Focused()
			visited[at] = true
			x.Press(fyne.KeyReturn)
			if x.Win.Canvas().Focused() == at {
				t.Fatalf("stuck at %T after %d fields", at, len(visited))
			}
		}
		if !x.chipsVisited(visited) || len(visited) < 24 {
			t.Errorf("Enter came to %d fields only", len(visited))
		}
	}
}

// chipsVisited says whether Enter went past notice and paper, the last of them.
func (x *table) chipsVisited(visited map[fyne.Focusable]bool) bool {
	for _, f := range []counter.Field{scheme.FieldNotice, scheme.FieldConsents, scheme.FieldEvidence} {
		x.view.focus(f)
		if !visited[x.Win.Canvas().Focused()] {
			return false
		}
	}
	return true
}

func TestAScanOntoAQuestionAnswersNothing(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	x.view.focus(scheme.FieldBusinessOwner)
	x.fill("HTTPS://CONTOH.ID/K#0123456789")
	if x.model.Draft.Form.Record.Work.BusinessOwner != nil {
		t.Error("a letter of a scan answered a question")
	}
}

func TestAVillageIsFoundBeforeHeadOfficeSaidWhereTheBranchIs(t *testing.T) {
	store := newMemory()
	store.near = nil
	x := open(t, store, 1366, 768, words.ID, theme.Look{})
	x.view.focus(scheme.FieldVillage)
	x.fill("manggar baru")
	if got := x.model.Draft.Form.Record.Address.Village; got == "" {
		t.Error("no village can be chosen, so nobody can be registered")
	}
}

func TestEnterNeverChoosesWhatWeighs(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	for range 60 {
		x.Press(fyne.KeyReturn)
		if _, stuck := x.Win.Canvas().Focused().(*widgets.Button); stuck {
			break
		}
	}
	r := x.model.Draft.Form.Record
	if r.Work.BusinessOwner != nil || r.Notice != nil || r.Reach.NoPhone || r.Family.None {
		t.Errorf("chosen by Enter: %+v", r)
	}
}

func TestAScannedNIKGoesToItsFieldFromAnywhere(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	x.view.focus(scheme.FieldAddress)
	x.fill("6471014510900003") // as quick as a scanner
	if x.model.Draft.Form.Text(scheme.FieldNIK) != "6471014510900003" || x.model.Draft.Form.Text(scheme.FieldAddress) != "" {
		t.Errorf("%+v", x.model.Draft.Form.Typed)
	}
}

func TestEnterGoesOnToTheNextStepInASmallWindow(t *testing.T) {
	x := open(t, newMemory(), 1024, 600, words.ID, theme.Look{})
	x.siti()
	x.ctrlS()
	x.Until("saved", func() bool { return x.model.Last != nil })
}

// Beside what is typed: Enter after each field, a letter for each question, and Ctrl+S.
func TestAPersonCostsFewKeysBesideWhatIsTyped(t *testing.T) {
	const letters, save, most = 4, 1, 25
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	x.siti()
	x.ctrlS()
	x.Until("saved", func() bool { return x.model.Last != nil })
	if n := x.Pressed + letters + save; n > most {
		t.Errorf("%d keys beside what is typed; %d are enough", n, most)
	} else {
		t.Log(n, "keys")
	}
}
