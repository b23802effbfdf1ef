package office

import (
	"time"

	"loket/app"
	"loket/app/journal"
)

// arrival is a registration that came in and is entered.
type arrival struct {
	reg
	entry journal.Entry
	body  journal.RegistrationBody
	person
	village []byte // blind index
}

// capture enters neighbouring registrations of one scope and decides those that the kiosk did not
// flag for a review. Walk-ins come one by one, lists in hundreds; the way is the same.
func (t *tx) capture(run []journal.Entry) error {
	ok, err := t.mayRegister(run)
	if err != nil || !ok {
		return err
	}
	all, err := t.arrivals(run)
	if err != nil {
		return err
	}
	var decided []*reg
	for i := range all {
		if all[i].state == app.Captured {
			decided = append(decided, &all[i].reg)
		}
	}
	if err := t.settle(decided); err != nil {
		return err
	}
	if err := t.enter(all); err != nil {
		return err
	}
	for _, r := range decided {
		d := journal.DecisionBody{Outcome: outcomes[r.state], Member: string(r.member), Reason: string(r.reason)}
		if err := t.note(*r, d, ""); err != nil {
			return err
		}
	}
	return nil
}

// mayRegister sets a run aside whose programme is not one of the kiosk's.
func (t *tx) mayRegister(run []journal.Entry) (bool, error) {
	scope := run[0].Scope
	if scope == app.ScopeSelfPayers {
		return true, nil
	}
	p, found, err := t.ownerOf(scope)
	if err != nil || found && p.Kiosk == run[0].Kiosk {
		return true, err
	}
	return false, t.setAside(run, app.OfficeNoProgramme)
}

// arrivals reads the bodies and the personal parts.
func (t *tx) arrivals(run []journal.Entry) ([]arrival, error) {
	people, err := t.peopleOf(run)
	if err != nil {
		return nil, err
	}
	all := make([]arrival, len(run))
	villages := map[string][]byte{}
	for i, e := range run {
		a := &all[i]
		a.entry, a.id, a.scope, a.state = e, e.ID(), e.Scope, app.Captured
		if err := e.Into(&a.body); err != nil {
			return nil, err
		}
		a.person = people[e.Seq]
		if a.body.Review != "" {
			a.state, a.reason = app.NeedsReview, app.Code(a.body.Review)
		}
		a.reg.nik = a.person.nik
		a.from, a.to = paysFor(a.record.Plan)
		village := a.record.Address.Village
		if villages[village] == nil {
			villages[village] = t.villageIndex(village)
		}
		a.village = villages[village]
	}
	return all, t.leased(all)
}

func (t *tx) villageIndex(code string) []byte { return t.clerk.Index("village", code) }

// paysFor is the first and last month that somebody pays, as the books write months.
func paysFor(p app.Plan) (from, to uint32) {
	if p.Months < 1 {
		return 0, 0
	}
	last := p.FirstMonth.Add(p.Months - 1)
	return monthNumber(p.FirstMonth), monthNumber(last)
}

func monthNumber(m app.Month) uint32 { return uint32(m.Year*100 + int(m.Month)) }

func monthOf(n uint32) app.Month { return app.Month{Year: int(n / 100), Month: time.Month(n % 100)} }

// peopleOf reads the personal parts of neighbouring registrations, by their seq: those of the batch that
// is just being taken in are at hand.
func (t *tx) peopleOf(run []journal.Entry) (map[uint64]person, error) {
	people := make(map[uint64]person, len(run))
	if t.fresh.of(run[0].ID()) != nil {
		for _, e := range run {
			people[e.Seq] = t.fresh.of(e.ID()).person
		}
		return people, nil
	}
	chain := run[0].ID().Chain
	ours := make(map[uint64]bool, len(run)) // between them may stand what was set aside
	for _, e := range run {
		ours[e.Seq] = true
	}
	err := t.each("SELECT seq, hidden FROM parts WHERE kiosk = $1 AND incarnation = $2 AND seq >= $3 AND seq <= $4",
		[]any{chain.Kiosk, chain.Incarnation, run[0].Seq, run[len(run)-1].Seq}, func(scan func(...any) error) error {
			id := app.EntryID{Chain: chain}
			var hidden []byte
			if err := scan(&id.Seq, &hidden); err != nil || !ours[id.Seq] {
				return err
			}
			part, err := t.shown(id, hidden)
			if err != nil {
				return err
			}
			people[id.Seq], err = personOf(t.clerk, part)
			return err
		})
	return people, err
}

const intoRegistrations = `registrations (kiosk, incarnation, seq, counter, scope, operator, captured_at, state, reason, wanted, member,
	cover, cover_from, decided_at, nik_index, village_index, pays_from, pays_to)`

// enter writes the registrations as they were decided, and names their pictures.
func (t *tx) enter(all []arrival) error {
	r := rowsFor(intoRegistrations, "")
	for _, a := range all {
		member, decided := a.member, ms(t.at)
		if a.state != app.Accepted {
			member = "" // of a duplicate it is the other's
		}
		if a.state == app.NeedsReview {
			decided = 0
		}
		r.add(a.id.Kiosk, a.id.Incarnation, a.id.Seq, a.body.Counter, a.scope[:], a.entry.Operator, a.entry.At, string(a.state), string(a.reason),
			string(a.wanted), string(member), "", "", decided, a.reg.nik, a.village, a.from, a.to)
	}
	if err := t.insertMust(r); err != nil {
		return err
	}
	if err := t.markDates(all); err != nil {
		return err
	}
	persons := rowsFor("person_index (kiosk, incarnation, seq, person)", "")
	for _, a := range all {
		persons.add(a.id.Kiosk, a.id.Incarnation, a.id.Seq, a.key)
	}
	return t.insertMust(persons)
}
