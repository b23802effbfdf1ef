package masuk

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/access"
	"loket/app/office"
	"loket/app/sealed"
	"loket/app/words"
	"loket/ui/shell/shelltest"
	"loket/ui/theme"
)

var people = []app.Operator{
	{ID: "aaaa", Name: "Dewi Lestari", Role: app.RoleOfficer},
	{ID: "bbbb", Name: "Yohanes Ngau", Role: app.RoleSupervisor},
	{ID: "cccc", Name: "Sri", Role: app.RoleVolunteer},
}

// door lets in who types 424242 or 42424242.
type door struct {
	begun  bool
	tried  []string
	signed []access.Session
	fail   error
}

func (d *door) uses() Door {
	return Door{
		Begun:  func() bool { return d.begun },
		People: func(context.Context) ([]app.Operator, error) { return people, nil },
		SignIn: func(_ context.Context, id, pin string) (access.Session, error) {
			d.tried = append(d.tried, id+" "+pin)
			if d.fail != nil {
				return access.Session{}, d.fail
			}
			return access.Session{Operator: app.Operator{ID: id}}, nil
		},
		FirstStart: func(_ context.Context, token sealed.Token, name, pin string) (access.Session, error) {
			d.tried = append(d.tried, token.BranchName+" "+name+" "+pin)
			return access.Session{Operator: app.Operator{ID: "dddd", Name: name}}, d.fail
		},
		Signed: func(s access.Session) { d.signed = append(d.signed, s) },
	}
}

func open(t *testing.T, d *door, wide, high float32, lang words.Lang, look theme.Look) (*shelltest.Bench, *Screen) {
	t.Helper()
	b := shelltest.New(t, wide, high, lang, look)
	s := New(b.Shell, nil, d.uses(), Options{Office: func() string { return "Kantor Cabang Balikpapan" }, PracticePIN: "42424242", SetLang: b.Shell.SetLang, ChooseFile: func(func([]byte, error)) {}})
	b.Own(s.owner)
	b.Shell.Gate(s)
	if d.begun {
		b.Until("names", func() bool { return s.model.Stage == Names })
	}
	return b, s
}

func TestKeysAloneSignIn(t *testing.T) {
	d := &door{begun: true}
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	b.Press(fyne.KeyDown) // from the first name to the second
	b.Press(fyne.KeySpace)
	if s.model.Chosen.ID != "bbbb" {
		t.Fatalf("chosen %q", s.model.Chosen.ID)
	}
	b.Type("42424242")
	b.Press(fyne.KeyReturn)
	b.Until("signed in", func() bool { return len(d.signed) == 1 })
	if d.tried[0] != "bbbb 42424242" {
		t.Error(d.tried)
	}
}

func TestAShortPINIsNotTried(t *testing.T) {
	d := &door{begun: true}
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	s.choose("bbbb")
	b.Type("424242") // a supervisor's PIN is longer
	b.Press(fyne.KeyReturn)
	if len(d.tried) != 0 || s.model.Busy {
		t.Error(d.tried)
	}
}

func TestAWrongPINSaysWhatNowAndLetsOneTryAgain(t *testing.T) {
	d := &door{begun: true, fail: app.Fail(app.AccessPINWrong, "left", 4)}
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	s.choose("aaaa")
	b.Type("111111")
	b.Press(fyne.KeyReturn)
	if !s.model.Busy {
		t.Error("nothing shows that the PIN is being tried")
	}
	b.Until("refused", func() bool { return s.model.Err != nil })
	b.Picture("masuk-wrong")
	d.fail = nil
	b.Type("424242")
	b.Press(fyne.KeyReturn)
	b.Until("signed in", func() bool { return len(d.signed) == 1 })
}

func TestWhileOneMustWaitNoPINIsTried(t *testing.T) {
	d := &door{begun: true, fail: app.Fail(app.AccessPINWait, "seconds", 2)}
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	s.choose("aaaa")
	b.Type("111111")
	b.Press(fyne.KeyReturn)
	b.Until("refused", func() bool { return s.model.Wait == 2 })
	b.Type("424242")
	b.Press(fyne.KeyReturn)
	if len(d.tried) != 1 {
		t.Error(d.tried)
	}
}

func TestEscStepsBackToTheNames(t *testing.T) {
	d := &door{begun: true}
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	s.choose("aaaa")
	b.Press(fyne.KeyEscape)
	if s.model.Chosen.ID != "" {
		t.Error("still chosen")
	}
}

func TestFirstStart(t *testing.T) {
	d := &door{}
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	code, err := sealed.Token{
		Address: "https://pusat.contoh.id:8443", Roots: office.Roots{{1}}, Chain: app.Chain{Kiosk: 417, Incarnation: 1},
		Expires: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC), BranchCode: "G00", BranchName: "Balikpapan",
	}.Text()
	if err != nil {
		t.Fatal(err)
	}
	s.Scan("LOKET1BUKANKODE")
	if !s.model.Start.CodeWrong() {
		t.Error("a wrong code is not told")
	}
	s.Scan(code)
	if !s.model.Start.Good {
		t.Fatal("the code was not understood")
	}
	b.Type("Rahmat Hidayat")
	b.Press(fyne.KeyReturn)
	b.Type("73910284")
	b.Press(fyne.KeyReturn)
	b.Type("73910285")
	b.Picture("masuk-first")
	b.Press(fyne.KeyReturn)
	if len(d.tried) != 0 {
		t.Error("two different PINs began the kiosk")
	}
	b.Picture("masuk-first-differs")
	b.Press(fyne.KeyBackspace)
	b.Type("4")
	b.Press(fyne.KeyReturn)
	b.Until("begun", func() bool { return len(d.signed) == 1 })
	if d.tried[0] != "Balikpapan Rahmat Hidayat 73910284" {
		t.Error(d.tried)
	}
}

func TestEverySentenceIsThere(t *testing.T) {
	for _, lang := range words.Langs {
		for _, size := range []fyne.Size{{Width: 1366, Height: 768}, {Width: 1024, Height: 600}} {
			name := string(lang) + "-" + map[float32]string{1366: "1366", 1024: "1024"}[size.Width]
			b, s := open(t, &door{begun: true}, size.Width, size.Height, lang, theme.Look{})
			b.Picture("masuk-names-" + name)
			s.choose("bbbb")
			b.Type("4242")
			b.Picture("masuk-pin-" + name)
			f, _ := open(t, &door{}, size.Width, size.Height, lang, theme.Look{})
			f.Picture("masuk-start-" + name)
		}
	}
	b, s := open(t, &door{begun: true}, 1366, 768, words.ID, theme.Look{Scale: 150, Mode: theme.Dark})
	s.choose("bbbb")
	b.Picture("masuk-pin-150")
	for _, key := range words.Keys() {
		if (strings.HasPrefix(key, "ui.signin.") || strings.HasPrefix(key, "ui.start.")) && !words.Has(key) {
			t.Error(key)
		}
	}
}
