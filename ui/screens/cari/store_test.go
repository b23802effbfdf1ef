package cari

import (
	"context"
	"iter"
	"testing"
	"time"

	"loket/app"
	"loket/app/counter"
	"loket/app/journal"
)

var (
	chain = app.Chain{Kiosk: 417, Incarnation: 1}
	now   = time.Date(2026, 11, 20, 10, 43, 0, 0, time.FixedZone("WITA", 8*3600))
)

type fixed struct{}

func (fixed) Now() time.Time { return now }

// books are a kiosk's tables with a few people in them.
type books struct {
	people  []app.Registration
	history []journal.Entry
	cards   []app.Card
}

func (b books) Registration(_ context.Context, id app.EntryID) (app.Registration, error) {
	for _, r := range b.people {
		if r.ID == id {
			return r, nil
		}
	}
	return app.Registration{}, app.Fail(app.NotFound)
}

func (b books) Registrations(context.Context) iter.Seq2[app.Registration, error] {
	return func(yield func(app.Registration, error) bool) {
		for _, r := range b.people {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func (b books) History(context.Context, app.EntryID) ([]journal.Entry, error) { return b.history, nil }

func (b books) NoteOpened(context.Context, app.Author, app.EntryID, journal.OpenedBody) error {
	return nil
}

func (b books) CardsOf(_ context.Context, id app.EntryID) (cards []app.Card, err error) {
	for _, c := range b.cards {
		if c.Registration == id {
			cards = append(cards, c)
		}
	}
	return cards, nil
}

func (books) Capture(context.Context, app.Author, string, app.Record, journal.RegistrationBody, map[app.EntryID]string) (app.Registration, error) {
	return app.Registration{}, nil
}

func (books) Counts(context.Context, time.Time, time.Time) (map[string]int, error) { return nil, nil }
func (books) SaveDraft(context.Context, string, []byte) error                      { return nil }
func (books) Drafts(context.Context) ([][]byte, error)                             { return nil, nil }
func (books) DeleteDraft(context.Context, string) error                            { return nil }
func (books) Blob(context.Context, [32]byte) ([]byte, error)                       { return nil, nil }

func (books) Together(context.Context, uint32) ([]app.Registration, error) { return nil, nil }
func (books) NextTicket(context.Context, string, string, func(int) ([]byte, error)) (int, error) {
	return 0, nil
}

func (books) Refer(_ context.Context, _ app.Author, r app.Referral) (app.Referral, error) {
	return r, nil
}

func (books) AddLead(_ context.Context, _ app.Author, l app.EmployerLead) (app.EmployerLead, error) {
	return l, nil
}

func (books) Leads(context.Context, int) ([]app.EmployerLead, error) { return nil, nil }

func (books) PutBlob(context.Context, string, []byte) (app.Evidence, error) {
	return app.Evidence{}, nil
}

var _ counter.Store = books{}

// person is an invented participant.
func person(n int, name, nik string, state app.RegistrationState) app.Registration {
	owner := false
	return app.Registration{
		ID: app.EntryID{Chain: chain, Seq: uint64(n)}, Number: app.ProvisionalNumber{Chain: chain, Counter: uint32(n)},
		State: state, CapturedAt: now.Add(-time.Duration(n) * time.Hour), Operator: "aaaa",
		Record: app.Record{
			Person:  app.Person{NIK: nik, Name: name, BirthPlace: "Balikpapan", BirthDate: app.Date{Year: 1990, Month: 10, Day: 5}, Sex: app.Female, MotherName: "HALIMAH"},
			Address: app.Address{Street: "Jl. Mulawarman No. 12", RT: "014", RW: "003", Village: "64.71.01.1001"},
			Reach:   app.Reach{Phone: "+6281255667788"},
			Work:    app.Work{Occupation: "trader", Income: 1000000, BusinessOwner: &owner},
			Plan:    app.Plan{Programmes: app.WorkAccident | app.Death, FirstMonth: app.Month{Year: 2026, Month: 12}, Months: 3, Payer: app.PayerSelf},
			Family:  app.FamilyContact{Name: "ABDUL RAHMAN", Phone: "+6281355667788"},
		},
	}
}

func entry(t *testing.T, seq uint64, at time.Time, kind journal.Kind, body any) journal.Entry {
	t.Helper()
	raw, err := journal.Body(body)
	if err != nil {
		t.Fatal(err)
	}
	return journal.Entry{V: journal.Version, Kiosk: chain.Kiosk, Incarnation: chain.Incarnation, Seq: seq, At: at.UnixMilli(), Kind: kind, Body: raw, Operator: "aaaa"}
}

// filled are three people, of whom the first has a card that was checked.
func filled(t *testing.T) books {
	t.Helper()
	first := person(1, "SITI AMINAH BINTI ABDUL RAHMAN", "6471014510900003", app.Accepted)
	first.Member, first.Cover, first.CoverFrom = "26133068531", app.CoverBegun, app.Date{Year: 2026, Month: 12, Day: 1}
	return books{
		people: []app.Registration{
			first, person(2, "YOHANES NGAU AJANG", "6408010510900001", app.Captured),
			person(3, "SITI KUSUMADIPUTRA NOTOHADININGRAT WAHYUNINGRAT BINTI SULAIMAN", "6471014510900009", app.NeedsReview),
		},
		history: []journal.Entry{
			entry(t, 1, now.Add(-3*time.Hour), journal.RegistrationCaptured, journal.RegistrationBody{Counter: 1}),
			entry(t, 5, now.Add(-2*time.Hour), journal.CardQueued, journal.CardBody{Serial: 98412, Registration: 1}),
			entry(t, 6, now.Add(-90*time.Minute), journal.CardSent, journal.CardMoveBody{Serial: 98412}),
			entry(t, 7, now.Add(-80*time.Minute), journal.CardConfirmed, journal.CardMoveBody{Serial: 98412, How: "scan"}),
		},
		cards: []app.Card{{Serial: 98412, Member: first.Member, Registration: first.ID, Generation: 1, State: app.CardConfirmed, IssuedAt: now.Add(-2 * time.Hour), ChangedAt: now.Add(-80 * time.Minute)}},
	}
}
