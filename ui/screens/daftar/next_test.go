package daftar

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/scheme"
	"loket/app/words"
	"loket/ui/theme"
)

func TestPlusGoesOnWithTheSamePayer(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	x.Type("+")
	if x.model.Draft.With != 0 {
		t.Fatal("with whom, before anybody was saved")
	}
	x.Press(fyne.KeyBackspace)
	x.siti()
	x.ctrlS()
	x.Until("saved", func() bool { return x.model.Last != nil && x.line.idle() })
	x.Type("+")
	if d := x.model.Draft; d.With != 1 || d.Form.Record.Address.Village == "" || d.Form.Text(scheme.FieldNIK) != "" {
		t.Errorf("with %d, %+v", d.With, d.Form.Typed)
	}
}

func TestNobodyIsOnTheBillBeforeSomethingIsTyped(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	x.siti()
	x.ctrlS()
	x.Until("saved", func() bool { return x.model.Last != nil && x.line.idle() })
	if strings.Contains(x.Texts(), words.Say(words.ID, "ui.daftar.total")) {
		t.Error("a price of nobody stands beside who was saved")
	}
	x.Picture("daftar-saved-1366-id")
	x.nextPerson(true)
	one := words.Say(words.ID, "ui.daftar.joint.total", "n", 1)
	if !strings.Contains(x.Texts(), one) {
		t.Errorf("not %q", one)
	}
	x.Type("6471010506880001")
	two := words.Say(words.ID, "ui.daftar.joint.total", "n", 2)
	if !strings.Contains(x.Texts(), two) {
		t.Errorf("not %q", two)
	}
	x.view.focus(scheme.FieldName)
	x.Type("FATIMAH")
	if !strings.Contains(x.Texts(), "FATIMAH") || strings.Contains(x.Texts(), words.Say(words.ID, "ui.daftar.joint.this")) {
		t.Error("the bill does not say whose contribution that is")
	}
}

func TestWhoHasNoFamilyCardIsNotAskedForItAgain(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	x.Type("6471")
	x.view.openMore()
	x.view.chips[NoCard].OnChanged([]string{Yes})
	r := x.model.Look.Record
	if !r.Person.NoFamilyCard || r.Lacks().Has(app.LacksFamilyCard) || x.view.fields[scheme.FieldFamilyCard].Visible() {
		t.Errorf("%+v", r.Person)
	}
	x.Picture("daftar-nocard-1366-id")
	x.model.More = tellsMore(x.model.Draft.Form)
	if !x.model.More {
		t.Error("the answer is hidden when the form is taken up again")
	}
	x.view.chips[NoCard].OnChanged(nil)
	if x.model.Look.Record.Person.NoFamilyCard || !x.view.fields[scheme.FieldFamilyCard].Visible() {
		t.Error("it cannot be taken back")
	}
}
