package cek

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/card"
	"loket/app/checking"
	"loket/app/words"
	"loket/ui/shell/shelltest"
	"loket/ui/theme"
)

var now = time.Date(2026, 11, 20, 10, 42, 0, 0, time.FixedZone("WITA", 8*3600))

type clock struct{}

func (clock) Now() time.Time { return now }

func claims(name string) *card.Claims {
	return &card.Claims{
		Issuer: "CONTOH", IssuedAt: now.AddDate(0, 0, -17), Expires: now.AddDate(5, 0, -17), Member: "26133068531", Name: name,
		Programmes: app.WorkAccident | app.Death, Branch: "G00", Serial: 98412, Generation: 1,
	}
}

func answer(colour card.Colour, genuine bool, key string, notes ...string) checking.Answer {
	return checking.Answer{
		Verdict: card.Verdict{
			Genuine: genuine, Reason: app.Code(key), Claims: claims("YOHANES NGAU AJANG"),
			TrustIssued: now.Add(-2 * time.Hour), Branch: "Kantor Cabang Bontang",
		},
		Colour: colour, Key: key, Notes: notes,
	}
}

// answers are what the desk says to a scanned text, by its first letters.
var answers = map[string]checking.Answer{
	"GREEN": answer(card.Green, true, "check.active"),
	"AMBER": answer(card.Amber, true, "check.not_yet_accepted"),
	"RED":   answer(card.Red, false, string(app.CardSignature)),
	"ENDED": answer(card.Red, true, "check.invalid"),
	"OWN": func() checking.Answer {
		a := answer(card.Amber, true, "check.own_waiting")
		a.Own, a.Card.State = true, app.CardHanded
		a.Claims = claims("RADEN MAS SURYODININGRAT KUSUMO WIJOYO NINGRAT PUTRA")
		return a
	}(),
	"PRACTICE": func() checking.Answer {
		a := answer(card.Amber, true, "check.active", "check.practice")
		a.Practice = true
		return a
	}(),
	"TORN": {Verdict: card.Verdict{Reason: app.CardUnreadable, Colour: card.Red}, Colour: card.Red, Key: string(app.CardUnreadable)},
}

func open(t *testing.T, size fyne.Size, lang words.Lang, look theme.Look) (*shelltest.Bench, *Screen) {
	t.Helper()
	b := shelltest.New(t, size.Width, size.Height, lang, look)
	s := New(b.Shell, nil, Door{
		Check: func(_ context.Context, text string) (checking.Answer, error) {
			if strings.TrimSpace(text) == "" {
				return checking.Answer{}, app.Fail(app.CheckEmpty)
			}
			return answers[strings.TrimRight(text, "0123456789")], nil
		},
		Lists: func() Lists { return Lists{Issued: now.Add(-2 * time.Hour), Until: now.Add(22 * time.Hour)} },
	}, Options{Clock: clock{}, Turn: func(l *Large) { b.Shell.Push(l) }})
	b.Own(s.owner)
	b.Open("check", s)
	return b, s
}

var desktopSize = fyne.NewSize(1366, 768)

func scan(b *shelltest.Bench, s *Screen, what string) {
	s.model.Answer = nil
	b.Scan(what + strings.Repeat("1", 40))
	b.Until("answered", func() bool { return s.model.Answer != nil })
}

func TestAScanIsAnsweredAndTheNextOneToo(t *testing.T) {
	b, s := open(t, desktopSize, words.ID, theme.Look{})
	scan(b, s, "GREEN")
	if s.model.Answer.Key != "check.active" || s.model.Text != "" {
		t.Error(s.model.Answer.Key, s.model.Text)
	}
	scan(b, s, "RED")
	if s.model.Answer.Colour != card.Red {
		t.Error(s.model.Answer.Colour)
	}
	b.Press(fyne.KeyEscape)
	if s.model.Answer != nil {
		t.Error("Esc is not ready for the next card")
	}
}

func TestAPastedTextIsAnsweredAtEnter(t *testing.T) {
	b, s := open(t, desktopSize, words.ID, theme.Look{})
	s.view.asked()
	b.Until("told", func() bool { return s.model.Err != nil })
	if app.CodeOf(s.model.Err) != app.CheckEmpty {
		t.Error(s.model.Err)
	}
	s.model.Text = "GREEN123"
	s.view.asked()
	b.Until("answered", func() bool { return s.model.Answer != nil })
}

