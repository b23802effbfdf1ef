package pengaturan

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/access"
	"loket/app/words"
	"loket/ui/shell/shelltest"
	"loket/ui/theme"
)

var morning = time.Date(2026, 11, 20, 10, 42, 0, 0, time.FixedZone("WITA", 8*3600))

type clock time.Time

func (c clock) Now() time.Time { return time.Time(c) }

var people = []app.Operator{
	{ID: "aaaa", Name: "Yohanes Ngau", Role: app.RoleSupervisor, Agency: app.AgencyInsurer},
	{ID: "bbbb", Name: "Ni Luh Putu Ayu Saraswati Kusumaningtyas Wardhani", Role: app.RoleOfficer},
	{ID: "cccc", Name: "Sri", Role: app.RoleVolunteer},
}

// kiosk remembers what was set.
type kiosk struct {
	people  []app.Operator
	session access.Session
	added   []access.Newcomer
	pins    []string
	folder  string
	folders []string
	langs   []words.Lang
	looks   []theme.Look
	out     int
	fail    error
}

func newKiosk() *kiosk {
	return &kiosk{people: slices.Clone(people), session: access.Session{Operator: people[0]}, folder: "/var/loket/cetak"}
}

func (k *kiosk) People(context.Context) ([]app.Operator, error) { return slices.Clone(k.people), nil }

func (k *kiosk) AddOperator(_ context.Context, _ access.Session, n access.Newcomer) (app.Operator, error) {
	if k.fail != nil {
		return app.Operator{}, k.fail
	}
	k.added = append(k.added, n)
	o := app.Operator{ID: "dddd", Name: n.Name, Role: n.Role}
	k.people = append(k.people, o)
	return o, nil
}

func (k *kiosk) RemoveOperator(_ context.Context, _ access.Session, id string) error {
	if k.fail == nil {
		k.people = slices.DeleteFunc(k.people, func(o app.Operator) bool { return o.ID == id })
	}
	return k.fail
}

func (k *kiosk) RestoreOperator(_ context.Context, _ access.Session, id, pin string) (app.Operator, error) {
	k.pins = append(k.pins, id+" "+pin)
	i := slices.IndexFunc(k.people, func(o app.Operator) bool { return o.ID == id })
	return k.people[max(i, 0)], k.fail
}

func (k *kiosk) ChangePIN(_ context.Context, _ access.Session, old, next string) error {
	k.pins = append(k.pins, old+" "+next)
	return k.fail
}

func open(t *testing.T, k *kiosk, wide, high float32, lang words.Lang, look theme.Look) (*shelltest.Bench, *Screen) {
	t.Helper()
	b := shelltest.New(t, wide, high, lang, look)
	s := New(b.Shell, nil, Uses{
		Session: func() access.Session { return k.session },
		Clock:   clock(morning),
		Door:    k,
		About: func(context.Context) (About, error) {
			return About{Version: "0.1.0 (20-11-2026)", Kiosk: "417-1", Office: "Kantor Cabang Balikpapan", Data: "/home/petugas/.local/share/loket", Trust: morning.Add(-2 * time.Hour)}, nil
		},
		SignOut:     func() { k.out++ },
		Look:        b.Shell.Look,
		SetLook:     func(l theme.Look) { k.looks = append(k.looks, l); b.Shell.SetLook(l) },
		SetLang:     func(l words.Lang) { k.langs = append(k.langs, l); b.Shell.SetLang(l) },
		PrintFolder: func(context.Context) (string, error) { return k.folder, nil },
		SetPrintFolder: func(_ context.Context, folder string) error {
			k.folders = append(k.folders, folder)
			return k.fail
		},
		ChooseFolder: func(done func(string, error)) { done("/media/kartu", nil) },
	})
	b.OwnAll(s.looks, s.works)
	b.Show(s)
	b.Until("everything", func() bool {
		return len(s.model.People) > 0 && s.model.About.Version != "" && s.model.Printer.Kept != ""
	})
	return b, s
}

func reads(t *testing.T, b *shelltest.Bench, wanted ...string) {
	t.Helper()
	text := b.Texts()
	for _, want := range wanted {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not to be read", want)
		}
	}
}

