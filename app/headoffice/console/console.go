// Package console is what people at head office see in a browser: pages made on the server, which
// work without JavaScript, for signed-in accounts only.
package console

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/words"
	"loket/assets"
)

// Desk is the work that the console shows and orders.
type Desk interface {
	Reading
	Ordering
	Sponsoring
	Covering
	Leads(ctx context.Context, limit int) ([]books.LeadRow, error)
	Afield
}

// Afield fills the page of events away from the branches.
type Afield interface {
	Events(ctx context.Context, limit int) ([]books.EventRow, error)
}

// Reading fills the pages.
type Reading interface {
	Account(ctx context.Context, name string) (books.Account, error)
	Figures(ctx context.Context, today, silent time.Time) (books.Figures, error)
	Kiosks(ctx context.Context, at time.Time) ([]books.KioskRow, error)
	Batches(ctx context.Context, limit int) ([]books.BatchRow, error)
	Registrations(ctx context.Context, f books.Filter) ([]books.RegistrationRow, error)
	Registration(ctx context.Context, id app.EntryID) (books.RegistrationRow, error)
	Alarms(ctx context.Context) ([]books.Alarm, error)
	Asking
}

// Asking is families' questions.
type Asking interface {
	Lookups(ctx context.Context, limit int) ([]books.LookupRow, error)
	Lookup(ctx context.Context, id app.EntryID) (books.LookupRow, error)
	AnswerLookup(ctx context.Context, a books.LookupAnswer) error
}

// Ordering is what the forms do.
type Ordering interface {
	InviteText(ctx context.Context, g books.Guest, by string) (app.Chain, string, error)
	Revoke(ctx context.Context, kiosk app.Kiosk, by string) error
	Rule(ctx context.Context, id app.EntryID, accept bool, reason app.Code, by string) error
	Uncovered(ctx context.Context, scope app.Scope) ([]app.EntryID, error)
	BeginCover(ctx context.Context, ids []app.EntryID, from app.Date, by string) (books.Covered, error)
}

// Sponsoring fills the pages of sponsor programmes.
type Sponsoring interface {
	Programmes(ctx context.Context) ([]books.Programme, error)
	Programme(ctx context.Context, scope app.Scope, villages func(journal.ProgrammeBody) []string) (books.Dossier, error)
	Overlaps(ctx context.Context, scope app.Scope, most int) ([]books.Overlap, error)
	Payments(ctx context.Context, niks []string) (map[string][]books.Payment, error)
	ProgrammeRecords(ctx context.Context, scope app.Scope, chain app.Chain, after uint64, most int) ([]books.RegistrationRow, error)
	Exported(ctx context.Context, scope app.Scope, by string, body journal.ExportBody, at time.Time) error
}

// Covering is what is known of covered workers and their target.
type Covering interface {
	Coverage(ctx context.Context) ([]books.Coverage, error)
	SetCoverage(ctx context.Context, rows []books.Coverage, at time.Time) error
}

// Console serves the pages.
type Console struct {
	desk     Desk
	clock    app.Clock
	log      *slog.Logger
	secret   []byte // signs sessions and forms
	qr       func(text string) ([]byte, error)
	practice bool
	pages    pages
	doors    *doors
	judging  chan struct{} // lists are judged one after another
}

// New makes the console. Secret signs its sessions; qr draws enrolment tokens and may be nil.
func New(desk Desk, clock app.Clock, log *slog.Logger, secret []byte, options Options) (*Console, error) {
	pages, err := parsePages()
	if err != nil {
		return nil, err
	}
	return &Console{desk, clock, log, secret, options.QR, options.Practice, pages, newDoors(), make(chan struct{}, 1)}, nil
}

// Options of the console.
type Options struct {
	QR       func(text string) ([]byte, error)
	Practice bool
}

