package office

import (
	"context"
	"errors"

	"loket/app"
	"loket/app/cose"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
)

// errClone ends the transaction of a batch that tells another story; the alarm is kept in the next.
var errClone = errors.New("clone alarm")

// Take stores a batch with its entries, its place in the log and its receipt, applies what can be
// applied in order, and returns the receipt frame, all in one transaction. The same batch again
// gets the same bytes again. Another batch under a known number, or one that continues another
// story, is kept as an alarm and refused.
func (s *Store) Take(ctx context.Context, d books.Delivery) (receipt []byte, err error) {
	if err := s.Prepare(&d); err != nil {
		return nil, err
	}
	r := &ready{d, d.Ready.([]readyItem)}
	err = s.answer(ctx, "office.Take", d.Batch.Header.Chain, d.At, func(t *tx) error {
		receipt, err = t.take(r)
		return err
	})
	if !errors.Is(err, errClone) {
		return receipt, err
	}
	if err := s.change(ctx, "office.Take", d.At, func(t *tx) error { return t.alarm(d) }); err != nil {
		return nil, err
	}
	return nil, app.Fail(app.OfficeOtherIdentity, "number", d.Batch.Header.Number)
}

func (t *tx) take(d *ready) ([]byte, error) {
	h := d.Batch.Header
	before, known, err := t.receiptOf(h.Chain, h.Number, d.Batch.Identity)
	if err != nil || before != nil {
		return before, err
	}
	if known {
		return nil, errClone
	}
	link, err := t.linkOf(h.Chain)
	if err != nil {
		return nil, err
	}
	if h.Number <= link.number || h.Number == link.number+1 && !link.continuedBy(h) || h.Number > link.number+1 && h.First <= link.seq {
		return nil, errClone
	}
	if link.continuedBy(h) {
		t.fresh = d
	}
	if h.Number > link.number+1 {
		if err := t.roomAhead(d.Delivery, link.number); err != nil {
			return nil, err
		}
	}
	verdicts, err := t.keepItems(d)
	if err != nil {
		return nil, err
	}
	receipt, err := t.keepBatch(d.Delivery, verdicts)
	if err != nil {
		return nil, err
	}
	if err := t.applyInOrder(h.Chain); err != nil {
		return nil, err
	}
	if err := t.must("UPDATE chains SET seen_at = $3 WHERE kiosk = $1 AND incarnation = $2", h.Chain.Kiosk, h.Chain.Incarnation, ms(t.at)); err != nil {
		return nil, err
	}
	return receipt, t.renewLeases(h.Chain)
}

// receiptOf finds the receipt frame of a batch that is here already; known says that its number is.
func (t *tx) receiptOf(chain app.Chain, number uint64, identity sealed.Identity) (raw []byte, known bool, err error) {
	var stored []byte
	var count uint64
	known, err = t.get(`SELECT b.identity, b.receipt, f.raw FROM batches b JOIN frames f ON f.kiosk = b.kiosk AND f.incarnation = b.incarnation AND f.number = b.receipt
		WHERE b.kiosk = $1 AND b.incarnation = $2 AND b.number = $3`, []any{chain.Kiosk, chain.Incarnation, number}, &stored, &count, &raw)
	if err != nil || string(stored) != string(identity[:]) {
		return nil, known, err
	}
	raw, err = t.receiptAgain(chain, count, raw)
	return raw, known, err
}

func (t *tx) alarm(d books.Delivery) error {
	h := d.Batch.Header
	return t.raise(h, d.Batch.Identity[:], d.Raw)
}

// link is the end of what was applied of a chain.
type link struct {
	number   uint64
	identity sealed.Identity
	seq      uint64
	head     journal.Head
}

func (l link) continuedBy(h sealed.Header) bool {
	return h.Number == l.number+1 && h.Previous == l.identity && h.First == l.seq+1 && h.HeadBefore == l.head
}

func (t *tx) linkOf(chain app.Chain) (link, error) {
	var l link
	var identity, head []byte
	found, err := t.get("SELECT batch_number, batch_identity, seq, head FROM chains WHERE kiosk = $1 AND incarnation = $2",
		[]any{chain.Kiosk, chain.Incarnation}, &l.number, &identity, &l.seq, &head)
	if err == nil && !found {
		err = app.Fail(app.OfficeUnknownKiosk)
	}
	copy(l.identity[:], identity)
	copy(l.head[:], head)
	return l, err
}

// keepItems stores the entries and hidden parts. What is applied in the same transaction is marked so
// at once.
func (t *tx) keepItems(d *ready) (sealed.Verdicts, error) {
	h := d.Batch.Header
	v := sealed.Verdicts{First: h.First, Last: h.Last}
	entries := rowsFor(intoEntries, "ON CONFLICT (kiosk, incarnation, seq) DO NOTHING")
	parts := rowsFor("parts (kiosk, incarnation, seq, hidden)", "")
	for i, it := range d.items {
		e, applied := d.Batch.Items[i].Entry, 0
		if it.code != "" {
			v.Quarantined = append(v.Quarantined, sealed.Quarantine{Seq: e.Seq, Code: it.code})
		} else if t.fresh == d {
			applied = 1
		}
		entries.add(e.Kiosk, e.Incarnation, e.Seq, uint16(e.Kind), e.Scope[:], e.At, it.raw, applied)
		if it.hidden != nil {
			parts.add(e.Kiosk, e.Incarnation, e.Seq, it.hidden)
		}
	}
	n, err := t.insert(entries)
	if err == nil && n != int64(len(d.items)) { // two batches claim the same place in the journal
		err = errClone
	}
	if err != nil {
		return v, err
	}
	for _, q := range v.Quarantined {
		if err := t.quarantine(app.EntryID{Chain: h.Chain, Seq: q.Seq}, q.Code); err != nil {
			return v, err
		}
	}
	if err := t.nameFiles(d); err != nil {
		return v, err
	}
	return v, t.insertMust(parts)
}

