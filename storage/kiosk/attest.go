package kiosk

import (
	"context"
	"database/sql"
	"errors"

	"loket/app"
	"loket/app/journal"
)

// Unattested is what an operator has made and not yet signed for: the body of the attestation
// without its signature, from the first such entry to the last. ok is false when there is nothing.
func (s *Store) Unattested(ctx context.Context, operator string) (body journal.AttestationBody, ok bool, err error) {
	if s.reading != "" || s.Behind() != nil {
		return body, false, nil // nothing can be signed for now; it is at the next sign-in that can
	}
	var first, last sql.NullInt64
	err = s.r.row(ctx, `SELECT min(e.seq), max(e.seq) FROM entries e JOIN operators o ON o.id = e.operator
		WHERE e.operator = ? AND e.seq > o.attested AND e.kind <> ?`, operator, journal.OperatorAttested).Scan(&first, &last)
	if err != nil || !first.Valid {
		return body, false, failed("kiosk.Unattested", err)
	}
	body = journal.AttestationBody{Operator: operator, First: uint64(first.Int64), Last: uint64(last.Int64)}
	err = s.r.row(ctx, `SELECT head FROM entries WHERE seq = ?`, body.Last).Scan(&body.Head)
	return body, err == nil, failed("kiosk.Unattested", err)
}

// Attest writes an operator's signature over the own entries up to the body's last one. The head
// must be the journal's own at that entry.
func (s *Store) Attest(ctx context.Context, by app.Author, body journal.AttestationBody) error {
	return s.write(ctx, "kiosk.Attest", func(t *tx) error {
		var head []byte
		err := t.row(`SELECT head FROM entries WHERE seq = ?`, body.Last).Scan(&head)
		if errors.Is(err, sql.ErrNoRows) || err == nil && string(head) != string(body.Head) {
			return app.Fail(app.JournalChainBroken, "seq", body.Last)
		}
		if err != nil {
			return err
		}
		if err := t.exec(`UPDATE operators SET attested = max(attested, ?) WHERE id = ?`, body.Last, body.Operator); err != nil {
			return err
		}
		_, err = t.append(by, journal.OperatorAttested, app.ScopeDevice, journal.Subject(body.Operator), body, nil)
		return err
	})
}
