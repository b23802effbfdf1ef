package masuk

import (
	"context"
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

const goodPass = "LOKETIZIN1GOOD"

var bazaar = app.Event{ID: "k7m2qp", Name: "Bazar UMKM Manggar", Until: time.Date(2026, 11, 20, 16, 0, 0, 0, time.FixedZone("WITA", 8*3600))}

type still struct{}

func (still) Now() time.Time { return bazaar.Until.Add(-5 * time.Hour) }

func openPass(t *testing.T, d *door, wide, high float32, lang words.Lang) (*shelltest.Bench, *Screen) {
	t.Helper()
	b := shelltest.New(t, wide, high, lang, theme.Look{})
	uses := d.uses()
	uses.ShowPass = func(_ context.Context, pass string) (app.Event, error) {
		if pass != goodPass {
			return app.Event{}, app.Fail(app.PassUsed)
		}
		return bazaar, nil
	}
	uses.Join = func(_ context.Context, pass, name, pin string) (access.Session, error) {
		d.tried = append(d.tried, pass+" "+name+" "+pin)
		return access.Session{Operator: app.Operator{ID: "eeee", Name: name, Role: app.RoleVolunteer}}, d.fail
	}
	s := New(b.Shell, nil, uses, Options{
		Office: func() string { return "Kantor Cabang Balikpapan" }, SetLang: b.Shell.SetLang, Clock: still{},
		ChooseFile: func(done func([]byte, error)) { done([]byte(goodPass), nil) }, Touch: b.Shell.SetTouch,
	})
	b.Own(s.owner)
	b.Shell.Gate(s)
	b.Until("names", func() bool { return s.model.Stage == Names })
	return b, s
}

func TestAScannedPassLetsAVolunteerIn(t *testing.T) {
	d := &door{begun: true}
	b, s := openPass(t, d, 1366, 768, words.ID)
	b.Scan(goodPass)
	b.Until("judged", func() bool { return s.model.Pass.Good })
	b.Type("Sri Wahyuni")
	b.Press(fyne.KeyReturn)
	b.Type("493817")
	b.Press(fyne.KeyReturn)
	b.Type("493818") // another one
	b.Press(fyne.KeyReturn)
	if len(d.tried) != 0 || s.model.Pass.Wrong != "pin" {
		t.Fatalf("two PINs were taken: %v", d.tried)
	}
	b.Type("493817")
	b.Press(fyne.KeyReturn)
	b.Type("493817")
	b.Press(fyne.KeyReturn)
	b.Until("in", func() bool { return len(d.signed) == 1 })
	if d.tried[0] != goodPass+" Sri Wahyuni 493817" {
		t.Error(d.tried)
	}
}

func TestAPassThatCannotBeUsedSaysWhy(t *testing.T) {
	b, s := openPass(t, &door{begun: true}, 1366, 768, words.ID)
	b.Scan("LOKETIZIN1OLD")
	b.Until("judged", func() bool { return !s.model.Busy })
	if s.model.Pass.Good || app.CodeOf(s.model.Err) != app.PassUsed {
		t.Error(s.model.Err)
	}
	b.Picture("masuk-pass-used")
	b.Press(fyne.KeyEscape)
	if s.model.Stage != Names {
		t.Error("Esc does not lead back to the names")
	}
}

func TestAPassFromAFile(t *testing.T) {
	b, s := openPass(t, &door{begun: true}, 1366, 768, words.ID)
	s.byPass()
	s.choosePassFile()
	b.Until("judged", func() bool { return s.model.Pass.Good })
}

func TestWithoutANameNobodyJoins(t *testing.T) {
	d := &door{begun: true}
	b, s := openPass(t, d, 1366, 768, words.ID)
	b.Scan(goodPass)
	b.Until("judged", func() bool { return s.model.Pass.Good })
	s.choosePIN("493817")
	if s.model.Pass.Wrong != "name" || s.model.Pass.PIN != "" {
		t.Errorf("%+v", s.model.Pass)
	}
	s.model.Pass.Name = "Sri"
	s.choosePIN("123456")
	if app.CodeOf(s.model.Err) != app.VaultPINCommon {
		t.Error("a PIN that thieves try first was taken")
	}
}

func TestTheWayInWithAPassLooksWell(t *testing.T) {
	for _, lang := range words.Langs {
		for name, size := range map[string]fyne.Size{"1366": {Width: 1366, Height: 768}, "1024": {Width: 1024, Height: 600}} {
			b, s := openPass(t, &door{begun: true}, size.Width, size.Height, lang)
			b.Picture("masuk-names-pass-" + string(lang) + "-" + name)
			s.byPass()
			b.Picture("masuk-pass-" + string(lang) + "-" + name)
			b.Scan(goodPass)
			b.Until("judged", func() bool { return s.model.Pass.Good })
			b.Picture("masuk-pass-name-" + string(lang) + "-" + name)
			b.Type("Sri Wahyuni")
			b.Press(fyne.KeyReturn)
			b.Type("4938")
			b.Picture("masuk-pass-pin-" + string(lang) + "-" + name)
		}
	}
}

// Whoever comes back to a laptop that locked itself reads why, however late.
func TestTheEndOfAnEventIsToldUntilSomebodyComes(t *testing.T) {
	d := &door{begun: true}
	b, s := openPass(t, d, 1024, 600, words.ID)
	s.Tell("Kegiatan sudah selesai.")
	b.Picture("masuk-notice")
	if !strings.Contains(b.Texts(), "Kegiatan sudah selesai.") {
		t.Fatal("not told")
	}
	s.choose("aaaa")
	if strings.Contains(b.Texts(), "Kegiatan sudah selesai.") {
		t.Error("told to who comes next")
	}
}
