package kiosk

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"loket/app"
)

// onlyHere counts what exists only on this computer.
type onlyHere struct{ entries, attachments, batches int }

// here counts for one life what its database holds without a receipt, and the sealed batches beside it that
// the database does not know: nobody can look into those, and each holds a record at least.
func (p pool) here(ctx context.Context, dir string, life app.Chain) (h onlyHere, err error) {
	h, newest, err := p.known(ctx)
	n := untaken(dir, life, newest)
	h.entries, h.batches = h.entries+n, h.batches+n
	return h, err
}

// known counts what the database itself holds without a receipt, and gives its newest batch.
func (p pool) known(ctx context.Context) (h onlyHere, newest uint64, err error) {
	err = p.row(ctx, `SELECT (SELECT count(*) FROM entries WHERE receipted = 0 AND bookkeeping = 0),
		(SELECT count(*) FROM attachments WHERE receipted_at IS NULL AND entry IS NOT NULL),
		(SELECT count(*) FROM batches WHERE receipted_at IS NULL), (SELECT coalesce(max(number), 0) FROM batches)`).
		Scan(&h.entries, &h.attachments, &h.batches, &newest)
	return h, newest, failed("kiosk.known", err)
}

// untaken counts the sealed batches of a life above a number that lie in its outbox and that head office did
// not answer for.
func untaken(dir string, life app.Chain, above uint64) (n int) {
	outbox := filepath.Join(dir, "outbox")
	for _, number := range sealedIn(outbox)[life] {
		_, err := os.Lstat(filepath.Join(outbox, fmt.Sprintf("%s-%06d.batch.taken", life, number)))
		if err != nil && number > above {
			n++
		}
	}
	return n
}

// formersHere counts for the former lives of this folder, whether they are open or not: before sign-in they
// are looked at without a key.
func (s *Store) formersHere(ctx context.Context) (sum onlyHere, err error) {
	all, err := s.lives()
	if err != nil {
		return sum, err
	}
	for _, life := range all {
		h, failure := s.formerHere(ctx, life)
		err = both(err, failure)
		sum.entries, sum.attachments, sum.batches = sum.entries+h.entries, sum.attachments+h.attachments, sum.batches+h.batches
	}
	return sum, err
}

func (s *Store) formerHere(ctx context.Context, life app.Chain) (h onlyHere, err error) {
	dir := filepath.Join(s.dir, livesFolder, life.String())
	if f := s.former(app.EntryID{Chain: life}); f != nil {
		if why := f.Stranded(); why != nil && why.Why == ByClone {
			return h, nil // this life has told it again
		}
		return f.r.here(ctx, dir, life)
	}
	path := filepath.Join(dir, "loket.db")
	if _, err := os.Stat(path); err != nil { // only what lay sealed is left of it
		n := untaken(dir, life, 0)
		return onlyHere{entries: n, batches: n}, nil
	}
	p, err := openPool(path, reading, 1)
	if err != nil {
		return h, err
	}
	defer func() { err = both(err, p.close()) }()
	toldAgain, err := p.cloned(ctx)
	if err != nil || toldAgain {
		return h, err
	}
	return p.here(ctx, dir, life)
}

// cloned says whether this database ended because head office held other batches under its numbers: what it
// had not sent the next life tells again.
func (p pool) cloned(ctx context.Context) (bool, error) {
	var text []byte
	err := p.row(ctx, `SELECT value FROM settings WHERE name = ?`, settingBehind).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, failed("kiosk.cloned", err)
	}
	var b Behind
	return json.Unmarshal(text, &b) == nil && b.Why == ByClone, nil
}

// ownHere counts for this life. Beside a database that is not behind lies nothing that it does not know.
func (s *Store) ownHere(ctx context.Context) (h onlyHere, err error) {
	if s.Behind() != nil {
		return s.r.here(ctx, s.dir, s.Chain())
	}
	h, _, err = s.r.known(ctx)
	return h, err
}

func (s *Store) onlyHere(ctx context.Context) (onlyHere, error) {
	own, err := s.ownHere(ctx)
	if err != nil {
		return own, err
	}
	former, err := s.formersHere(ctx)
	return onlyHere{own.entries + former.entries, own.attachments + former.attachments, own.batches + former.batches}, err
}

// Light counts what exists only on this computer: entries without a receipt, those about the post
// itself apart, and attachments without one, those of former lives too. Both at zero is green.
func (s *Store) Light(ctx context.Context) (entries, attachments int, err error) {
	h, err := s.onlyHere(ctx)
	return h.entries, h.attachments, err
}

// Waiting counts the sealed batches that have no receipt, those of former lives too.
func (s *Store) Waiting(ctx context.Context) (batches int, err error) {
	h, err := s.onlyHere(ctx)
	return h.batches, err
}
