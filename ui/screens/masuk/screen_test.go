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

func open(t *testing.T, d *door, wide, high float32, lang words.Lang, look theme.Look) (*bench, *Screen) {
	t.Helper()
	b := newBench(t, wide, high, lang, look)
	s := New(b.shell, nil, d.uses(), Options{Office: func() string { return "Kantor Cabang Balikpapan" }, PracticePIN: "42424242", SetLang: b.shell.SetLang, ChooseFile: func(func([]byte, error)) {}})
	b.own(s.owner)
	b.shell.Gate(s)
	if d.begun {
		b.until("names", func() bool { return s.model.Stage == Names })
	}
	return b, s
}

func TestKeysAloneSignIn(t *testing.T) {
	d := &door{begun: true}
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	b.press(fyne.KeyDown) // from the first name to the second
	b.press(fyne.KeySpace)
	if s.model.Chosen.ID != "bbbb" {
		t.Fatalf("chosen %q", s.model.Chosen.ID)
	}
	b.keys("42424242")
	b.press(fyne.KeyReturn)
	b.until("signed in", func() bool { return len(d.signed) == 1 })
	if d.tried[0] != "bbbb 42424242" {
		t.Error(d.tried)
	}
}

func TestAShortPINIsNotTried(t *testing.T) {
	d := &door{begun: true}
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	s.choose("bbbb")
	b.keys("424242") // a supervisor's PIN is longer
	b.press(fyne.KeyReturn)
	if len(d.tried) != 0 || s.model.Busy {
		t.Error(d.tried)
	}
}

func TestAWrongPINSaysWhatNowAndLetsOneTryAgain(t *testing.T) {
	d := &door{begun: true, fail: app.Fail(app.AccessPINWrong, "left", 4)}
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	s.choose("aaaa")
	b.keys("111111")
	b.press(fyne.KeyReturn)
	if !s.model.Busy {
		t.Error("nothing shows that the PIN is being tried")
	}
	b.until("refused", func() bool { return s.model.Err != nil })
	b.picture("masuk-wrong")
	d.fail = nil
	b.keys("424242")
	b.press(fyne.KeyReturn)
	b.until("signed in", func() bool { return len(d.signed) == 1 })
}

func TestWhileOneMustWaitNoPINIsTried(t *testing.T) {
	d := &door{begun: true, fail: app.Fail(app.AccessPINWait, "seconds", 2)}
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	s.choose("aaaa")
	b.keys("111111")
	b.press(fyne.KeyReturn)
	b.until("refused", func() bool { return s.model.Wait == 2 })
	b.keys("424242")
	b.press(fyne.KeyReturn)
	if len(d.tried) != 1 {
		t.Error(d.tried)
	}
}

func TestEscStepsBackToTheNames(t *testing.T) {
	d := &door{begun: true}
	b, s := open(t, d, 1366, 768, words.ID, theme.Look{})
	s.choose("aaaa")
	b.press(fyne.KeyEscape)
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
	b.keys("Rahmat Hidayat")
	b.press(fyne.KeyReturn)
	b.keys("73910284")
	b.press(fyne.KeyReturn)
	b.keys("73910285")
	b.picture("masuk-first")
	b.press(fyne.KeyReturn)
	if len(d.tried) != 0 {
		t.Error("two different PINs began the kiosk")
	}
	b.picture("masuk-first-differs")
	b.press(fyne.KeyBackspace)
	b.keys("4")
	b.press(fyne.KeyReturn)
	b.until("begun", func() bool { return len(d.signed) == 1 })
	if d.tried[0] != "Balikpapan Rahmat Hidayat 73910284" {
		t.Error(d.tried)
	}
}

func TestEverySentenceIsThere(t *testing.T) {
	for _, lang := range words.Langs {
		for _, size := range []fyne.Size{{Width: 1366, Height: 768}, {Width: 1024, Height: 600}} {
			name := string(lang) + "-" + map[float32]string{1366: "1366", 1024: "1024"}[size.Width]
			b, s := open(t, &door{begun: true}, size.Width, size.Height, lang, theme.Look{})
			b.picture("masuk-names-" + name)
			s.choose("bbbb")
			b.keys("4242")
			b.picture("masuk-pin-" + name)
			f, _ := open(t, &door{}, size.Width, size.Height, lang, theme.Look{})
			f.picture("masuk-start-" + name)
		}
	}
	b, s := open(t, &door{begun: true}, 1366, 768, words.ID, theme.Look{Scale: 150, Mode: theme.Dark})
	s.choose("bbbb")
	b.picture("masuk-pin-150")
	for _, key := range words.Keys() {
		if (strings.HasPrefix(key, "ui.signin.") || strings.HasPrefix(key, "ui.start.")) && !words.Has(key) {
			t.Error(key)
		}
	}
}
