package widgets

import (
	"strings"
	"time"
)

// A scanner that acts as a keyboard types faster than hands do and ends with Enter. What tells it
// is the share of very short gaps: a slow frame may swallow one gap or stretch another. On a busy
// computer even that is not enough, so a text that no hand types is a scan at any speed.
const (
	burstShort = 25 * time.Millisecond  // hands are slower
	burstPause = 250 * time.Millisecond // a longer gap begins something new, unless a scanner is typing
	burstStall = 2 * time.Second        // so long may a busy computer keep a scanner's next character
	burstLeast = 8                      // characters
	burstSure  = 4                      // so many that came quickly are a scanner's
	handsMost  = 60                     // digits that nobody types in one go
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
	if len(b.runes) == 0 || gap > burstStall || gap > burstPause && !b.typing() {
		b.runes, b.short = append(b.runes[:0], r), 0
		return true
	}
	if gap <= burstShort {
		b.short++
	}
	b.runes = append(b.runes, r)
	return false
}

// Done says that the last character is dealt with: the time that took is no pause of who types.
func (b *Burst) Done() { b.last = b.now() }

// End is called at Enter: the text, when a scanner typed it. Then it begins anew.
func (b *Burst) End() (text string, scanned bool) {
	text = string(b.runes)
	scanned = b.now().Sub(b.last) <= burstStall && (len(b.runes) >= burstLeast && b.quick() || b.noHand())
	b.runes = b.runes[:0]
	return text, scanned
}

// quick says whether the characters came faster than hands type.
func (b *Burst) quick() bool { return b.short*5 >= (len(b.runes)-1)*4 }

// typing says whether a scanner is at it, as far as can be known yet.
func (b *Burst) typing() bool { return len(b.runes) >= burstSure && b.quick() || b.address() }

// address says whether it begins as the text of a card does: nobody types an address in capitals.
func (b *Burst) address() bool {
	const begin = "HTTPS://"
	return len(b.runes) >= len(begin) && string(b.runes[:len(begin)]) == begin
}

// noHand says whether it is a text that nobody types by hand.
func (b *Burst) noHand() bool {
	return len(b.runes) >= handsMost && (b.address() || strings.Trim(string(b.runes), "0123456789") == "")
}
