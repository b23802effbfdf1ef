package daftar

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"loket/app"
	"loket/app/counter"
	"loket/app/region"
	"loket/app/scheme"
	"loket/app/words"
	"loket/ui/shell"
	"loket/ui/shell/shelltest"
	"loket/ui/theme"
	"loket/ui/widgets"
)

var now = time.Date(2026, 11, 20, 10, 43, 0, 0, time.FixedZone("WITA", 8*3600))

type fixed struct{}

func (fixed) Now() time.Time { return now }

var dewi = app.Operator{ID: "aaaa", Name: "Dewi Lestari", Role: app.RoleOfficer, Agency: app.AgencyInsurer}

// table is one counter with its screen.
type table struct {
	*shelltest.Bench
	*Screen
	store   *memory
	printed []string
}

// place is a screen that is nothing but somewhere else to be.
type place struct{ name string }

func (p place) Key() fyne.KeyName       { return fyne.KeyF1 }
func (p place) Title() string           { return p.name }
func (p place) View() fyne.CanvasObject { return widgets.Gap() }

func rules() counter.Rules { return counter.Rules{Scheme: scheme.Embedded(), Regions: region.Load()} }

func open(t *testing.T, store *memory, wide, high float32, lang words.Lang, look theme.Look) *table {
	t.Helper()
	b := shelltest.New(t, wide, high, lang, look)
	c := counter.New(store, rules, fixed{}, func() app.Operator { return dewi })
	if err := c.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	x := &table{Bench: b, store: store}
	x.Screen = New(b.Shell, nil, Uses{
		Counter: c, By: func() app.Operator { return dewi }, Near: func() []string { return store.near }, Clock: fixed{},
		Push:       func(p Page) { b.Shell.Push(p) },
		PrintSlip:  func(context.Context, app.Registration) error { x.printed = append(x.printed, slip); return nil },
		PrintCard:  func(context.Context, app.Registration) error { x.printed = append(x.printed, card); return nil },
		ChooseFile: func(done func([]byte, error)) { done([]byte("picture"), nil) },
	})
	b.Own(x.owner)
	b.Own(x.line.owner)
	icons := []string{"home", "register", "search", "card", "handover", "verify", "programme", "send", "report", "info", "settings"}
	var places []shell.Place
	for i, n := range []string{"home", "register", "find", "cards", "handover", "check", "programmes", "post", "reports", "benefits", "settings"} {
		p := shell.Place{Name: n, Icon: icons[i], Word: "ui.nav." + n, Screen: place{n}, Foot: n == "settings"}
		if n == "register" {
			p.Screen = x.Screen
		}
		places = append(places, p)
	}
	b.Shell.SignIn(shell.Session{Places: places, Home: "register"})
	b.Shell.SetStatus(shell.Status{Operator: "Dewi Lestari · Petugas · Bazar UMKM Manggar", Light: shell.Sign{State: widgets.Waiting, Word: "14 catatan hanya ada di komputer ini"}, Line: shell.Sign{State: widgets.Good, Word: "Tersambung · terakhir 10.42 WITA"}})
	return x
}

// type and enter, as hands do it. A pause of the scanner's detector is not waited for: the texts are
// short or hold letters that no scan target of this screen awaits.
func (x *table) fill(texts ...string) {
	for _, text := range texts {
		x.Type(text)
		x.Press(fyne.KeyReturn)
	}
}

// siti fills in the whole form by keys alone.
func (x *table) siti() {
	x.fill("6471014510900003", "SITI AMINAH BINTI ABDUL RAHMAN", "Balikpapan", "kaw", "HALIMAH", "Jl. Mulawarman No. 12", "014/003", "manggar")
	x.fill("pedagang")
	x.Type("t") // not an owner
	x.fill("Pasar Manggar, blok C", "06.00-14.00", "1000000")
	x.Press(fyne.KeyReturn) // programmes as they are
	x.fill("3", "", "081255667788", "Abdul Rahman", "suami", "081355667788")
	x.Type("y") // the notice was given
	x.Type("y") // by WhatsApp
	x.Type("t") // no picture
}

func (x *table) ctrlS() {
	x.Win.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: fyne.KeyModifierControl})
}

