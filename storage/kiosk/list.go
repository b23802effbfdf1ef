package kiosk

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"

	"loket/app"
	"loket/app/journal"
)

// BeginList takes up a judged list: the same one as the newest that ended has nothing left to do, the
// same one that was interrupted goes on where it was, any other is the next version.
func (s *Store) BeginList(ctx context.Context, by app.Author, f app.ListFile) (app.ListTaking, error) {
	var at app.ListTaking
	err := s.write(ctx, "kiosk.BeginList", func(t *tx) error {
		key, err := t.sealer()
		if err != nil {
			return err
		}
		judged := binary.BigEndian.AppendUint32(nil, key.Version())
		judged = append(judged, key.BlindIndex("judged", string(f.Judged[:]))...)
		newest, known, err := t.newestList(f, judged)
		if err != nil || known {
			at = newest
			return err
		}
		at = app.ListTaking{Scope: f.Scope, ListVersion: app.ListVersion{
			Number: newest.Number + 1, AsOf: f.AsOf, Rows: f.Rows, Rejected: f.Rejected, Operator: by.Operator,
		}}
		return t.exec(`INSERT INTO lists (scope, version, file, judged, as_of, rows, rejected, operator) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			f.Scope[:], at.Number, f.File[:], judged, f.AsOf.ISO(), f.Rows, f.Rejected, by.Operator)
	})
	return at, err
}

const selectLists = `SELECT version, as_of, ended_at, rows, rejected, fresh, corrected, unchanged, gone, operator, done FROM lists`

// newestList is the newest version; known says that it is this file, judged like this. Judged under
// another version of the data key, which stands in front, the counts must do.
func (t *tx) newestList(f app.ListFile, judged []byte) (at app.ListTaking, known bool, err error) {
	at, err = takingOf(f.Scope, t.row(selectLists+` WHERE scope = ? ORDER BY version DESC LIMIT 1`, f.Scope[:]))
	if errors.Is(err, sql.ErrNoRows) {
		return app.ListTaking{Scope: f.Scope}, false, nil
	}
	if err != nil {
		return at, false, err
	}
	err = t.row(`SELECT file = ? AND (judged = ? OR substr(judged, 1, 4) <> ? AND rows = ? AND rejected = ?) FROM lists WHERE scope = ? AND version = ?`,
		f.File[:], judged, judged[:4], f.Rows, f.Rejected, f.Scope[:], at.Number).Scan(&known)
	return at, known, err
}

func takingOf(scope app.Scope, row scanner) (app.ListTaking, error) {
	at := app.ListTaking{Scope: scope}
	v := &at.ListVersion
	var asOf string
	var ended sql.NullInt64
	err := row.Scan(&v.Number, &asOf, &ended, &v.Rows, &v.Rejected, &v.New, &v.Corrected, &v.Unchanged, &v.Left, &v.Operator, &at.Done)
	if err != nil {
		return at, err
	}
	v.At, at.Ended = moment(ended), ended.Valid
	v.AsOf, err = dayOf(asOf)
	return at, err
}

// ListVersions lists what was taken in for a programme, the newest first.
func (s *Store) ListVersions(ctx context.Context, scope app.Scope) ([]app.ListVersion, error) {
	rows, err := s.r.rows(ctx, selectLists+` WHERE scope = ? ORDER BY version DESC`, scope[:])
	if err != nil {
		return nil, failed("kiosk.ListVersions", err)
	}
	return collect("kiosk.ListVersions", rows, func(row scanner) (app.ListVersion, error) {
		at, err := takingOf(scope, row)
		return at.ListVersion, err
	})
}

// endedBefore is the version that ended before another; 0 for none. People whose newest version is
// this one or later, but not that other, have left.
func (t *tx) endedBefore(scope app.Scope, version int) (before int, err error) {
	err = t.row(`SELECT coalesce(max(version), 0) FROM lists WHERE scope = ? AND version < ? AND ended_at IS NOT NULL`, scope[:], version).Scan(&before)
	return before, err
}

// EndList writes roster.imported, once all rows were taken.
func (s *Store) EndList(ctx context.Context, by app.Author, at app.ListTaking) (app.ListVersion, error) {
	err := s.write(ctx, "kiosk.EndList", func(t *tx) error {
		if err := t.continuesList(&at); err != nil {
			return err
		}
		if at.Done != at.Rows {
			return app.Fail(app.SponsorListMoved)
		}
		before, err := t.endedBefore(at.Scope, at.Number)
		if err != nil {
			return err
		}
		err = t.row(`SELECT count(*) FROM listed WHERE scope = ? AND version >= ? AND version < ?`, at.Scope[:], max(before, 1), at.Number).Scan(&at.Left)
		if err != nil {
			return err
		}
		root, err := t.rowsRoot(at)
		if err != nil {
			return err
		}
		at.At = t.now
		return t.ended(by, at, root)
	})
	return at.ListVersion, err
}

func (t *tx) ended(by app.Author, at app.ListTaking, root [32]byte) error {
	var file []byte
	if err := t.row(`SELECT file FROM lists WHERE scope = ? AND version = ?`, at.Scope[:], at.Number).Scan(&file); err != nil {
		return err
	}
	err := t.exec(`UPDATE lists SET gone = ?, root = ?, ended_at = ? WHERE scope = ? AND version = ?`, at.Left, root[:], t.ms(), at.Scope[:], at.Number)
	if err != nil {
		return err
	}
	body := journal.RosterBody{
		Version: uint32(at.Number), File: file, AsOf: at.AsOf.ISO(), Rows: at.Rows, Rejected: at.Rejected,
		New: at.New, Corrected: at.Corrected, Unchanged: at.Unchanged, Left: at.Left, RowsRoot: root[:],
	}
	_, err = t.append(by, journal.RosterImported, at.Scope, nil, body, nil)
	return err
}

// rowsRoot is SHA-256 over the commitments of all accepted rows of a version, sorted.
func (t *tx) rowsRoot(at app.ListTaking) (root [32]byte, err error) {
	rows, err := t.sql.QueryContext(t.ctx, `SELECT commitment FROM listed WHERE scope = ? AND version = ? ORDER BY commitment`, at.Scope[:], at.Number)
	if err != nil {
		return root, err
	}
	h := sha256.New()
	_, err = collect("kiosk.rowsRoot", rows, func(row scanner) (none, error) {
		var b sql.RawBytes
		err := row.Scan(&b)
		h.Write(b)
		return none{}, err
	})
	return [32]byte(h.Sum(nil)), err
}

// RowsRoot is the root and the number of accepted rows of a version that ended.
func (s *Store) RowsRoot(ctx context.Context, scope app.Scope, version int) (root [32]byte, rows int, err error) {
	var b []byte
	err = s.r.row(ctx, `SELECT root, rows - rejected FROM lists WHERE scope = ? AND version = ? AND ended_at IS NOT NULL`, scope[:], version).Scan(&b, &rows)
	copy(root[:], b)
	return root, rows, failed("kiosk.RowsRoot", err)
}

// GaveRows writes that the payer's file of rows and salts left this computer.
func (s *Store) GaveRows(ctx context.Context, by app.Author, scope app.Scope, version, rows int) error {
	return s.write(ctx, "kiosk.GaveRows", func(t *tx) error {
		_, err := t.append(by, journal.ProgrammeRowsGiven, scope, nil, journal.RowsGivenBody{Version: uint32(version), Rows: rows}, nil)
		return err
	})
}
