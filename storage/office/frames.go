package office

import (
	"context"
	"crypto/sha256"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/office/books"
	"loket/app/sealed"
)

// frameLife is how long news may wait for its kiosk: receipts and decisions must reach a computer
// that was shut away for years, and lists carry an age of their own.
const frameLife = 10 * 365 * 24 * time.Hour

// feed is where a life's feed stands. Frames are counted through all epochs; the number that a kiosk
// sees is the count behind base.
type feed struct {
	epoch   uint64
	base    uint64
	last    uint64 // count of the newest frame
	hash    []byte
	opening []byte
}

func (f feed) place(count uint64) sealed.Place {
	return sealed.Place{Epoch: f.epoch, Number: count - f.base}
}

// after is the count behind which a kiosk wants news that stands at a place; ahead says that the
// kiosk has more than these books ever gave.
func (f feed) after(p sealed.Place) (count uint64, ahead bool) {
	switch {
	case p.Epoch > f.epoch:
		return f.base, true
	case p.Epoch < f.epoch:
		return f.base, false
	}
	return f.base + p.Number, f.base+p.Number > f.last
}

func (t *tx) feedOf(chain app.Chain) (f feed, err error) {
	found, err := t.get("SELECT feed_epoch, feed_base, frame_number, frame_hash, opening_key FROM chains WHERE kiosk = $1 AND incarnation = $2",
		[]any{chain.Kiosk, chain.Incarnation}, &f.epoch, &f.base, &f.last, &f.hash, &f.opening)
	if err == nil && (!found || len(f.hash) != sha256.Size) {
		err = app.Fail(app.OfficeUnknownKiosk)
	}
	return f, err
}

// said is what a frame tells, before it has a place in a feed.
type said struct {
	kind     sealed.FrameKind
	batch    uint64
	content  []byte
	first    []byte // hash of the frame that said it first, empty when this one does
	enclosed bool   // content is that frame's file
}

// frame appends news to a kiosk's feed: numbered, chained, signed and sealed by the clerk.
func (t *tx) frame(chain app.Chain, kind sealed.FrameKind, batch uint64, content []byte) ([]byte, error) {
	raw, _, err := t.say(chain, said{kind: kind, batch: batch, content: content})
	return raw, err
}

