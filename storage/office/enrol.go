package office

import (
	"cmp"
	"context"
	"crypto/sha256"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
)

// Invite keeps a new enrolment token and names the chain that it opens: the kiosk's next life.
// Without a kiosk number the next free one is taken. A later token makes an unused one void. Where the
// computer before was stolen, all lives of the kiosk are revoked here and now.
func (s *Store) Invite(ctx context.Context, in books.Invitation, at time.Time) (app.Chain, error) {
	var chain app.Chain
	err := s.change(ctx, "office.Invite", at, func(t *tx) error {
		var err error
		if chain, err = t.nextLife(in); err != nil {
			return err
		}
		hidden, err := t.clerk.Hide("enrol_tokens|"+chain.String(), in.Secret[:])
		if err != nil {
			return err
		}
		if in.Stolen { // at once: who has the stolen computer does not wait for the new one
			if _, err := t.revokeLives(chain.Kiosk, in.By); err != nil {
				return err
			}
		}
		if err := t.must("DELETE FROM enrol_tokens WHERE kiosk = $1 AND used_at = 0", chain.Kiosk); err != nil {
			return err
		}
		id := tokenID(in.Secret)
		return t.must(`INSERT INTO enrol_tokens (kiosk, token, incarnation, secret, expires_at, used_at, request_hash, answer)
			VALUES ($1, $2, $3, $4, $5, 0, $6, $6)`, chain.Kiosk, id, chain.Incarnation, hidden, ms(in.Expires), []byte{})
	})
	return chain, err
}

// tokenID names a token without telling its secret.
func tokenID(secret [16]byte) []byte {
	sum := sha256.Sum256(append([]byte("loket/token-id"), secret[:]...))
	return sum[:8]
}

func (t *tx) nextLife(in books.Invitation) (app.Chain, error) {
	kiosk := in.Chain.Kiosk
	if kiosk == app.HeadOffice {
		if _, err := t.get("SELECT COALESCE(MAX(kiosk), 0) + 1 FROM kiosks", nil, &kiosk); err != nil {
			return app.Chain{}, err
		}
	}
	var skipped app.Kiosk // by a restore
	if _, err := t.get("SELECT value FROM counters WHERE name = $1", []any{books.KioskNumbers}, &skipped); err != nil {
		return app.Chain{}, err
	}
	if in.Chain.Kiosk == app.HeadOffice {
		kiosk = max(kiosk, skipped)
	}
	if kiosk > 99999 {
		return app.Chain{}, app.Fail(app.WrongUse, "value", "kiosk")
	}
	if err := t.reached(books.KioskNumbers, int64(kiosk)); err != nil {
		return app.Chain{}, err
	}
	err := t.must(`INSERT INTO kiosks (kiosk, branch, branch_name, label, incarnation, created_at, revoked_at, branch_address) VALUES ($1, $2, $3, $4, 0, $5, 0, $6)
		ON CONFLICT (kiosk) DO UPDATE SET branch = $2, branch_name = $3, label = $4, branch_address = $6`,
		kiosk, in.BranchCode, in.BranchName, in.Label, ms(t.at), in.BranchAddress)
	if err != nil {
		return app.Chain{}, err
	}
	var life int
	if _, err := t.get("SELECT incarnation FROM kiosks WHERE kiosk = $1", []any{kiosk}, &life); err != nil {
		return app.Chain{}, err
	}
	if life >= 99 {
		return app.Chain{}, app.Fail(app.WrongUse, "value", "kiosk "+kiosk.Digits())
	}
	return app.Chain{Kiosk: kiosk, Incarnation: app.Incarnation(life + 1)}, nil
}

// Invitation finds the token that a request claims to hold, by trying the kiosk's secrets.
func (s *Store) Invitation(ctx context.Context, chain app.Chain, holds func(secret [16]byte) bool) (books.Invitation, error) {
	var in books.Invitation
	err := s.look(ctx, "office.Invitation", func(t *tx) error {
		return t.each(`SELECT e.secret, e.expires_at, k.branch, k.branch_name, k.label, k.branch_address FROM enrol_tokens e JOIN kiosks k ON k.kiosk = e.kiosk
			WHERE e.kiosk = $1 AND e.incarnation = $2`, []any{chain.Kiosk, chain.Incarnation}, func(scan func(...any) error) error {
			var hidden []byte
			var expires int64
			row := books.Invitation{Chain: chain}
			if err := scan(&hidden, &expires, &row.BranchCode, &row.BranchName, &row.Label, &row.BranchAddress); err != nil {
				return err
			}
			secret, err := t.clerk.Show("enrol_tokens|"+chain.String(), hidden)
			if err != nil {
				return err
			}
			copy(row.Secret[:], secret)
			row.Expires = moment(expires)
			if holds(row.Secret) {
				in = row
			}
			return nil
		})
	})
	if err == nil && in.Expires.IsZero() {
		err = app.Fail(app.EnrolRefused)
	}
	return in, err
}

// Enrol takes a kiosk in: its chain, leases as frames, the lists that must tell of it, an entry in
// the own journal, and the answer, in one transaction. The same request gets the same answer again;
// a used token takes no other.
func (s *Store) Enrol(ctx context.Context, in books.Invitation, e books.Enrolment) (answer []byte, err error) {
	err = s.answer(ctx, "office.Enrol", in.Chain, e.At, func(t *tx) error {
		answer, err = t.enrol(in, e)
		return err
	})
	return answer, err
}