func partPlace(id app.EntryID) string { return "parts|" + id.String() }

func (t *tx) quarantine(id app.EntryID, code app.Code) error {
	return t.must("INSERT INTO quarantine (kiosk, incarnation, seq, code, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (kiosk, incarnation, seq) DO NOTHING",
		id.Kiosk, id.Incarnation, id.Seq, string(code), ms(t.at))
}

// keepBatch stores the batch as it came, gives it the next place in the log, and makes its receipt.
func (t *tx) keepBatch(d books.Delivery, v sealed.Verdicts) ([]byte, error) {
	h := d.Batch.Header
	var index uint64
	if _, err := t.get("SELECT COALESCE(MAX(log_index), 0) + 1 FROM log", nil, &index); err != nil {
		return nil, err
	}
	if err := t.must("INSERT INTO log (log_index, kiosk, incarnation, number, identity) VALUES ($1, $2, $3, $4, $5)",
		index, h.Chain.Kiosk, h.Chain.Incarnation, h.Number, d.Batch.Identity[:]); err != nil {
		return nil, err
	}
	content, err := t.clerk.Receipt(sealed.Receipt{Identity: d.Batch.Identity, ReceivedAt: t.at, LogIndex: index, Verdicts: v})
	if err != nil {
		return nil, err
	}
	raw, err := t.frame(h.Chain, sealed.FrameReceipt, h.Number, content)
	if err != nil {
		return nil, err
	}
	return raw, t.must(`INSERT INTO batches (kiosk, incarnation, number, identity, first_seq, last_seq, previous, head_before, head_after, raw, received_at, applied_at, log_index, receipt, quarantined)
		SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12, frame_number, $13 FROM chains WHERE kiosk = $1 AND incarnation = $2`,
		h.Chain.Kiosk, h.Chain.Incarnation, h.Number, d.Batch.Identity[:], h.First, h.Last, h.Previous[:], h.HeadBefore[:], h.HeadAfter[:], d.Raw, ms(t.at), index, len(v.Quarantined))
}

// TakeAttachment stores a file under its hash and returns its receipt frame; the same again for a
// file that is here.
func (s *Store) TakeAttachment(ctx context.Context, a books.Attachment) (receipt []byte, err error) {
	err = s.answer(ctx, "office.TakeAttachment", a.Chain, a.At, func(t *tx) error {
		receipt, err = t.takeAttachment(a)
		return err
	})
	return receipt, err
}

func (t *tx) takeAttachment(a books.Attachment) ([]byte, error) {
	var raw []byte
	var count uint64
	found, err := t.get(`SELECT a.receipt, f.raw FROM attachments a JOIN frames f ON f.kiosk = a.kiosk AND f.incarnation = a.incarnation AND f.number = a.receipt
		WHERE a.kiosk = $1 AND a.incarnation = $2 AND a.hash = $3`, []any{a.Chain.Kiosk, a.Chain.Incarnation, a.Hash[:]}, &count, &raw)
	if err != nil {
		return nil, err
	}
	if found {
		return t.receiptAgain(a.Chain, count, raw)
	}
	if err := t.mayTake(a); err != nil {
		return nil, err
	}
	place := "attachments|" + a.Chain.String()
	hidden, err := t.clerk.Hide(place, a.Plain)
	if err != nil {
		return nil, err
	}
	content, err := t.clerk.Receipt(sealed.Receipt{Identity: a.Hash, ReceivedAt: t.at})
	if err != nil {
		return nil, err
	}
	if raw, err = t.frame(a.Chain, sealed.FrameReceipt, 0, content); err != nil {
		return nil, err
	}
	return raw, t.must(`UPDATE attachments SET hidden = $4, size = $5, received_at = $6,
		receipt = (SELECT frame_number FROM chains WHERE kiosk = $1 AND incarnation = $2)
		WHERE kiosk = $1 AND incarnation = $2 AND hash = $3`, a.Chain.Kiosk, a.Chain.Incarnation, a.Hash[:], hidden, len(a.Plain), ms(t.at))
}

// judge looks at an entry by itself: whether this version can read it.
func judge(it sealed.Item) app.Code {
	e := it.Entry
	if !e.Kind.Known() {
		return app.OfficeKindUnknown
	}
	if !storable(e) {
		return app.OfficeBodyBad
	}
	if read, ok := readers[e.Kind]; ok {
		return read(it)
	}
	if len(e.Body) != 0 && cose.Canonical(e.Body) != nil {
		return app.OfficeBodyBad
	}
	return ""
}