func TestLanguageAndLookAreKeptAndTheKeyboardStays(t *testing.T) {
	k := newKiosk()
	b, _ := open(t, k, 1366, 768, words.ID, theme.Look{Scale: 100, Mode: theme.Light})
	b.Tab("English")
	b.Press(fyne.KeySpace)
	reads(t, b, "Text size", "Operators of this computer")
	b.Tab("125%") // from where the keyboard stands
	b.Press(fyne.KeySpace)
	b.PressAll(fyne.KeyRight, fyne.KeySpace) // the next is 150%
	if len(k.langs) != 1 || len(k.looks) != 2 || k.looks[1].Scale != 150 {
		t.Error(k.langs, k.looks)
	}
	b.Tab("High contrast")
	b.Press(fyne.KeySpace)
	if b.Shell.Look().Mode != theme.Contrast || b.Shell.Look().Scale != 150 {
		t.Error(b.Shell.Look())
	}
}

func TestAddingAnOperatorByKeysAlone(t *testing.T) {
	k := newKiosk()
	b, s := open(t, k, 1366, 768, words.ID, theme.Look{})
	b.Tab("Tambah pengguna")
	b.Press(fyne.KeySpace)
	b.Type("Abdul Rahman")
	b.Press(fyne.KeyReturn)
	b.Press(fyne.KeySpace) // the first role: officer
	b.Tab("Tambahkan")
	b.Press(fyne.KeySpace)
	reads(t, b, words.Error(words.ID, app.Fail(app.VaultPINShort, "least", 6)))
	b.Type("739102")
	b.Press(fyne.KeyReturn)
	b.Type("739103")
	b.Press(fyne.KeyReturn)
	reads(t, b, words.Error(words.ID, app.Fail(app.SignInPINDiffers)))
	b.Press(fyne.KeyBackspace)
	b.Type("2")
	b.Press(fyne.KeyReturn)
	if !s.model.Busy {
		t.Fatal("the newcomer was not added")
	}
	b.Until("added", func() bool { return len(s.model.People) == 4 })
	want := access.Newcomer{Name: "Abdul Rahman", PIN: "739102", Role: app.RoleOfficer, Agency: app.AgencyInsurer}
	if k.added[0] != want || s.model.New != (Newcomer{}) {
		t.Error(k.added, s.model.New)
	}
	reads(t, b, "Abdul Rahman")
}