func (t *tx) enrol(in books.Invitation, e books.Enrolment) ([]byte, error) {
	var used int64
	var hash, before []byte
	id := tokenID(in.Secret)
	found, err := t.get("SELECT used_at, request_hash, answer FROM enrol_tokens WHERE kiosk = $1 AND token = $2", []any{in.Chain.Kiosk, id}, &used, &hash, &before)
	switch {
	case err != nil:
		return nil, err
	case !found:
		return nil, app.Fail(app.EnrolRefused)
	case used != 0 && string(hash) == string(e.Hash[:]):
		return before, nil
	case used != 0:
		return nil, app.Fail(app.OfficeTokenUsed)
	case !t.at.Before(in.Expires):
		return nil, app.Fail(app.TokenExpired)
	}
	if err := t.must("UPDATE enrol_tokens SET used_at = $3, request_hash = $4, answer = $5 WHERE kiosk = $1 AND token = $2",
		in.Chain.Kiosk, id, ms(t.at), e.Hash[:], e.Answer); err != nil {
		return nil, err
	}
	return e.Answer, t.beginLife(in.Chain, e)
}

func (t *tx) beginLife(chain app.Chain, e books.Enrolment) error {
	keys := e.Request.Keys
	transport := sha256.Sum256(keys.Transport)
	if err := t.freshKeys(chain, keys, transport[:]); err != nil {
		return err
	}
	if err := t.closeLives(chain); err != nil {
		return err
	}
	if err := t.newChain(chain, journal.Genesis(chain, keys.Device), keys.Device, keys.Issuing, keys.Opening, transport[:]); err != nil {
		return err
	}
	if err := t.tellCoverageSoon(chain); err != nil {
		return err
	}
	if err := t.must("UPDATE kiosks SET incarnation = $2, revoked_at = 0 WHERE kiosk = $1", chain.Kiosk, chain.Incarnation); err != nil {
		return err
	}
	if err := t.record(journal.DeviceEnrolled, "", app.ScopeDevice, []byte(chain.String()), journal.DeviceBody{Key: keys.Device, Issuing: keys.Issuing}); err != nil {
		return err
	}
	if err := t.leaseMembers(chain); err != nil {
		return err
	}
	return t.leaseSerials(chain)
}

// freshKeys sees to it that a life begins with keys of its own: a device or issuing key that any life ever
// had would speak for two, and the transport key of a stopped life would let it in again.
func (t *tx) freshKeys(chain app.Chain, keys sealed.KioskKeys, transport []byte) error {
	if used, err := t.keyKnown(journal.DeviceBody{Key: keys.Device, Issuing: keys.Issuing}); err != nil || used {
		return cmp.Or(err, error(app.Fail(app.OfficeKeyUsed)))
	}
	var n int
	used, err := t.get("SELECT 1 FROM chains WHERE transport = $1 AND (kiosk <> $2 OR revoked_at > 0 OR suspended_at > 0) LIMIT 1", []any{transport, chain.Kiosk}, &n)
	if err == nil && used {
		err = app.Fail(app.OfficeKeyUsed)
	}
	return err
}

// ChainByTransport finds whose transport key answers at the other end of a connection.
func (s *Store) ChainByTransport(ctx context.Context, spki [32]byte) (books.Chain, error) {
	return s.chain(ctx, "c.transport = $1", spki[:])
}

// Chain finds an enrolled kiosk.
func (s *Store) Chain(ctx context.Context, chain app.Chain) (books.Chain, error) {
	return s.chain(ctx, "c.kiosk = $1 AND c.incarnation = $2", chain.Kiosk, chain.Incarnation)
}

func (s *Store) chain(ctx context.Context, where string, args ...any) (c books.Chain, err error) {
	var enrolled, seen, closed, suspended, revoked, until int64
	var device []byte
	var current int
	err = s.look(ctx, "office.chain", func(t *tx) error {
		found, err := t.get(`SELECT c.kiosk, c.incarnation, c.device_key, c.opening_key, c.enrolled_at, c.seen_at, k.branch, k.branch_name, k.incarnation,
			c.closed_at, c.suspended_at, c.revoked_at, c.issue_until
			FROM chains c JOIN kiosks k ON k.kiosk = c.kiosk WHERE `+where+" ORDER BY c.incarnation DESC LIMIT 1", args,
			&c.Kiosk, &c.Incarnation, &device, &c.Opening, &enrolled, &seen, &c.BranchCode, &c.BranchName, &current, &closed, &suspended, &revoked, &until)
		if err == nil && !found {
			return app.Fail(app.OfficeUnknownKiosk)
		}
		if err == nil {
			c.Former, err = t.formers(c.Chain)
		}
		return err
	})
	c.Device, c.EnrolledAt, c.SeenAt, c.Current = device, moment(enrolled), moment(seen), app.Incarnation(current) == c.Incarnation
	c.ClosedAt, c.Suspended, c.RevokedAt, c.IssueUntil = moment(closed), moment(suspended), moment(revoked), moment(until)
	return c, err
}

// Seen notes that a kiosk was heard of.
func (s *Store) Seen(ctx context.Context, chain app.Chain, at time.Time) error {
	return s.change(ctx, "office.Seen", at, func(t *tx) error {
		return t.must("UPDATE chains SET seen_at = $3 WHERE kiosk = $1 AND incarnation = $2 AND seen_at < $3", chain.Kiosk, chain.Incarnation, ms(at))
	})
}
