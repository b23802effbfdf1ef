package office

import (
	"fmt"

	"loket/app"
	"loket/app/office/books"
)

// settle decides registrations: whose NIK is free is accepted and gets a number for life; whose NIK
// another registration holds is a duplicate. Where that one is another payer's for the same months,
// both payers are shown it.
func (t *tx) settle(all []*reg) error {
	holders, err := t.claim(all)
	if err != nil {
		return err
	}
	if err := t.holders(all, holders); err != nil {
		return err
	}
	var winners, losers []*reg
	for _, r := range all {
		if h := holders[string(r.nik)]; h == nil || h.id == r.id {
			winners = append(winners, r)
		} else {
			losers = append(losers, r)
		}
	}
	if err := t.allot(winners); err != nil {
		return err
	}
	overlaps := rowsFor(intoOverlaps, "ON CONFLICT (kiosk, incarnation, seq, other_kiosk, other_incarnation, other_seq) DO NOTHING")
	for _, r := range losers {
		if err := t.double(r, holders[string(r.nik)], overlaps); err != nil {
			return err
		}
	}
	return t.insertMust(overlaps)
}

const intoOverlaps = "paid_twice (kiosk, incarnation, seq, other_kiosk, other_incarnation, other_seq, scope, other_scope, first_month, last_month)"

// claim makes each registration the one of its NIK if no other is; it returns those that are.
func (t *tx) claim(all []*reg) (map[string]*reg, error) {
	claims := rowsFor("nik_claims (nik_index, kiosk, incarnation, seq)", "ON CONFLICT (nik_index) DO NOTHING RETURNING kiosk, incarnation, seq")
	byID := make(map[app.EntryID]*reg, len(all))
	for _, r := range all {
		claims.add(r.nik, r.id.Kiosk, r.id.Incarnation, r.id.Seq)
		byID[r.id] = r
	}
	holders := make(map[string]*reg, len(all))
	err := t.insertReturning(claims, func(scan func(...any) error) error {
		var id app.EntryID
		err := scan(&id.Kiosk, &id.Incarnation, &id.Seq)
		if r := byID[id]; r != nil {
			holders[string(r.nik)] = r
		}
		return err
	})
	return holders, err
}

// holders looks up who holds the NIKs that are not this run's own.
func (t *tx) holders(all []*reg, holders map[string]*reg) error {
	var keys [][]byte
	asked := map[string]bool{}
	for _, r := range all {
		if nik := string(r.nik); holders[nik] == nil && !asked[nik] {
			keys, asked[nik] = append(keys, r.nik), true
		}
	}
	return t.asked(`SELECT c.kiosk, c.incarnation, c.seq, `+regColumns+` FROM nik_claims c
		JOIN registrations r ON r.kiosk = c.kiosk AND r.incarnation = c.incarnation AND r.seq = c.seq WHERE c.nik_index`, keys,
		func(scan func(...any) error) error {
			var h reg
			err := h.scanned(scan, &h.id.Kiosk, &h.id.Incarnation, &h.id.Seq)
			holders[string(h.nik)] = &h
			return err
		})
}

// double decides that a registration is of a person who is registered already.
func (t *tx) double(r, holder *reg, overlaps *rows) error {
	r.state, r.reason, r.member = app.Duplicate, app.OfficeNIKTaken, holder.member
	if r.scope == holder.scope {
		return nil
	}
	from, to, err := t.bothPay(r, holder)
	if err != nil || from > to {
		return err
	}
	r.reason = app.OfficeOtherPayer
	overlaps.add(r.id.Kiosk, r.id.Incarnation, r.id.Seq, holder.id.Kiosk, holder.id.Incarnation, holder.id.Seq, r.scope[:], holder.scope[:], from, to)
	return nil
}

// bothPay are the months that two registrations pay; from lies behind to where there are none.
func (t *tx) bothPay(r, holder *reg) (from, to uint32, err error) {
	if holder.from == 0 { // entered by an earlier version, which did not keep the months
		part, err := t.partOf(holder.id)
		if err != nil {
			return 0, 0, err
		}
		record, err := part.Record()
		if err != nil {
			return 0, 0, err
		}
		holder.from, holder.to = paysFor(record.Plan)
	}
	if r.from == 0 || holder.from == 0 {
		return 1, 0, nil
	}
	return max(r.from, holder.from), min(r.to, holder.to), nil
}

// allot accepts registrations and gives each person a number for life: the one from the kiosk's
// lease if nobody has it yet.
func (t *tx) allot(winners []*reg) error {
	var leased []*reg
	for _, r := range winners {
		r.state, r.reason, r.member = app.Accepted, "", r.wanted
		if r.wanted != "" {
			leased = append(leased, r)
		}
	}
	if err := t.claimMembers(leased); err != nil {
		return err
	}
	for rest := unnumbered(winners); len(rest) > 0; rest = unnumbered(rest) {
		first, err := t.count(books.MemberNumbers, int64(t.policy.FirstMember), len(rest))
		if err != nil {
			return err
		}
		for i, r := range rest {
			r.member = app.MemberNumber(fmt.Sprintf("%011d", first+int64(i)))
		}
		if err := t.claimMembers(rest); err != nil {
			return err
		}
	}
	return nil
}

func unnumbered(all []*reg) (rest []*reg) {
	for _, r := range all {
		if r.member == "" {
			rest = append(rest, r)
		}
	}
	return rest
}

// claimMembers makes numbers belong to their registrations, and takes from a registration the
// number that another has. The own one, from before a registration was in doubt, stays.
func (t *tx) claimMembers(all []*reg) error {
	claims := rowsFor("member_claims (member, kiosk, incarnation, seq)", "ON CONFLICT (member) DO NOTHING RETURNING kiosk, incarnation, seq")
	for _, r := range all {
		claims.add(string(r.member), r.id.Kiosk, r.id.Incarnation, r.id.Seq)
	}
	got := make(map[app.EntryID]bool, len(all))
	err := t.insertReturning(claims, func(scan func(...any) error) error {
		var id app.EntryID
		err := scan(&id.Kiosk, &id.Incarnation, &id.Seq)
		got[id] = true
		return err
	})
	for _, r := range all {
		if err == nil && !got[r.id] {
			err = t.keepOwn(r)
		}
	}
	return err
}

// keepOwn leaves a registration the number that was its own before it was in doubt, and no other's.
func (t *tx) keepOwn(r *reg) error {
	var own int
	_, err := t.get("SELECT count(*) FROM member_claims WHERE member = $1 AND kiosk = $2 AND incarnation = $3 AND seq = $4",
		[]any{string(r.member), r.id.Kiosk, r.id.Incarnation, r.id.Seq}, &own)
	if own == 0 {
		r.member = ""
	}
	return err
}
