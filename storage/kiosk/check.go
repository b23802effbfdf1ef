package kiosk

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"

	"loket/app"
	"loket/app/journal"
)

// Fault is one place that is not as it was written.
type Fault struct {
	Place string   `json:"place"` // table and row: "entries/12", "cards/4096"
	Code  app.Code `json:"code"`
}

// Checked is what a check of the whole journal looked at and found.
type Checked struct {
	Entries       int     `json:"entries"`
	Parts         int     `json:"parts"`
	Registrations int     `json:"registrations"`
	Cards         int     `json:"cards"`
	Batches       int     `json:"batches"`
	Opened        bool    `json:"opened"` // the vault was open: what is sealed was read too
	Faults        []Fault `json:"faults,omitempty"`
}

// Whole says whether everything is as it was written.
func (c Checked) Whole() bool { return len(c.Faults) == 0 }

// mostFaults keeps the answer readable: where a disk has failed there are thousands.
const mostFaults = 100

// CheckJournal looks at the file, at every entry of the chain and at what hangs on it: personal parts,
// registrations, cards, handovers, batches. Faults are found, not returned as errors; an error is only
// that the check was stopped. Progress may be nil.
func (s *Store) CheckJournal(ctx context.Context, progress func(done, total uint64)) (Checked, error) {
	_, locked := s.vault()
	c := checking{Store: s, ctx: ctx, progress: progress, told: newTold(), from: s.stand()}
	c.Opened = locked == nil
	// One moment of the database: work goes on meanwhile.
	var err error
	if c.sql, err = s.r.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}); err != nil {
		return c.Checked, failed("kiosk.CheckJournal", err)
	}
	defer c.sql.Rollback() //nolint:errcheck // it only read
	for _, look := range []func() error{c.file, c.entries, c.registrations, c.cards, c.handovers, c.batches, c.pictures} {
		if err := look(); err != nil {
			if ctx.Err() != nil {
				return c.Checked, failed("kiosk.CheckJournal", err)
			}
			c.found(app.CodeOf(failed("kiosk.CheckJournal", err)), "%s", c.at)
		}
	}
	return c.Checked, nil
}

// checking is one call of CheckJournal.
type checking struct {
	*Store
	Checked
	ctx      context.Context //nolint:containedctx // lives exactly as long as the call
	progress func(done, total uint64)
	told     told
	at       string // where the check is, for what cannot even be read
	sql      *sql.Tx
	from     state // where the journal stood when the check began
}

func (c *checking) rows(query string) (*sql.Rows, error) { return c.sql.QueryContext(c.ctx, query) }

func (c *checking) found(code app.Code, format string, args ...any) {
	if len(c.Faults) < mostFaults {
		c.Faults = append(c.Faults, Fault{fmt.Sprintf(format, args...), code})
	}
}

func (c *checking) file() error {
	c.at = "loket.db"
	err := c.CheckFile(c.ctx)
	var known *app.Error
	if errors.As(err, &known) && known.Code == app.StorageDamaged && known.Err != nil {
		c.at = "loket.db: " + firstLine(known.Err.Error())
	}
	return err
}

func firstLine(text string) string {
	for i, r := range text {
		if r < ' ' {
			return text[:i]
		}
	}
	return text
}

// entries walks the chain. Each head is held against the recorded one before it, so that every place is
// named and not only the first.
func (c *checking) entries() error {
	c.at = "entries"
	stand := c.from
	device, err := c.Device(c.ctx)
	if app.CodeOf(err) == app.NotFound {
		return nil // nothing has begun
	}
	if err != nil {
		return err
	}
	c.told.devices = []signer{{from: 0, key: device}}
	rows, err := c.rows(`SELECT e.seq, e.bytes, e.head, e.at, e.kind, e.operator, e.scope, e.bookkeeping, p.sealed
		FROM entries e LEFT JOIN parts p ON p.seq = e.seq ORDER BY e.seq`)
	if err != nil {
		return err
	}
	walk := walked{head: journal.Genesis(stand.chain, device), chain: stand.chain}
	for rows.Next() {
		if err := c.entry(rows, &walk); err != nil {
			return both(err, rows.Close())
		}
		if c.progress != nil && (walk.seq%1000 == 0 || walk.seq == stand.seq) {
			c.progress(walk.seq, stand.seq)
		}
	}
	if err := both(rows.Err(), rows.Close()); err != nil {
		return err
	}
	if walk.seq < stand.seq {
		c.found(app.JournalChainBroken, "entries/%d", walk.seq+1)
	}
	return nil
}

// walked is how far the chain was walked.
type walked struct {
	chain app.Chain
	seq   uint64
	head  journal.Head
}

func (c *checking) entry(row scanner, walk *walked) error {
	var seq, at, bookkeeping sql.NullInt64
	var kind sql.NullInt64
	var operator sql.NullString
	var encoded, head, scope, part []byte
	if err := row.Scan(&seq, &encoded, &head, &at, &kind, &operator, &scope, &bookkeeping, &part); err != nil {
		return err
	}
	c.Checked.Entries++
	for missing := walk.seq + 1; missing < uint64(seq.Int64) && len(c.Faults) < mostFaults; missing++ {
		c.found(app.JournalChainBroken, "entries/%d", missing)
	}
	c.at = fmt.Sprintf("entries/%d", seq.Int64)
	e, err := journal.Decode(encoded)
	follows := err == nil && e.Seq == walk.seq+1 && uint64(seq.Int64) == e.Seq && e.ID().Chain == walk.chain
	alike := follows && at.Int64 == e.At && journal.Kind(kind.Int64) == e.Kind && operator.String == e.Operator &&
		string(scope) == string(e.Scope[:]) && (bookkeeping.Int64 != 0) == e.Kind.Bookkeeping()
	if next := walk.head.Add(e, encoded); !alike || string(next[:]) != string(head) {
		c.found(app.JournalChainBroken, "entries/%d", seq.Int64)
	}
	walk.seq = uint64(seq.Int64)
	if walk.seq == c.from.seq && string(head) != string(c.from.head[:]) {
		c.found(app.JournalChainBroken, "entries/%d", seq.Int64)
	}
	if len(head) == len(walk.head) {
		walk.head = journal.Head(head)
	}
	if err == nil {
		c.part(e, part)
		c.told.take(e)
	}
	return nil
}

