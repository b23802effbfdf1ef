package headoffice_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/storage/storagetest/officesuite"
)

// crowd is a kiosk with so many accepted people.
func (c *centre) crowd(t *testing.T, n int) *box {
	t.Helper()
	k := c.enrolled(t, 417)
	for i := range n {
		k.Register(t, officesuite.Listed(i), "", "")
		if i%200 == 199 || i == n-1 {
			number, raw := k.sealBatch(t)
			_, err := k.put(t, number, raw)
			need(t, err)
		}
	}
	return k
}

func (c *centre) covered(t *testing.T) int {
	t.Helper()
	f, err := c.store.Figures(t.Context(), c.clock.Now(), c.clock.Now())
	need(t, err)
	return f.Covered
}

// settled waits until the worker has nothing to do.
func (c *centre) settled(t *testing.T, id books.OrderID) books.Order {
	t.Helper()
	for {
		o, err := c.store.Order(t.Context(), id)
		need(t, err)
		if o.State != books.OrderRunning {
			return o
		}
	}
}

var orderPath = regexp.MustCompile(`/console/orders/([0-9a-f]{32})`)

// Cover of everybody is asked twice, with its number, and takes two people; nothing happens by one click.
// It goes on when the browser leaves, is done once, and can be taken back.
func TestCoverOfManyIsAskedTwice(t *testing.T) {
	c := real(t)
	c.crowd(t, 230)
	p := c.as(t, "budi") // a clerk may ask, not agree
	form := url.Values{"form": {p.token(t)}, "from": {"2026-11-20"}, "all": {"1"}}
	w, err := p.client.PostForm(p.base+"/console/registrations/cover", form)
	need(t, err)
	path := w.Request.URL.Path
	status, body := page(t, w)
	if status != http.StatusOK || !strings.Contains(body, "230 orang") || c.covered(t) != 0 {
		t.Fatal(status, c.covered(t), body)
	}
	id, _ := books.ParseOrderID(orderPath.FindStringSubmatch(path)[1])
	start := url.Values{"form": {p.token(t)}, "act": {"start"}, "second": {"sari"}, "secondpassword": {"rahasia"}}
	if status, _ := p.send(t, path, start); status != http.StatusForbidden || c.covered(t) != 0 {
		t.Error("a clerk agreed:", status)
	}
	p = c.as(t, "rina")
	start.Set("form", p.token(t))
	start.Set("secondpassword", "salah")
	if status, body := p.send(t, path, start); status != http.StatusForbidden || !strings.Contains(body, "Ya, mulai untuk 230 orang") || c.covered(t) != 0 {
		t.Error("with a wrong second:", status)
	}
	start.Set("secondpassword", "rahasia")
	if status, _ := p.send(t, path, start); status != http.StatusOK {
		t.Error("with two:", status)
	}
	if o := c.settled(t, id); o.State != books.OrderDone || o.Changed != 230 || o.First != "rina" || o.Second != "sari" || c.covered(t) != 230 {
		t.Errorf("%+v, covered %d", o, c.covered(t))
	}
	if status, _ := p.send(t, path, start); status == http.StatusOK {
		t.Error("started twice")
	}
	_, body = p.send(t, path, url.Values{"form": start["form"], "act": {"take_back"}})
	back, _ := books.ParseOrderID(orderPath.FindStringSubmatch(body)[1])
	if !strings.Contains(body, "Ya, tarik kembali untuk 230 orang") || back == id {
		t.Error("taking back is not asked:", body)
	}
	p.send(t, "/console/orders/"+back.String(), start)
	if o := c.settled(t, back); o.Changed != 230 || c.covered(t) != 0 {
		t.Errorf("taken back: %+v, covered %d", o, c.covered(t))
	}
	var kinds []journal.Kind
	own, err := c.store.OwnEntries(t.Context(), 0, 10_000)
	need(t, err)
	for _, e := range own {
		if e.Kind == journal.CoverOrdered {
			kinds = append(kinds, e.Kind)
		}
	}
	if len(kinds) != 2 {
		t.Error("own journal:", kinds)
	}
}

// An order that a stop of the server cut is gone on with at the next start.
func TestAnOrderGoesOnAfterARestart(t *testing.T) {
	c := newCentre(t)
	c.crowd(t, 450)
	o, err := c.running.Office.AskOrder(t.Context(), books.Order{Act: books.OrderBegin, Day: app.Date{Year: 2026, Month: 11, Day: 20}, AskedBy: "test"}, nil)
	need(t, err)
	c.stop(t)
	c.start(t)
	need(t, c.running.Stop(t.Context())) // nobody goes through it now
	need(t, c.store.StartOrder(t.Context(), o.ID, "rina", "", c.clock.Now()))
	if _, err := c.store.OrderPiece(t.Context(), o.ID, c.clock.Now()); err != nil {
		t.Error(err)
	}
	half := c.covered(t)
	need(t, c.store.Close())
	c.start(t)
	if o := c.settled(t, o.ID); half == 0 || half == 450 || o.Changed != 450 || c.covered(t) != 450 {
		t.Errorf("%d before, %+v, %d covered", half, o, c.covered(t))
	}
}

// One person's cover begins and ends by one account; a day that has not come ends nothing.
func TestCoverOfOneEnds(t *testing.T) {
	c := real(t)
	k := c.crowd(t, 2)
	p := c.as(t, "budi")
	rows, err := c.store.Registrations(t.Context(), books.Filter{Limit: 2})
	need(t, err)
	form := url.Values{"form": {p.token(t)}, "from": {"2026-11-20"}, "id": {rows[0].ID.String()}}
	if _, body := p.send(t, "/console/registrations/cover", form); !strings.Contains(body, "aktif sejak 20-11-2026") || c.covered(t) != 1 {
		t.Error("not begun")
	}
	form.Set("act", "end")
	form.Set("from", "2026-11-21")
	if status, _ := p.send(t, "/console/registrations/cover", form); status != http.StatusBadRequest || c.covered(t) != 1 {
		t.Error("ended tomorrow:", status)
	}
	form.Set("from", "2026-11-20")
	if _, body := p.send(t, "/console/registrations/cover", form); !strings.Contains(body, "berakhir 20-11-2026") || c.covered(t) != 0 {
		t.Error("not ended:", body)
	}
	outcomes := ""
	for _, f := range k.frames(t) {
		if strings.HasPrefix(string(f.Kind), "decision") {
			outcomes += string(f.Kind) + " "
		}
	}
	if strings.Count(outcomes, "decision ") != 2 {
		t.Error("the kiosk hears:", outcomes)
	}
}
