// Package centre wires head office together for programs: keys and database of a data folder, and
// the server upon them. loketctl serves it, and practice mode runs it beside the window.
package centre

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"loket/app"
	"loket/app/durable"
	"loket/app/headoffice"
	"loket/app/office/books"
	"loket/app/sealed"
	"loket/storage/office"
)

// Options of a head office. Only Data is needed.
type Options struct {
	Data         string // folder: keys/, office.db, admin-password.txt
	Store        string // "sqlite:FILE" or "postgres://..."; "" is office.db in the data folder
	Listen       string
	Public       headoffice.Public // who reaches what besides kiosks
	KioskListen  string
	KioskAddress string // how kiosks reach it, when not by KioskListen's own address
	Host         string // of the verify page, as on cards; "": as before
	Issuer       string // "": as before
	Practice     bool   // of a new folder; an old one stays what it is
	Clock        app.Clock
	Log          *slog.Logger
}

// Practice mode's member numbers are apart from every real one.
const (
	practiceFirst = 99_000_000_001
	defaultIssuer = "BPJSTK"

	// ExampleHost stands on cards until somebody says where the verify page really is.
	ExampleHost = "KARTU.CONTOH.ID"
)

// Centre is a head office of one data folder.
type Centre struct {
	*headoffice.Running // nil when only opened for a command

	Office *headoffice.Office
	Keys   *headoffice.Keys
	Store  *office.Store
	Site   headoffice.Site
}

// Start serves head office on both listeners until Stop. What an earlier start was told stays, where
// this one says nothing. Real books are never opened for practice, and practised ones stay practised.
func Start(ctx context.Context, o Options) (*Centre, error) {
	o = o.withClock()
	keys, site, known, err := before(ctx, o)
	if err != nil {
		return nil, err
	}
	if known && o.Practice && !practised(site) {
		return nil, app.Fail(app.OfficeNotPractice)
	}
	if known {
		o = o.asBefore(site)
	}
	o = o.withDefaults()
	policy := o.policy()
	store, err := openStore(ctx, o, keys, policy)
	if err != nil {
		return nil, err
	}
	if err := ready(ctx, o, keys, store); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	running, err := headoffice.Start(ctx, headoffice.Config{
		Keys: keys, Store: store, Clock: o.Clock, Log: o.Log, Listen: o.Listen, Public: o.Public, KioskListen: o.KioskListen,
		KioskAddress: o.KioskAddress, PasswordFile: PasswordFile(o.Data), Policy: policy, QR: tokenQR,
	})
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return &Centre{running, running.Office, keys, store, headoffice.Site{KioskAddress: running.KioskAddress, Settings: policy.Settings}}, nil
}

// Open opens a head office for a command beside the server, with the settings that the server left.
func Open(ctx context.Context, o Options) (*Centre, error) {
	o = o.withClock()
	keys, site, known, err := before(ctx, o)
	if err != nil {
		return nil, err
	}
	if known {
		o.Issuer, o.Host = "", ""
		o = o.asBefore(site)
	}
	o = o.withDefaults()
	store, err := openStore(ctx, o, keys, o.policy())
	if err != nil {
		return nil, err
	}
	work, err := headoffice.Open(ctx, headoffice.Config{Keys: keys, Store: store, Clock: o.Clock, Log: o.Log, Policy: o.policy()})
	if err == nil {
		err = ready(ctx, o, keys, store)
	}
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return &Centre{nil, work, keys, store, site}, nil
}

// Stop ends the server, if there is one, and closes the database.
func (c *Centre) Stop(ctx context.Context) error {
	var err error
	if c.Running != nil {
		err = c.Running.Stop(ctx)
	}
	return errors.Join(err, c.Store.Close())
}

// PasswordFile is where the first start leaves the console's password.
func PasswordFile(data string) string { return filepath.Join(data, "admin-password.txt") }

// before loads the keys and reads what the last server left; known is false when none ever ran.
func before(ctx context.Context, o Options) (keys *headoffice.Keys, site headoffice.Site, known bool, err error) {
	books, err := booksOf(ctx, o)
	if err == nil {
		err = headoffice.CheckKeys(filepath.Join(o.Data, "keys"), books, o.Clock.Now())
	}
	if err != nil {
		return nil, site, false, err
	}
	keys, err = headoffice.LoadKeys(filepath.Join(o.Data, "keys"), o.Clock.Now())
	if err != nil {
		return nil, site, false, err
	}
	store, err := openStore(ctx, o, keys, o.withDefaults().policy())
	if err != nil {
		return nil, site, false, err
	}
	site, known, err = headoffice.ReadSite(ctx, store)
	return keys, site, known, errors.Join(err, store.Close())
}

func practised(site headoffice.Site) bool { return site.Settings.Issuer == headoffice.PracticeIssuer }

func (o Options) asBefore(site headoffice.Site) Options {
	o.Practice = practised(site)
	if o.Issuer == "" {
		o.Issuer = site.Settings.Issuer
	}
	if o.Host == "" {
		o.Host = site.Settings.Host
	}
	return o
}

func (o Options) withClock() Options {
	if o.Clock == nil {
		o.Clock = app.SystemClock{}
	}
	return o
}

func (o Options) withDefaults() Options {
	if o.Issuer == "" {
		o.Issuer = defaultIssuer
	}
	if o.Practice {
		o.Issuer = headoffice.PracticeIssuer
	}
	if o.Host == "" {
		o.Host = ExampleHost
	}
	o.Host = strings.ToUpper(o.Host)
	return o
}

func (o Options) policy() books.Policy {
	p := headoffice.DefaultPolicy(sealed.Settings{Issuer: o.Issuer, Host: o.Host, AtOnce: true, Regencies: []string{"64.71", "64.08"}})
	if o.Practice {
		p.FirstMember = practiceFirst
		p.ListEvery = time.Second // who learns does not wait a minute for a card to become good
	}
	return p
}

// booksOf looks into the database before anything is written: it must be that of the keys.
func booksOf(ctx context.Context, o Options) (books.Beginning, error) {
	kind, name, _ := strings.Cut(o.Store, ":")
	switch {
	case kind == "postgres" || kind == "postgresql":
		return office.BooksOfPostgres(ctx, o.Store)
	case o.Store == "":
		name = filepath.Join(o.Data, "office.db")
	case kind != "sqlite" || name == "":
		return books.Beginning{}, app.Fail(app.OfficeStoreUnknown, "store", kind)
	}
	return office.BooksOfSQLite(ctx, name)
}

func openStore(ctx context.Context, o Options, keys *headoffice.Keys, policy books.Policy) (*office.Store, error) {
	kind, name, _ := strings.Cut(o.Store, ":")
	switch {
	case kind == "postgres" || kind == "postgresql":
		return office.OpenPostgres(ctx, o.Store, keys, policy)
	case o.Store == "":
		name = filepath.Join(o.Data, "office.db")
	case kind != "sqlite" || name == "":
		return nil, app.Fail(app.OfficeStoreUnknown, "store", kind)
	}
	if err := durable.Folder(filepath.Dir(name), 0o700); err != nil {
		return nil, app.Wrap("centre.openStore", app.FileUnwritten, err)
	}
	return office.OpenSQLite(ctx, name, keys, policy)
}
