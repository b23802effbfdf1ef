package kiosk

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"math"
	"slices"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/vault"
)

// RekeyDue says whether somebody left and the keys are still the same.
func (s *Store) RekeyDue(ctx context.Context) (bool, error) {
	var due bool
	err := s.r.row(ctx, `SELECT rekey FROM meta`).Scan(&due)
	return due, failed("kiosk.RekeyDue", err)
}

// KeyChanges is when the keys were changed, oldest first.
func (s *Store) KeyChanges(ctx context.Context) ([]time.Time, error) {
	rows, err := s.r.rows(ctx, `SELECT e.at FROM former_devices f JOIN entries e ON e.seq = f.through ORDER BY f.through`)
	if err != nil {
		return nil, failed("kiosk.KeyChanges", err)
	}
	return collect("kiosk.KeyChanges", rows, func(row scanner) (time.Time, error) {
		var at sql.NullInt64
		err := row.Scan(&at)
		return moment(at), err
	})
}

// DataKey is the version of the data key in use.
func (s *Store) DataKey(ctx context.Context) (uint32, error) {
	var version uint32
	err := s.r.row(ctx, `SELECT data_key FROM meta`).Scan(&version)
	return version, failed("kiosk.DataKey", err)
}

// Rekey begins with the next data key and with a new device and issuing key, all or nothing; the vault is
// open with the next key when it returns. The entry device.rekeyed names the new keys and is the last one
// that the old device key signs for. What was sealed before is sealed anew in pieces, see Reseal.
func (s *Store) Rekey(ctx context.Context, by app.Author, r vault.Rekeying) error {
	// What still lies under the key before the present one cannot wait for yet another.
	if _, err := s.Reseal(ctx, math.MaxInt); err != nil {
		return err
	}
	if _, err := s.MoveBlobs(ctx, math.MaxInt); err != nil {
		return err
	}
	old, err := s.vault()
	if err != nil {
		return err
	}
	return s.write(ctx, "kiosk.Rekey", func(t *tx) error {
		t.then = func() { s.changeKey(r.Next) }
		if t.key, err = r.Next.Sealer(); err != nil {
			return err
		}
		body := journal.DeviceBody{Key: vault.Public(r.Keys.Device), Issuing: vault.Public(r.Keys.Issuing)}
		e, err := t.append(by, journal.DeviceRekeyed, app.ScopeDevice, nil, body, nil)
		if err != nil {
			return err
		}
		former, err := s.secret(ctx, "device", ed25519.SeedSize)
		if err != nil {
			return err
		}
		for _, c := range atOnceColumns {
			if err := t.resealColumn(old, c); err != nil {
				return err
			}
		}
		t.at.step, t.at.after = noStep+1, 0
		if err := t.keepStep(); err != nil {
			return err
		}
		if err := t.putFormer(e.Seq, former); err != nil {
			return err
		}
		if err := t.putSecrets(r.Keys); err != nil {
			return err
		}
		if err := t.resealLives(old); err != nil {
			return err
		}
		for id, slot := range r.Passes {
			if err := t.exec(`UPDATE passes SET slot = ? WHERE id = ? AND slot IS NOT NULL`, slot, id[:]); err != nil {
				return err
			}
		}
		return t.entrust(old, r)
	})
}

// changeKey opens the vault with the next key; who is reading with the old one may end. It happens
// before the next write may begin, which would seal with a key that nothing keeps.
func (s *Store) changeKey(next *vault.Key) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.old, s.key = s.key, next
}

