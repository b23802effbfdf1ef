package cari

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/card"
	"loket/app/counter"
	"loket/app/region"
	"loket/app/scheme"
	"loket/app/words"
	"loket/ui/shell"
	"loket/ui/shell/shelltest"
	"loket/ui/theme"
)

type search struct {
	*shelltest.Bench
	*Screen
	done []string
}

func open(t *testing.T, wide, high float32, lang words.Lang, look theme.Look) *search {
	t.Helper()
	b := shelltest.New(t, wide, high, lang, look)
	c := counter.New(filled(t), func() counter.Rules {
		return counter.Rules{Scheme: scheme.Embedded(), Regions: region.Load()}
	}, fixed{}, func() app.Operator { return app.Operator{ID: "dewi", Role: app.RoleOfficer} })
	if err := c.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	x := &search{Bench: b}
	x.Screen = New(b.Shell, nil, Uses{
		Counter: c, Clock: fixed{}, NameOf: func(string) string { return "Dewi Lestari" },
		PrintSlip: func(context.Context, app.Registration) error { x.done = append(x.done, "slip"); return nil },
		MakeCard:  func(context.Context, app.Registration) error { x.done = append(x.done, "card"); return nil },
		HandOver:  func(c app.Card) { x.done = append(x.done, c.Serial.String()) },
	})
	b.Own(x.owner)
	b.Shell.SignIn(shell.Session{Home: "find", Places: []shell.Place{{Name: "find", Icon: "search", Word: "ui.nav.find", Screen: x.Screen}}})
	return x
}

func (x *search) look(text string) {
	x.Type(text)
	x.Until("an answer", func() bool { return x.model.Searched && x.model.Query == text })
}

func TestTypingFindsAndEnterOpensTheOnlyOne(t *testing.T) {
	x := open(t, 1366, 768, words.ID, theme.Look{})
	x.look("yoh")
	x.Press(fyne.KeyReturn)
	x.Until("the page", func() bool { return x.model.Page != nil })
	if x.model.Page.Registration.Record.Person.Name != "YOHANES NGAU AJANG" {
		t.Error(x.model.Page.Registration.ID)
	}
	x.press0(fyne.KeyEscape)
	if x.model.Page != nil || x.model.Query != "yoh" {
		t.Error("Esc lost the list or what was typed")
	}
}

// press0 presses a key while nothing has the focus.
func (x *search) press0(key fyne.KeyName) { x.Shell.Key(&fyne.KeyEvent{Name: key}) }

func TestOfSeveralOneIsChosenByKeys(t *testing.T) {
	x := open(t, 1366, 768, words.ID, theme.Look{})
	x.look("siti")
	x.Picture("cari-list-1366-id")
	x.Press(fyne.KeyReturn) // to the list
	x.Press(fyne.KeyDown)
	x.Press(fyne.KeyReturn)
	x.Until("the page", func() bool { return x.model.Page != nil })
}

func TestNotFoundIsNeverNo(t *testing.T) {
	for _, lang := range words.Langs {
		x := open(t, 1366, 768, lang, theme.Look{})
		x.look("zulkarnain")
		if !x.model.Nobody() {
			t.Fatal("somebody was found")
		}
		x.Picture("cari-nobody-" + string(lang))
	}
	said := words.Say(words.ID, "ui.cari.nobody") + " " + words.Say(words.ID, "ui.cari.not_no")
	if said != "Belum ditemukan di komputer ini. Ini bukan berarti tidak terdaftar." {
		t.Error(said)
	}
}

func TestAScannedSlipOpensItsPerson(t *testing.T) {
	x := open(t, 1366, 768, words.ID, theme.Look{})
	text, err := card.ScanOf(app.ProvisionalNumber{Chain: chain, Counter: 2}).Text()
	if err != nil {
		t.Fatal(err)
	}
	if !x.Screen.Scan(text) {
		t.Fatal("not taken")
	}
	x.Until("the page", func() bool { return x.model.Page != nil })
	if x.model.Page.Registration.Number.Counter != 2 {
		t.Error(x.model.Page.Registration.Number)
	}
	if x.Screen.Scan("6471014510900003") {
		t.Error("a NIK is no slip")
	}
}

func TestWhatCanBeDoneFromAPage(t *testing.T) {
	x := open(t, 1366, 768, words.ID, theme.Look{})
	x.look("aminah")
	x.Press(fyne.KeyReturn)
	x.Until("the page", func() bool { return x.model.Page != nil })
	x.Picture("cari-page-1366-id")
	x.Primary().Act()
	for _, a := range x.Actions() {
		if a.Icon == "printer" {
			a.Act()
		}
		if a.Icon == "card" {
			t.Error("a second card is offered beside the first")
		}
	}
	x.Until("slip", func() bool { return len(x.done) == 2 })
	if strings.Join(x.done, " ") != "KT-0098412 slip" {
		t.Error(x.done)
	}
	if x.Back(); x.Primary().Word != "" {
		t.Error("a list hands nothing over")
	}
}

func TestPictures(t *testing.T) {
	for _, c := range []struct {
		name       string
		wide, high float32
		lang       words.Lang
		look       theme.Look
	}{
		{"1366-en", 1366, 768, words.EN, theme.Look{}},
		{"1024-id", 1024, 600, words.ID, theme.Look{}},
		{"150-id", 1366, 768, words.ID, theme.Look{Scale: 150, Mode: theme.Dark}},
	} {
		x := open(t, c.wide, c.high, c.lang, c.look)
		x.Picture("cari-start-" + c.name)
		x.look("siti")
		x.Picture("cari-list-" + c.name)
		x.open(x.model.Hits[len(x.model.Hits)-1].ID)
		x.Until("the page", func() bool { return x.model.Page != nil })
		x.Picture("cari-page-" + c.name)
	}
}
