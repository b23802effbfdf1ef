package main

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"loket/app"
	"loket/app/access"
	"loket/app/carrier"
	"loket/app/cmd/centre"
	"loket/app/cmd/desk"
	"loket/app/cmd/people"
	"loket/app/counter"
	"loket/app/office/books"
)

// stall is a counter to measure at: a kiosk enrolled at a head office of its own, with somebody
// signed in and invented people in front.
type stall struct {
	centre  *centre.Centre
	desk    *desk.Desk
	session access.Session
	crowd   *people.Crowd
	saved   int // since the last exchange
}

// at opens the stall when it is first needed.
func (b *bench) at(ctx context.Context) (*stall, error) {
	if b.stall != nil {
		return b.stall, nil
	}
	c, err := centre.Start(ctx, centre.Options{
		Data: filepath.Join(b.dir, "centre"), Listen: "127.0.0.1:0", KioskListen: "127.0.0.1:0", Issuer: "BPJSTK",
	})
	if err != nil {
		return nil, err
	}
	b.stall = &stall{centre: c, crowd: people.New(1, app.DateOf(b.now()))}
	b.stall.desk, err = desk.Open(ctx, filepath.Join(b.dir, "kiosk"), desk.Options{State: filepath.Join(b.dir, "state")})
	if err != nil {
		return nil, err
	}
	return b.stall, b.stall.begin(ctx)
}

func (s *stall) begin(ctx context.Context) error {
	token, err := s.centre.Office.Invite(ctx, books.Guest{Kiosk: 417, BranchCode: "BALIKPAPAN", BranchName: "Kantor Cabang Balikpapan"}, s.centre.KioskAddress, "bench")
	if err != nil {
		return err
	}
	if s.session, err = s.desk.FirstStart(ctx, token, "DEWI LESTARI", "83640219"); err != nil {
		return err
	}
	if _, err := s.desk.Post.EnrolNow(ctx, s.session.Keys); err != nil {
		return err
	}
	return s.exchange(ctx)
}

// exchange carries the post until nothing waits, so that there are numbers in hand again.
func (s *stall) exchange(ctx context.Context) error {
	s.saved = 0
	for range 5 {
		if _, err := s.desk.Beat(ctx, true); err != nil {
			return err
		}
		if err := s.carry(ctx); err != nil {
			return err
		}
		if _, err := s.desk.Beat(ctx, false); err != nil {
			return err
		}
		stock, err := s.desk.Issuing.Remaining(ctx)
		if err != nil {
			return err
		}
		if stock.Members >= 2*mostSaved && stock.Serials >= mostSaved {
			return nil
		}
	}
	return nil
}

// carry goes to head office and, when it has published what changed, once more.
func (s *stall) carry(ctx context.Context) error {
	agent := carrier.Agent{Dir: s.desk.Dir}
	if err := agent.Once(ctx); err != nil {
		return err
	}
	if err := s.centre.Office.Publish(ctx); err != nil {
		return err
	}
	return agent.Once(ctx)
}

// mostSaved is how many people are registered before the post goes again.
const mostSaved = 50

// draft is the next person, typed and kept as a draft. The post goes in between, as in a branch.
func (s *stall) draft(ctx context.Context) (counter.Draft, error) {
	if s.saved++; s.saved > mostSaved {
		if err := s.exchange(ctx); err != nil {
			return counter.Draft{}, err
		}
	}
	d := counter.NewDraft(app.SourceWalkIn)
	d.Form = people.Form(s.crowd.WalkIn())
	return d, s.desk.Counter.SaveDraft(ctx, s.session.Operator, d)
}

func (s *stall) close(ctx context.Context) error {
	if s == nil {
		return nil
	}
	var err error
	if s.desk != nil {
		err = s.desk.Close(ctx)
	}
	ctx, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	return errors.Join(err, s.centre.Stop(ctx))
}