// part looks for what is personal in an entry. One that was purged is no fault once an entry says so.
func (c *checking) part(e journal.Entry, sealed []byte) {
	switch {
	case len(e.Personal) == 0 && sealed == nil:
		return
	case len(e.Personal) == 0 || sealed == nil:
		c.found(app.JournalPartLost, "parts/%d", e.Seq)
		return
	}
	c.Parts++
	if !c.Opened {
		return
	}
	if _, err := c.provenPart(e, sealed); err != nil {
		c.found(app.JournalPartLost, "parts/%d", e.Seq)
	}
}

func (c *checking) registrations() error {
	c.at = "registrations"
	rows, err := c.rows(`SELECT seq, record, counter, state, member, captured_at, operator, scope FROM registrations ORDER BY seq`)
	if err != nil {
		return err
	}
	_, err = collect("kiosk.registrations", rows, func(row scanner) (none, error) {
		var seq, record, counter, at sql.NullInt64
		var state, member, operator sql.NullString
		var scope []byte
		if err := row.Scan(&seq, &record, &counter, &state, &member, &at, &operator, &scope); err != nil {
			return none{}, err
		}
		c.Checked.Registrations++
		c.at = fmt.Sprintf("registrations/%d", seq.Int64)
		if !c.told.registered(uint64(seq.Int64), registrationRow{
			record: uint64(record.Int64), counter: uint64(counter.Int64), state: app.RegistrationState(state.String), member: member.String,
			at: at.Int64, operator: operator.String, scope: string(scope),
		}) {
			c.found(app.JournalRowDiffers, "registrations/%d", seq.Int64)
		}
		return none{}, nil
	})
	for seq := range c.told.captured {
		if !c.told.seen[seq] {
			c.found(app.JournalRowDiffers, "registrations/%d", seq)
		}
	}
	return err
}

func (c *checking) cards() error {
	c.at = "cards"
	rows, err := c.rows(`SELECT serial, registration, member, generation, state, hash, credential FROM cards ORDER BY serial`)
	if err != nil {
		return err
	}
	_, err = collect("kiosk.cards", rows, func(row scanner) (none, error) {
		var serial, registration, generation sql.NullInt64
		var member, state sql.NullString
		var hash, credential []byte
		if err := row.Scan(&serial, &registration, &member, &generation, &state, &hash, &credential); err != nil {
			return none{}, err
		}
		c.Checked.Cards++
		c.at = fmt.Sprintf("cards/%d", serial.Int64)
		is := cardRow{uint64(registration.Int64), member.String, int(generation.Int64), string(hash), app.CardState(state.String)}
		if !c.told.carded(uint32(serial.Int64), is) || c.Opened && !c.opens(app.Serial(serial.Int64), hash, credential) {
			c.found(app.JournalRowDiffers, "cards/%d", serial.Int64)
		}
		return none{}, nil
	})
	for serial := range c.told.cards {
		c.found(app.JournalRowDiffers, "cards/%d", serial) // told of, and no row
	}
	return err
}

// opens says whether a card's own bytes are those that its entry names.
func (c *checking) opens(serial app.Serial, hash, credential []byte) bool {
	plain, err := c.unseal("cards", "credential", serial.String(), credential)
	sum := sha256.Sum256(plain)
	return err == nil && string(sum[:]) == string(hash)
}

func (c *checking) handovers() error {
	c.at = "handovers"
	rows, err := c.rows(`SELECT seq, serial, hash, receiver, level FROM handovers ORDER BY seq`)
	if err != nil {
		return err
	}
	_, err = collect("kiosk.handovers", rows, func(row scanner) (none, error) {
		var seq, serial, level sql.NullInt64
		var receiver sql.NullString
		var hash []byte
		if err := row.Scan(&seq, &serial, &hash, &receiver, &level); err != nil {
			return none{}, err
		}
		c.at = fmt.Sprintf("handovers/%d", seq.Int64)
		was, ok := c.told.handed[uint64(seq.Int64)]
		delete(c.told.handed, uint64(seq.Int64))
		if !ok || int64(was.Serial) != serial.Int64 || string(was.Hash) != string(hash) || was.Receiver != receiver.String || int64(was.Level) != level.Int64 {
			c.found(app.JournalRowDiffers, "handovers/%d", seq.Int64)
		}
		return none{}, nil
	})
	for seq := range c.told.handed {
		c.found(app.JournalRowDiffers, "handovers/%d", seq)
	}
	return err
}

// pictures looks for the files that entries name. Their names are keyed, so the vault must be open.
func (c *checking) pictures() error {
	if !c.Opened {
		return nil
	}
	c.at = "attachments"
	rows, err := c.rows(`SELECT hash, kind, size FROM attachments WHERE entry IS NOT NULL`)
	if err != nil {
		return err
	}
	all, err := collect("kiosk.pictures", rows, scanEvidence)
	for _, e := range all {
		if _, err := c.Blob(c.ctx, e.Hash); err != nil {
			c.found(app.StorageBlob, "attachments/%x", e.Hash[:6])
		}
	}
	return err
}

// signer is a device key and the first entry that it signs for.
type signer struct {
	from uint64
	key  ed25519.PublicKey
}
