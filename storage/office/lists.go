package office

import (
	"context"
	"time"

	"loket/app"
	"loket/app/office/books"
	"loket/app/sealed"
)

// want asks for a new version of a list.
func (t *tx) want(name books.ListName) error {
	return t.must("INSERT INTO lists_wanted (kind, shard, mark) VALUES ($1, $2, 1) ON CONFLICT (kind, shard) DO UPDATE SET mark = lists_wanted.mark + 1", string(name.Kind), name.Shard)
}

// wantFirst asks for the status list of a shard that has none: to lend its serials changes nothing in one.
func (t *tx) wantFirst(shard uint32) error {
	var n int
	list := books.ListName{Kind: books.StatusList, Shard: shard}
	known, err := t.get("SELECT 1 FROM lists WHERE kind = $1 AND shard = $2 LIMIT 1", []any{string(list.Kind), shard}, &n)
	if err != nil || known {
		return err
	}
	return t.want(list)
}

// Wanted lists what must be published: what changed since its last version, unless that was made after
// rested, and what falls due soon. A version from after this moment is of a clock that went back: it holds
// nothing up.
func (s *Store) Wanted(ctx context.Context, due, rested, at time.Time) (names []books.ListName, err error) {
	err = s.look(ctx, "office.Wanted", func(t *tx) error {
		var published int
		if _, err := t.get("SELECT count(*) FROM lists", nil, &published); err != nil {
			return err
		}
		if published == 0 { // the first start: the lists are there before anybody asks
			names = []books.ListName{{Kind: books.TrustList}, {Kind: books.StatusList}}
			return nil
		}
		return t.each(`SELECT kind, shard FROM lists_wanted w
			WHERE NOT EXISTS (SELECT 1 FROM lists l WHERE l.kind = w.kind AND l.shard = w.shard AND l.issued_at > $2 AND l.issued_at <= $3 AND l.hash IS NOT NULL)
			UNION SELECT kind, shard FROM lists GROUP BY kind, shard HAVING MAX(next_update) <= $1 ORDER BY 1, 2`, []any{ms(due), ms(rested), ms(at)},
			func(scan func(...any) error) error {
				var n books.ListName
				err := scan(&n.Kind, &n.Shard)
				names = append(names, n)
				return err
			})
	})
	return names, err
}

// ListsBefore lists the published lists whose newest version is of an epoch before.
func (s *Store) ListsBefore(ctx context.Context, epoch uint64) (names []books.ListName, err error) {
	err = s.look(ctx, "office.ListsBefore", func(t *tx) error {
		return t.each("SELECT kind, shard FROM lists GROUP BY kind, shard HAVING MAX(epoch) < $1 ORDER BY 1, 2", []any{epoch}, func(scan func(...any) error) error {
			var n books.ListName
			err := scan(&n.Kind, &n.Shard)
			names = append(names, n)
			return err
		})
	})
	return names, err
}

// Publish makes the next version of a list from the books, in one transaction. Its bytes are stored once,
// whoever will fetch them.
func (s *Store) Publish(ctx context.Context, name books.ListName, at time.Time) error {
	return s.change(ctx, "office.Publish", at, func(t *tx) error {
		d := books.Draft{Name: name, IssuedAt: at, NextUpdate: at.Add(t.policy.ListLife)}
		var err error
		if d.Seq, err = t.seqAfter(name); err != nil {
			return err
		}
		if err := t.fill(&d); err != nil {
			return err
		}
		made, err := t.clerk.List(d)
		if err != nil {
			return err
		}
		hash, err := t.keepObjects(name, made)
		if err != nil {
			return err
		}
		published, err := t.nextPublication()
		if err != nil {
			return err
		}
		if err := t.must("INSERT INTO lists (kind, shard, epoch, seq, raw, issued_at, next_update, hash, published) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
			string(name.Kind), name.Shard, made.Epoch, d.Seq, []byte{}, ms(at), ms(d.NextUpdate), hash[:], published); err != nil {
			return err
		}
		if err := t.must("DELETE FROM lists WHERE kind = $1 AND shard = $2 AND seq < $3", string(name.Kind), name.Shard, d.Seq); err != nil {
			return err
		}
		return t.must("DELETE FROM lists_wanted WHERE kind = $1 AND shard = $2", string(name.Kind), name.Shard)
	})
}

func (t *tx) fill(d *books.Draft) error {
	if d.Name.Kind == books.StatusList {
		return t.fillShard(d)
	}
	return t.fillTrust(d)
}

// Lists are the current versions of all lists.
func (s *Store) Lists(ctx context.Context) (lists []books.List, err error) {
	err = s.look(ctx, "office.Lists", func(t *tx) error {
		lists, err = t.lists()
		return err
	})
	return lists, err
}

func (t *tx) lists() (lists []books.List, err error) {
	err = t.each(`SELECT l.kind, l.shard, l.epoch, l.seq, l.raw, o.packed, l.issued_at, l.next_update FROM lists l LEFT JOIN objects o ON o.hash = l.hash
		WHERE l.seq = (SELECT MAX(seq) FROM lists m WHERE m.kind = l.kind AND m.shard = l.shard) ORDER BY l.kind DESC, l.shard`, nil, func(scan func(...any) error) error {
		var l books.List
		var issued, next int64
		var packed []byte
		if err := scan(&l.Name.Kind, &l.Name.Shard, &l.Epoch, &l.Seq, &l.Raw, &packed, &issued, &next); err != nil {
			return err
		}
		raw, err := gunzipped(packed)
		if raw != nil { // else it is of before objects
			l.Raw = raw
		}
		l.IssuedAt, l.NextUpdate = moment(issued), moment(next)
		lists = append(lists, l)
		return err
	})
	return lists, err
}

func (t *tx) sendSettings(chain app.Chain) error {
	old := t.at.Add(-t.policy.Authority / 4)
	n, err := t.do("UPDATE chains SET settings_at = $3 WHERE kiosk = $1 AND incarnation = $2 AND settings_at <= $4", chain.Kiosk, chain.Incarnation, ms(t.at), ms(old))
	if err != nil || n == 0 {
		return err
	}
	if err := t.extendLeases(chain); err != nil {
		return err
	}
	settings := t.policy.Settings
	if _, err := t.get("SELECT branch, branch_name, branch_address FROM kiosks WHERE kiosk = $1", []any{chain.Kiosk}, &settings.BranchCode, &settings.BranchName, &settings.BranchAddress); err != nil {
		return err
	}
	if settings.Coverage, err = t.toldCoverage(settings.Regencies); err != nil {
		return err
	}
	if settings.Issuing, err = t.extendIssuing(chain); err != nil {
		return err
	}
	settings.Authority = t.at.Add(t.policy.Authority).Unix()
	return t.tell(chain, sealed.FrameSettings, settings)
}

// TakeTurn lets one of several programs do a piece of work: true when it is this one's turn, until
// a moment.
func (s *Store) TakeTurn(ctx context.Context, name, holder string, at, until time.Time) (mine bool, err error) {
	err = s.change(ctx, "office.TakeTurn", at, func(t *tx) error {
		n, err := t.do(`INSERT INTO turns (name, holder, until) VALUES ($1, $2, $3)
			ON CONFLICT (name) DO UPDATE SET holder = $2, until = $3 WHERE turns.holder = $2 OR turns.until <= $4`, name, holder, ms(until), ms(at))
		mine = n == 1
		return err
	})
	return mine, err
}
