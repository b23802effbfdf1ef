package kirim

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/office"
	"loket/app/post"
	"loket/app/sealed"
	"loket/app/words"
	"loket/ui/shell/shelltest"
	"loket/ui/theme"
)

var (
	wita = time.FixedZone("WITA", 8*3600)
	noon = time.Date(2026, 11, 20, 10, 42, 0, 0, wita)
)

type clock time.Time

func (c clock) Now() time.Time { return time.Time(c) }

// box is a post box of made-up post.
type box struct {
	state   post.State
	message string
	sent    int
	carried []string
	tokens  []string
	changed int
	fail    error
	chosen  string // by the dialog for folders; "" is no dialog
}

func waiting() *box {
	return &box{state: post.State{
		Entries: 12, Attachments: 2, Batches: 3, Enrolled: true,
		Contact:   post.Contact{At: noon, Good: noon.Add(-80 * time.Minute), Code: app.LineNotOffice, Reason: "302", Next: noon.Add(6 * time.Minute), Running: true},
		Authority: noon.Add(30 * 24 * time.Hour), Trust: noon.Add(-9 * 24 * time.Hour), Status: noon.Add(-3 * time.Hour), News: sealed.Place{Epoch: 1, Number: 18},
		Problems: map[string]app.Code{"000017.frame": app.PostUnknownNews},
	}, message: "Besok kantor cabang tutup pukul 14.00."}
}

func quiet() *box {
	b := waiting()
	b.state.Entries, b.state.Attachments, b.state.Batches, b.state.Problems = 0, 0, 0, nil
	b.state.Contact.Code, b.state.Contact.Good, b.state.Trust = "", noon.Add(-time.Minute), noon.Add(-2*time.Hour)
	b.message = ""
	return b
}

func begun() *box {
	b := waiting()
	b.state = post.State{Entries: 3, Authority: noon.Add(60 * time.Hour)}
	b.message = ""
	return b
}

func (b *box) uses() Uses {
	u := Uses{
		Clock:   clock(noon),
		State:   func(context.Context) (post.State, error) { return b.state, nil },
		Message: func(context.Context, words.Lang) (string, error) { return b.message, nil },
		Receipts: func(context.Context) ([]Receipt, error) {
			return []Receipt{{Batch: 21, Entries: 200, At: noon.Add(-80 * time.Minute)}, {Batch: 20, Entries: 37, At: noon.Add(-26 * time.Hour)}}, nil
		},
		SendNow: func(context.Context) error { b.sent++; return b.fail },
		Enrol: func(_ context.Context, token string) error {
			b.tokens = append(b.tokens, token)
			return b.fail
		},
		Export: func(_ context.Context, folder string) (Carried, error) {
			b.carried = append(b.carried, "out "+folder)
			return Carried{Batches: 3, Attachments: 2}, b.fail
		},
		Import: func(_ context.Context, folder string) (Carried, error) {
			b.carried = append(b.carried, "in "+folder)
			return Carried{Frames: 5, Applied: 4}, b.fail
		},
		ChooseFile: func(func([]byte, error)) {},
		Changed:    func() { b.changed++ },
	}
	if b.chosen != "" {
		u.ChooseFolder = func(done func(string, error)) { done(b.chosen, nil) }
	}
	return u
}

