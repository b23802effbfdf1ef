package headoffice_test

import (
	"net/url"
	"testing"

	"github.com/chromedp/chromedp"

	"loket/app"
	"loket/app/office/books"
	"loket/storage/storagetest/officesuite"
)

// The pages on which two people agree fit a laptop and a phone in both languages, and in a real browser an
// order is asked, refused with the wrong word, agreed to and done.
func TestTwoPeopleAtABrowser(t *testing.T) {
	c := real(t)
	k := c.crowd(t, 12)
	twin := k.Register(t, officesuite.Listed(0), "", "")
	number, raw := k.sealBatch(t)
	_, err := k.put(t, number, raw)
	need(t, err)
	c.enrolled(t, 418)
	need(t, c.running.Office.Suspend(t.Context(), 418, "sari"))
	asked, err := c.running.Office.AskOrder(t.Context(), books.Order{Act: books.OrderBegin, Day: app.Date{Year: 2026, Month: 11, Day: 20}, AskedBy: "admin"}, nil)
	need(t, err)
	ctx := signedIn(t, c)
	order := "/console/orders/" + asked.ID.String()
	pages := func(lang string, all map[string]string) {
		for name, path := range all {
			need(t, chromedp.Do(ctx, chromedp.EmulateViewport(1366, 768), chromedp.Navigate(c.running.ConsoleURL+"/console/lang?to="+lang+"&back="+url.QueryEscape(path))))
			for _, width := range []int64{1366, 400} {
				looks(t, ctx, "two-"+name+"-"+lang, width)
			}
		}
	}
	for _, lang := range []string{"id", "en"} {
		pages(lang, map[string]string{
			"home": "/console/", "kiosks": "/console/kiosks", "kiosk": "/console/kiosks/00417", "suspended": "/console/kiosks/00418",
			"registrations": "/console/registrations", "duplicate": "/console/registrations/" + twin.String(), "order": order, "password": "/console/password",
		})
	}
	need(t, chromedp.Do(ctx,
		chromedp.EmulateViewport(1366, 768), chromedp.Navigate(c.running.ConsoleURL+order),
		chromedp.SendKeys(`input[name=second]`, "sari"), chromedp.SendKeys(`input[name=secondpassword]`, "salah"),
		chromedp.Click(`button[value=start]`), chromedp.WaitVisible(`.notice`),
	))
	if c.covered(t) != 0 {
		t.Error("a wrong word was enough")
	}
	need(t, chromedp.Do(ctx,
		chromedp.SendKeys(`input[name=second]`, "sari"), chromedp.SendKeys(`input[name=secondpassword]`, "rahasia"),
		chromedp.Click(`button[value=start]`), chromedp.WaitVisible(`button[value=take_back]`), // the page asks again by itself
	))
	if c.covered(t) != 12 {
		t.Error("covered:", c.covered(t))
	}
	pages("id", map[string]string{"done": order, "orders": "/console/orders"})
}
