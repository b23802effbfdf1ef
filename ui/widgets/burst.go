package widgets

import "time"

// A scanner that acts as a keyboard types faster than hands do and ends with Enter. What tells it
// is the share of very short gaps: a slow frame may swallow one gap or stretch another.
const (
	burstShort = 25 * time.Millisecond  // hands are slower
	burstPause = 250 * time.Millisecond // a longer gap begins something new
	burstLeast = 8                      // characters
)

// Burst collects characters and tells, at Enter, whether a scanner typed them.
type Burst struct {
	Now   func() time.Time // nil is the computer's clock
	runes []rune
	short int
	last  time.Time
}

func (b *Burst) now() time.Time {
	if b.Now != nil {
		return b.Now()
	}
	return time.Now()
}

// Add takes a character; true when it begins something new.
func (b *Burst) Add(r rune) (fresh bool) {
	now := b.now()
	gap := now.Sub(b.last)
	b.last = now
	if len(b.runes) == 0 || gap > burstPause {
		b.runes, b.short = append(b.runes[:0], r), 0
		return true
	}
	if gap <= burstShort {
		b.short++
	}
	b.runes = append(b.runes, r)
	return false
}

// End is called at Enter: the text, when a scanner typed it. Then it begins anew.
func (b *Burst) End() (text string, scanned bool) {
	text = string(b.runes)
	gaps := len(b.runes) - 1
	scanned = len(b.runes) >= burstLeast && b.short*5 >= gaps*4 && b.now().Sub(b.last) <= burstPause
	b.runes = b.runes[:0]
	return text, scanned
}
