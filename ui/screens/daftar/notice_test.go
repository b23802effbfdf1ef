package daftar

import (
	"testing"

	"fyne.io/fyne/v2"

	"loket/app/words"
	"loket/ui/theme"
)

func TestTheNoticeIsShownAndWhoReadItIsNoted(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	x.Type("6471")
	x.showNotice()
	page := x.Shell.Showing().(*Notice)
	x.Press(fyne.KeyEscape)
	if x.model.Draft.Form.Record.Notice != nil {
		t.Fatal("looking at the notice counts as having been told")
	}
	x.Shell.Push(page)
	page.note(true)
	r := x.model.Look.Record
	if r.Notice == nil || !r.Notice.Read || r.Agreed.ReadBy != dewi.ID || r.Agreed.How != "spoken" {
		t.Errorf("%+v %+v", r.Notice, r.Agreed)
	}
	if x.Shell.Showing() != x.Screen {
		t.Error("not back at the form")
	}
	x.model.Notice(true, false)
	if r := x.model.Look.Record; r.Agreed.ReadBy != "" {
		t.Error("read aloud by somebody although it was not")
	}
}

func TestNoticePictures(t *testing.T) {
	for _, c := range []struct {
		name       string
		wide, high float32
		lang       words.Lang
		look       theme.Look
	}{
		{"1366-id", 1366, 768, words.ID, theme.Look{}},
		{"1024-id", 1024, 600, words.ID, theme.Look{}},
		{"1024-en", 1024, 600, words.EN, theme.Look{}},
		{"150-id", 1366, 768, words.ID, theme.Look{Scale: 150}},
	} {
		x := open(t, newMemory(), c.wide, c.high, c.lang, c.look)
		x.showNotice()
		x.Picture("notice-" + c.name)
	}
}

func TestTheOtherLanguageIsForThePersonOnly(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	x.showNotice()
	page := x.Shell.Showing().(*Notice)
	page.turn()
	if page.Title() != words.Say(words.EN, "ui.notice.title") || x.Shell.Lang() != words.ID {
		t.Error("the page did not turn alone")
	}
}
