package office

import (
	"context"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/journal"
	"loket/app/office/books"
)

// issuer is what the books know of the issuing keys of one life.
type issuer struct {
	app.Chain
	branch, name  string
	key           []byte
	held          bool // changed too often: kept out of the list until a person lets it in
	since, until  int64
	closed, ended int64 // by a later life; by revocation or suspension
	former        []formerIssuing
}

// formerIssuing is an issuing key that a life had before.
type formerIssuing struct {
	through uint64
	key     []byte
	held    bool
	arrived int64 // when head office heard that it was replaced
}

// fillTrust writes down whose signatures on cards count. Each key is judged alone: what cannot stand in a
// list is left out and noted, and never keeps the list from being made.
func (t *tx) fillTrust(d *books.Draft) error {
	d.Branches = map[string]string{}
	issuers, err := t.issuers()
	if err != nil {
		return err
	}
	if err := t.formerIssuings(issuers); err != nil {
		return err
	}
	serials, err := t.lentSerials(issuers)
	if err != nil {
		return err
	}
	out := rowsFor("keys_left_out (kiosk, incarnation, through, code, at)", "ON CONFLICT (kiosk, incarnation, through) DO NOTHING")
	for i := range issuers {
		l := &issuers[i]
		d.Branches[l.branch] = l.name
		for _, k := range t.keysOf(l, serials[l.Chain]) {
			if k.code != "" {
				out.add(l.Kiosk, l.Incarnation, k.through, string(k.code), ms(t.at))
				continue
			}
			d.Keys = append(d.Keys, k.Key)
		}
	}
	if err := t.must("DELETE FROM keys_left_out"); err != nil {
		return err
	}
	return t.insertMust(out)
}

// judged is a key for the list, or why it does not stand in it.
type judged struct {
	card.Key
	through uint64
	code    app.Code
}

// keysOf are the keys of a life, the oldest first. Those of which no card can be valid any more are gone.
func (t *tx) keysOf(l *issuer, serials []card.SerialRange) (keys []judged) {
	for _, f := range l.former {
		if f.held || t.forgotten(f.arrived) {
			continue
		}
		k := card.Key{Public: f.key, Kiosk: l.Kiosk, Life: l.Incarnation, Replaced: moment(f.arrived)}
		if l.ended != 0 {
			k.Revoked, k.Replaced = moment(l.ended), time.Time{}
		}
		keys = append(keys, judgedKey(k, f.through, false))
	}
	now := card.Key{Public: l.key, Kiosk: l.Kiosk, Life: l.Incarnation}
	switch {
	case l.ended != 0:
		now.Revoked = moment(l.ended)
	case l.closed != 0:
		now.Replaced = moment(l.closed)
	default:
		now.Branch, now.Serials = l.branch, serials
		now.From, now.Until = moment(l.since).Truncate(time.Second), moment(l.until)
		now.VerifyUntil = now.Until.Add(t.policy.Verify)
	}
	if first := min(nonZero(l.ended), nonZero(l.closed)); first != never && t.forgotten(first) {
		return keys
	}
	return append(keys, judgedKey(now, 0, l.held))
}

const never = int64(1<<63 - 1)

func nonZero(ms int64) int64 {
	if ms == 0 {
		return never
	}
	return ms
}

// forgotten says whether no card can be valid any more that a key signed before it was replaced: its
// window could last so long, and its cards so long after that.
func (t *tx) forgotten(replaced int64) bool {
	return moment(replaced).Add(t.policy.Issuing + t.policy.Verify).Before(t.at)
}

func judgedKey(k card.Key, through uint64, held bool) judged {
	j := judged{Key: k, through: through}
	switch code := app.CodeOf(k.Sound()); {
	case code == app.CoseKey:
		j.code = code
	case code != "":
		j.code = app.OfficeKeyWindow
	case held:
		j.code = app.OfficeKeyTooMany
	}
	return j
}

// issuers are all lives, with their present keys.
func (t *tx) issuers() (all []issuer, err error) {
	err = t.each(`SELECT c.kiosk, c.incarnation, c.issuing_key, CASE WHEN c.issuing_since > 0 THEN c.issuing_since ELSE c.enrolled_at END, c.issue_until, c.issuing_held,
		c.closed_at, CASE WHEN c.revoked_at > 0 THEN c.revoked_at ELSE c.suspended_at END, k.branch, k.branch_name
		FROM chains c JOIN kiosks k ON k.kiosk = c.kiosk ORDER BY c.kiosk, c.incarnation`, nil, func(scan func(...any) error) error {
		var l issuer
		var held int
		err := scan(&l.Kiosk, &l.Incarnation, &l.key, &l.since, &l.until, &held, &l.closed, &l.ended, &l.branch, &l.name)
		l.held = held != 0
		all = append(all, l)
		return err
	})
	return all, err
}

// formerIssuings adds the keys that lives had before. Both come in the same order.
func (t *tx) formerIssuings(issuers []issuer) error {
	i := 0
	return t.each("SELECT kiosk, incarnation, through, issuing_key, held, arrived_at FROM former_keys ORDER BY kiosk, incarnation, through", nil, func(scan func(...any) error) error {
		var chain app.Chain
		var f formerIssuing
		var held int
		if err := scan(&chain.Kiosk, &chain.Incarnation, &f.through, &f.key, &held, &f.arrived); err != nil {
			return err
		}
		f.held = held != 0
		for i < len(issuers) && (issuers[i].Kiosk < chain.Kiosk || issuers[i].Kiosk == chain.Kiosk && issuers[i].Incarnation < chain.Incarnation) {
			i++
		}
		if i < len(issuers) && issuers[i].Chain == chain {
			issuers[i].former = append(issuers[i].former, f)
		}
		return nil
	})
}