func (t *tx) say(chain app.Chain, s said) (raw []byte, count uint64, err error) {
	at, err := t.feedOf(chain)
	if err != nil {
		return nil, 0, err
	}
	count = at.last + 1
	place := at.place(count)
	f := sealed.Frame{
		Chain: chain, Epoch: place.Epoch, Number: place.Number, Previous: [32]byte(at.hash), Issued: t.at, Expires: t.at.Add(frameLife),
		Kind: s.kind, Batch: s.batch, Content: s.content, Enclosed: s.enclosed,
	}
	copy(f.First[:], s.first)
	signed, err := t.clerk.Frame(f, at.opening)
	if err != nil {
		return nil, 0, err
	}
	kept, err := t.keptContent(chain, s)
	if err != nil {
		return nil, 0, err
	}
	if err := t.must(`INSERT INTO frames (kiosk, incarnation, number, kind, hash, raw, issued_at, batch, content, first, signed_epoch, signed_until)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		chain.Kiosk, chain.Incarnation, count, string(s.kind), signed.Hash[:], signed.File, ms(t.at), s.batch, kept, filled(s.first),
		signed.Epoch, ms(signed.Until)); err != nil {
		return nil, 0, err
	}
	return signed.File, count, t.must("UPDATE chains SET frame_number = $3, frame_hash = $4 WHERE kiosk = $1 AND incarnation = $2",
		chain.Kiosk, chain.Incarnation, count, signed.Hash[:])
}

// keptContent is what a frame says, hidden, so that it can be said again by another key. Lists are
// not kept: the newest are announced again. What is enclosed says itself again.
func (t *tx) keptContent(chain app.Chain, s said) ([]byte, error) {
	if isList(s.kind) {
		return []byte{}, nil
	}
	if s.enclosed { // the kiosk alone can open it
		return t.clerk.Hide(enclosedPlace(chain), s.content)
	}
	return t.clerk.Hide(contentPlace(chain), s.content)
}

func contentPlace(chain app.Chain) string  { return "frames|" + chain.String() }
func enclosedPlace(chain app.Chain) string { return "frames|enclosed|" + chain.String() }

func isList(k sealed.FrameKind) bool {
	return k == sealed.FrameLists || k == sealed.FrameTrust || k == sealed.FrameStatus
}

// tell is frame with a CBOR content.
func (t *tx) tell(chain app.Chain, kind sealed.FrameKind, content any) error {
	b, err := cose.Marshal(content)
	if err != nil {
		return err
	}
	_, err = t.frame(chain, kind, 0, b)
	return err
}

// Feed lists the frames behind a place, oldest first, at most so many bytes (but one frame always).
// More says that others follow. Where the feed began anew since, they are those of the present epoch
// from its first. What is handed out comes out of a transaction that wrote: a receipt lets the kiosk
// forget, and a lease lets it act.
func (s *Store) Feed(ctx context.Context, chain app.Chain, after sealed.Place, limit int) (frames [][]byte, more bool, err error) {
	var news int
	err = s.look(ctx, "office.Feed", func(t *tx) error {
		at, err := t.feedOf(chain)
		if err != nil {
			return err
		}
		behind, _ := at.after(after)
		_, err = t.get("SELECT count(*) FROM chains WHERE kiosk = $1 AND incarnation = $2 AND frame_number > $3", []any{chain.Kiosk, chain.Incarnation, behind}, &news)
		return err
	})
	if err != nil || news == 0 {
		return nil, false, err
	}
	err = s.answer(ctx, "office.Feed", chain, time.Time{}, func(t *tx) error {
		frames, more, err = t.feed(chain, after, limit)
		return err
	})
	if err != nil {
		return nil, false, err
	}
	return frames, more, nil
}

func (t *tx) feed(chain app.Chain, after sealed.Place, limit int) (frames [][]byte, more bool, err error) {
	at, err := t.feedOf(chain)
	if err != nil {
		return nil, false, err
	}
	behind, _ := at.after(after)
	size := 0
	err = t.each("SELECT raw FROM frames WHERE kiosk = $1 AND incarnation = $2 AND number > $3 ORDER BY number LIMIT 500",
		[]any{chain.Kiosk, chain.Incarnation, behind}, func(scan func(...any) error) error {
			var raw []byte
			if err := scan(&raw); err != nil {
				return err
			}
			if size += len(raw); more || size > limit && len(frames) > 0 {
				more = true
				return nil
			}
			frames = append(frames, raw)
			more = len(frames) == 500
			return nil
		})
	return frames, more, err
}

// FeedStands says why a kiosk that stands at a place cannot go on with its feed as it is: "" when it
// can. Soon is until when a frame's certificate must hold at least, epoch the present one.
func (s *Store) FeedStands(ctx context.Context, chain app.Chain, after sealed.Place, soon time.Time, epoch uint64) (why books.FeedReason, err error) {
	err = s.look(ctx, "office.FeedStands", func(t *tx) error {
		at, err := t.feedOf(chain)
		if err != nil {
			return err
		}
		behind, ahead := at.after(after)
		if ahead {
			why = books.FeedAhead
			return nil
		}
		var ending int
		_, err = t.get(`SELECT count(*) FROM frames WHERE kiosk = $1 AND incarnation = $2 AND number > $3 AND (signed_until <= $4 OR signed_epoch < $5)`,
			[]any{chain.Kiosk, chain.Incarnation, behind, ms(soon), epoch}, &ending)
		if ending > 0 {
			why = books.FeedCertificate
		}
		return err
	})
	return why, err
}
