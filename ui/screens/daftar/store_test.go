package daftar

import (
	"cmp"
	"context"
	"crypto/sha256"
	"iter"
	"slices"
	"sync"
	"time"

	"loket/app"
	"loket/app/counter"
	"loket/app/journal"
)

// memory is a kiosk's database that forgets at the end of a test.
type memory struct {
	mu     sync.Mutex
	drafts map[string][]byte
	people []app.Registration
	blobs  map[[32]byte][]byte
	with   map[uint32]uint32 // of whom each is paid with
	ticket int               // last number of the queue
	full   error             // what every write of a draft answers
	near   []string          // regencies of the branch
}

func newMemory() *memory {
	return &memory{drafts: map[string][]byte{}, blobs: map[[32]byte][]byte{}, with: map[uint32]uint32{}, near: []string{"64.71", "64.08"}}
}

func (m *memory) SaveDraft(_ context.Context, id string, body []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.full != nil {
		return m.full
	}
	m.drafts[id] = slices.Clone(body)
	return nil
}

func (m *memory) Drafts(context.Context) (all [][]byte, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, b := range m.drafts {
		all = append(all, b)
	}
	return all, nil
}

func (m *memory) DeleteDraft(_ context.Context, id string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.drafts, id)
	return nil
}

func (m *memory) Capture(_ context.Context, by app.Author, draft string, record app.Record, body journal.RegistrationBody, _ map[app.EntryID]string) (app.Registration, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	chain := app.Chain{Kiosk: 417, Incarnation: 1}
	n := len(m.people) + 1
	r := app.Registration{
		ID: app.EntryID{Chain: chain, Seq: uint64(n)}, Number: app.ProvisionalNumber{Chain: chain, Counter: uint32(n)},
		State: app.Captured, Reason: app.Code(body.Review), CapturedAt: now, Operator: by.Operator, Record: record,
	}
	if r.Reason != "" {
		r.State = app.NeedsReview
	}
	m.people = append(m.people, r)
	m.with[uint32(n)] = body.Group
	delete(m.drafts, draft)
	return r, nil
}

func (m *memory) Registration(_ context.Context, id app.EntryID) (app.Registration, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.people {
		if r.ID == id {
			return r, nil
		}
	}
	return app.Registration{}, app.Fail(app.NotFound)
}

func (m *memory) Registrations(context.Context) iter.Seq2[app.Registration, error] {
	return func(yield func(app.Registration, error) bool) {
		for _, r := range m.people {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func (m *memory) History(context.Context, app.EntryID) ([]journal.Entry, error) { return nil, nil }
func (m *memory) NoteOpened(context.Context, app.Author, app.EntryID, journal.OpenedBody) error {
	return nil
}
func (m *memory) CardsOf(context.Context, app.EntryID) ([]app.Card, error) { return nil, nil }
func (m *memory) Counts(context.Context, time.Time, time.Time) (map[string]int, error) {
	return nil, nil
}

func (m *memory) Refer(_ context.Context, _ app.Author, r app.Referral) (app.Referral, error) {
	r.ID = app.EntryID{Chain: app.Chain{Kiosk: 417, Incarnation: 1}, Seq: 346}
	return r, nil
}

func (m *memory) AddLead(_ context.Context, _ app.Author, l app.EmployerLead) (app.EmployerLead, error) {
	l.ID = app.EntryID{Chain: app.Chain{Kiosk: 417, Incarnation: 1}, Seq: 345}
	return l, nil
}

func (m *memory) Leads(context.Context, int) ([]app.EmployerLead, error) { return nil, nil }

func (m *memory) PutBlob(_ context.Context, kind string, plain []byte) (app.Evidence, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := app.Evidence{Kind: kind, Hash: sha256.Sum256(plain), Size: int64(len(plain))}
	m.blobs[e.Hash] = plain
	return e, nil
}

func (m *memory) Blob(_ context.Context, hash [32]byte) ([]byte, error) { return m.blobs[hash], nil }

func (m *memory) Together(_ context.Context, counter uint32) (all []app.Registration, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	first := cmp.Or(m.with[counter], counter)
	for _, r := range m.people {
		if n := r.Number.Counter; n == first || m.with[n] == first {
			all = append(all, r)
		}
	}
	return all, nil
}

func (m *memory) NextTicket(ctx context.Context, _, draft string, body func(int) ([]byte, error)) (int, error) {
	m.ticket++
	b, err := body(m.ticket)
	if err != nil {
		return 0, err
	}
	return m.ticket, m.SaveDraft(ctx, draft, b)
}

func (m *memory) count() (drafts, people int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.drafts), len(m.people)
}

var _ counter.Store = (*memory)(nil)
