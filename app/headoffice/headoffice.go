// Package headoffice is the server at the other end of the post: it enrols kiosks, takes their
// batches in and receipts them, decides registrations, lends numbers, publishes the lists, and shows
// people a console and card holders a page. It keeps nothing in memory that another process beside
// the same database must know.
package headoffice

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync/atomic"
	"time"

	"loket/app"
	"loket/app/office/books"
	"loket/app/sealed"
)

// Config is what a head office needs.
type Config struct {
	Keys         *Keys
	Store        Store
	Clock        app.Clock
	Log          *slog.Logger
	Listen       string // verify page, health; console and metrics while it is on this computer alone
	Public       Public
	KioskListen  string // kiosks, mutual TLS
	KioskAddress string // how kiosks reach it; "" is https:// and the listener's address
	PasswordFile string // where the first console password is left, 0600
	Policy       books.Policy
	QR           func(text string) ([]byte, error) // a PNG of an enrolment token
}

// DefaultPolicy is what a branch's kiosk gets: about a week of registrations at a time.
func DefaultPolicy(settings sealed.Settings) books.Policy {
	return books.Policy{
		FirstMember: 26_100_000_001, MemberBlock: 200, SerialBlocks: 4, Lease: 180 * 24 * time.Hour,
		Authority: 35 * 24 * time.Hour, Issuing: 400 * 24 * time.Hour, Verify: 10 * 365 * 24 * time.Hour,
		ListLife: 7 * 24 * time.Hour, ListEvery: time.Minute, Settings: settings,
	}
}

// PracticeIssuer stands on every card that was only practised.
const PracticeIssuer = "LATIHAN"

// Office does head office's work without a listener, for commands beside a running server too.
type Office struct {
	keys   *Keys
	store  Store
	clock  app.Clock
	policy books.Policy
	log    *slog.Logger
	tls    *tlsFiles // for browsers; nil: plain HTTP
	stick  bool      // what is delivered comes by stick

	noted *atomic.Pointer[shelf] // of which the books have the fingerprints
}

// Open prepares head office's work on its database.
func Open(ctx context.Context, c Config) (*Office, error) {
	o := &Office{keys: c.Keys, store: c.Store, clock: c.Clock, policy: c.Policy, log: c.Log, noted: new(atomic.Pointer[shelf])}
	if o.log == nil {
		o.log = slog.New(slog.DiscardHandler)
	}
	if err := o.store.Found(ctx, o.keys.OfficeKey(), o.clock.Now()); err != nil {
		return o, err
	}
	return o, o.noteKeys(ctx)
}

// practice says whether these books are for practice: one person may do there what takes two elsewhere.
func (o *Office) practice() bool { return o.policy.Settings.Issuer == PracticeIssuer }

// Site is what a server leaves in the database for commands beside it.
type Site struct {
	KioskAddress string          `json:"kiosk_address"`
	Settings     sealed.Settings `json:"settings"`
}

const siteSetting = "site"

// ReadSite reads what the last server left; false when none ever ran.
func ReadSite(ctx context.Context, store Decisions) (site Site, known bool, err error) {
	b, err := store.Setting(ctx, siteSetting)
	if err != nil || b == nil {
		return site, false, err
	}
	err = json.Unmarshal(b, &site)
	return site, err == nil, app.Wrap("headoffice.ReadSite", app.Internal, err)
}

func (o *Office) leaveSite(ctx context.Context, address string) error {
	b, err := json.Marshal(Site{address, o.policy.Settings})
	if err != nil {
		return app.Wrap("headoffice.leaveSite", app.Internal, err)
	}
	return o.store.PutSetting(ctx, siteSetting, b, o.clock.Now())
}

// BeginCover starts the cover of accepted registrations on a day, all when none is named; on a later
// day it begins when the day comes.
func (o *Office) BeginCover(ctx context.Context, ids []app.EntryID, from app.Date, by string) (books.Covered, error) {
	return o.store.BeginCover(ctx, ids, from, by, o.clock.Now())
}

// Rule decides a duplicate, or what waits for a review.
func (o *Office) Rule(ctx context.Context, id app.EntryID, accept bool, reason app.Code, by string) error {
	return o.store.Rule(ctx, books.Ruling{Registration: id, Accept: accept, Reason: reason, By: by, At: o.clock.Now()})
}

// Revoke ends every life of a kiosk.
func (o *Office) Revoke(ctx context.Context, kiosk app.Kiosk, by string) error {
	return o.store.Revoke(ctx, kiosk, by, o.clock.Now())
}

// Suspend stops a kiosk at once, until a second person confirms or lifts it.
func (o *Office) Suspend(ctx context.Context, kiosk app.Kiosk, by string) error {
	return o.store.Suspend(ctx, kiosk, by, o.clock.Now())
}

// ConfirmRevoke revokes a kiosk that somebody else suspended.
func (o *Office) ConfirmRevoke(ctx context.Context, kiosk app.Kiosk, by string) error {
	return o.store.ConfirmRevoke(ctx, kiosk, by, o.clock.Now())
}

// Lift lets a kiosk go on that somebody else suspended.
func (o *Office) Lift(ctx context.Context, kiosk app.Kiosk, by string) error {
	return o.store.Lift(ctx, kiosk, by, o.clock.Now())
}
