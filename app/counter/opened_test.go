package counter

import (
	"context"
	"slices"
	"testing"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/scheme"
)

// hand is a clock that tests move.
type hand struct{ at time.Time }

func (h *hand) Now() time.Time { return h.at }

// bare keeps openings and nothing else.
type bare struct {
	Store
	noted []string
	late  []int64
	err   error
}

func (b *bare) NoteOpened(_ context.Context, by app.Author, id app.EntryID, body journal.OpenedBody) error {
	if b.err == nil {
		b.noted = append(b.noted, by.Operator+" "+id.String()+" "+body.Where)
		b.late = append(b.late, body.At)
	}
	return b.err
}

func (b *bare) Registration(_ context.Context, id app.EntryID) (app.Registration, error) {
	return app.Registration{ID: id, Operator: "dewi", CapturedAt: time.Unix(1_800_000_000, 0)}, nil
}
func (b *bare) History(context.Context, app.EntryID) ([]journal.Entry, error) { return nil, nil }
func (b *bare) CardsOf(context.Context, app.EntryID) ([]app.Card, error)      { return nil, nil }

// peek is a counter whose operator and clock the test moves.
type peek struct {
	*Counter
	*bare
	*hand
	by app.Operator
}

func newPeek(at time.Time) *peek {
	p := &peek{bare: &bare{}, hand: &hand{at}, by: app.Operator{ID: "budi", Role: app.RoleOfficer}}
	p.Counter = New(p.bare, func() Rules { return Rules{Scheme: scheme.Embedded()} }, p.hand, func() app.Operator { return p.by })
	return p
}

func (p *peek) open(t *testing.T, seq uint64) error {
	t.Helper()
	_, err := p.Participant(t.Context(), app.EntryID{Chain: app.Chain{Kiosk: 417, Incarnation: 1}, Seq: seq})
	return err
}

func TestOpeningAPersonIsWrittenDown(t *testing.T) {
	p := newPeek(time.Unix(1_800_000_000, 0).Add(5 * time.Minute))
	look := func(seq uint64) {
		if err := p.open(t, seq); err != nil {
			t.Fatal(err)
		}
	}
	look(7)
	look(7) // back and forth is one look
	look(8)
	p.by.ID = "dewi"
	look(7) // who registered the person a moment ago
	p.at = p.at.Add(openedAgain)
	look(7)
	p.by.ID = "budi"
	look(7)
	p.at = p.at.Add(-time.Hour) // a clock set back hides nothing
	look(7)
	want := []string{"budi 00417-01-000007 page", "budi 00417-01-000008 page", "dewi 00417-01-000007 page", "budi 00417-01-000007 page", "budi 00417-01-000007 page"}
	if !slices.Equal(p.noted, want) {
		t.Errorf("%q", p.noted)
	}
}

// A full disk keeps nobody from reading, and what it did not take is written when it takes something.
func TestAFullDiskOwesTheOpenings(t *testing.T) {
	p := newPeek(time.Unix(1_900_000_000, 0))
	p.err = app.Fail(app.StorageFull)
	for seq := range uint64(3) {
		if err := p.open(t, seq+1); err != nil {
			t.Fatal(err)
		}
	}
	p.err = nil
	at := p.at
	p.at = p.at.Add(time.Minute)
	if err := p.open(t, 9); err != nil {
		t.Fatal(err)
	}
	ms := at.UnixMilli()
	if len(p.noted) != 4 || !slices.Equal(p.late, []int64{ms, ms, ms, 0}) {
		t.Errorf("%q %d", p.noted, p.late)
	}
}

func TestWhatCannotBeWrittenDownIsNotShown(t *testing.T) {
	p := newPeek(time.Unix(1_900_000_000, 0))
	p.err = app.Fail(app.StorageDamaged)
	if err := p.open(t, 1); app.CodeOf(err) != app.StorageDamaged {
		t.Error(err)
	}
	p.err = nil
	if err := p.open(t, 1); err != nil || len(p.noted) != 1 {
		t.Errorf("%q %v", p.noted, err)
	}
}
