package office

import (
	"encoding/binary"
	"slices"

	"loket/app"
	"loket/app/cose"
	"loket/app/journal"
	"loket/app/sealed"
)

// reg is what the books say of a registration while it is decided.
type reg struct {
	id     app.EntryID
	scope  app.Scope
	state  app.RegistrationState
	reason app.Code
	member app.MemberNumber // its own, or of a duplicate the one of who holds the NIK
	wanted app.MemberNumber // from the kiosk's lease
	cover  app.Cover
	nik    []byte // blind index
	from   uint32 // months that its payer pays: 202612
	to     uint32
}

const regColumns = "r.scope, r.state, r.member, r.wanted, r.cover, r.nik_index, r.pays_from, r.pays_to"

// scanned reads regColumns.
func (r *reg) scanned(scan func(...any) error, more ...any) error {
	var scope []byte
	err := scan(append(more, &scope, &r.state, &r.member, &r.wanted, &r.cover, &r.nik, &r.from, &r.to)...)
	copy(r.scope[:], scope)
	return err
}

func (t *tx) regOf(id app.EntryID) (r reg, found bool, err error) {
	err = t.each("SELECT "+regColumns+" FROM registrations r WHERE kiosk = $1 AND incarnation = $2 AND seq = $3",
		[]any{id.Kiosk, id.Incarnation, id.Seq}, func(scan func(...any) error) error {
			r.id, found = id, true
			return r.scanned(scan)
		})
	return r, found, err
}

// partOf reads the personal part of a registration.
func (t *tx) partOf(id app.EntryID) (journal.RecordPart, error) {
	var p journal.RecordPart
	part, err := t.part(id)
	if err != nil {
		return p, err
	}
	return p, part.Into(&p)
}

// part shows a personal part again.
func (t *tx) part(id app.EntryID) (journal.Part, error) {
	var hidden []byte
	found, err := t.get("SELECT hidden FROM parts WHERE kiosk = $1 AND incarnation = $2 AND seq = $3", []any{id.Kiosk, id.Incarnation, id.Seq}, &hidden)
	if err != nil {
		return journal.Part{}, err
	}
	if !found {
		return journal.Part{}, app.Fail(app.OfficePartMissing)
	}
	return t.shown(id, hidden)
}

func (t *tx) shown(id app.EntryID, hidden []byte) (journal.Part, error) {
	plain, err := t.clerk.Show(partPlace(id), hidden)
	if err != nil || len(plain) < 16 {
		return journal.Part{}, app.Wrap("office.part", app.OfficeKeysBroken, err)
	}
	return journal.Part{Salt: [16]byte(plain), Body: plain[16:]}, nil
}

// leased passes the numbers that the kiosk took from its own leases. Any other is set aside: the person
// gets a new one.
func (t *tx) leased(all []arrival) error {
	var wanted []app.MemberNumber
	for _, a := range all {
		if a.body.Member != "" {
			wanted = append(wanted, app.MemberNumber(a.body.Member))
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	lent, err := t.useMembers(all[0].id.Chain, wanted)
	if err != nil {
		return err
	}
	for i := range all {
		a := &all[i]
		member := app.MemberNumber(a.body.Member)
		if lent[member] {
			a.wanted = member
		} else if member != "" {
			if err := t.quarantine(a.id, app.OfficeMemberNotLeased); err != nil {
				return err
			}
		}
	}
	return nil
}

// decide claims the NIK for the registration: free means accepted, taken means duplicate.
func (t *tx) decide(id app.EntryID) error {
	r, found, err := t.regOf(id)
	if err != nil || !found || r.state == app.Accepted || r.state == app.Withdrawn {
		return err
	}
	if err := t.settle([]*reg{&r}); err != nil {
		return err
	}
	return t.rule(r, r.state, r.member, r.reason, "")
}

func (t *tx) accept(r reg, by string) error {
	if err := t.allot([]*reg{&r}); err != nil {
		return err
	}
	return t.rule(r, app.Accepted, r.member, "", by)
}

var outcomes = map[app.RegistrationState]journal.Outcome{
	app.Accepted: journal.OutcomeAccepted, app.Duplicate: journal.OutcomeDuplicate, app.Rejected: journal.OutcomeRejected,
}

// rule writes a decision: into the table, the own journal, the kiosk's feed and the status list.
// Of a duplicate, member is the number of the one that holds the NIK.
func (t *tx) rule(r reg, state app.RegistrationState, member app.MemberNumber, reason app.Code, by string) error {
	own := member
	if state != app.Accepted {
		own = ""
	}
	if err := t.must("UPDATE registrations SET state = $4, member = $5, reason = $6, decided_at = $7 WHERE kiosk = $1 AND incarnation = $2 AND seq = $3",
		r.id.Kiosk, r.id.Incarnation, r.id.Seq, string(state), string(own), string(reason), ms(t.at)); err != nil {
		return err
	}
	return t.announce(r, journal.DecisionBody{Outcome: outcomes[state], Member: string(member), Reason: string(reason)}, by)
}

func (t *tx) announce(r reg, d journal.DecisionBody, by string) error {
	if err := t.note(r, d, by); err != nil {
		return err
	}
	return t.refreshCards(r.id)
}

// note writes a decision into the own journal and for the kiosk's feed.
func (t *tx) note(r reg, d journal.DecisionBody, by string) error {
	d.Kiosk, d.Incarnation, d.Seq, d.At = r.id.Kiosk, r.id.Incarnation, r.id.Seq, ms(t.at)
	subject, err := cose.Marshal([]any{d.Kiosk, d.Incarnation, d.Seq})
	if err != nil {
		return err
	}
	if err := t.record(journal.RegistrationDecided, by, r.scope, subject, d); err != nil {
		return err
	}
	i := slices.IndexFunc(t.told, func(o telling) bool { return o.chain == r.id.Chain })
	if i < 0 {
		t.told, i = append(t.told, telling{chain: r.id.Chain}), len(t.told)
	}
	t.told[i].about = append(t.told[i].about, d)
	return nil
}

// tellDecisions puts what was decided into the feeds: one frame for one decision or for hundreds.
func (t *tx) tellDecisions() error {
	for _, o := range t.told {
		if len(o.about) == 1 {
			if err := t.tell(o.chain, sealed.FrameDecision, o.about[0]); err != nil {
				return err
			}
			continue
		}
		for some := range slices.Chunk(o.about, sealed.MaxDecisions) {
			if err := t.tell(o.chain, sealed.FrameDecisions, some); err != nil {
				return err
			}
		}
	}
	t.told = nil
	return nil
}

// subjectOf reads the seq of an entry on the same chain: eight bytes, the highest first.
func subjectOf(e journal.Entry) (app.EntryID, bool) {
	if len(e.Subject) != 8 || e.Subject[0] > 0x7f { // above what the books can number
		return app.EntryID{}, false
	}
	return app.EntryID{Chain: e.ID().Chain, Seq: binary.BigEndian.Uint64(e.Subject)}, true
}
