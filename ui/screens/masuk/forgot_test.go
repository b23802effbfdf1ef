package masuk

import (
	"context"
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/access"
	"loket/app/words"
	"loket/ui/shell/shelltest"
	"loket/ui/theme"
)

// centre is head office as this screen meets it: the last request counts, and one answer fits it.
type centre struct {
	code  string
	dirs  []string
	taken []string
	fail  error
}

const rightAnswer = "jawaban"

func (o *centre) recovery() Recovery {
	return Recovery{
		Waits: func(context.Context) (string, error) { return o.code, nil },
		Ask: func(_ context.Context, dir string) (string, string, error) {
			if o.fail != nil {
				return "", "", o.fail
			}
			o.dirs = append(o.dirs, dir)
			o.code = []string{"4821 0937", "1177 2040"}[len(o.dirs)-1]
			return dir + "/pemulihan-loket-00417.permintaan", o.code, nil
		},
		Check: func(_ context.Context, answer []byte) error {
			if string(answer) != rightAnswer {
				return app.Fail(app.VaultRecoveryAnswer)
			}
			return nil
		},
		Take: func(_ context.Context, answer []byte, name, pin string) (access.Session, error) {
			o.taken = append(o.taken, string(answer)+" "+name+" "+pin)
			return access.Session{Operator: app.Operator{ID: "ffff", Name: name, Role: app.RoleSupervisor}}, o.fail
		},
	}
}

func openForgot(t *testing.T, d *door, o *centre, answer string, size fyne.Size, lang words.Lang, look theme.Look) (*shelltest.Bench, *Screen) {
	t.Helper()
	b := shelltest.New(t, size.Width, size.Height, lang, look)
	uses := d.uses()
	uses.ShowPass = func(context.Context, string) (app.Event, error) { return app.Event{}, app.Fail(app.PassUsed) }
	uses.Recovery = o.recovery()
	s := New(b.Shell, nil, uses, Options{
		Office: func() string { return "Kantor Cabang Balikpapan" }, SetLang: b.Shell.SetLang,
		ChooseFile:   func(done func([]byte, error)) { done([]byte(answer), nil) },
		ChooseFolder: func(done func(string, error)) { done("/media/stik", nil) },
	})
	b.Own(s.owner)
	b.Shell.Gate(s)
	b.Until("names", func() bool { return s.model.Stage == Names })
	s.lost()
	b.Until("whether a request waits", func() bool { return s.model.Forgot.Known })
	return b, s
}

var designSize = fyne.NewSize(1366, 768)

func TestWhoForgotAllPINsComesInByHeadOffice(t *testing.T) {
	d, o := &door{begun: true}, &centre{}
	b, s := openForgot(t, d, o, rightAnswer, designSize, words.ID, theme.Look{})
	b.Press(fyne.KeySpace) // "Buat permintaan" has the keyboard
	b.Until("asked", func() bool { return s.model.Forgot.File != "" })
	if text := b.Texts(); !strings.Contains(text, "4821 0937") || !strings.Contains(text, "pemulihan-loket-00417.permintaan") {
		t.Errorf("the code or the file is not told: %s", text)
	}
	b.Press(fyne.KeySpace) // "Pakai jawaban"
	b.Until("judged", func() bool { return s.model.Forgot.Answer != nil })
	b.Type("Siti Aminah")
	b.Press(fyne.KeyReturn)
	b.Type("739102") // too short for a supervisor: not taken
	b.Press(fyne.KeyReturn)
	b.Type("84")
	b.Press(fyne.KeyReturn)
	b.Type("73910285")
	b.Press(fyne.KeyReturn)
	if s.model.Forgot.Wrong != "pin" || len(o.taken) != 0 {
		t.Fatalf("two different PINs: %q %v", s.model.Forgot.Wrong, o.taken)
	}
	for range 2 {
		b.Type("73910284")
		b.Press(fyne.KeyReturn)
	}
	b.Until("signed in", func() bool { return len(d.signed) == 1 })
	if o.taken[0] != rightAnswer+" Siti Aminah 73910284" {
		t.Error(o.taken)
	}
}

func TestARequestThatWaitsIsShownAgainAndNotLostByChance(t *testing.T) {
	d, o := &door{begun: true}, &centre{code: "9000 1111"}
	b, s := openForgot(t, d, o, "lain", designSize, words.ID, theme.Look{})
	if !strings.Contains(b.Texts(), "9000 1111") {
		t.Error("the code of the request that waits is not told")
	}
	s.askOffice()
	if len(o.dirs) != 0 {
		t.Fatal("another request was made without asking")
	}
	b.Press(fyne.KeyEscape)
	b.Until("still there", func() bool { return s.model.Forgot.Code == "9000 1111" })
	s.takeAnswer()
	b.Until("judged", func() bool { return s.model.Err != nil })
	if s.model.Forgot.Answer != nil || !strings.Contains(b.Texts(), words.Error(words.ID, app.Fail(app.VaultRecoveryAnswer))) {
		t.Errorf("another answer was taken: %v", s.model.Err)
	}
}

func TestAFolderThatTakesNoFileIsToldAndAnotherCanBeChosen(t *testing.T) {
	d, o := &door{begun: true}, &centre{fail: app.Wrap("test", app.FileUnwritten, errors.New("read only"))}
	b, s := openForgot(t, d, o, "", designSize, words.ID, theme.Look{})
	s.askOffice()
	b.Until("refused", func() bool { return s.model.Err != nil })
	o.fail = nil
	s.askOffice()
	b.Until("asked", func() bool { return s.model.Forgot.Code != "" && s.model.Err == nil })
}

func TestEscStepsOutOfRecovery(t *testing.T) {
	d, o := &door{begun: true}, &centre{code: "9000 1111"}
	b, s := openForgot(t, d, o, rightAnswer, designSize, words.ID, theme.Look{})
	s.takeAnswer()
	b.Until("judged", func() bool { return s.model.Forgot.Answer != nil })
	b.Type("Siti Aminah")
	b.Press(fyne.KeyReturn)
	b.Type("73910284")
	b.Press(fyne.KeyReturn)
	for i, there := range []func() bool{
		func() bool {
			return s.model.Forgot.PIN == "" && s.model.Forgot.Answer != nil && s.model.Forgot.Name == "Siti Aminah"
		},
		func() bool { return s.model.Forgot.Answer == nil && s.model.Stage == Forgotten },
		func() bool { return s.model.Stage == Names },
	} {
		b.Press(fyne.KeyEscape)
		if !there() {
			t.Fatalf("step %d: %+v", i+1, s.model.Forgot)
		}
	}
}

func TestForgottenFitsEverywhere(t *testing.T) {
	for _, lang := range words.Langs {
		for name, size := range map[string]fyne.Size{"1366": designSize, "1024": fyne.NewSize(1024, 600)} {
			b, s := openForgot(t, &door{begun: true}, &centre{code: "9000 1111"}, rightAnswer, size, lang, theme.Look{})
			b.Picture("masuk-forgot-" + string(lang) + "-" + name)
			s.takeAnswer()
			b.Until("judged", func() bool { return s.model.Forgot.Answer != nil })
			b.Picture("masuk-recover-" + string(lang) + "-" + name)
			b.Press(fyne.KeyEscape)
			b.Press(fyne.KeyEscape)
			b.Picture("masuk-names-lost-" + string(lang) + "-" + name)
		}
	}
	b, _ := openForgot(t, &door{begun: true}, &centre{code: "9000 1111"}, rightAnswer, designSize, words.ID, theme.Look{Scale: 150})
	b.Picture("masuk-forgot-150")
}
