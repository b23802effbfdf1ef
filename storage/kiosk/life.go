package kiosk

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"loket/app"
	"loket/app/durable"
	"loket/app/journal"
	"loket/app/vault"
	"loket/storage/witness"
)

// livesFolder holds, in a folder of its own for each, the former lives of this kiosk: database, outbox,
// inbox and carrier as they were when the next life began. What they had not sent is sent from there.
const livesFolder = "lives"

// settingMoving stands while what lay outside the database is still to be cleared away.
const settingMoving = "life.moving"

// ofALife are the tables that belong to one life: they stay in its folder. Operators, their PINs, settings
// and drafts go on.
var ofALife = []string{
	"histories", "coarse", "slips", "listed", "lists", "programmes", "handovers", "cards", "leases", "lookups", "leads",
	"event_entries", "passes", "events", "registrations", "parts", "entries", "scopes", "batches", "feed_applied",
	"inbox_problems", "former_devices", "lists_wanted",
}

// NextLife goes on in the same folder as the kiosk's next life: a new chain with new keys and no numbers in
// hand. The former life is kept whole under lives/, with its keys, and goes on sending what it had not sent.
// Operators keep their PINs, drafts stay. It fails with post.other_kiosk for a life that does not follow.
func (s *Store) NextLife(ctx context.Context, n vault.Life) error {
	was := s.stand().chain
	if was == (app.Chain{}) || n.Chain.Kiosk != was.Kiosk || n.Chain.Incarnation <= was.Incarnation {
		return app.Fail(app.PostOtherKiosk, "kiosk", n.Chain)
	}
	key, err := s.vault()
	if err != nil {
		return err
	}
	former, err := vault.EncodeKey(key)
	if err != nil {
		return err
	}
	if err := s.putAside(ctx, was); err != nil {
		return err
	}
	ended := s.wordOf(was)
	if err := s.endWitness(); err != nil {
		return err
	}
	before := s.lift(nil)
	if err := s.write(ctx, "kiosk.NextLife", func(t *tx) error { return t.nextLife(n, was, former) }); err != nil {
		s.lift(before)
		return err
	}
	s.given = given{}
	if err := s.begunWitness(ctx); err != nil {
		return err
	}
	return both(s.sayOver(ended), s.clearMoved(ctx))
}

func (t *tx) nextLife(n vault.Life, was app.Chain, former []byte) error {
	for _, table := range ofALife {
		if err := t.exec(`DELETE FROM ` + table); err != nil {
			return err
		}
	}
	for _, query := range []string{
		`DELETE FROM attachments WHERE entry IS NOT NULL`,
		`DELETE FROM settings WHERE name IN ('` + strings.Join([]string{settingBehind, settingRecovery, "enrol.token"}, `', '`) + `')`,
		`UPDATE operators SET attested = 0`,
		`DELETE FROM meta`,
	} {
		if err := t.exec(query); err != nil {
			return err
		}
	}
	for _, name := range []string{settingAddress, "office.recall"} {
		if err := t.put(name, nil); err != nil {
			return err
		}
	}
	boot, known, version := t.at.boot, t.at, uint32(0)
	if err := t.s.r.row(t.ctx, `SELECT data_key FROM meta`).Scan(&version); err != nil {
		return err
	}
	t.at = state{}
	if err := t.begin(n.Chain, vault.Public(n.Keys.Device)); err != nil {
		return err
	}
	t.at.boot, t.at.signed, t.at.peak, t.at.ahead = boot, known.signed, known.peak, known.ahead
	if err := t.exec(`UPDATE meta SET boot = ?, data_key = ?, known = ?, peak = ?, ahead = ?`, boot, version, known.signed, known.peak, known.ahead); err != nil {
		return err
	}
	if err := t.putSecrets(n.Keys); err != nil {
		return err
	}
	if err := t.keepLifeKey(was, former); err != nil {
		return err
	}
	body := journal.DeviceBody{Key: vault.Public(n.Keys.Device), Issuing: vault.Public(n.Keys.Issuing)}
	if _, err := t.append(n.By, journal.DeviceEnrolled, app.ScopeDevice, nil, body, nil); err != nil {
		return err
	}
	for _, m := range n.Members {
		o := m.Operator
		body := journal.OperatorBody{ID: o.ID, Role: string(o.Role), Agency: string(o.Agency), Key: o.Key}
		if _, err := t.append(n.By, journal.OperatorAdded, app.ScopeDevice, journal.Subject(o.ID), body, journal.NamePart{Name: o.Name}); err != nil {
			return err
		}
		if err := t.exec(`UPDATE operators SET attested = ? WHERE id = ?`, t.at.seq-1, o.ID); err != nil {
			return err
		}
	}
	if err := t.putAuthority(n.Until); err != nil {
		return err
	}
	for name, value := range map[string][]byte{settingRecoveryKey: n.RecoveryKey, settingRecovery: n.Recovery, settingMoving: []byte(was.String())} {
		if len(value) == 0 {
			continue
		}
		if err := t.put(name, value); err != nil {
			return err
		}
	}
	return nil
}

