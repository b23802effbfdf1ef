package post

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"time"

	"loket/app"
	"loket/app/office"
	"loket/app/sealed"
)

// Clockwork is where a question for head office's time lies, and its answer.
type Clockwork interface {
	AskTime(nonce [sealed.NonceSize]byte) error
	Time() ([]byte, error) // nil when none has come
	DropTime() error
}

// settingTime is what the kiosk asked with: 16 random bytes, and the clock then as unix ms.
const settingTime = "time.asked"

// askEvery is how long an answer is enough, where the clock was not ahead.
const askEvery = 6 * time.Hour

// takeTime takes in head office's answer to what time it is, and asks again when it is time to. Only the
// answer to the very bytes that this kiosk keeps counts, and only once: an old one moves nothing. It says
// whether known time was set.
func (p *Post) takeTime(ctx context.Context) (set bool, err error) {
	box, err := p.box()
	if err != nil {
		return false, err
	}
	asked, err := p.store.Setting(ctx, settingTime)
	if err != nil {
		return false, err
	}
	answer, err := box.Time()
	if err != nil {
		return false, err
	}
	if answer != nil {
		if set, err = p.useTime(ctx, asked, answer); err != nil {
			return false, err
		}
		asked = nil
		if err := box.DropTime(); err != nil {
			return set, err
		}
	}
	return set, p.askTime(ctx, box, asked)
}

// useTime sets known time by an answer that proves; any other is thrown away.
func (p *Post) useTime(ctx context.Context, asked, answer []byte) (bool, error) {
	if len(asked) != sealed.NonceSize+8 {
		return false, nil
	}
	roots, err := p.Roots(ctx)
	if err != nil {
		return false, err
	}
	epoch, err := p.store.OfficeEpoch(ctx)
	if err != nil {
		return false, err
	}
	at, _, err := sealed.OpenTime(answer, p.store.Chain(), [sealed.NonceSize]byte(asked), office.Judge{Roots: roots, Epoch: epoch})
	if err != nil {
		return false, p.store.PutSetting(ctx, settingTime, nil)
	}
	then := time.UnixMilli(int64(binary.BigEndian.Uint64(asked[sealed.NonceSize:])))
	if err := p.store.SetTime(ctx, at, then); err != nil {
		return false, err
	}
	p.timed = at
	return true, p.store.PutSetting(ctx, settingTime, nil)
}

// askTime lays out a question where none waits for its answer.
func (p *Post) askTime(ctx context.Context, box Box, asked []byte) error {
	if len(asked) == sealed.NonceSize+8 {
		return nil
	}
	ahead, fast, err := p.store.ClockGap(ctx)
	if err != nil {
		return err
	}
	known, err := p.store.KnownTime(ctx)
	if err != nil || ahead == 0 && fast == 0 && known.Sub(p.timed).Abs() < askEvery {
		return err
	}
	var nonce [sealed.NonceSize]byte
	rand.Read(nonce[:]) // never fails: the program would stop
	question := binary.BigEndian.AppendUint64(nonce[:], uint64(p.clock.Now().UnixMilli()))
	if err := p.store.PutSetting(ctx, settingTime, question); err != nil {
		return err
	}
	return box.AskTime(nonce)
}

// timeOf is takeTime for one turn of the post: what this computer cannot write now waits, and a kiosk that
// is behind sets nothing.
func (p *Post) timeOf(ctx context.Context, r *Applied) error {
	set, err := p.takeTime(ctx)
	if set {
		r.Frames++
	}
	switch app.CodeOf(err) {
	case app.PostNotEnrolled, app.StorageBehind, app.StorageReadOnly, app.StorageFull:
		return nil
	}
	return err
}