// lentSerials are the serials that the present lives of kiosks may put on cards. The blocks come out of one
// index in its order.
func (t *tx) lentSerials(issuers []issuer) (map[app.Chain][]card.SerialRange, error) {
	lent := make(map[app.Chain][]card.SerialRange, len(issuers))
	for i := range issuers {
		if l := &issuers[i]; l.closed == 0 && l.ended == 0 {
			lent[l.Chain] = nil
		}
	}
	err := t.each("SELECT kiosk, incarnation, shard, block FROM serial_blocks ORDER BY kiosk, incarnation, shard, block", nil, func(scan func(...any) error) error {
		var chain app.Chain
		var shard, block uint32
		if err := scan(&chain.Kiosk, &chain.Incarnation, &shard, &block); err != nil {
			return err
		}
		all, present := lent[chain]
		if !present {
			return nil
		}
		first := app.Serial(shard*card.ShardSize + block*books.BlockSize)
		if n := len(all); n > 0 && all[n-1].Last+1 == first {
			all[n-1].Last += books.BlockSize
			return nil
		}
		lent[chain] = append(all, card.SerialRange{First: max(first, 1), Last: first + books.BlockSize - 1})
		return nil
	})
	return lent, err
}

// fillShard writes down how every reported card of a shard stands, and marks those of keys that vouch no
// more by themselves: of a life that is over all that are here, of a former key those that were queued
// before it was replaced. Of a revoked life nothing arrives any more unless two people let it in.
func (t *tx) fillShard(d *books.Draft) error {
	d.Shard = card.NewShard(d.Name.Shard)
	err := t.each("SELECT serial, value FROM serial_status WHERE shard = $1", []any{d.Name.Shard}, func(scan func(...any) error) error {
		var serial app.Serial
		var value card.Status
		if err := scan(&serial, &value); err != nil {
			return err
		}
		return d.Shard.Set(serial, value)
	})
	if err != nil {
		return err
	}
	first := d.Name.Shard * card.ShardSize
	return t.each(`SELECT k.serial, k.hash FROM cards k JOIN chains c ON c.kiosk = k.kiosk AND c.incarnation = k.incarnation
		WHERE k.serial >= $1 AND k.serial <= $2 AND (c.closed_at > 0 OR c.revoked_at > 0 OR c.suspended_at > 0 OR k.seq < c.former_through)
		ORDER BY k.serial`, []any{first, first + card.ShardSize - 1}, func(scan func(...any) error) error {
		var m card.CardMark
		var hash []byte
		if err := scan(&m.Serial, &hash); err != nil {
			return err
		}
		copy(m.Mark[:], hash)
		d.Marks = append(d.Marks, m)
		return nil
	})
}

// extendIssuing lets a life in touch go on making cards, whenever its authority is given anew: its window
// moves when a quarter of it is gone, so that the list does not change for it each week. It returns the end
// of the window in unix seconds, which the kiosk keeps to.
func (t *tx) extendIssuing(chain app.Chain) (until int64, err error) {
	due, end := ms(t.at.Add(t.policy.Issuing/4*3)), ms(t.at.Add(t.policy.Issuing))
	n, err := t.do("UPDATE chains SET issue_until = $3 WHERE kiosk = $1 AND incarnation = $2 AND issue_until < $4 AND closed_at = 0 AND revoked_at = 0 AND suspended_at = 0",
		chain.Kiosk, chain.Incarnation, end, due)
	if err == nil && n > 0 {
		err = t.want(books.ListName{Kind: books.TrustList})
	}
	if err != nil {
		return 0, err
	}
	_, err = t.get("SELECT issue_until FROM chains WHERE kiosk = $1 AND incarnation = $2", []any{chain.Kiosk, chain.Incarnation}, &until)
	return until / 1000, err
}

// LeftOut lists the keys that the newest trust list does not name, and why.
func (s *Store) LeftOut(ctx context.Context) (all []books.LeftOut, err error) {
	err = s.look(ctx, "office.LeftOut", func(t *tx) error {
		return t.each(`SELECT l.kiosk, l.incarnation, l.through, l.code, l.at, k.branch_name FROM keys_left_out l JOIN kiosks k ON k.kiosk = l.kiosk
			ORDER BY l.kiosk, l.incarnation, l.through`, nil, func(scan func(...any) error) error {
			var row books.LeftOut
			var at int64
			err := scan(&row.Chain.Kiosk, &row.Chain.Incarnation, &row.Through, &row.Code, &at, &row.Branch)
			row.At = moment(at)
			all = append(all, row)
			return err
		})
	})
	return all, err
}

// LetKeyIn publishes the present issuing key of a kiosk that was held back because it changes its keys too
// often, by the word of an account that asked the branch.
func (s *Store) LetKeyIn(ctx context.Context, kiosk app.Kiosk, by string, at time.Time) error {
	return s.change(ctx, "office.LetKeyIn", at, func(t *tx) error {
		lives, err := t.lives("UPDATE chains SET issuing_held = 0 WHERE kiosk = $1 AND issuing_held > 0 AND closed_at = 0 AND revoked_at = 0 RETURNING kiosk, incarnation", kiosk)
		if err != nil {
			return err
		}
		if len(lives) == 0 {
			return app.Fail(app.OfficeUnknownKiosk)
		}
		for _, chain := range lives {
			if err := t.record(journal.KeyLetIn, by, app.ScopeDevice, []byte(chain.String()), nil); err != nil {
				return err
			}
		}
		return t.want(books.ListName{Kind: books.TrustList})
	})
}