// lifeKey is where the data key of a former life is kept, under the present one.
func lifeKey(life app.Chain) string { return "life " + life.String() }

func (t *tx) keepLifeKey(life app.Chain, encoded []byte) error {
	sealed, err := t.seal("secrets", "sealed", lifeKey(life), encoded)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO secrets (name, sealed) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed`, lifeKey(life), sealed)
}

// resealLives puts the data keys of former lives under the next data key.
func (t *tx) resealLives(old *vault.Key) error {
	all, err := t.s.lives()
	if err != nil {
		return err
	}
	for _, life := range all {
		var sealed []byte
		err := t.row(`SELECT sealed FROM secrets WHERE name = ?`, lifeKey(life)).Scan(&sealed)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return err
		}
		plain, err := old.Open(cellOf("secrets", "sealed", lifeKey(life)), sealed)
		if err != nil {
			return err
		}
		if err := t.keepLifeKey(life, plain); err != nil {
			return err
		}
	}
	return nil
}

// putAside copies the life as it stands into a folder of its own. Done again after a cut it begins anew.
func (s *Store) putAside(ctx context.Context, life app.Chain) error {
	final := filepath.Join(s.dir, livesFolder, life.String())
	half := final + ".new"
	for _, old := range []string{half, final} {
		if err := os.RemoveAll(old); err != nil {
			return failed("kiosk.putAside", err)
		}
	}
	if err := durable.Folder(half, 0o700); err != nil {
		return failed("kiosk.putAside", err)
	}
	if s.stand().chain == life { // else its database is gone
		if _, err := s.w.db.ExecContext(ctx, `VACUUM INTO ?`, filepath.Join(half, "loket.db")); err != nil {
			return failed("kiosk.putAside", err)
		}
		if _, err := flushed(filepath.Join(half, "loket.db")); err != nil {
			return failed("kiosk.putAside", err)
		}
	}
	for _, folder := range beside {
		if err := copyTree(filepath.Join(s.dir, folder), filepath.Join(half, folder), folder, map[string]string{}); err != nil {
			return failed("kiosk.putAside", err)
		}
	}
	if err := os.Rename(half, final); err != nil {
		return failed("kiosk.putAside", err)
	}
	return failed("kiosk.putAside", durable.SyncDir(filepath.Dir(final)))
}

// clearMoved takes away what belonged to the former life and lies in its own folder now: its sealed files,
// what came for it, how it reached head office. It is done again at the next start where it was cut off.
func (s *Store) clearMoved(ctx context.Context) error {
	text, err := s.Setting(ctx, settingMoving)
	if err != nil || len(text) == 0 || s.reading != "" {
		return err
	}
	if _, err := os.Stat(filepath.Join(s.dir, livesFolder, string(text))); err != nil {
		return nil //nolint:nilerr // it is not there any more: nothing is taken away that has no second place
	}
	patterns := []string{
		"outbox/" + string(text) + "-*", "outbox/att/" + string(text) + "-*", "inbox/" + string(text) + "-*", "inbox/cursor", "inbox/aside/*",
		"carrier/office.json*", "carrier/transport.key*", "carrier/enrol-*", "carrier/agent-status.json", restoredName,
	}
	if officeChain(s.dir) == s.stand().chain { // the next life has asked already
		patterns = slices.DeleteFunc(patterns, func(p string) bool { return strings.HasPrefix(p, "carrier/") || p == "inbox/cursor" })
	}
	for _, p := range patterns {
		found, err := filepath.Glob(filepath.Join(s.dir, filepath.FromSlash(p)))
		if err != nil {
			return failed("kiosk.clearMoved", err)
		}
		for _, path := range found {
			if err := durable.Remove(path); err != nil {
				return failed("kiosk.clearMoved", err)
			}
		}
	}
	return s.write(ctx, "kiosk.clearMoved", func(t *tx) error { return t.exec(`DELETE FROM settings WHERE name = ?`, settingMoving) })
}

// wordOf is the last word of a life's witness; ok only where there is one.
func (s *Store) wordOf(life app.Chain) (w witness.Word) {
	if s.place == nil {
		return w
	}
	words, err := s.place.Words()
	if err != nil {
		return w
	}
	w, _ = latest(s.ofThis(words))
	if w.Chain() != life {
		return witness.Word{}
	}
	return w
}

// sayOver says beside the secret that a life has ended: a copy of its folder that comes back is behind.
func (s *Store) sayOver(w witness.Word) error {
	if s.place == nil || w.Turn == 0 {
		return nil
	}
	w.Over = true
	return failed("kiosk.sayOver", witness.End(*s.place, w))
}

// lives lists the former lives in this folder, oldest first.
func (s *Store) lives() ([]app.Chain, error) {
	entries, err := os.ReadDir(filepath.Join(s.dir, livesFolder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, failed("kiosk.lives", err)
	}
	var all []app.Chain
	for _, e := range entries {
		if life, ok := chainOf(e.Name()); ok && e.IsDir() && life != s.stand().chain && len(e.Name()) == len(life.String()) {
			all = append(all, life)
		}
	}
	return all, nil
}

// OpenFormer opens the former lives of this folder with their keys; the vault must be open. They are this
// caller's to close. One that cannot be opened is left out and told.
func (s *Store) OpenFormer(ctx context.Context) ([]*Store, error) {
	all, err := s.lives()
	var open []*Store
	for _, life := range all {
		f, failure := s.openFormer(ctx, life)
		err = both(err, failure)
		if f != nil {
			open = append(open, f)
		}
	}
	return open, err
}

func (s *Store) openFormer(ctx context.Context, life app.Chain) (*Store, error) {
	dir := filepath.Join(s.dir, livesFolder, life.String())
	if _, err := os.Stat(filepath.Join(dir, "loket.db")); err != nil {
		return nil, nil //nolint:nilerr // its database was gone: only what lay sealed is sent
	}
	encoded, err := s.secretBytes(ctx, lifeKey(life))
	if app.CodeOf(err) == app.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	key, err := vault.DecodeKey(encoded)
	if err != nil {
		return nil, err
	}
	f, err := Open(ctx, dir, s.clock)
	if err != nil {
		return nil, err
	}
	f.stranded = f.lift(nil)
	f.Unlock(key)
	return f, nil
}

// Stranded is why this former life was behind when it ended; nil for one that was not. What it had not
// sealed may be told twice if it is sealed now.
func (s *Store) Stranded() *Behind { return s.stranded }

func (s *Store) secretBytes(ctx context.Context, name string) ([]byte, error) {
	var sealed []byte
	if err := s.r.row(ctx, `SELECT sealed FROM secrets WHERE name = ?`, name).Scan(&sealed); err != nil {
		return nil, failed("kiosk.secret", err)
	}
	return s.unseal("secrets", "sealed", name, sealed)
}