func TestAPersonIsRegisteredByKeysAlone(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	x.siti()
	x.Picture("daftar-full-1366-id")
	x.ctrlS()
	x.Until("saved", func() bool { return x.model.Last != nil })
	r := x.store.people[0].Record
	switch {
	case r.Person.NIK != "6471014510900003", r.Person.Sex != app.Female, r.Person.BirthDate != app.Date{Year: 1990, Month: 10, Day: 5}:
		t.Error("person", r.Person)
	case r.Person.Marital != "married", r.Person.MotherName != "HALIMAH":
		t.Error("family", r.Person)
	case r.Address.Street != "Jl. Mulawarman No. 12", r.Address.RT != "014", r.Address.RW != "003", r.Address.Village != "64.71.01.1001":
		t.Error("address", r.Address)
	case r.Work.Occupation != "trader", r.Work.BusinessOwner == nil, *r.Work.BusinessOwner, r.Work.Income != 1000000:
		t.Error("work", r.Work)
	case r.Plan.Months != 3, r.Plan.Payer != app.PayerSelf:
		t.Error("plan", r.Plan)
	case r.Reach.Phone != "+6281255667788", r.Family.Name == "", r.Family.Phone != "+6281355667788", r.Family.Relation != "spouse":
		t.Error("reach", r.Reach, r.Family)
	case r.Notice == nil, len(r.Consents) != 2, !r.Consents[0].Given, r.Consents[1].Given:
		t.Error("notice", r.Notice, r.Consents)
	}
	if drafts, people := x.store.count(); drafts != 0 || people != 1 {
		t.Error("drafts and people", drafts, people)
	}
	if !x.model.Empty() {
		t.Error("the form is not ready for the next person")
	}
	x.Until("idle", x.line.idle)
	x.Picture("daftar-saved-1366-id")
}

func TestSavedOnceHoweverOftenPressed(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	x.siti()
	x.ctrlS()
	x.ctrlS()
	x.ctrlS()
	x.Until("saved", func() bool { return x.model.Last != nil && x.line.idle() })
	if _, people := x.store.count(); people != 1 {
		t.Errorf("%d registrations of one person", people)
	}
}

func TestWhatIsTypedIsADraftSoon(t *testing.T) {
	store := newMemory()
	x := open(t, store, 1366, 768, words.ID, theme.Look{})
	x.Type("64710145")
	x.Until("kept", func() bool { return !x.model.Kept.IsZero() })
	again := open(t, store, 1366, 768, words.ID, theme.Look{})
	again.Until("resumed", func() bool { return !again.model.Empty() })
	if got := again.model.Draft.Form.Text(scheme.FieldNIK); got != "64710145" {
		t.Errorf("after a power cut the field holds %q", got)
	}
}

func TestLeavingKeepsTheLastKeys(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	x.Type("6471")
	x.Press(fyne.KeyF1)
	x.Until("kept", func() bool { d, _ := x.store.count(); return d == 1 })
	x.Shell.Open("register")
	if x.model.Draft.Form.Text(scheme.FieldNIK) != "6471" {
		t.Error("gone after coming back")
	}
}

func TestASaveSaysWhatIsMissingAndGoesThere(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	x.fill("6471014510900003", "SITI AMINAH")
	x.ctrlS()
	x.Until("refused", func() bool { return x.model.Tried && x.line.idle() })
	x.Type("HALIMAH") // the keyboard stands in the first field that is missing
	if got := x.model.Draft.Form.Record.Person.MotherName; got != "HALIMAH" {
		t.Errorf("the keyboard is not at the mother's name: %q", got)
	}
	if n := x.model.Note(words.ID, scheme.FieldAddress); n.Tone != Wrong {
		t.Error("the missing address is not marked")
	}
	for _, f := range x.model.Look.Missing {
		if f == scheme.FieldFamilyContact {
			f = counter.FamilyName
		}
		if x.model.Note(words.ID, f).Tone != Wrong {
			t.Error("missing and not marked:", f)
		}
	}
	if d, people := x.store.count(); d != 1 || people != 0 {
		t.Error("a refused save is not a draft")
	}
	x.Picture("daftar-missing-1366-id")
}

func TestSixtyFiveIsRefusedWithTheReason(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	x.fill("6471010510500003")
	if n := x.model.Note(words.ID, scheme.FieldBirthDate); n.Tone != Wrong {
		t.Errorf("%+v", n)
	}
}

func TestParkedAndTakenUpAgain(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	x.fill("6471014510900003", "SITI AMINAH")
	x.park()
	x.Until("parked", func() bool { return len(x.model.Parked) == 1 })
	if !x.model.Empty() {
		t.Error("the form is not free")
	}
	x.Type("6408")
	x.listParked()
	x.Picture("daftar-parked-1366-id")
	x.resume(x.model.Parked[0].ID)
	x.Until("resumed", func() bool { return x.model.Draft.Form.Record.Person.Name == "SITI AMINAH" })
	x.Until("the other one is parked", func() bool { return len(x.model.Parked) == 1 && x.line.idle() })
}

func TestClearingCanBeUndone(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	x.fill("6471014510900003", "SITI AMINAH")
	x.Until("kept", func() bool { d, _ := x.store.count(); return d == 1 })
	x.clear()
	x.Until("cleared", func() bool { d, _ := x.store.count(); return d == 0 && x.line.idle() })
	x.undo()
	x.Until("back", func() bool { d, _ := x.store.count(); return d == 1 })
	if x.model.Draft.Form.Record.Person.Name != "SITI AMINAH" {
		t.Error("not brought back")
	}
}

