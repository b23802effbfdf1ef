package kiosk

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"errors"

	"loket/app"
	"loket/app/journal"
)

// Entries reads entries from one number to another, both included, in order.
func (s *Store) Entries(ctx context.Context, from, to uint64) ([]journal.Entry, error) {
	rows, err := s.r.rows(ctx, `SELECT bytes FROM entries WHERE seq BETWEEN ? AND ? ORDER BY seq`, from, to)
	if err != nil {
		return nil, failed("kiosk.Entries", err)
	}
	return collect("kiosk.Entries", rows, func(row scanner) (journal.Entry, error) {
		var b []byte
		if err := row.Scan(&b); err != nil {
			return journal.Entry{}, err
		}
		return journal.Decode(b)
	})
}

// Part reads the personal part of an entry, proven by the hash that the entry holds. It is
// not_found when the entry has none or it was purged.
func (s *Store) Part(ctx context.Context, seq uint64) (*journal.Part, error) {
	var entry, sealed []byte
	err := s.r.row(ctx, `SELECT e.bytes, p.sealed FROM entries e JOIN parts p ON p.seq = e.seq WHERE e.seq = ?`, seq).Scan(&entry, &sealed)
	if err != nil {
		return nil, failed("kiosk.Part", err)
	}
	e, err := journal.Decode(entry)
	if err != nil {
		return nil, err
	}
	return s.provenPart(e, sealed)
}

// openPart decrypts a row of the parts table.
func (s *Store) openPart(seq uint64, sealed []byte) (*journal.Part, error) {
	plain, err := s.unseal("parts", "sealed", seq, sealed)
	if err != nil {
		return nil, err
	}
	return partFrom(plain)
}

func partFrom(plain []byte) (*journal.Part, error) {
	var p journal.Part
	if len(plain) < len(p.Salt) {
		return nil, app.Fail(app.StorageDamaged)
	}
	p.Salt, p.Body = [16]byte(plain), plain[len(p.Salt):]
	return &p, nil
}

// provenPart is openPart that compares with the hash in the entry.
func (s *Store) provenPart(e journal.Entry, sealed []byte) (*journal.Part, error) {
	p, err := s.openPart(e.Seq, sealed)
	if err != nil {
		return nil, err
	}
	if hash := p.Hash(); string(hash[:]) != string(e.Personal) {
		return nil, app.Fail(app.StorageDamaged)
	}
	return p, nil
}

// CheckChain recomputes the whole journal from its first entry and fails with
// journal.chain_broken at the first that was changed, removed or inserted. It tells its progress
// now and then; progress may be nil.
func (s *Store) CheckChain(ctx context.Context, device ed25519.PublicKey, progress func(done, total uint64)) error {
	at := s.stand()
	checker := journal.NewChecker(at.chain, device)
	rows, err := s.r.rows(ctx, `SELECT bytes, head FROM entries WHERE seq <= ? ORDER BY seq`, at.seq)
	if err != nil {
		return failed("kiosk.CheckChain", err)
	}
	if err := takeAll(checker, rows, at.seq, progress); err != nil {
		return failed("kiosk.CheckChain", both(err, rows.Close()))
	}
	if err := rows.Close(); err != nil {
		return failed("kiosk.CheckChain", err)
	}
	if checker.Seq != at.seq || checker.Head != at.head {
		return app.Fail(app.JournalChainBroken, "seq", checker.Seq+1)
	}
	return nil
}

func takeAll(checker *journal.Checker, rows *sql.Rows, total uint64, progress func(done, total uint64)) error {
	for rows.Next() {
		var encoded, head sql.RawBytes
		if err := rows.Scan(&encoded, &head); err != nil {
			return err
		}
		if err := checker.Take(encoded, journal.Head{}); err != nil {
			return err
		}
		if string(head) != string(checker.Head[:]) {
			return app.Fail(app.JournalChainBroken, "seq", checker.Seq)
		}
		if progress != nil && (checker.Seq%1000 == 0 || checker.Seq == total) {
			progress(checker.Seq, total)
		}
	}
	return rows.Err()
}

// CheckFile asks SQLite whether the file is whole.
func (s *Store) CheckFile(ctx context.Context) error {
	var answer string
	if err := s.r.db.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&answer); err != nil {
		return failed("kiosk.CheckFile", err)
	}
	if answer != "ok" {
		return &app.Error{Code: app.StorageDamaged, Op: "kiosk.CheckFile", Err: errors.New(answer)}
	}
	return nil
}