func (t *tx) putFormer(through uint64, seed []byte) error {
	sealed, err := t.seal("former_devices", "sealed", through, seed)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO former_devices (through, sealed) VALUES (?, ?)`, through, sealed)
}

// entrust keeps the next key for everybody who stays and for head office's recovery, and the old
// one until the pictures are sealed anew.
func (t *tx) entrust(old *vault.Key, r vault.Rekeying) error {
	if err := t.exec(`DELETE FROM renewals`); err != nil {
		return err
	}
	for operator, sealed := range r.Renewals {
		if err := t.exec(`INSERT INTO renewals (operator, sealed) VALUES (?, ?)`, operator, sealed); err != nil {
			return err
		}
	}
	if err := t.put(settingRecovery, r.Recovery); err != nil {
		return err
	}
	encoded, err := vault.EncodeKey(old)
	if err != nil {
		return err
	}
	sealed, err := t.seal("secrets", "sealed", secretOldKey, encoded)
	if err != nil {
		return err
	}
	if err := t.exec(`INSERT INTO secrets (name, sealed) VALUES (?, ?)`, secretOldKey, sealed); err != nil {
		return err
	}
	return t.exec(`UPDATE meta SET rekey = 0, data_key = ?`, r.Next.Version())
}

// secretOldKey is the data key before, while pictures are still sealed under it.
const secretOldKey = "data key before"

// A sealed column is one of which every value is under the data key. Rows are read in pages by
// their number, or all at once where the key is a text.
type sealedColumn struct {
	read, write string // read gives number, two texts that name the row, and the value
	cell        func(number int64, a, b string) vault.Cell
}

// pieceColumns are those that grow with the people, atOnceColumns the others, sealed anew with the first
// transaction. Together with secrets, which are written anew, they are all; a test holds the lists against
// the schema.
var pieceColumns = []sealedColumn{
	{
		`SELECT seq, '', '', sealed FROM parts WHERE seq > ? ORDER BY seq LIMIT ?`,
		`UPDATE parts SET sealed = ? WHERE seq = ?`,
		func(n int64, _, _ string) vault.Cell { return cellOf("parts", "sealed", n) },
	},
	{
		`SELECT serial, '', '', credential FROM cards WHERE serial > ? ORDER BY serial LIMIT ?`,
		`UPDATE cards SET credential = ? WHERE serial = ?`,
		func(n int64, _, _ string) vault.Cell { return cellOf("cards", "credential", app.Serial(n)) },
	},
	{
		`SELECT registration, '', '', sealed FROM listed WHERE registration > ? AND sealed IS NOT NULL ORDER BY registration LIMIT ?`,
		`UPDATE listed SET sealed = ? WHERE registration = ?`,
		func(n int64, _, _ string) vault.Cell { return cellOf("listed", "sealed", n) },
	},
	{
		`SELECT seq, '', '', answer FROM lookups WHERE answer IS NOT NULL AND seq > ? ORDER BY seq LIMIT ?`,
		`UPDATE lookups SET answer = ? WHERE seq = ?`,
		func(n int64, _, _ string) vault.Cell { return cellOf("lookups", "answer", n) },
	},
}

var atOnceColumns = []sealedColumn{
	{
		`SELECT through, '', '', sealed FROM former_devices WHERE through > ? ORDER BY through LIMIT ?`,
		`UPDATE former_devices SET sealed = ? WHERE through = ?`,
		func(n int64, _, _ string) vault.Cell { return cellOf("former_devices", "sealed", n) },
	},
	{
		`SELECT 0, id, 'operators', standing FROM operators WHERE 0 >= ? AND standing IS NOT NULL LIMIT max(?, 1000000)`,
		`UPDATE operators SET standing = ? WHERE 0 = ? AND id = ? AND 'operators' = ?`,
		func(_ int64, id, _ string) vault.Cell { return cellOf("operators", "standing", id) },
	},
	{
		`SELECT 0, room, id, sealed FROM drafts WHERE 0 >= ? LIMIT max(?, 1000000)`,
		`UPDATE drafts SET sealed = ? WHERE 0 = ? AND room = ? AND id = ?`,
		func(_ int64, room, id string) vault.Cell { return cellOf("drafts", room, id) },
	},
	{
		`SELECT 0, lower(hex(id)), event, text FROM passes WHERE 0 >= ? LIMIT max(?, 1000000)`,
		`UPDATE passes SET text = ? WHERE 0 = ? AND lower(hex(id)) = ? AND event = ?`,
		func(_ int64, id, _ string) vault.Cell { return cellOf("passes", "text", id) },
	},
}

const rekeyPage = 1000

type sealedRow struct {
	number int64
	a, b   string
	sealed []byte
}

func (t *tx) resealColumn(old *vault.Key, c sealedColumn) error {
	after := int64(0)
	for {
		page, err := t.page(c.read, after, rekeyPage)
		if err != nil {
			return err
		}
		for _, r := range page {
			if err := t.resealRow(old, c, r); err != nil {
				return err
			}
		}
		if len(page) < rekeyPage || page[len(page)-1].number == 0 {
			return nil
		}
		after = page[len(page)-1].number
	}
}

// resealRow leaves alone what the old key does not open: it was written since, or spoiled before, and one
// spoiled record must not keep the others from being sealed anew.
func (t *tx) resealRow(old *vault.Key, c sealedColumn, r sealedRow) error {
	if old == nil {
		return nil
	}
	cell := c.cell(r.number, r.a, r.b)
	plain, err := old.Open(cell, r.sealed)
	if app.CodeOf(err) == app.VaultUnreadable {
		return nil
	}
	if err != nil {
		return err
	}
	defer clear(plain)
	key, err := t.sealer()
	if err != nil {
		return err
	}
	args := []any{key.Seal(cell, plain), r.number}
	if r.a != "" {
		args = append(args, r.a, r.b)
	}
	return t.exec(c.write, args...)
}

func (t *tx) page(query string, after int64, most int) (page []sealedRow, err error) {
	rows, err := t.sql.QueryContext(t.ctx, query, after, most)
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var r sealedRow
		if err := rows.Scan(&r.number, &r.a, &r.b, &r.sealed); err != nil {
			return nil, both(err, rows.Close())
		}
		page = append(page, r)
	}
	return page, both(rows.Err(), rows.Close())
}

// formers reads the device keys before, oldest first.
func (s *Store) formers(ctx context.Context) ([]vault.Former, error) {
	rows, err := s.r.rows(ctx, `SELECT through, sealed FROM former_devices ORDER BY through`)
	if err != nil {
		return nil, failed("kiosk.formers", err)
	}
	return collect("kiosk.formers", rows, func(row scanner) (vault.Former, error) {
		var f vault.Former
		var sealed []byte
		if err := row.Scan(&f.Through, &sealed); err != nil {
			return f, err
		}
		seed, err := s.unseal("former_devices", "sealed", f.Through, slices.Clone(sealed))
		if err == nil && len(seed) != ed25519.SeedSize {
			err = app.Fail(app.StorageSecret)
		}
		if err == nil {
			f.Device = ed25519.NewKeyFromSeed(seed)
		}
		return f, err
	})
}
