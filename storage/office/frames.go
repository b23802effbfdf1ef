package office

import (
	"context"
	"crypto/sha256"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/sealed"
)

// frameLife is how long news may wait for its kiosk: receipts and decisions must reach a computer
// that was shut away for years, and lists carry an age of their own.
const frameLife = 10 * 365 * 24 * time.Hour

// frame appends news to a kiosk's feed: numbered, chained, signed and sealed by the clerk.
func (t *tx) frame(chain app.Chain, kind sealed.FrameKind, batch uint64, content []byte) ([]byte, error) {
	var number uint64
	var previous, opening []byte
	found, err := t.get("SELECT frame_number, frame_hash, opening_key FROM chains WHERE kiosk = $1 AND incarnation = $2",
		[]any{chain.Kiosk, chain.Incarnation}, &number, &previous, &opening)
	if err != nil {
		return nil, err
	}
	if !found || len(previous) != sha256.Size {
		return nil, app.Fail(app.OfficeUnknownKiosk)
	}
	number++
	raw, hash, err := t.clerk.Frame(sealed.Frame{
		Chain: chain, Number: number, Previous: [32]byte(previous), Issued: t.at, Expires: t.at.Add(frameLife),
		Kind: kind, Batch: batch, Content: content,
	}, opening)
	if err != nil {
		return nil, err
	}
	if err := t.must("INSERT INTO frames (kiosk, incarnation, number, kind, hash, raw, issued_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
		chain.Kiosk, chain.Incarnation, number, string(kind), hash[:], raw, ms(t.at)); err != nil {
		return nil, err
	}
	return raw, t.must("UPDATE chains SET frame_number = $3, frame_hash = $4 WHERE kiosk = $1 AND incarnation = $2",
		chain.Kiosk, chain.Incarnation, number, hash[:])
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

// Feed lists the frames behind a number, oldest first, at most so many bytes (but one frame always).
// More says that others follow. What is handed out comes out of a transaction that wrote: a receipt lets
// the kiosk forget, and a lease lets it act.
func (s *Store) Feed(ctx context.Context, chain app.Chain, after uint64, limit int) (frames [][]byte, more bool, err error) {
	var news int
	err = s.look(ctx, "office.Feed", func(t *tx) error {
		_, err := t.get("SELECT count(*) FROM chains WHERE kiosk = $1 AND incarnation = $2 AND frame_number > $3", []any{chain.Kiosk, chain.Incarnation, after}, &news)
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

func (t *tx) feed(chain app.Chain, after uint64, limit int) (frames [][]byte, more bool, err error) {
	size := 0
	err = t.each("SELECT raw FROM frames WHERE kiosk = $1 AND incarnation = $2 AND number > $3 ORDER BY number LIMIT 500",
		[]any{chain.Kiosk, chain.Incarnation, after}, func(scan func(...any) error) error {
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
