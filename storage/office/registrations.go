package office

import (
	"encoding/binary"

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
	member app.MemberNumber
	wanted app.MemberNumber // from the kiosk's lease
	cover  app.Cover
	nik    []byte // blind index
}

func (t *tx) regOf(id app.EntryID) (reg, bool, error) {
	r := reg{id: id}
	var scope []byte
	found, err := t.get("SELECT scope, state, member, wanted, cover, nik_index FROM registrations WHERE kiosk = $1 AND incarnation = $2 AND seq = $3",
		[]any{id.Kiosk, id.Incarnation, id.Seq}, &scope, &r.state, &r.member, &r.wanted, &r.cover, &r.nik)
	copy(r.scope[:], scope)
	return r, found, err
}

// capture enters a registration and decides it, unless the kiosk flagged it for a review.
func (t *tx) capture(e journal.Entry) error {
	var b journal.RegistrationBody
	if err := e.Into(&b); err != nil {
		return err
	}
	part, err := t.partOf(e.ID())
	if err != nil {
		return err
	}
	record, err := part.Record()
	if err != nil {
		return err
	}
	wanted, err := t.leased(e, app.MemberNumber(b.Member))
	if err != nil {
		return err
	}
	state := app.Captured
	if b.Review != "" {
		state = app.NeedsReview
	}
	if err := t.must(`INSERT INTO registrations (kiosk, incarnation, seq, counter, scope, operator, captured_at, state, reason, wanted, member, cover, cover_from, decided_at, nik_index)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '', '', 0, $11)`,
		e.Kiosk, e.Incarnation, e.Seq, b.Counter, e.Scope[:], e.Operator, e.At, string(state), b.Review, string(wanted), t.clerk.Index("nik", record.Person.NIK)); err != nil {
		return err
	}
	if err := t.indexPerson(e.ID(), record.Person); err != nil {
		return err
	}
	for _, f := range record.Evidence {
		if err := t.nameAttachment(e.ID(), f.Hash[:], f.Size); err != nil {
			return err
		}
	}
	if state == app.NeedsReview {
		return nil
	}
	return t.decide(e.ID())
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
	plain, err := t.clerk.Show(partPlace(id), hidden)
	if err != nil || len(plain) < 16 {
		return journal.Part{}, app.Wrap("office.part", app.OfficeKeysBroken, err)
	}
	return journal.Part{Salt: [16]byte(plain), Body: plain[16:]}, nil
}

// leased passes a number that the kiosk took from its own lease. Any other is set aside: the person
// gets a new one.
func (t *tx) leased(e journal.Entry, member app.MemberNumber) (app.MemberNumber, error) {
	if member == "" {
		return "", nil
	}
	ok, err := t.useMember(e.ID().Chain, member)
	if err != nil || ok {
		return member, err
	}
	return "", t.quarantine(e.ID(), app.OfficeMemberNotLeased)
}

// decide claims the NIK for the registration: free means accepted, taken means duplicate.
func (t *tx) decide(id app.EntryID) error {
	r, found, err := t.regOf(id)
	if err != nil || !found || r.state == app.Accepted || r.state == app.Withdrawn {
		return err
	}
	other, err := t.claim(r)
	if err != nil {
		return err
	}
	if other != id {
		o, _, err := t.regOf(other)
		if err != nil {
			return err
		}
		return t.rule(r, app.Duplicate, o.member, app.OfficeNIKTaken, "")
	}
	return t.accept(r, "")
}

// claim makes a registration the one of its NIK if no other is; it returns the one that is.
func (t *tx) claim(r reg) (app.EntryID, error) {
	n, err := t.do("INSERT INTO nik_claims (nik_index, kiosk, incarnation, seq) VALUES ($1, $2, $3, $4) ON CONFLICT (nik_index) DO NOTHING",
		r.nik, r.id.Kiosk, r.id.Incarnation, r.id.Seq)
	if err != nil || n == 1 {
		return r.id, err
	}
	var other app.EntryID
	_, err = t.get("SELECT kiosk, incarnation, seq FROM nik_claims WHERE nik_index = $1", []any{r.nik}, &other.Kiosk, &other.Incarnation, &other.Seq)
	return other, err
}

func (t *tx) accept(r reg, by string) error {
	member, err := t.allot(r)
	if err != nil {
		return err
	}
	return t.rule(r, app.Accepted, member, "", by)
}

// allot gives the person a number for life: the one from the kiosk's lease if nobody has it yet.
func (t *tx) allot(r reg) (app.MemberNumber, error) {
	if r.wanted != "" {
		if free, err := t.claimMember(r, r.wanted); err != nil || free {
			return r.wanted, err
		}
	}
	for {
		member, err := t.newMember()
		if err != nil {
			return "", err
		}
		if free, err := t.claimMember(r, member); err != nil || free {
			return member, err
		}
	}
}

func (t *tx) claimMember(r reg, member app.MemberNumber) (bool, error) {
	n, err := t.do("INSERT INTO member_claims (member, kiosk, incarnation, seq) VALUES ($1, $2, $3, $4) ON CONFLICT (member) DO NOTHING",
		string(member), r.id.Kiosk, r.id.Incarnation, r.id.Seq)
	return n == 1, err
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
	d.Kiosk, d.Incarnation, d.Seq, d.At = r.id.Kiosk, r.id.Incarnation, r.id.Seq, ms(t.at)
	subject, err := cose.Marshal([]any{d.Kiosk, d.Incarnation, d.Seq})
	if err != nil {
		return err
	}
	if err := t.record(journal.RegistrationDecided, by, r.scope, subject, d); err != nil {
		return err
	}
	if err := t.tell(r.id.Chain, sealed.FrameDecision, d); err != nil {
		return err
	}
	return t.refreshCards(r.id)
}

// reviewed decides what waited for a supervisor. The entry's subject names the registration's seq.
func (t *tx) reviewed(e journal.Entry) error {
	id, ok := subjectOf(e)
	r, found, err := t.regOf(id)
	if err != nil || !ok || !found || r.state != app.NeedsReview {
		return err
	}
	return t.decide(id)
}

// withdrawn takes a registration back; its cards are void, its number stays with the person.
func (t *tx) withdrawn(e journal.Entry) error {
	id, ok := subjectOf(e)
	if !ok {
		return t.quarantine(e.ID(), app.OfficeNoRegistration)
	}
	if err := t.must("UPDATE registrations SET state = $4 WHERE kiosk = $1 AND incarnation = $2 AND seq = $3", id.Kiosk, id.Incarnation, id.Seq, string(app.Withdrawn)); err != nil {
		return err
	}
	return t.refreshCards(id)
}

// subjectOf reads the seq of an entry on the same chain: eight bytes, the highest first.
func subjectOf(e journal.Entry) (app.EntryID, bool) {
	if len(e.Subject) != 8 {
		return app.EntryID{}, false
	}
	return app.EntryID{Chain: e.ID().Chain, Seq: binary.BigEndian.Uint64(e.Subject)}, true
}
