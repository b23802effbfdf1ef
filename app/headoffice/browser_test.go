package headoffice_test

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// signedIn is a real browser in which admin has signed in.
func signedIn(t *testing.T, c *centre) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no Chromium on this computer")
	}
	secret, err := os.ReadFile(filepath.Join(c.dir, "password.txt"))
	need(t, err)
	options := append(append([]chromedp.ExecAllocatorOption{}, chromedp.DefaultExecAllocatorOptions[:]...),
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.Headless, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1366, 768))
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	browser, leave := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		if err := chromedp.Cancel(browser); err != nil {
			t.Log("the browser did not end by itself:", err)
		}
		leave()
	})
	ctx, cancel := context.WithTimeout(browser, 2*time.Minute)
	t.Cleanup(cancel)
	need(t, chromedp.Do(ctx,
		chromedp.Navigate(c.running.ConsoleURL+"/"),
		chromedp.SendKeys(`input[name=password]`, strings.TrimSpace(string(secret))),
		chromedp.Click(`button.main`),
		chromedp.WaitVisible(`.tiles`),
	))
	return ctx
}

// In a real browser a person signs in, makes a token and sees its code: cookies, forms and the
// page's own content policy agree with each other.
func TestAPersonAtABrowser(t *testing.T) {
	c := newCentre(t)
	ctx := signedIn(t, c)
	need(t, chromedp.Do(ctx,
		chromedp.Click(`nav a[href="/console/kiosks"]`),
		chromedp.SendKeys(`input[name=branch]`, "K06"),
		chromedp.SendKeys(`input[name=branchname]`, "Kantor Cabang Contoh"),
		chromedp.Click(`.fields button.main`),
		chromedp.WaitVisible(`a[download]`),
	))
	got, err := chromedp.Run(ctx, chromedp.Evaluate[map[string]any](`({
		font: getComputedStyle(document.body).fontFamily,
		token: document.querySelector('.token').textContent,
		file: document.querySelector('a[download]').download,
		wide: document.documentElement.scrollWidth > innerWidth,
	})`))
	need(t, err)
	if token, ok := got["token"].(string); !ok || !strings.HasPrefix(token, "LOKET1") || got["file"] != "loket-00001-01.token" || got["wide"] != false {
		t.Errorf("%v", got)
	}
	if font, ok := got["font"].(string); !ok || !strings.HasPrefix(font, "Inter") {
		t.Errorf("the style sheet was not taken: %v", got["font"])
	}
	kiosks, err := c.store.Kiosks(t.Context(), c.clock.Now())
	if err != nil || len(kiosks) != 1 {
		t.Error(kiosks, err)
	}
}

// Each page of sponsors fits a laptop and a phone in both languages, its bars are drawn although the
// page's policy forbids styles inside it, and a list can be chosen and judged. With
// LOKET_TEST_PICTURES it leaves pictures in that folder.
func TestSponsorsAtABrowser(t *testing.T) {
	c := newCentre(t)
	sponsored(t, c)
	ctx := signedIn(t, c)
	list := filepath.Join(t.TempDir(), "daftar.csv")
	need(t, os.WriteFile(list, listOf(kutimPerson(0), kutimPerson(401), kutimPerson(401)), 0o600))
	for _, lang := range []string{"id", "en"} {
		for name, path := range map[string]string{
			"programmes": programmes, "programme": programmePath(1), "second": programmePath(2), "check": checking, "coverage": "/console/coverage?regency=64.71", "home": "/console/",
		} {
			need(t, chromedp.Do(ctx, chromedp.EmulateViewport(1366, 768), chromedp.Navigate(c.running.ConsoleURL+"/console/lang?to="+lang+"&back="+url.QueryEscape(path))))
			switch name {
			case "check":
				need(t, chromedp.Do(ctx, chromedp.SetUploadFiles(`input[type=file]`, []string{list}), chromedp.SendKeys(`input[name=region]`, "64.08"),
					chromedp.Click(`button.main`), chromedp.WaitVisible(`.columns`)))
			case "programme":
				need(t, chromedp.Do(ctx, chromedp.Click(`summary.place`), chromedp.WaitVisible(`.village`)))
			}
			for _, width := range []int64{1366, 400} {
				looks(t, ctx, name+"-"+lang, width)
			}
		}
	}
}

func looks(t *testing.T, ctx context.Context, name string, width int64) {
	t.Helper()
	need(t, chromedp.Do(ctx, chromedp.EmulateViewport(width, 768)))
	got, err := chromedp.Run(ctx, chromedp.Evaluate[map[string]any](`({
		wide: document.documentElement.scrollWidth > innerWidth,
		bars: [...document.querySelectorAll('.bar')].filter(b => b.checkVisibility()).every(b => b.getBoundingClientRect().width > 40 && getComputedStyle(b.firstChild).fill !== 'rgb(0, 0, 0)'),
		small: [...document.querySelectorAll('main button, main .button, summary')].filter(b => b.checkVisibility() && b.getBoundingClientRect().height < 32).length,
	})`))
	need(t, err)
	if got["wide"] != false || got["bars"] != true || got["small"] != 0.0 {
		t.Errorf("%s at %d: %v", name, width, got)
	}
	dir := os.Getenv("LOKET_TEST_PICTURES")
	if dir == "" {
		return
	}
	picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	need(t, err)
	need(t, os.WriteFile(filepath.Join(dir, name+"-"+strconv.FormatInt(width, 10)+".png"), picture, 0o600))
}
