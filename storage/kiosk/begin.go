package kiosk

import (
	"context"
	"crypto/ed25519"

	"loket/app"
	"loket/app/journal"
	"loket/app/vault"
)

// Begin makes the chain, its first two entries (device.enrolled and operator.added), the first
// slot and the sealed keys, all or nothing, and leaves the vault open. It fails with storage.begun
// where there is a journal already.
func (s *Store) Begin(ctx context.Context, chain app.Chain, key *vault.Key, keys vault.Secrets, first vault.Member) error {
	if err := s.mayBegin(chain); err != nil {
		return err
	}
	if b := s.Behind(); b != nil && b.Chain != (app.Chain{}) {
		if err := s.putAside(ctx, b.Chain); err != nil {
			return err
		}
	}
	s.Unlock(key)
	before := s.lift(nil)
	err := s.write(ctx, "kiosk.Begin", func(t *tx) error {
		if err := t.exec(`DELETE FROM settings WHERE name = ?`, settingBehind); err != nil {
			return err
		}
		if err := t.begin(chain, vault.Public(keys.Device)); err != nil {
			return err
		}
		if before != nil && before.Chain != (app.Chain{}) {
			if err := t.put(settingMoving, []byte(before.Chain.String())); err != nil {
				return err
			}
		}
		body := journal.DeviceBody{Key: vault.Public(keys.Device), Issuing: vault.Public(keys.Issuing)}
		if _, err := t.append(app.Author{}, journal.DeviceEnrolled, app.ScopeDevice, nil, body, nil); err != nil {
			return err
		}
		if err := t.putSecrets(keys); err != nil {
			return err
		}
		return t.addMember(first.Operator.Author(), first)
	})
	if err != nil {
		s.lift(before)
		s.Lock()
		return err
	}
	return both(s.begunWitness(ctx), s.clearMoved(ctx))
}

// lift sets what is missing, and gives what it was before.
func (s *Store) lift(to *Behind) (before *Behind) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before, s.behind = s.behind, to
	return before
}

// mayBegin says whether a life may begin in this folder. Where traces tell of one before, only a later one
// of the same kiosk may: the numbers of the former were given out.
func (s *Store) mayBegin(chain app.Chain) error {
	b := s.Behind()
	switch {
	case b == nil || b.Chain.Kiosk == chain.Kiosk && chain.Incarnation > b.Chain.Incarnation:
		return nil
	case b.Chain == (app.Chain{}) && chain.Incarnation > 1:
		return nil
	}
	return b.Err()
}

// begin makes the chain: the journal is empty and has its genesis head.
func (t *tx) begin(chain app.Chain, device ed25519.PublicKey) error {
	if t.at.chain != (app.Chain{}) {
		return app.Fail(app.StorageBegun)
	}
	if chain.Incarnation == 0 || len(device) != ed25519.PublicKeySize {
		return app.Fail(app.WrongUse, "value", "chain")
	}
	genesis := journal.Genesis(chain, device)
	t.at = state{chain: chain, boot: 1, head: genesis, genesis: genesis}
	return t.exec(`INSERT INTO meta (one, kiosk, incarnation, device, boot) VALUES (1, ?, ?, ?, 1)`,
		chain.Kiosk, chain.Incarnation, []byte(device))
}

// Device is the public device key with which the chain begins.
func (s *Store) Device(ctx context.Context) (ed25519.PublicKey, error) {
	var b []byte
	err := s.r.row(ctx, `SELECT device FROM meta`).Scan(&b)
	return b, failed("kiosk.Device", err)
}

// putSecrets seals the kiosk's keys, in place of those before.
func (t *tx) putSecrets(keys vault.Secrets) error {
	for name, plain := range map[string][]byte{
		"device": keys.Device.Seed(), "issuing": keys.Issuing.Seed(), "opening": keys.Opening,
	} {
		sealed, err := t.seal("secrets", "sealed", name, plain)
		if err != nil {
			return err
		}
		err = t.exec(`INSERT INTO secrets (name, sealed) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed`, name, sealed)
		if err != nil {
			return err
		}
	}
	return nil
}

// Secrets opens the kiosk's keys. The vault must be open.
func (s *Store) Secrets(ctx context.Context) (vault.Secrets, error) {
	var keys vault.Secrets
	device, err := s.secret(ctx, "device", ed25519.SeedSize)
	if err != nil {
		return keys, err
	}
	issuing, err := s.secret(ctx, "issuing", ed25519.SeedSize)
	if err != nil {
		return keys, err
	}
	keys.Device, keys.Issuing = ed25519.NewKeyFromSeed(device), ed25519.NewKeyFromSeed(issuing)
	if keys.Opening, err = s.secret(ctx, "opening", 32); err != nil {
		return keys, err
	}
	keys.Former, err = s.formers(ctx)
	return keys, err
}

func (s *Store) secret(ctx context.Context, name string, size int) ([]byte, error) {
	var sealed []byte
	if err := s.r.row(ctx, `SELECT sealed FROM secrets WHERE name = ?`, name).Scan(&sealed); err != nil {
		return nil, failed("kiosk.secret", err)
	}
	plain, err := s.unseal("secrets", "sealed", name, sealed)
	if err == nil && len(plain) != size {
		err = app.Fail(app.StorageSecret)
	}
	return plain, err
}