func TestRemovingIsAskedAndTold(t *testing.T) {
	k := newKiosk()
	b, s := open(t, k, 1366, 768, words.ID, theme.Look{})
	s.askRemove(people[2])
	reads(t, b, "Keluarkan Sri?")
	b.Shell.Key(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if len(k.people) != 3 {
		t.Error("Esc removed somebody")
	}
	k.fail = app.Fail(app.AccessLastOne)
	s.remove(people[0])
	b.Until("refused", func() bool { return s.model.PeopleErr != nil })
	reads(t, b, words.Error(words.ID, k.fail))
	k.fail = nil
	s.remove(people[2])
	b.Until("removed", func() bool { return len(s.model.People) == 2 })
}

func TestOnlyASupervisorChangesPeopleAndFolder(t *testing.T) {
	k := newKiosk()
	k.session.Operator = people[1]
	b, s := open(t, k, 1366, 768, words.ID, theme.Look{})
	if text := b.Texts(); strings.Contains(text, "Tambah pengguna") || strings.Contains(text, "Keluarkan\n") {
		t.Error("an officer may add or remove operators")
	}
	s.model.Printer.Folder = "/tmp/lain"
	s.Save()
	if len(k.folders) != 0 || s.model.Printer.Kept != "/var/loket/cetak" {
		t.Error("an officer changed the folder")
	}
}

func TestChangingThePIN(t *testing.T) {
	k := newKiosk()
	k.fail = app.Fail(app.AccessPINWrong, "left", 4)
	b, s := open(t, k, 1366, 768, words.ID, theme.Look{})
	b.Tab("Ganti PIN")
	b.Press(fyne.KeySpace)
	for _, pin := range []string{"11223344", "73910284", "73910284"} {
		b.Type(pin)
		b.Press(fyne.KeyReturn)
	}
	b.Until("refused", func() bool { return s.model.Err != nil })
	reads(t, b, words.Error(words.ID, k.fail))
	k.fail = nil
	b.Type("55667788") // the keyboard is where the wrong PIN was
	s.changePIN()
	b.Until("changed", func() bool { return s.model.Mode == Rest })
	if len(k.pins) != 2 || k.pins[1] != "55667788 73910284" || s.model.Change != (Change{}) {
		t.Error(k.pins, s.model.Change)
	}
}

func TestEscShutsAFormAndForgetsItsPINs(t *testing.T) {
	b, s := open(t, newKiosk(), 1366, 768, words.ID, theme.Look{})
	s.open(Changing)
	b.Type("11223344")
	b.Press(fyne.KeyEscape)
	if s.model.Mode != Rest || s.model.Change != (Change{}) || b.Shell.Showing() != s {
		t.Error(s.model.Mode)
	}
	b.Press(fyne.KeySpace) // the keyboard is back on the button that opened it
	if s.model.Mode != Changing {
		t.Error("the keyboard was lost")
	}
}

func TestTheFolderIsKept(t *testing.T) {
	k := newKiosk()
	b, s := open(t, k, 1366, 768, words.ID, theme.Look{})
	s.chooseFolder()
	b.Until("kept", func() bool { return s.model.Printer.Saved })
	reads(t, b, "Tersimpan")
	k.fail = app.Fail(app.FileUnwritten)
	s.view.folder.Focus()
	b.Type("x")
	b.Press(fyne.KeyReturn)
	b.Until("refused", func() bool { return s.model.Printer.Err != nil })
	reads(t, b, words.Error(words.ID, k.fail))
	if len(k.folders) != 2 || k.folders[0] != "/media/kartu" {
		t.Error(k.folders)
	}
}

func TestAbout(t *testing.T) {
	k := newKiosk()
	b, s := open(t, k, 1366, 768, words.ID, theme.Look{})
	reads(t, b, "0.1.0 (20-11-2026)", "417-1", "diperbarui 2 jam lalu", "Yang tersimpan terbuka")
	s.Actions()[0].Act()
	if k.out != 1 {
		t.Error("not signed out")
	}
}

func TestPictures(t *testing.T) {
	for _, lang := range words.Langs {
		for _, size := range []fyne.Size{{Width: 1366, Height: 768}, {Width: 1024, Height: 600}} {
			name := string(lang) + "-" + map[float32]string{1366: "1366", 1024: "1024"}[size.Width]
			b, s := open(t, newKiosk(), size.Width, size.Height, lang, theme.Look{})
			b.Picture("pengaturan-" + name)
			s.open(Adding)
			s.add()
			b.Picture("pengaturan-add-" + name)
			s.Back()
			s.open(Changing)
			b.Picture("pengaturan-pin-" + name)
		}
	}
	b, s := open(t, newKiosk(), 1366, 768, words.ID, theme.Look{Scale: 150, Mode: theme.Dark})
	b.Picture("pengaturan-150-dark")
	s.askRemove(people[1])
	b.Picture("pengaturan-remove")
}

func TestAForgottenPINIsReplacedByKeysAlone(t *testing.T) {
	k := newKiosk()
	b, _ := open(t, k, 1024, 600, words.ID, theme.Look{Scale: 100, Mode: theme.Light})
	b.Tab("PIN baru")
	b.Press(fyne.KeySpace)
	reads(t, b, "PIN baru untuk "+people[1].Name)
	b.Type("736402")
	b.Press(fyne.KeyEnter)
	b.Type("736403")
	b.Press(fyne.KeyEnter)
	if len(k.pins) != 0 {
		t.Fatal("two different PINs were taken")
	}
	b.Press(fyne.KeyBackspace)
	b.Type("2")
	b.Press(fyne.KeyEnter)
	b.Until("the PIN", func() bool { return len(k.pins) == 1 })
	if k.pins[0] != people[1].ID+" 736402" {
		t.Error(k.pins)
	}
}

// Changing all keys takes seconds: the person who goes is marked, and nobody else can be removed
// meanwhile.
func TestWhileTheKeysChangeItIsSaid(t *testing.T) {
	k := newKiosk()
	b, s := open(t, k, 1024, 600, words.ID, theme.Look{})
	s.remove(people[2])
	reads(t, b, words.Say(words.ID, "ui.settings.people.leaving"))
	if strings.Contains(b.Texts(), words.Say(words.ID, "ui.settings.people.remove")) {
		t.Error("another one can be removed meanwhile")
	}
	s.remove(people[1])
	b.Until("removed", func() bool { return s.model.Leaving == "" && len(s.model.People) == len(people)-1 })
	if len(k.people) != len(people)-1 {
		t.Errorf("%d are left", len(k.people))
	}
}

// A volunteer with a pass gets another pass, and no new PIN: it would outlive the event.
func TestAVolunteerOfAnEventGetsNoNewPIN(t *testing.T) {
	k := newKiosk()
	k.people = []app.Operator{people[0], {ID: "eeee", Name: "Sri", Role: app.RoleVolunteer, Event: "k7m2qp"}}
	b, _ := open(t, k, 1024, 600, words.ID, theme.Look{})
	reads(t, b, "k7m2qp", words.Say(words.ID, "ui.settings.people.remove"))
	if strings.Contains(b.Texts(), words.Say(words.ID, "ui.settings.people.restore")) {
		t.Error("a new PIN is offered")
	}
	b.Picture("pengaturan-volunteer")
}