func TestTheLargeAnswerTakesTheNextCardAndEscComesBack(t *testing.T) {
	b, s := open(t, desktopSize, words.ID, theme.Look{})
	scan(b, s, "AMBER")
	s.Primary().Act()
	large, ok := b.Shell.Showing().(*Large)
	if !ok || !large.Bare() || s.model.Answer == nil {
		t.Fatal("the answer is not in the whole window")
	}
	scan(b, s, "GREEN")
	b.Picture("cek-large-green")
	b.Press(fyne.KeyEscape)
	if b.Shell.Showing() != s || s.model.Answer == nil {
		t.Error("Esc does not come back to the answer")
	}
}

// What nobody vouches for is not shown as if somebody did.
func TestAForgedNameIsNotShown(t *testing.T) {
	if Shown(answers["RED"]) || Shown(answers["TORN"]) || !Shown(answers["GREEN"]) || !Shown(answers["ENDED"]) {
		t.Error("names of forged cards, or none of genuine ones")
	}
}

// A practice card never has words that sound good.
func TestHeadlines(t *testing.T) {
	for what, want := range map[string]string{
		"GREEN": "active", "AMBER": "waiting", "RED": "forged", "ENDED": "ended", "OWN": "waiting", "PRACTICE": "practice", "TORN": "unreadable",
	} {
		if got := Headline(answers[what]); got != "ui.check.head."+want {
			t.Errorf("%s: %s", what, got)
		}
	}
	if got := Sentences(answers["PRACTICE"])[0]; got != "check.practice" {
		t.Error("a practice card sounds good: ", got)
	}
	for key, head := range headlines {
		if !words.Has(key) || !words.Has("ui.check.head."+head) {
			t.Error(key, head)
		}
	}
	for _, colour := range []card.Colour{card.Green, card.Amber, card.Red} {
		if !words.Has(Advice(checking.Answer{Colour: colour})) {
			t.Error(colour)
		}
	}
}

func TestOldListsAreTold(t *testing.T) {
	_, s := open(t, desktopSize, words.ID, theme.Look{})
	for _, c := range []struct {
		lists Lists
		want  string
	}{
		{Lists{Issued: now.Add(-2 * time.Hour), Until: now.Add(time.Hour)}, "Daftar kartu sah diperbarui 2 jam lalu"},
		{Lists{Issued: now.Add(-72 * time.Hour), Until: now.Add(-time.Hour)}, "Daftar kartu sah sudah lama: 3 hari lalu. Ambil yang baru di Kirim (F8)"},
		{Lists{}, "Belum ada daftar kartu sah. Ambil di Kirim (F8)"},
	} {
		s.door.Lists = func() Lists { return c.lists }
		if _, got := s.age(); got != c.want {
			t.Error(got)
		}
	}
}

func TestQuickFingersAreNoScanner(t *testing.T) {
	if LooksLikeCode("siti aminah") || LooksLikeCode("SITI") || !LooksLikeCode("HTTPS://KARTU.CONTOH.ID/K#123") {
		t.Error("words and codes are mixed up")
	}
}

// Every answer is drawn in both languages and sizes.
func TestPictures(t *testing.T) {
	sizes := map[string]fyne.Size{"1366": desktopSize, "1024": fyne.NewSize(1024, 600)}
	for _, lang := range words.Langs {
		for name, size := range sizes {
			b, s := open(t, size, lang, theme.Look{})
			shot := func(what string) {
				b.Fits(what + " " + string(lang) + " " + name)
				b.Picture("cek-" + what + "-" + string(lang) + "-" + name)
			}
			shot("empty")
			for what := range answers {
				scan(b, s, what)
				shot(strings.ToLower(what))
			}
			scan(b, s, "OWN")
			s.Primary().Act()
			shot("large")
			b.Press(fyne.KeyEscape)
			b.Press(fyne.KeyEscape)
			s.Primary().Act()
			shot("large-empty")
		}
	}
	b, s := open(t, desktopSize, words.ID, theme.Look{Scale: 150, Mode: theme.Dark})
	scan(b, s, "OWN")
	b.Picture("cek-150")
	s.Primary().Act()
	b.Picture("cek-large-150")
}
