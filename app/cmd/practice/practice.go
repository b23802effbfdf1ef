// Package practice is Loket to learn on: a head office on this computer, a kiosk enrolled at it,
// and two invented people who work there. Everything printed bears LATIHAN, and nothing of it can
// enter real books, because no real kiosk pins this head office's root.
package practice

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"

	"loket/app"
	"loket/app/access"
	"loket/app/carrier"
	"loket/app/cmd/centre"
	"loket/app/cmd/desk"
	"loket/app/office/books"
)

// PIN opens practice mode for both of its operators. It is shown on the sign-in screen.
const PIN = "58207413"

// The invented people of practice mode.
const (
	Supervisor = "Rahmat Hidayat"
	Officer    = "Dewi Lestari"
)

// Practice is a running practice mode.
type Practice struct {
	Centre *centre.Centre
	Desk   *desk.Desk
}

// Start begins or goes on with practice in a folder. Both listeners take a free port of this
// computer and nothing from outside.
func Start(ctx context.Context, dir string, log *slog.Logger) (*Practice, error) {
	c, err := centre.Start(ctx, centre.Options{
		Data: filepath.Join(dir, "pusat"), Listen: "127.0.0.1:0", KioskListen: "127.0.0.1:0", Practice: true, Log: log,
	})
	if err != nil {
		return nil, err
	}
	d, err := desk.Open(ctx, filepath.Join(dir, "loket"), desk.Options{State: filepath.Join(dir, "komputer")})
	if err != nil {
		return nil, errors.Join(err, c.Stop(ctx))
	}
	p := &Practice{c, d}
	if err := p.prepare(ctx); err != nil {
		return nil, errors.Join(err, p.Stop(ctx))
	}
	return p, nil
}

// prepare makes the kiosk ready, or goes on where a first start was cut off.
func (p *Practice) prepare(ctx context.Context) error {
	if !p.Desk.Begun() {
		return p.begin(ctx)
	}
	if err := p.moved(); err != nil {
		return err
	}
	people, err := p.Desk.Door.People(ctx)
	if err != nil {
		return err
	}
	state, err := p.Desk.Post.State(ctx)
	if err != nil || len(people) > 1 && state.Enrolled {
		return err
	}
	s, err := p.Desk.SignIn(ctx, people[0].ID, PIN)
	if err != nil {
		return err
	}
	return p.finish(ctx, s, len(people))
}

// Stop ends both.
func (p *Practice) Stop(ctx context.Context) error {
	return errors.Join(p.Desk.Close(ctx), p.Centre.Stop(ctx))
}

// moved tells the carrier the port of this start.
func (p *Practice) moved() error {
	o, err := carrier.OfficeOf(p.Desk.Dir)
	if app.CodeOf(err) == app.PostNotEnrolled {
		return nil
	}
	if err != nil {
		return err
	}
	o.Address = p.Centre.KioskAddress
	return carrier.KeepOffice(p.Desk.Dir, o)
}

// begin enrols the kiosk and adds the officer, then signs out.
func (p *Practice) begin(ctx context.Context) error {
	token, err := p.Centre.Office.Invite(ctx, books.Guest{Kiosk: 417, BranchCode: "KT", BranchName: "Kantor Cabang Balikpapan", BranchAddress: "Jl. Contoh No. 1, Balikpapan"}, p.Centre.KioskAddress, "latihan")
	if err != nil {
		return err
	}
	s, err := p.Desk.FirstStart(ctx, token, Supervisor, PIN)
	if err != nil {
		return err
	}
	return p.finish(ctx, s, 1)
}

// finish adds the officer, enrols and signs out; it may have been done in part before.
func (p *Practice) finish(ctx context.Context, s access.Session, people int) error {
	if people < 2 {
		if _, err := p.Desk.Door.AddOperator(ctx, s, access.Newcomer{Name: Officer, PIN: PIN, Role: app.RoleOfficer, Agency: app.AgencyInsurer}); err != nil {
			return err
		}
	}
	if _, err := p.Desk.Post.Enrol(ctx, s.Keys); err != nil { // the request, before its address is set right
		return err
	}
	if err := p.moved(); err != nil {
		return err
	}
	if _, err := p.Desk.Post.EnrolNow(ctx, s.Keys); err != nil {
		return err
	}
	if err := p.Exchange(ctx); err != nil {
		return err
	}
	return p.Desk.SignOut(ctx)
}

// Exchange carries the post once, both ways, and applies what came. Somebody is signed in.
func (p *Practice) Exchange(ctx context.Context) error {
	if _, err := p.Desk.Beat(ctx, true); err != nil {
		return err
	}
	if err := (carrier.Agent{Dir: p.Desk.Dir}).Once(ctx); err != nil {
		return err
	}
	_, err := p.Desk.Beat(ctx, false)
	return err
}
