package verifypage_test

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"loket/app"
)

// browser starts a real Chromium with a fresh profile, once for all tests of the package's run.
func browser(t *testing.T) context.Context {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium on this computer")
	}
	options := append([]chromedp.ExecAllocatorOption{}, chromedp.DefaultExecAllocatorOptions[:]...)
	options = append(options, chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.Headless, chromedp.DisableGPU,
		chromedp.NoFirstRun, chromedp.Flag("disable-background-networking", true), chromedp.UserDataDir(t.TempDir()),
		chromedp.WindowSize(420, 900))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, leave := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Error("the browser did not end:", err)
		}
		leave()
	})
	do(t, ctx)
	return ctx
}

// tab is a window of its own, with its own storage.
func tab(t *testing.T, ctx context.Context) context.Context {
	t.Helper()
	own, leave := chromedp.NewContext(ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(leave)
	own, stop := context.WithTimeout(own, time.Minute)
	t.Cleanup(stop)
	do(t, own, chromedp.EmulateViewport(420, 900))
	return own
}

func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// evaluate runs a script in the page and waits for its promise.
func evaluate[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	got, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// answer is what the page shows in the end.
type answer struct {
	Reason, Colour, Status, Text, Address string
}

// scan opens the address of a card as a camera would and waits for the final answer.
func scan(t *testing.T, ctx context.Context, address string) answer {
	t.Helper()
	do(t, ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(address))
	return read(t, ctx)
}

func read(t *testing.T, ctx context.Context) answer {
	t.Helper()
	return evaluate[answer](t, ctx, `new Promise((yes, no) => {
		const a = document.getElementById('answer');
		const look = () => {
			if (!a.dataset.reason || !(a.dataset.final || ['card.unreadable', 'card.not_ours'].includes(a.dataset.reason))) return;
			yes({Reason: a.dataset.reason, Colour: a.dataset.colour, Status: a.dataset.status,
				Text: document.querySelector('main').innerText, Address: location.href});
		};
		new MutationObserver(look).observe(a, {attributes: true, childList: true});
		look();
		setTimeout(() => no(new Error('no answer: ' + document.body.innerText)), 20000);
	})`)
}

func TestWhatThePageAnswers(t *testing.T) {
	world := newWorld(t)
	chrome := browser(t)
	tests := []struct {
		name, digits, query    string
		reason, colour, status string
		says                   []string
	}{
		{"active", world.card(t, active), "", "card.genuine", "green", "active", []string{"AKTIF", "Kartu ini asli", "YOHANES NGAU AJANG", "261 3306 8531", "Anda tidak perlu membayar", "Kantor Cabang Bontang"}},
		{"active, without WebCrypto", world.card(t, active), "?fallback", "card.genuine", "green", "active", []string{"AKTIF"}},
		{"not accepted", world.card(t, notYet), "", "card.genuine", "amber", "not_yet_accepted", []string{"BELUM AKTIF", "menunggu persetujuan"}},
		{"inactive", world.card(t, inactive), "", "card.genuine", "amber", "inactive", []string{"TIDAK AKTIF"}},
		{"not valid any more", world.card(t, invalid), "", "card.genuine", "red", "invalid", []string{"BELUM DIKETAHUI", "kepesertaan tidak hilang"}},
		{"a digit changed", changeDigit(world.card(t, active)), "", "card.signature", "red", "unknown", []string{"Kartu tidak dikenal", "bukan berarti Anda tidak terdaftar"}},
		{"a digit changed, without WebCrypto", changeDigit(world.card(t, active)), "?fallback", "card.signature", "red", "unknown", nil},
		{"cut", world.card(t, active)[:300], "", "card.unreadable", "red", "unknown", []string{"Kode tidak terbaca utuh"}},
		{"made for practice", world.practiceCard(t), "", "card.genuine", "amber", "active", []string{"LATIHAN", "tidak memberi perlindungan"}},
		{"expired", world.cardUntil(t, active, time.Now().Add(-time.Hour)), "", "card.expired", "amber", "active", []string{"masa berlakunya habis"}},
		{"unknown maker", world.foreignCard(t), "", "card.unknown_key", "red", "unknown", []string{"Kartu tidak dikenal"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := scan(t, tab(t, chrome), world.url+"/K"+tt.query+"#"+tt.digits)
			if got.Reason != tt.reason || got.Colour != tt.colour || got.Status != tt.status {
				t.Errorf("got %s %s %s, want %s %s %s", got.Reason, got.Colour, got.Status, tt.reason, tt.colour, tt.status)
			}
			for _, want := range append(tt.says, "Data Anda tidak dikirim", "Telepon 175", "Kartu ini gratis") {
				if !strings.Contains(got.Text, want) {
					t.Errorf("the page does not say %q:\n%s", want, got.Text)
				}
			}
			if strings.Contains(got.Address, "#") {
				t.Errorf("the card still stands in the address bar: %s", got.Address)
			}
		})
	}
	if world.leaked.Load() != 0 {
		t.Error("digits of a card reached the server")
	}
}

func TestOldListsAreNeverGreen(t *testing.T) {
	world := newWorld(t)
	chrome := browser(t)
	world.setTrust(world.trustAt(t, time.Now().AddDate(0, -2, 0), 1))
	got := scan(t, tab(t, chrome), world.url+"/K#"+world.card(t, active))
	if got.Reason != "trust.stale" || got.Colour != "amber" || !strings.Contains(got.Text, "belum pasti") {
		t.Errorf("%+v", got)
	}
	world.setTrust(nil)
	got = scan(t, tab(t, chrome), world.url+"/K#"+world.card(t, active))
	if got.Reason != "trust.missing" || got.Colour == "green" || !strings.Contains(got.Text, "belum bisa diperiksa") {
		t.Errorf("without any list: %+v", got)
	}
}

// A server that falls back to an older list is not believed.
func TestAnOlderListDoesNotReplaceANewerOne(t *testing.T) {
	world := newWorld(t)
	ctx := tab(t, browser(t))
	address := world.url + "/K#" + world.card(t, active)
	if got := scan(t, ctx, address); got.Colour != "green" {
		t.Fatalf("%+v", got)
	}
	older := world.trustAt(t, time.Now().Add(-time.Hour), 1)
	older.Keys = nil
	world.setTrust(older)
	if got := scan(t, ctx, address); got.Colour != "green" {
		t.Errorf("the older list was taken: %+v", got)
	}
}

func TestThePageWorksWithoutALine(t *testing.T) {
	world := newWorld(t)
	ctx := tab(t, browser(t))
	address := world.url + "/K#" + world.card(t, active)
	if got := scan(t, ctx, address); got.Colour != "green" {
		t.Fatalf("%+v", got)
	}
	if !evaluate[bool](t, ctx, `navigator.serviceWorker.ready.then(async () => Boolean(await caches.match('/K')))`) {
		t.Fatal("the worker kept nothing")
	}
	world.stop()
	if got := scan(t, ctx, address); got.Colour != "green" || !strings.Contains(got.Text, "YOHANES NGAU AJANG") {
		t.Errorf("%+v", got)
	}
	do(t, ctx, chromedp.Reload())
	if !evaluate[bool](t, ctx, `!document.getElementById('ask').hidden`) {
		t.Error("reloaded, the page does not ask for a card")
	}
}

func TestACardCanBePasted(t *testing.T) {
	world := newWorld(t)
	ctx := tab(t, browser(t))
	digits := world.card(t, active)
	do(t, ctx, chromedp.Navigate(world.url+"/K"))
	for text, want := range map[string]string{
		digits: "card.genuine", "HTTPS://ALAMAT.ASING.EXAMPLE/K#" + digits: "card.foreign_host",
		"HTTPS://KARTU.CONTOH.ID/K#" + digits: "card.genuine", "bukan kartu": "card.unreadable",
	} {
		do(t, ctx, chromedp.SetValue("#text", text))
		evaluate[bool](t, ctx, `document.getElementById('answer').dataset.final = ''; document.querySelector('#ask button').click(); true`)
		if got := read(t, ctx); got.Reason != want {
			t.Errorf("%.30s: %+v, want %s", text, got, want)
		}
		do(t, ctx, chromedp.Click("#again"))
	}
}

func TestEnglishAtATap(t *testing.T) {
	world := newWorld(t)
	ctx := tab(t, browser(t))
	scan(t, ctx, world.url+"/K#"+world.card(t, notYet))
	do(t, ctx, chromedp.Click("#language"))
	lang, text := evaluate[string](t, ctx, `document.documentElement.lang`), evaluate[string](t, ctx, `document.body.innerText`)
	if lang != "en" || !strings.Contains(text, "NOT ACTIVE YET") || !strings.Contains(text, "This card is genuine") {
		t.Errorf("%s: %s", lang, text)
	}
}

// The page's own reading of cards and lists agrees with the vectors, with the browser's WebCrypto and
// without.
func TestVectorsInTheBrowser(t *testing.T) {
	world := newWorld(t)
	ctx := tab(t, browser(t))
	do(t, ctx, chromedp.Navigate(world.url+"/K"))
	for _, slow := range []bool{false, true} {
		for _, format := range []string{"", "-1"} {
			cardVectors(t, ctx, "cards"+format+".json", slow)
			listVectors(t, ctx, "lists"+format+".json", slow)
		}
		signatureVectors(t, ctx, slow)
	}
}

// signatureVectors are refused or taken alike with the browser's WebCrypto, without, and in Go.
func signatureVectors(t *testing.T, ctx context.Context, slow bool) {
	var file struct {
		Cases []struct {
			Name, Key, Message, Signature string
			Valid                         bool
		}
	}
	load(t, "signatures.json", &file)
	for _, c := range file.Cases {
		if got := call[bool](t, ctx, "signature", base(t, c.Key), base(t, c.Message), base(t, c.Signature), slow); got != c.Valid {
			t.Errorf("%s (without WebCrypto %t): %t, want %t", c.Name, slow, got, c.Valid)
		}
	}
}

// judged is what loket.verdict answers.
type judged struct {
	Genuine bool   `json:"genuine"`
	Reason  string `json:"reason"`
	Status  string `json:"status"`
	Colour  string `json:"colour"`
	Code    string `json:"code"`
}

func cardVectors(t *testing.T, ctx context.Context, name string, slow bool) {
	var file struct {
		Roots         []string
		Trust, Status string
		Cases         []struct {
			Name, Text, At, Status, Colour string
			Hosts                          []string
			Genuine                        bool
			Reason                         string
			CardCode                       string `json:"card_code"`
		}
	}
	load(t, name, &file)
	for _, c := range file.Cases {
		at, err := time.Parse(time.RFC3339, c.At)
		if err != nil {
			t.Fatal(err)
		}
		got := call[judged](t, ctx, "verdict", c.Text, c.Hosts, base(t, file.Trust), base(t, file.Status), file.Roots, at.Unix(), slow)
		if got.Genuine != c.Genuine || got.Reason != c.Reason || got.Status != c.Status || got.Colour != c.Colour || got.Code != c.CardCode {
			t.Errorf("%s (without WebCrypto %t): got %+v, want %+v", c.Name, slow, got, c)
		}
	}
}

func listVectors(t *testing.T, ctx context.Context, name string, slow bool) {
	var file struct {
		Roots []string
		Cases []struct {
			Name, Kind, Data string
			Want             app.Code
		}
	}
	load(t, name, &file)
	for _, c := range file.Cases {
		got := call[string](t, ctx, "list", c.Kind, base(t, c.Data), file.Roots, slow)
		if want := map[bool]string{true: "", false: "refused"}[c.Want == ""]; got != want {
			t.Errorf("%s (without WebCrypto %t): %q, want %q", c.Name, slow, got, want)
		}
	}
}

// call runs one of the page's functions.
func call[T any](t *testing.T, ctx context.Context, function string, args ...any) T {
	t.Helper()
	b, err := json.Marshal(args)
	if err != nil {
		t.Fatal(err)
	}
	return evaluate[T](t, ctx, "loket."+function+"(..."+string(b)+")")
}

func load(t *testing.T, name string, into any) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("../../../docs/vectors/card", name))
	if err == nil {
		err = json.Unmarshal(b, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func base(t *testing.T, text string) string {
	t.Helper()
	b, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(b)
}

// changeDigit changes the last digit of a card.
func changeDigit(digits string) string {
	last := int(digits[len(digits)-1] - '0')
	return digits[:len(digits)-1] + strconv.Itoa((last+1)%10)
}

// TestPictures leaves screenshots where LOKET_PICTURES says, for people to look at.
func TestPictures(t *testing.T) {
	folder := os.Getenv("LOKET_PICTURES")
	if folder == "" {
		t.Skip("LOKET_PICTURES is not set")
	}
	world := newWorld(t)
	chrome := browser(t)
	for name, hash := range map[string]string{
		"active": "#" + world.card(t, active), "not-yet": "#" + world.card(t, notYet), "invalid": "#" + world.card(t, invalid),
		"forged": "#" + changeDigit(world.card(t, active)), "ask": "", "expired": "#" + world.cardUntil(t, active, time.Now().Add(-time.Hour)),
		"practice": "#" + world.practiceCard(t),
	} {
		ctx := tab(t, chrome)
		do(t, ctx, chromedp.Navigate(world.url+"/K"+hash))
		if hash != "" {
			read(t, ctx)
		}
		picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "verify-"+name+".png"), picture, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
