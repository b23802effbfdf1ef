// Package console is what people at head office see in a browser: pages made on the server, which
// work without JavaScript, for signed-in accounts only.
package console

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"time"

	"loket/app"
	"loket/app/identity"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/words"
	"loket/assets"
)

// Desk is the work that the console shows and orders.
type Desk interface {
	Accounts
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

// Accounts are who may open the console, and what they did.
type Accounts interface {
	Account(ctx context.Context, name string) (books.Account, error)
	SetPassword(ctx context.Context, name string, password []byte, by string, at time.Time) error
	OpenSession(ctx context.Context, in books.Session, at time.Time) error
	Session(ctx context.Context, name [32]byte, at time.Time) (books.Session, error)
	CloseSession(ctx context.Context, name [32]byte, at time.Time) error
	NoteAct(ctx context.Context, a books.Act) error
}

// Reading fills the pages.
type Reading interface {
	Figures(ctx context.Context, today, silent time.Time) (books.Figures, error)
	Kiosks(ctx context.Context, at time.Time) ([]books.KioskRow, error)
	Batches(ctx context.Context, limit int) ([]books.BatchRow, error)
	Registrations(ctx context.Context, f books.Filter) ([]books.RegistrationRow, error)
	Registration(ctx context.Context, id app.EntryID) (books.RegistrationRow, error)
	NoteOpened(ctx context.Context, id app.EntryID, by string, at time.Time) error
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
	Stopping
	Rule(ctx context.Context, id app.EntryID, accept bool, reason app.Code, by string) error
	BeginCover(ctx context.Context, ids []app.EntryID, from app.Date, by string) (books.Covered, error)
	EndCover(ctx context.Context, ids []app.EntryID, day app.Date, by string) (books.Covered, error)
	Orders
}

// Orders begin and end the cover of many.
type Orders interface {
	AskOrder(ctx context.Context, o books.Order, ids []app.EntryID) (books.Order, error)
	StartOrder(ctx context.Context, id books.OrderID, first, second string) error
	StopOrder(ctx context.Context, id books.OrderID, by string) error
	Order(ctx context.Context, id books.OrderID) (books.Order, error)
	Orders(ctx context.Context, limit int) ([]books.Order, error)
}

// Stopping ends kiosks, or holds them until a second person decides.
type Stopping interface {
	Revoke(ctx context.Context, kiosk app.Kiosk, by string) error
	Suspend(ctx context.Context, kiosk app.Kiosk, by string) error
	ConfirmRevoke(ctx context.Context, kiosk app.Kiosk, by string) error
	Lift(ctx context.Context, kiosk app.Kiosk, by string) error
	Suspended(ctx context.Context) ([]books.Suspension, error)
	Letting
}

// Letting lets in what the rules keep out, by two people's word.
type Letting interface {
	LeftOut(ctx context.Context) ([]books.LeftOut, error)
	LetKeyIn(ctx context.Context, kiosk app.Kiosk, by string) error
	LateBatches(ctx context.Context) ([]books.LateBatch, error)
	LetIn(ctx context.Context, chain app.Chain, number uint64, by string) (done bool, err error)
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
	gate     *gate
	who      map[string]rights // by a route's pattern
	opened   openings
	judging  chan struct{} // lists are judged one after another
}

// New makes the console. Secret signs its sessions; qr draws enrolment tokens and may be nil.
func New(desk Desk, clock app.Clock, log *slog.Logger, secret []byte, options Options) (*Console, error) {
	pages, err := parsePages()
	if err != nil {
		return nil, err
	}
	c := &Console{
		desk: desk, clock: clock, log: log, secret: secret, qr: options.QR, practice: options.Practice, pages: pages,
		doors: newDoors(), gate: newGate(), who: map[string]rights{}, judging: make(chan struct{}, 1),
	}
	for _, r := range c.routes() {
		c.who[r.pattern] = r.who
	}
	return c, nil
}

// Options of the console.
type Options struct {
	QR       func(text string) ([]byte, error)
	Practice bool
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

// wrong shows a failure as a page.
func (c *Console) wrong(v *visit, err error) {
	c.refused(v, err)
	c.show(v, statusOf(err), "wrong", page{Title: "console.wrong.title", Data: words.Error(v.lang, err)})
}

// refused writes why something was not done into the log, and tells machines when to ask again.
func (c *Console) refused(v *visit, err error) {
	c.log.Warn("console", "path", v.r.URL.Path, "code", app.CodeOf(err), "error", err)
	switch statusOf(err) {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		v.w.Header().Set("Retry-After", "6")
	}
}

func statusOf(err error) int {
	switch app.CodeOf(err) {
	case app.NotFound:
		return http.StatusNotFound
	case app.Internal:
		return http.StatusInternalServerError
	case app.OfficeWrongPassword, app.OfficeNoRight, app.OfficeTwoPeople, app.OfficeSecondRight:
		return http.StatusForbidden
	case app.OfficeTooMany:
		return http.StatusTooManyRequests
	case app.OfficeBusy, app.OfficeStoreBusy, app.OfficeStoreUnreached:
		return http.StatusServiceUnavailable
	}
	return http.StatusBadRequest
}

// show renders a whole page before the first byte leaves, so that a failure is no half page.
func (c *Console) show(v *visit, status int, name string, p page) {
	p.Lang, p.Form, p.Practice, p.Now, p.Path = v.lang, c.formToken(v.session), c.practice, c.clock.Now(), v.r.URL.RequestURI()
	p.who = c.who
	if v.session != nil {
		p.Account, p.rights = v.session.account, v.session.rights
	}
	var out bytes.Buffer
	if err := c.pages[v.lang][name].ExecuteTemplate(&out, "layout", p); err != nil {
		c.log.Error("page broken", "page", name, "error", err)
		http.Error(v.w, words.Say(v.lang, string(app.Internal)), http.StatusInternalServerError)
		return
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.WriteHeader(status)
	if _, err := io.WriteString(v.w, identity.Shown(out.String())); err != nil {
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
