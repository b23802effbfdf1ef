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

func tokenFor(t *testing.T, kiosk uint32, life uint16, until time.Time) string {
	t.Helper()
	chain := app.Chain{Kiosk: app.Kiosk(kiosk), Incarnation: app.Incarnation(life)}
	code, err := sealed.Token{
		Address: "https://pusat.contoh.id:8443", Roots: office.Roots{{1}}, Chain: chain, Expires: until, BranchCode: "G00", BranchName: "Balikpapan",
	}.Text()
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func behindState() post.State {
	s := waiting().state
	s.Problems = nil
	s.Trouble = app.Fail(app.StorageBehind, "first", "812", "last", "815", "waiting", 2)
	return s
}

func TestOnlyATokenOfTheNextLifeLetsItGoOn(t *testing.T) {
	m := Model{Known: true, State: behindState(), May: true, Kiosk: app.Chain{Kiosk: 417, Incarnation: 2}, Now: noon}
	if !m.Behind() || !m.AskGoOn() || m.AskToken() {
		t.Errorf("%v %v %v", m.Behind(), m.AskGoOn(), m.AskToken())
	}
	later := noon.Add(time.Hour)
	for name, tt := range map[string]struct {
		code string
		want app.Code
	}{
		"the next":         {tokenFor(t, 417, 3, later), ""},
		"a later one":      {" " + tokenFor(t, 417, 5, later) + "\n", ""},
		"this one":         {tokenFor(t, 417, 2, later), app.StorageNotNext},
		"one before":       {tokenFor(t, 417, 1, later), app.StorageNotNext},
		"of another kiosk": {tokenFor(t, 418, 3, later), app.StorageNotNext},
		"one that is over": {tokenFor(t, 417, 3, noon), app.TokenExpired},
		"something else":   {"LOKET1BUKANKODE", app.TokenBad},
		"nothing":          {"", app.TokenBad},
	} {
		m.Code = tt.code
		if _, err := m.Next(); app.CodeOf(err) != tt.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	m.May = false
	if m.AskGoOn() {
		t.Error("an officer is asked for the code")
	}
	m.State.Trouble = app.Fail(app.StorageFull)
	if m.May = true; m.AskGoOn() {
		t.Error("a full disk is taken for a folder that is behind")
	}
}

func TestAKioskThatWentOnWithoutAnAnswerHasGoneOn(t *testing.T) {
	from, to := app.Chain{Kiosk: 417, Incarnation: 1}, app.Chain{Kiosk: 417, Incarnation: 2}
	m := Model{State: behindState(), Kiosk: from, Code: "x"}
	m.WentOn(to, from, app.Fail(app.StorageFull))
	if m.Gone != (GoneOn{}) || app.CodeOf(m.CodeErr) != app.StorageFull || m.Code == "" || !m.Behind() {
		t.Errorf("%+v", m)
	}
	m.WentOn(to, to, app.Fail(app.LineSlow))
	if m.Gone != (GoneOn{from, to}) || m.CodeErr != nil || app.CodeOf(m.Err) != app.LineSlow || m.Code != "" || m.Behind() {
		t.Errorf("%+v", m)
	}
}

// left is a kiosk whose folder is behind.
type left struct {
	*box
	chain  app.Chain
	may    bool
	code   string // of the file that is chosen
	tokens []string
	fail   error
	hold   chan struct{}
}

func leftBehind(may bool) *left {
	b := waiting()
	b.state, b.message = behindState(), ""
	return &left{box: b, chain: app.Chain{Kiosk: 417, Incarnation: 1}, may: may}
}

func (l *left) open(t *testing.T, size fyne.Size, lang words.Lang, look theme.Look) (*shelltest.Bench, *Screen) {
	t.Helper()
	b := shelltest.New(t, size.Width, size.Height, lang, look)
	u := l.uses()
	u.ChooseFolder = func(func(string, error)) {}
	u.ChooseFile = func(done func([]byte, error)) { done([]byte(l.code+"\n"), nil) }
	u.Going = Going{
		Kiosk: func() app.Chain { return l.chain }, May: func() bool { return l.may },
		On: func(_ context.Context, token string) error {
			if l.hold != nil {
				<-l.hold
			}
			l.tokens = append(l.tokens, token)
			if l.fail == nil {
				l.chain.Incarnation, l.state.Trouble, l.state.Enrolled, l.state.Asked = 2, nil, false, true
			}
			return l.fail
		},
	}
	s := New(b.Shell, nil, u)
	b.OwnAll(s.looks, s.works)
	b.Show(s)
	b.Until("the state", func() bool { return s.model.Known })
	return b, s
}

var design = fyne.NewSize(1366, 768)

func TestASupervisorLetsTheKioskGoOn(t *testing.T) {
	l := leftBehind(true)
	b, s := l.open(t, design, words.ID, theme.Look{})
	reads(t, b, words.Error(words.ID, l.state.Trouble), "Loket ini harus dilanjutkan dengan nomor baru", "00417-01")
	s.view.token.Focus()
	b.Type("LOKET1BUKANKODE")
	b.Press(fyne.KeyReturn)
	reads(t, b, words.Error(words.ID, app.Fail(app.TokenBad)))
	l.code = tokenFor(t, 418, 2, noon.Add(time.Hour))
	s.chooseToken()
	reads(t, b, "Kode ini untuk loket 00418-02")
	l.code = tokenFor(t, 417, 2, noon.Add(time.Hour))
	s.chooseToken()
	reads(t, b, "Lanjutkan sebagai loket 00417-02?", "belum bisa diserahkan di sini")
	b.Press(fyne.KeyEscape) // thought again
	if len(l.tokens) != 0 || s.model.Work != Idle {
		t.Fatal("it went on without a word")
	}
	l.hold = make(chan struct{})
	if !b.Shell.Scanned(l.code) {
		t.Fatal("a scanned code was not taken")
	}
	b.Tab("Lanjutkan loket ini")
	b.Press(fyne.KeySpace)
	reads(t, b, "Jangan matikan komputer")
	close(l.hold)
	b.Until("gone on", func() bool { return s.model.Work == Idle && s.model.Gone.To.Incarnation == 2 && s.model.State.Asked })
	reads(t, b, "Loket ini sekarang 00417-02", "Catatan 00417-01 tetap tersimpan", "menunggu jawaban kantor pusat")
	if len(l.tokens) != 1 || l.tokens[0] != l.code || l.changed != 1 || strings.Contains(b.Texts(), "harus dilanjutkan") {
		t.Errorf("%d times, told %d times", len(l.tokens), l.changed)
	}
}

func TestWhyItDidNotGoOnIsSaidAndItCanBeTriedAgain(t *testing.T) {
	l := leftBehind(true)
	l.code, l.fail = tokenFor(t, 417, 2, noon.Add(time.Hour)), app.Fail(app.StorageFull)
	b, s := l.open(t, design, words.ID, theme.Look{})
	for n := 1; n <= 2; n++ {
		s.chooseToken()
		b.Tab("Lanjutkan loket ini")
		b.Press(fyne.KeySpace)
		b.Until("refused", func() bool { return len(l.tokens) == n && s.model.Work == Idle && s.model.CodeErr != nil })
		reads(t, b, words.Error(words.ID, l.fail), "Loket ini harus dilanjutkan dengan nomor baru")
	}
}

func TestAnOfficerIsToldWhomToAsk(t *testing.T) {
	b, s := leftBehind(false).open(t, design, words.ID, theme.Look{})
	reads(t, b, "Minta penyelia masuk di komputer ini")
	if b.Shell.Scanned(tokenFor(t, 417, 2, noon.Add(time.Hour))) || s.model.Code != "" || strings.Contains(b.Texts(), "Kode pendaftaran") {
		t.Error("an officer is asked for the code")
	}
}

func TestGoingOnFitsEverywhere(t *testing.T) {
	for _, lang := range words.Langs {
		for name, size := range map[string]fyne.Size{"1366": design, "1024": fyne.NewSize(1024, 600)} {
			b, _ := leftBehind(false).open(t, size, lang, theme.Look{})
			b.Picture("kirim-behind-officer-" + string(lang) + "-" + name)
			l := leftBehind(true)
			l.code = tokenFor(t, 418, 2, noon.Add(time.Hour))
			b, s := l.open(t, size, lang, theme.Look{})
			b.Picture("kirim-behind-" + string(lang) + "-" + name)
			s.chooseToken()
			b.Picture("kirim-behind-wrong-" + string(lang) + "-" + name)
			l.code = tokenFor(t, 417, 2, noon.Add(time.Hour))
			s.chooseToken()
			b.Picture("kirim-behind-question-" + string(lang) + "-" + name)
			b.Press(fyne.KeyEscape)
			s.nextLife(app.Chain{Kiosk: 417, Incarnation: 2})
			b.Until("gone on", func() bool { return s.model.Work == Idle && s.model.State.Asked })
			b.Picture("kirim-gone-on-" + string(lang) + "-" + name)
		}
	}
}
