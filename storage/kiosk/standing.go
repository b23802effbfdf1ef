package kiosk

import (
	"bytes"
	"context"
	"database/sql"
	"math"

	"loket/app"
	"loket/app/cose"
	"loket/app/journal"
)

// Powers, sealed as a standing, are what an operator may do here, under the data key, with the newest entry that speaks of
// the operator. The open columns must say the same.
type powers struct {
	Role    app.Role   `cbor:"1,keyasint"`
	Agency  app.Agency `cbor:"2,keyasint"`
	Key     []byte     `cbor:"3,keyasint"`
	Opening []byte     `cbor:"4,keyasint,omitempty"`
	Seq     uint64     `cbor:"5,keyasint"`
}

func (a powers) says(b powers) bool {
	return a.Role == b.Role && a.Agency == b.Agency && bytes.Equal(a.Key, b.Key) && bytes.Equal(a.Opening, b.Opening)
}

func (t *tx) putStanding(operator string, v powers) error {
	plain, err := cose.Marshal(v)
	if err != nil {
		return err
	}
	hidden, err := t.seal("operators", "standing", operator, plain)
	if err != nil {
		return err
	}
	return t.exec(`UPDATE operators SET role = ?, agency = ?, key = ?, opening = ?, standing = ? WHERE id = ?`,
		v.Role, v.Agency, v.Key, v.Opening, hidden, operator)
}

// restand changes the standing of somebody who was just added.
func (t *tx) restand(operator string, change func(*powers)) error {
	var hidden []byte
	if err := t.row(`SELECT standing FROM operators WHERE id = ?`, operator).Scan(&hidden); err != nil {
		return err
	}
	v, err := t.s.openStanding(operator, hidden)
	if err != nil {
		return err
	}
	change(&v)
	return t.putStanding(operator, v)
}

func (s *Store) openStanding(operator string, hidden []byte) (v powers, err error) {
	plain, err := s.unseal("operators", "standing", operator, hidden)
	if err == nil {
		err = cose.Unmarshal(plain, &v)
	}
	return v, err
}

// standingRow is an operator's row: what stands open, and what is sealed.
type standingRow struct {
	id     string
	open   powers
	sealed []byte
}

const selectStandings = `SELECT o.id, o.role, o.agency, o.key, o.opening, o.standing FROM operators o JOIN slots s ON s.operator = o.id`

func standingRowOf(row scanner) (o standingRow, err error) {
	return o, row.Scan(&o.id, &o.open.Role, &o.open.Agency, &o.open.Key, &o.open.Opening, &o.sealed)
}

// Prove compares local truth once more, and what stands open of everybody who can sign in with what is
// sealed, and puts right what differs. It fails with vault.tampered where it cannot be known what this
// operator may do. The vault must be open. The first time it takes over what a kiosk from before has, as
// its journal says it.
func (s *Store) Prove(ctx context.Context, operator string) error {
	if err := s.compareRows(ctx); err != nil {
		return err
	}
	p, err := s.proving(ctx)
	if err != nil {
		return err
	}
	bad := false
	for _, o := range p.rows {
		if proves := p.look(o); !proves && o.id == operator {
			bad = true
		}
	}
	if err := p.settle(ctx); err != nil {
		return err
	}
	if bad {
		return app.Fail(app.VaultTampered)
	}
	if s.reading == "" {
		if err := s.dropCopies(math.MinInt64); err != nil {
			return err
		}
	}
	return s.Vouch(ctx, false)
}

// proving is one call of Prove.
type proving struct {
	s      *Store
	rows   []standingRow
	newest map[string]uint64 // the newest entry about each
	began  map[string]powers
	first  bool // no standing was ever sealed here
	right  map[string]powers
	what   []string
}

func (s *Store) proving(ctx context.Context) (*proving, error) {
	_, on := s.held()
	p := &proving{s: s, newest: map[string]uint64{}, began: map[string]powers{}, right: map[string]powers{}, first: !on}
	rows, err := s.r.rows(ctx, selectStandings)
	if err != nil {
		return nil, failed("kiosk.Prove", err)
	}
	if p.rows, err = collect("kiosk.Prove", rows, standingRowOf); err != nil {
		return nil, err
	}
	if rows, err = s.r.rows(ctx, `SELECT bytes FROM entries WHERE kind IN (1, 4, 5) ORDER BY seq`); err != nil {
		return nil, failed("kiosk.Prove", err)
	}
	_, err = collect("kiosk.Prove", rows, func(row scanner) (none, error) {
		var b sql.RawBytes
		if err := row.Scan(&b); err != nil {
			return none{}, err
		}
		e, err := journal.Decode(bytes.Clone(b))
		if err != nil {
			return none{}, err
		}
		return none{}, p.note(e)
	})
	return p, err
}

func (p *proving) note(e journal.Entry) error {
	id := string(e.Subject)
	p.newest[id] = e.Seq
	if e.Kind != journal.OperatorAdded {
		return nil
	}
	var body journal.OperatorBody
	err := e.Into(&body)
	p.began[id] = powers{Role: app.Role(body.Role), Agency: app.Agency(body.Agency), Key: body.Key}
	return err
}

// look says whether it is known what somebody may do. What stands open otherwise is put right.
func (p *proving) look(o standingRow) bool {
	var v powers
	switch {
	case o.sealed == nil && p.first:
		v = p.began[o.id]
		v.Opening, v.Seq = o.open.Opening, p.newest[o.id]
		p.right[o.id] = v
		if v.says(o.open) {
			return true
		}
	case o.sealed == nil:
		return p.tell(o)
	default:
		var err error
		if v, err = p.s.openStanding(o.id, o.sealed); err != nil || v.Seq != p.newest[o.id] {
			return p.tell(o)
		}
		if v.says(o.open) {
			return true
		}
		p.right[o.id] = v
	}
	p.tell(o)
	return true
}

func (p *proving) tell(o standingRow) bool {
	p.what = append(p.what, "operators/"+o.id)
	return false
}

func (p *proving) settle(ctx context.Context) error {
	if len(p.right) > 0 && p.s.reading == "" && p.s.Behind() == nil {
		err := p.s.write(ctx, "kiosk.Prove", func(t *tx) error {
			for id, v := range p.right {
				if err := t.putStanding(id, v); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return p.s.tampered(ctx, p.what)
}
