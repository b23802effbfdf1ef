package kiosk

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"loket/app"
	"loket/app/journal"
)

// Kinds of leased numbers, as in journal.LeaseBody.
const (
	leaseMember = "member"
	leaseSerial = "serial"
)

// blockSize is how many serials one block of a lease holds.
const blockSize = 64

// take gives out the next number of a lease that has not expired: the oldest lease first. It is judged
// at known time: a clock set back makes no lease last longer. It fails with
// card.lease_empty or card.lease_expired.
func (t *tx) take(kind string) (uint64, error) {
	var n, first uint64
	err := t.row(`UPDATE leases SET next = next + 1 WHERE kind = ?1 AND first =
		(SELECT first FROM leases WHERE kind = ?1 AND next <= last AND expires > ?2 ORDER BY expires, first LIMIT 1)
		RETURNING next - 1, first`, kind, t.known().UnixMilli()).Scan(&n, &first)
	if !errors.Is(err, sql.ErrNoRows) {
		t.gaveLeased(kind, first, n)
		return n, err
	}
	var expired int
	if err := t.row(`SELECT count(*) FROM leases WHERE kind = ? AND next <= last`, kind).Scan(&expired); err != nil {
		return 0, err
	}
	if expired > 0 {
		return 0, app.Fail(app.CardLeaseExpired)
	}
	return 0, app.Fail(app.CardLeaseEmpty)
}

// takeMember is the next member number in hand; "" when there is none, which keeps nobody from
// being registered.
func (t *tx) takeMember() (app.MemberNumber, error) {
	n, err := t.take(leaseMember)
	switch app.CodeOf(err) {
	case "":
		return memberNumber(n), nil
	case app.CardLeaseEmpty, app.CardLeaseExpired:
		return "", nil
	}
	return "", err
}

// memberNumber is eleven digits with leading zeros.
func memberNumber(n uint64) app.MemberNumber {
	digits := [11]byte{}
	for i := len(digits) - 1; i >= 0; i-- {
		digits[i] = byte('0' + n%10)
		n /= 10
	}
	return app.MemberNumber(digits[:])
}

// Stock counts the numbers of a kind that can be given out at a moment, and when the first lease
// that holds some ends; the zero time when none does.
func (s *Store) Stock(ctx context.Context, kind string, at time.Time) (int, time.Time, error) {
	var left int
	var until sql.NullInt64
	err := s.r.row(ctx, `SELECT coalesce(sum(last - next + 1), 0), min(expires) FROM leases WHERE kind = ? AND next <= last AND expires > ?`,
		kind, max(at.UnixMilli(), s.stand().knownAt(at).UnixMilli())).Scan(&left, &until)
	return left, moment(until), failed("kiosk.Stock", err)
}

// putLease takes in numbers that head office lent. The same numbers again, in a later epoch, are
// the lease renewed; what was given out of them stays given out.
func (t *tx) putLease(l journal.LeaseBody) error {
	switch {
	case l.Kind == leaseSerial && len(l.Blocks) > 0:
		for _, first := range l.Blocks {
			if err := t.putRange(l, first, first+blockSize-1); err != nil {
				return err
			}
		}
		return nil
	case l.Kind == leaseSerial || l.Kind == leaseMember:
		return t.putRange(l, l.First, l.Last)
	}
	return app.Fail(app.LeaseUnknown)
}

// mostNumber is the largest member number; serials are smaller still.
const mostNumber = 99_999_999_999

func (t *tx) putRange(l journal.LeaseBody, first, last uint64) error {
	if last < first || last > mostNumber || l.Kind == leaseSerial && last > 1<<32-1 {
		return app.Fail(app.LeaseUnknown)
	}
	next := max(first, 1) // zero is no serial
	return t.exec(`INSERT INTO leases (kind, first, last, next, expires, epoch) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (kind, first) DO UPDATE SET expires = excluded.expires, epoch = excluded.epoch, last = max(last, excluded.last)
		WHERE excluded.epoch >= epoch`, l.Kind, first, last, next, l.Expires, l.Epoch)
}
