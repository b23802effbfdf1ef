package desk_test

import (
	"context"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"loket/app"
	"loket/app/carrier"
	"loket/app/cmd/centre"
	"loket/app/cmd/people"
	"loket/app/issuing"
	"loket/app/office/books"
)

// today is a head office and a kiosk that live now, as a browser does.
type today struct {
	*kiosk
	office *centre.Centre
}

func newToday(t *testing.T) *today {
	t.Helper()
	office, err := centre.Start(t.Context(), centre.Options{Data: t.TempDir(), Listen: "127.0.0.1:0", KioskListen: "127.0.0.1:0"})
	must(t, err)
	t.Cleanup(func() { must(t, office.Stop(context.Background())) })
	at := &clock{at: time.Now()}
	k := &kiosk{Crowd: people.New(9, app.DateOf(at.Now())), clock: at, state: t.TempDir()}
	k.reopen(t, folder(t))
	token, err := office.Office.Invite(t.Context(), books.Guest{BranchCode: "K06", BranchName: "Kantor Cabang Contoh"}, office.KioskAddress, "test")
	must(t, err)
	k.s, err = k.FirstStart(t.Context(), token, "DEWI LESTARI", pin)
	must(t, err)
	_, err = k.Post.EnrolNow(t.Context(), k.s.Keys)
	must(t, err)
	d := &today{k, office}
	d.exchange(t)
	return d
}

func (d *today) exchange(t *testing.T) {
	t.Helper()
	_, err := d.Beat(t.Context(), true)
	must(t, err)
	for range 2 {
		must(t, carrier.Agent{Dir: d.Dir}.Once(t.Context()))
		must(t, d.office.Office.Publish(t.Context()))
	}
	_, err = d.Beat(t.Context(), false)
	must(t, err)
}

var tags = regexp.MustCompile(`(?s)<(script|style|template)[^>]*>.*?</(script|style|template)>|<[^>]*>`)

// page is what a browser shows for the digits of a card.
func (d *today) page(t *testing.T, digits string) string {
	t.Helper()
	browser, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no Chromium on this computer")
	}
	out, err := exec.CommandContext(t.Context(), browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
		"--no-first-run", "--user-data-dir="+t.TempDir(), "--virtual-time-budget=8000", "--dump-dom", d.office.ConsoleURL+"/K#"+digits).Output()
	must(t, err)
	return strings.Join(strings.Fields(tags.ReplaceAllString(string(out), " ")), " ")
}

// What the page says of a card follows the books: never "aktif" before cover begins, and not valid
// once it was spoiled.
func TestThePageFollowsACardsLife(t *testing.T) {
	d := newToday(t)
	r := d.registered(t)
	c, err := d.Issuing.Issue(t.Context(), d.s.Operator, r.ID)
	must(t, err)
	f, err := d.Issuing.Face(t.Context(), c.Serial)
	must(t, err)
	digits := f.Text[strings.IndexByte(f.Text, '#')+1:]
	changed := []byte(digits)
	changed[len(changed)/2] = '0' + (changed[len(changed)/2]-'0'+1)%10
	shows := func(digits string, says, never string) {
		t.Helper()
		text := d.page(t, digits)
		if !strings.Contains(text, says) || strings.Contains(text, never) {
			t.Errorf("the page should say %q and not %q: %s", says, never, text)
		}
	}
	active := "Perlindungan AKTIF"
	shows(digits, "BELUM AKTIF", active) // registered only
	d.exchange(t)
	shows(digits, "TIDAK AKTIF", active) // accepted, cover not begun
	_, err = d.office.Office.BeginCover(t.Context(), []app.EntryID{r.ID}, books.Today(time.Now()), "test")
	must(t, err)
	must(t, d.office.Office.Publish(t.Context()))
	shows(digits, active, "TIDAK AKTIF")
	shows(string(changed), "tidak dikenal", active)
	_, err = d.Issuing.Print(t.Context(), d.s.Operator, d.Paper, []app.Serial{c.Serial})
	must(t, err)
	_, err = d.Issuing.Spoil(t.Context(), d.s.Operator, c.Serial, issuing.SpoilReasons[0])
	must(t, err)
	d.exchange(t)
	shows(digits, "tidak berlaku lagi", active)
}