// Handler serves everything under /console.
func (c *Console) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /console/style.css", file("style.css", "text/css; charset=utf-8"))
	mux.HandleFunc("GET /console/inter.ttf", bytesOf(assets.InterRegular, "font/ttf"))
	mux.HandleFunc("GET /console/inter-bold.ttf", bytesOf(assets.InterSemiBold, "font/ttf"))
	mux.HandleFunc("GET /console/lang", c.chooseLang)
	mux.HandleFunc("GET /console/signin", c.showSignIn)
	mux.HandleFunc("POST /console/signin", c.signIn)
	mux.HandleFunc("POST /console/signout", c.in(c.signOut))
	mux.HandleFunc("GET /console/{$}", c.in(c.home))
	mux.HandleFunc("GET /console/kiosks", c.in(c.kiosks))
	mux.HandleFunc("GET /console/events", c.in(c.events))
	mux.HandleFunc("POST /console/kiosks", c.in(c.invite))
	mux.HandleFunc("POST /console/kiosks/revoke", c.in(c.revoke))
	mux.HandleFunc("GET /console/registrations", c.in(c.registrations))
	mux.HandleFunc("POST /console/registrations", c.in(c.registrations)) // a search: what is looked for stays out of addresses and their logs
	mux.HandleFunc("POST /console/registrations/cover", c.in(c.cover))
	mux.HandleFunc("GET /console/registrations/{id}", c.in(c.registration))
	mux.HandleFunc("POST /console/registrations/{id}", c.in(c.rule))
	mux.HandleFunc("GET /console/leads", c.in(c.leads))
	mux.HandleFunc("GET /console/batches", c.in(c.batches))
	mux.HandleFunc("GET /console/programmes", c.in(c.programmes))
	mux.HandleFunc("GET /console/programmes/{scope}", c.in(c.programme))
	mux.HandleFunc("POST /console/programmes/{scope}/export", c.in(c.export))
	mux.HandleFunc("GET "+checkPath, c.in(c.showCheck))
	mux.HandleFunc("POST "+checkPath, c.in(c.check))
	mux.HandleFunc("GET /console/coverage", c.in(c.coverage))
	mux.HandleFunc("POST /console/coverage", c.in(c.setCoverage))
	mux.HandleFunc("GET /console/lookups", c.in(c.lookups))
	mux.HandleFunc("GET /console/lookups/{id}", c.in(c.lookup))
	mux.HandleFunc("POST /console/lookups/{id}", c.in(c.answerLookup))
	mux.HandleFunc("GET /console", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/console/", http.StatusSeeOther)
	})
	return guarded(http.NewCrossOriginProtection().Handler(mux))
}

// guarded sets what browsers need to know on every page.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		r.Body = http.MaxBytesReader(w, r.Body, mostOf(r))
		next.ServeHTTP(w, r)
	})
}

type pageHandler func(v *visit) error

// visit is one request of somebody who is signed in.
type visit struct {
	w       http.ResponseWriter
	r       *http.Request
	lang    words.Lang
	session *session
}

// in lets signed-in people pass, and forms only with their token.
func (c *Console) in(next pageHandler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s := c.sessionOf(r)
		if s == nil {
			http.Redirect(w, r, "/console/signin", http.StatusSeeOther)
			return
		}
		v := &visit{w, r, langOf(r), s}
		err := error(nil)
		if r.Method == http.MethodPost {
			err = c.readForm(s, r)
		}
		if err == nil {
			err = next(v)
		}
		if err != nil {
			c.wrong(v, err)
		}
	}
}

// wrong shows a failure as a page.
func (c *Console) wrong(v *visit, err error) {
	code := app.CodeOf(err)
	c.log.Warn("console", "path", v.r.URL.Path, "code", code, "error", err)
	status := http.StatusBadRequest
	switch code {
	case app.NotFound:
		status = http.StatusNotFound
	case app.Internal:
		status = http.StatusInternalServerError
	}
	c.show(v, status, "wrong", page{Title: "console.wrong.title", Data: words.Error(v.lang, err)})
}

// show renders a whole page before the first byte leaves, so that a failure is no half page.
func (c *Console) show(v *visit, status int, name string, p page) {
	p.Lang, p.Form, p.Practice, p.Now, p.Path = v.lang, c.formToken(v.session), c.practice, c.clock.Now(), v.r.URL.RequestURI()
	if v.session != nil {
		p.Account = v.session.account
	}
	var out bytes.Buffer
	if err := c.pages[v.lang][name].ExecuteTemplate(&out, "layout", p); err != nil {
		c.log.Error("page broken", "page", name, "error", err)
		http.Error(v.w, words.Say(v.lang, string(app.Internal)), http.StatusInternalServerError)
		return
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.WriteHeader(status)
	if _, err := v.w.Write(out.Bytes()); err != nil {
		c.log.Debug("page lost", "error", err)
	}
}

func bytesOf(b []byte, media string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=86400")
		w.Header().Set("Content-Type", media)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b))
	}
}

func file(name, media string) http.HandlerFunc {
	b, err := assets.Console.ReadFile("web/console/" + name)
	if err != nil {
		return func(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }
	}
	return bytesOf(b, media)
}