func TestALikelyDuplicateIsComparedOnce(t *testing.T) {
	store := newMemory()
	x := open(t, store, 1366, 768, words.ID, theme.Look{})
	x.siti()
	x.ctrlS()
	x.Until("saved", func() bool { return x.model.Last != nil })
	x.fill("6471014510900013", "SITI AMINAH BINTI ABDUL RAHMAN")
	if len(x.model.Open()) != 1 {
		t.Fatalf("%d likely duplicates", len(x.model.Open()))
	}
	x.Picture("daftar-alike-1366-id")
	x.compare(x.model.Alike[0])
	x.Until("asked", x.Shell.Modal)
	x.Picture("daftar-compare-1366-id")
	x.Shell.Key(&fyne.KeyEvent{Name: fyne.KeyEscape})
	x.model.Settle(x.model.Alike[0].ID, counter.DifferentPerson)
	if len(x.model.Open()) != 0 {
		t.Error("asked twice")
	}
}

func TestADiskThatIsFullIsTold(t *testing.T) {
	store := newMemory()
	store.full = app.Fail(app.StorageFull)
	x := open(t, store, 1366, 768, words.ID, theme.Look{})
	x.Type("6471")
	x.Until("told", func() bool { return x.model.KeepErr != nil })
	if got := x.kept.Text(); got != words.Say(words.ID, "ui.daftar.not_kept") {
		t.Error(got)
	}
}

func TestAnOwnerTakesJHTAndIsToldWhy(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	x.Type("6471")
	x.view.focus(scheme.FieldBusinessOwner)
	x.Type("y")
	if got := x.view.chips[scheme.FieldProgrammes].On(); !slices.Contains(got, "JHT") {
		t.Error(got)
	}
	if n := x.model.Note(words.ID, scheme.FieldProgrammes); !strings.HasPrefix(n.Text, words.Say(words.ID, scheme.WhyOldAge)) || !strings.Contains(n.Text, "Rp20.000") {
		t.Error(n)
	}
	x.view.choose(scheme.FieldProgrammes, "JKK+JKM")
	if x.model.Chosen(scheme.FieldProgrammes) != "JKK+JKM+JHT" {
		t.Error("an owner left JHT out")
	}
}

func TestSlipAndCardAfterSaving(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	x.siti()
	x.ctrlS()
	x.Until("saved", func() bool { return x.model.Last != nil })
	x.Press(fyne.KeyF11)
	x.Until("slip", func() bool { return x.model.Printed[slip] })
	x.Press(fyne.KeyF11)
	x.Until("card", func() bool { return x.model.Printed[card] })
	if strings.Join(x.printed, " ") != "slip card" {
		t.Error(x.printed)
	}
}

func TestASignatureIsPartOfWhatIsSaved(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	x.siti()
	x.sign()
	x.ctrlS()
	x.Until("saved", func() bool { return x.model.Last != nil })
	if e := x.store.people[0].Record.Evidence; len(e) != 1 || e[0].Kind != signature {
		t.Errorf("%+v", e)
	}
}

// sign draws one stroke on the pad.
func (x *table) sign() {
	pad := x.padPaper()
	for i := range 20 {
		pad.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(float32(10+i*4), float32(40+(i%5)*9))}})
	}
	pad.DragEnd()
}

func (x *table) padPaper() fyne.Draggable {
	return x.view.pad.Paper().(fyne.Draggable)
}

func TestPictures(t *testing.T) {
	long := "MUHAMMAD ABDURRAHMAN WAHYUNINGRAT KUSUMADIPUTRA NOTOHADININGRAT"
	for _, c := range []struct {
		name       string
		wide, high float32
		lang       words.Lang
		look       theme.Look
	}{
		{"1366-en", 1366, 768, words.EN, theme.Look{}},
		{"1024-id", 1024, 600, words.ID, theme.Look{}},
		{"1024-en", 1024, 600, words.EN, theme.Look{}},
		{"150-id", 1366, 768, words.ID, theme.Look{Scale: 150}},
		{"dark-id", 1366, 768, words.ID, theme.Look{Mode: theme.Dark}},
	} {
		x := open(t, newMemory(), c.wide, c.high, c.lang, c.look)
		x.Picture("daftar-empty-" + c.name)
		x.siti()
		x.model.Type(scheme.FieldName, long)
		x.sign()
		x.changed()
		x.view.columns.Step(0)
		x.Picture("daftar-" + c.name)
		if x.view.columns.Stepping() {
			x.view.columns.Step(1)
			x.Picture("daftar-2-" + c.name)
			x.view.columns.Step(2)
			x.Picture("daftar-3-" + c.name)
		}
		if got := x.view.fields[scheme.FieldName].Text(); got != long {
			t.Error("the name is cut:", got)
		}
	}
}

func TestJKKAndJKMStayHoweverTheyArePressed(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	x.view.focus(scheme.FieldProgrammes)
	x.Press(fyne.KeySpace) // JKK off
	if got := x.view.chips[scheme.FieldProgrammes].On(); !slices.Equal(got, []string{"JKK", "JKM"}) {
		t.Error(got)
	}
}
