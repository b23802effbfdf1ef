package headoffice

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"loket/app"
	"loket/app/headoffice/console"
	"loket/app/headoffice/verifypage"
	"loket/app/office/books"
)

// front is what people and machines can ask beside kiosks: the console, the verify page, health and
// metrics. Which of them a listener answers is the door's.
type front struct {
	office  *Office
	console http.Handler
	verify  http.Handler
	metrics http.Handler
}

func (o *Office) front(c Config, address string, count *metrics, kick, orders func()) (*front, error) {
	desk := desk{o.store, o, address, kick, orders}
	pages, err := console.New(desk, o.clock, o.log, o.keys.session, console.Options{QR: c.QR, Practice: o.practice()})
	if err != nil {
		return nil, err
	}
	verify, err := verifypage.Handler(o, verifypage.Settings{Roots: o.keys.Roots(), Hosts: []string{o.policy.Settings.Host}})
	if err != nil {
		return nil, err
	}
	return &front{o, pages.Handler(), verify, count.handler()}, nil
}

func (f *front) handler(d *door) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/K", f.verify)
	mux.Handle("/k", f.verify)
	mux.Handle("/k/", f.verify)
	mux.HandleFunc("GET /k/o/{hash}", f.office.publicObject)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) { say(w, http.StatusOK, "ok\n") })
	mux.HandleFunc("GET /readyz", f.ready)
	if d.metrics {
		mux.Handle("GET /metrics", f.metrics)
	}
	if d.console {
		mux.Handle("/console", f.console)
		mux.Handle("/console/", f.console)
	}
	mux.HandleFunc("GET /{$}", toConsole(d.console))
	return mux
}

func (f *front) ready(w http.ResponseWriter, r *http.Request) {
	if err := f.office.store.Ready(r.Context()); err != nil {
		say(w, http.StatusServiceUnavailable, string(app.CodeOf(err))+"\n")
		return
	}
	say(w, http.StatusOK, "ok\n")
}

// publicObject answers a published object to phones. Its name is the hash of its bytes, so whoever has it
// never asks again. Who holds an earlier version of a shard may name it and is given what changed.
func (o *Office) publicObject(w http.ResponseWriter, r *http.Request) {
	hash, ok := hashOf(r.PathValue("hash"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	held, _ := hashOf(r.URL.Query().Get("held"))
	raw, patch, err := o.Object(r.Context(), hash, held)
	if err == nil {
		raw, err = squeezed(w, r, raw)
	}
	switch {
	case app.CodeOf(err) == app.NotFound:
		http.NotFound(w, r)
	case err != nil:
		http.Error(w, "", http.StatusServiceUnavailable)
	default:
		h := w.Header()
		h.Set("Content-Type", mediaOf(patch))
		h.Set("Content-Length", strconv.Itoa(len(raw)))
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("X-Content-Type-Options", "nosniff")
		if _, err := w.Write(raw); err != nil {
			o.log.Debug("answer lost", "error", err)
		}
	}
}

func say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	if _, err := w.Write([]byte(text)); err != nil {
		return // whoever asked has gone
	}
}

// desk is head office as the console sees it: reading from the store, ordering from the office, and
// each order publishes at once.
type desk struct {
	Store
	office  *Office
	address string
	kick    func()
	orders  func() // wakes the worker that goes through orders
}

func (d desk) InviteText(ctx context.Context, g books.Guest, by string) (app.Chain, string, error) {
	token, err := d.office.Invite(ctx, g, d.address, by)
	if err != nil {
		return app.Chain{}, "", err
	}
	text, err := token.Text()
	return token.Chain, text, err
}

func (d desk) Alarms(ctx context.Context) ([]books.Alarm, error) { return d.office.Alarms(ctx) }

func (d desk) Revoke(ctx context.Context, kiosk app.Kiosk, by string) error {
	defer d.kick()
	return d.office.Revoke(ctx, kiosk, by)
}

func (d desk) Suspend(ctx context.Context, kiosk app.Kiosk, by string) error {
	defer d.kick()
	return d.office.Suspend(ctx, kiosk, by)
}

func (d desk) ConfirmRevoke(ctx context.Context, kiosk app.Kiosk, by string) error {
	defer d.kick()
	return d.office.ConfirmRevoke(ctx, kiosk, by)
}

func (d desk) Lift(ctx context.Context, kiosk app.Kiosk, by string) error {
	defer d.kick()
	return d.office.Lift(ctx, kiosk, by)
}

func (d desk) LetKeyIn(ctx context.Context, kiosk app.Kiosk, by string) error {
	defer d.kick()
	return d.Store.LetKeyIn(ctx, kiosk, by, d.office.clock.Now())
}

func (d desk) LetIn(ctx context.Context, chain app.Chain, number uint64, by string) (bool, error) {
	defer d.kick()
	return d.office.LetIn(ctx, chain, number, by)
}

func (d desk) Rule(ctx context.Context, id app.EntryID, accept bool, reason app.Code, by string) error {
	defer d.kick()
	return d.office.Rule(ctx, id, accept, reason, by)
}

func (d desk) BeginCover(ctx context.Context, ids []app.EntryID, from app.Date, by string) (books.Covered, error) {
	defer d.kick()
	return d.office.BeginCover(ctx, ids, from, by)
}

func (d desk) EndCover(ctx context.Context, ids []app.EntryID, day app.Date, by string) (books.Covered, error) {
	defer d.kick()
	return d.Store.EndCover(ctx, ids, day, by, d.office.clock.Now())
}

func (d desk) AskOrder(ctx context.Context, o books.Order, ids []app.EntryID) (books.Order, error) {
	return d.office.AskOrder(ctx, o, ids)
}

func (d desk) StartOrder(ctx context.Context, id books.OrderID, first, second string) error {
	defer d.orders()
	return d.office.StartOrder(ctx, id, first, second)
}

func (d desk) StopOrder(ctx context.Context, id books.OrderID, by string) error {
	return d.office.StopOrder(ctx, id, by)
}

func (d desk) SetCoverage(ctx context.Context, rows []books.Coverage, at time.Time) error {
	defer d.kick()
	return d.Store.SetCoverage(ctx, rows, at)
}

func (d desk) AnswerLookup(ctx context.Context, a books.LookupAnswer) error {
	a.At = d.office.clock.Now()
	return d.Store.AnswerLookup(ctx, a)
}