func open(t *testing.T, p *box, wide, high float32, lang words.Lang, look theme.Look) (*shelltest.Bench, *Screen) {
	t.Helper()
	b := shelltest.New(t, wide, high, lang, look)
	s := New(b.Shell, nil, p.uses())
	b.OwnAll(s.looks, s.works)
	b.Show(s)
	b.Until("the state", func() bool { return s.model.Known })
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

func TestTheLight(t *testing.T) {
	b, _ := open(t, waiting(), 1366, 768, words.ID, theme.Look{})
	reads(t, b, "14", "catatan hanya ada di komputer ini", "berkas kirim menunggu")
	restored := waiting()
	restored.state.Again = 3
	b, _ = open(t, restored, 1366, 768, words.ID, theme.Look{})
	reads(t, b, "dipulihkan dari cadangan dan meminta 3 berkas")
	b, _ = open(t, quiet(), 1366, 768, words.ID, theme.Look{})
	reads(t, b, "Semua catatan sudah diterima kantor pusat", "Tersambung")
}

func TestWhatIsWrongIsSaidInWords(t *testing.T) {
	b, _ := open(t, waiting(), 1366, 768, words.ID, theme.Look{})
	reads(t, b,
		words.Error(words.ID, app.Fail(app.LineNotOffice, "status", "302")),
		"hari ini 10.48 WITA", // the next try
		"Kabar nomor 17 belum bisa dipakai. "+words.Error(words.ID, app.Fail(app.PostUnknownNews)),
		"diperbarui 9 hari lalu, sudah lama", "Berkas kirim 21 · 200 catatan", "Besok kantor cabang tutup")
}

// anew is a kiosk whose news began again, with trouble of every kind.
func anew() *box {
	b := waiting()
	b.state.News = sealed.Place{Epoch: 2, Number: 14}
	b.state.Problems = map[string]app.Code{
		"2-000015.frame": app.PostUnknownNews, "trust-0.list": app.OfficeVoid, "status-0.list": app.OfficeVoid,
	}
	return b
}

// News that began again is said calmly; what of it cannot be used is named in words, not by its file.
func TestNewsThatBeganAgain(t *testing.T) {
	b, _ := open(t, anew(), 1366, 768, words.ID, theme.Look{})
	void := words.Error(words.ID, app.Fail(app.OfficeVoid))
	reads(t, b, "kabar dimulai lagi, sampai nomor 14",
		"Kabar nomor 15, sejak kabar dimulai lagi, belum bisa dipakai. "+words.Error(words.ID, app.Fail(app.PostUnknownNews)),
		"Daftar kartu sah yang baru belum bisa dipakai. "+void, "Daftar status kartu yang baru (bagian 0) belum bisa dipakai. "+void)
	if text := b.Texts(); strings.Contains(text, "2-0000") || strings.Contains(text, ".list") {
		t.Error("a file's name is to be read")
	}
	b, _ = open(t, waiting(), 1366, 768, words.ID, theme.Look{})
	if strings.Contains(b.Texts(), "dimulai lagi") {
		t.Error("news of the first epoch began again")
	}
}

func TestSendingNow(t *testing.T) {
	p := waiting()
	b, s := open(t, p, 1366, 768, words.ID, theme.Look{})
	b.Tab("Kirim sekarang")
	b.Press(fyne.KeySpace)
	if !s.Primary().Off {
		t.Error("sending can be begun twice")
	}
	s.send()
	b.Until("sent", func() bool { return s.model.Work == Idle })
	if p.sent != 1 || p.changed != 1 {
		t.Errorf("sent %d times, told %d times", p.sent, p.changed)
	}
	p.fail = app.Fail(app.LineDown)
	s.send()
	b.Until("failed", func() bool { return s.model.Work == Idle && s.model.Err != nil })
	reads(t, b, words.Error(words.ID, p.fail))
}

func TestAStickIsCarriedByKeysAlone(t *testing.T) {
	p := waiting()
	b, s := open(t, p, 1366, 768, words.ID, theme.Look{})
	b.Tab("Salin ke stik")
	b.Press(fyne.KeySpace) // no folder yet: the keyboard goes where it is written
	reads(t, b, words.Error(words.ID, app.Fail(app.KirimNoFolder)))
	b.Type("/media/stik")
	b.Tab("Salin ke stik")
	b.Press(fyne.KeySpace)
	b.Until("copied", func() bool { return s.model.Stick.Done == Exporting && s.model.Work == Idle })
	reads(t, b, "3 berkas kirim dan 2 lampiran disalin ke stik")
	b.PressAll(fyne.KeyDown, fyne.KeySpace) // the keyboard is still on the button: the next is fetching
	b.Until("fetched", func() bool { return s.model.Stick.Done == Importing && s.model.Work == Idle })
	reads(t, b, "5 kabar diambil dari stik, 4 diterapkan")
	if got := strings.Join(p.carried, ", "); got != "out /media/stik, in /media/stik" {
		t.Error(got)
	}
}

func TestAFolderCanBeChosen(t *testing.T) {
	p := waiting()
	p.chosen, p.fail = "/media/biru", app.Fail(app.StickForeign)
	b, s := open(t, p, 1366, 768, words.ID, theme.Look{})
	s.carry(Importing)
	b.Until("fetched", func() bool { return s.model.StickErr != nil && s.model.Work == Idle })
	reads(t, b, words.Error(words.ID, p.fail))
	if s.view.folder.Text() != "/media/biru" {
		t.Error(s.view.folder.Text())
	}
}

func TestReadingAgainLeavesTheKeyboardAndWhatWasTyped(t *testing.T) {
	p := begun()
	b, s := open(t, p, 1366, 768, words.ID, theme.Look{})
	s.view.token.Focus()
	b.Type("LOKET1AB")
	p.state.Entries = 4
	s.News()
	b.Until("new state", func() bool { return s.model.State.Entries == 4 })
	b.Type("CD")
	if s.model.Code != "LOKET1ABCD" || s.view.token.Text() != "LOKET1ABCD" {
		t.Error(s.model.Code)
	}
}

func token(t *testing.T) string {
	t.Helper()
	code, err := sealed.Token{
		Address: "https://pusat.contoh.id:8443", Roots: office.Roots{{1}}, Chain: app.Chain{Kiosk: 417, Incarnation: 1},
		Expires: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC), BranchCode: "G00", BranchName: "Balikpapan",
	}.Text()
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestEnrolling(t *testing.T) {
	p := begun()
	b, s := open(t, p, 1366, 768, words.ID, theme.Look{})
	s.view.token.Focus()
	b.Type("LOKET1BUKANKODE")
	b.Press(fyne.KeyReturn)
	reads(t, b, words.Error(words.ID, app.Fail(app.TokenBad)))
	if !b.Shell.Scanned(token(t)) {
		t.Fatal("a scanned token was not taken")
	}
	p.state.Asked = true
	b.Until("asked", func() bool { return s.model.Work == Idle && s.model.State.Asked })
	if len(p.tokens) != 1 || p.tokens[0] != token(t) {
		t.Error(p.tokens)
	}
	reads(t, b, "menunggu jawaban kantor pusat")
	b.Tab("Masukkan kode baru")
	b.Press(fyne.KeySpace)
	if !s.model.AskToken() {
		t.Error("a new token cannot be given")
	}
	b.Press(fyne.KeyEscape)
	if s.model.AskToken() || b.Shell.Showing() != s {
		t.Error("Esc did not step back within the screen")
	}
}

func TestAnEnrolledKioskAsksForNoToken(t *testing.T) {
	b, s := open(t, quiet(), 1366, 768, words.ID, theme.Look{})
	if s.model.AskToken() || b.Shell.Scanned(token(t)) || strings.Contains(b.Texts(), "Kode pendaftaran") {
		t.Error("an enrolled kiosk takes a token")
	}
}

func TestACalledBackKioskSaysSo(t *testing.T) {
	p := waiting()
	p.state.Recall = "stolen"
	b, _ := open(t, p, 1366, 768, words.ID, theme.Look{})
	reads(t, b, words.Say(words.ID, "post.recalled"))
}

func TestPictures(t *testing.T) {
	for _, lang := range words.Langs {
		for _, size := range []fyne.Size{{Width: 1366, Height: 768}, {Width: 1024, Height: 600}} {
			name := string(lang) + "-" + map[float32]string{1366: "1366", 1024: "1024"}[size.Width]
			for what, p := range map[string]*box{"waiting": waiting(), "quiet": quiet(), "begun": begun(), "anew": anew()} {
				p.chosen = "/media/stik"
				b, _ := open(t, p, size.Width, size.Height, lang, theme.Look{})
				b.Picture("kirim-" + what + "-" + name)
			}
		}
	}
	b, _ := open(t, waiting(), 1366, 768, words.ID, theme.Look{Scale: 150, Mode: theme.Dark})
	b.Picture("kirim-150-dark")
	b, s := open(t, waiting(), 1366, 768, words.ID, theme.Look{})
	s.model.Folder = "/media/petugas/STIK-PERJALANAN-KUTAI-TIMUR"
	s.carry(Exporting)
	b.Until("copied", func() bool { return s.model.Work == Idle })
	b.Picture("kirim-stick")
}
