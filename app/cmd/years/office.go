package years

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/cmd/centre"
	"loket/app/office/books"
)

// headOffice is a real one on loopback, with the clock of the world.
type headOffice struct {
	*centre.Centre

	options centre.Options
	saved   string // the newest backup
}

func openOffice(ctx context.Context, dir string, c *clock) (*headOffice, error) {
	h := &headOffice{options: centre.Options{
		Data: dir, Listen: "127.0.0.1:0", KioskListen: "127.0.0.1:0", Clock: c, Log: slog.New(slog.DiscardHandler),
	}}
	return h, h.start(ctx)
}

// start opens it; from the second time on where kiosks know it.
func (h *headOffice) start(ctx context.Context) (err error) {
	if h.Centre, err = centre.Start(ctx, h.options); err == nil {
		h.options.KioskListen = strings.TrimPrefix(h.KioskAddress, "https://")
	}
	return err
}

// backup copies the books while it works.
func (h *headOffice) backup(ctx context.Context) error {
	h.saved = fmt.Sprintf("%s-backup-%d", h.options.Data, h.options.Clock.Now().Unix())
	_, err := centre.Backup(ctx, h.options, h.saved, false)
	return err
}

// restoreOffice brings head office back from a backup that is weeks old. Every kiosk sends again what it
// lacks, without anybody's doing.
func (w *world) restoreOffice(ctx context.Context) error {
	h := w.centre
	if err := h.stop(ctx); err != nil {
		return err
	}
	if _, err := centre.Restore(ctx, h.options, h.saved, 0); err != nil {
		return err
	}
	w.report.Restores++
	if err := h.start(ctx); err != nil {
		return err
	}
	for range 3 {
		for _, k := range w.kiosks {
			if err := k.atDesk(ctx, func() error { return nil }); err != nil {
				return fmt.Errorf("after head office was restored: %w", err)
			}
		}
	}
	return h.week(ctx)
}

// rotate makes the successor the root.
func (h *headOffice) rotate(context.Context) error { return h.Keys.Rotate(h.options.Clock.Now()) }

// compromised is an office key in wrong hands: the root makes it void.
func (h *headOffice) compromised(context.Context) error {
	_, err := h.Keys.SignAhead(14, true, h.options.Clock.Now())
	return err
}

// week begins the cover of whom it accepted, and publishes.
func (h *headOffice) week(ctx context.Context) error {
	if _, err := h.Office.BeginCover(ctx, nil, books.Today(h.options.Clock.Now()), "admin"); err != nil {
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
	if l := p.statuses[card.ShardOf(serial)]; l != nil {
		return l.StatusOf(serial, at)
	}
	return card.Unknown
}

// verify judges a card as a phone does.
func (p *public) verify(credential []byte, at time.Time) card.Verdict {
	return card.Verify(&card.Scanned{COSE: credential}, p.trust, p, at)
}
