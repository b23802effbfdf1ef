package years

import (
	"context"
	"log/slog"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/cmd/centre"
	"loket/app/office/books"
)

// headOffice is a real one on loopback, with the clock of the world.
type headOffice struct {
	*centre.Centre

	dir   string
	clock *clock
}

func openOffice(ctx context.Context, dir string, c *clock) (*headOffice, error) {
	head, err := centre.Start(ctx, centre.Options{
		Data: dir, Listen: "127.0.0.1:0", KioskListen: "127.0.0.1:0", Clock: c, Log: slog.New(slog.DiscardHandler),
	})
	return &headOffice{head, dir, c}, err
}

// week begins the cover of whom it accepted, and publishes.
func (h *headOffice) week(ctx context.Context) error {
	if _, err := h.Office.BeginCover(ctx, nil, books.Today(h.clock.Now()), "admin"); err != nil {
		return err
	}
	return h.Office.Publish(ctx)
}

func (h *headOffice) stop(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	return h.Stop(ctx)
}

// public is what a phone fetches: the lists in force, proven by the pinned roots.
type public struct {
	trust    *card.TrustList
	statuses map[uint32]*card.StatusList
}

func (h *headOffice) public(ctx context.Context) (*public, error) {
	raw, err := h.Office.File(ctx, books.ListName{Kind: books.TrustList})
	if err != nil {
		return nil, err
	}
	trust, err := card.ParseTrust(raw, h.Keys.Roots())
	if err != nil {
		return nil, err
	}
	p := &public{trust, map[uint32]*card.StatusList{}}
	lists, err := h.Store.Lists(ctx)
	if err != nil {
		return nil, err
	}
	for _, l := range lists {
		if l.Name.Kind != books.StatusList {
			continue
		}
		if raw, err = h.Office.File(ctx, l.Name); err != nil {
			return nil, err
		}
		if p.statuses[l.Name.Shard], err = card.ParseStatus(raw, h.Keys.Roots()); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// Marked finds the marks of a serial's shard.
func (p *public) Marked(serial app.Serial, mark [8]byte, since time.Time) (marked, known bool) {
	return p.statuses[card.ShardOf(serial)].Marked(serial, mark, since)
}

// StatusOf finds the shard of a serial.
func (p *public) StatusOf(serial app.Serial, at time.Time) card.Status {
	if l := p.statuses[uint32(serial)/card.ShardSize]; l != nil {
		return l.StatusOf(serial, at)
	}
	return card.Unknown
}

// verify judges a card as a phone does.
func (p *public) verify(credential []byte, at time.Time) card.Verdict {
	return card.Verify(&card.Scanned{COSE: credential}, p.trust, p, at)
}
