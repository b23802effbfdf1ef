package headoffice_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// In a real browser a person signs in, makes a token and sees its code: cookies, forms and the
// page's own content policy agree with each other.
func TestAPersonAtABrowser(t *testing.T) {
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no Chromium on this computer")
	}
	c := newCentre(t)
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
	ctx, cancel := context.WithTimeout(browser, time.Minute)
	t.Cleanup(cancel)
	need(t, chromedp.Do(ctx,
		chromedp.Navigate(c.running.ConsoleURL+"/"),
		chromedp.SendKeys(`input[name=password]`, strings.TrimSpace(string(secret))),
		chromedp.Click(`button.main`),
		chromedp.WaitVisible(`.tiles`),
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
