package widgets_test

import (
	"bytes"
	"fmt"
	"image/png"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"loket/ui/theme"
	"loket/ui/widgets"
	"loket/ui/widgets/widgetstest"
)

func TestTableSelectsOpensAndTurnsPages(t *testing.T) {
	w := widgetstest.New(t, theme.Look{})
	table := widgets.NewTable(w, widgets.Head{Title: "Nama", Share: 2}, widgets.Head{Title: "Status", Share: 1})
	var selected, opened string
	var page []int
	table.OnSelected = func(k string) { selected = k }
	table.OnOpened = func(k string) { opened = k }
	table.OnPage = func(first int) { page = append(page, first) }
	var lines []widgets.Line
	for i := range widgets.PageSize {
		lines = append(lines, widgets.Line{Key: fmt.Sprint("k", i), Cells: []widgets.Cell{{Text: "NAMA"}, {Text: "siap", State: widgets.Good, Pill: true}}})
	}
	w.Show(table, 500, 400)
	table.Fill(lines, 0, 450)
	table.Focus()
	w.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyUp)
	if selected != "k1" {
		t.Errorf("selected %q", selected)
	}
	w.Press(fyne.KeyReturn, fyne.KeyF5)
	if opened != "k1" || len(w.Keys) != 2 {
		t.Errorf("opened %q, keys %v", opened, w.Keys)
	}
	test.TapCanvas(w.Canvas(), fyne.NewPos(478, 385))
	if len(page) != 1 || page[0] != widgets.PageSize {
		t.Errorf("pages asked for: %v", page)
	}
}

func TestSignature(t *testing.T) {
	w := widgetstest.New(t, theme.Look{})
	s := widgets.NewSignature(w, widgets.SignatureWords{Here: "di sini", Clear: "Hapus", Undo: "Kembalikan"})
	w.Show(s, 300, 200)
	if !s.Empty() {
		t.Fatal("signed by nobody")
	}
	pad := padOf(t, w)
	pad.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(40, 60)}})
	for x := float32(50); x < 250; x += 10 {
		pad.(fyne.Draggable).Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 40+x/8)}})
	}
	pad.MouseUp(nil)
	if s.Empty() {
		t.Fatal("nothing was drawn")
	}
	b, err := s.PNG()
	if err != nil || len(b) > 4000 {
		t.Fatalf("%d bytes, %v", len(b), err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if r, _, _, _ := img.At(img.Bounds().Dx()/2, 0).RGBA(); r != 0xFFFF {
		t.Error("the paper is not white")
	}
	s.Clear()
	if !s.Empty() {
		t.Error("not cleared")
	}
	s.Undo()
	if s.Empty() {
		t.Error("clearing has no undo")
	}
}

func padOf(t *testing.T, w *widgetstest.Window) desktop.Mouseable {
	t.Helper()
	var found desktop.Mouseable
	walk(w.Canvas().Content(), func(o fyne.CanvasObject) {
		if m, ok := o.(desktop.Mouseable); ok {
			if _, ok := o.(fyne.Draggable); ok {
				found = m
			}
		}
	})
	if found == nil {
		t.Fatal("no pad to draw on")
	}
	return found
}

func walk(o fyne.CanvasObject, see func(fyne.CanvasObject)) {
	see(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			walk(c, see)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			walk(c, see)
		}
	}
}

// Forms become steps where there is little room, and nothing is cut.
func TestColumnsBecomeSteps(t *testing.T) {
	for _, c := range []struct {
		scale int
		width float32
		steps bool
	}{{100, 1110, false}, {100, 768, true}, {150, 1110, true}, {125, 1300, false}} {
		w := widgetstest.New(t, theme.Look{Scale: c.scale})
		cols := widgets.NewColumns(w, nil,
			widgets.FormColumn{Title: "Siapa", Objects: []fyne.CanvasObject{widgets.NewField(w, "NIK")}},
			widgets.FormColumn{Title: "Kontak", Objects: []fyne.CanvasObject{widgets.NewField(w, "No. HP")}})
		w.Show(cols, c.width, 500)
		if cols.Stepping() != c.steps {
			t.Errorf("%d%% at %v: stepping is %v", c.scale, c.width, cols.Stepping())
		}
		cols.Step(1)
		if cols.At() != 1 {
			t.Errorf("step %d", cols.At())
		}
	}
}

func TestTextTakesTheLinesThatItNeeds(t *testing.T) {
	w := widgetstest.New(t, theme.Look{})
	long := widgets.NewPara(widgets.Body, "Kami memakai data Anda untuk kepesertaan, sesuai undang-undang.")
	w.Show(widgets.Column(0, long), 800, 300)
	one := long.MinSize().Height
	w.Show(widgets.Column(0, long), 160, 300)
	if long.MinSize().Height < 3*one {
		t.Errorf("narrow text is %v high, one line %v", long.MinSize().Height, one)
	}
}

// Every icon that widgets name exists.
func TestIconsOfStates(t *testing.T) {
	widgetstest.New(t, theme.Look{})
	for _, s := range []widgets.State{widgets.Plain, widgets.Good, widgets.Waiting, widgets.Bad, widgets.Known} {
		if theme.IconOf(s.Icon(), s.Ink()) == nil {
			t.Errorf("no icon %q", s.Icon())
		}
	}
}

// Golden pictures of what is drawn by hand; the toolkit writes what it got into testdata/failed.
func TestGolden(t *testing.T) {
	for _, mode := range theme.Modes {
		w := widgetstest.New(t, theme.Look{Mode: mode})
		nik := widgets.NewField(w, "NIK").Required()
		nik.SetText("6471014510900003")
		nik.Say(widgets.Good, "Perempuan, lahir 5 Oktober 1990")
		name := widgets.NewField(w, "Nama ibu kandung")
		name.Say(widgets.Bad, "Wajib diisi.")
		yes := widgets.NewChoice(w, "Pemilik usaha?", widgets.Option{Value: "y", Word: "Ya"}, widgets.Option{Value: "n", Word: "Tidak"})
		yes.SetValue("n")
		w.Show(widgets.Panel("Siapa", nik, name, yes,
			widgets.Row(8, widgets.Pill(widgets.Waiting, "di Ketua RT"), widgets.Pill(widgets.Bad, "hilang")),
			widgets.Coverage(67, 80),
			widgets.Lifeline(widgets.Stage{Word: "Dicetak", State: widgets.Good}, widgets.Stage{Word: "Diterima"}),
			widgets.NewButton(w, widgets.Primary, "Simpan", nil)), 320, 480)
		test.AssertImageMatches(t, "panel-"+string(mode)+".png", w.Picture())
	}
}
