package kiosk

import (
	"context"

	"loket/storage/witness"
)

// ahead is how many numbers the witness reserves at once, so that it need not be flushed for each.
const ahead = 32

// mostLeases is how many ranges of lent numbers a word names: those in use.
const mostLeases = 16

// given are the numbers that were given out, and how far the witness has them reserved.
type given struct {
	counter, lookup uint64              // given out
	leases          map[leaseKey]uint64 // the first number not given out
}

type leaseKey struct {
	kind  string
	first uint64
}

func givenOf(w witness.Word) given {
	g := given{counter: w.Counter, lookup: w.Lookup, leases: map[leaseKey]uint64{}}
	for _, l := range w.Leases {
		g.leases[leaseKey{l.Kind, l.First}] = l.Next
	}
	return g
}

// gave notes the numbers that a transaction gives out.
type gave struct {
	counter, lookup uint64
	leases          map[leaseKey]uint64
}

func (t *tx) gaveLeased(kind string, first, number uint64) {
	if t.gave.leases == nil {
		t.gave.leases = map[leaseKey]uint64{}
	}
	t.gave.leases[leaseKey{kind, first}] = number + 1
}

// reserve has the witness hold every number that a transaction gives out, before it is committed: however
// the disk takes the commit back, no number goes to somebody else.
func (s *Store) reserve(t *tx) error {
	if s.keeper == nil {
		return nil
	}
	w := s.keeper.Word()
	due := t.gave.counter > w.Counter || t.gave.lookup > w.Lookup
	if t.gave.counter > w.Counter {
		w.Counter = t.gave.counter + ahead
	}
	if t.gave.lookup > w.Lookup {
		w.Lookup = t.gave.lookup + ahead
	}
	for key, next := range t.gave.leases {
		if next > reservedIn(w, key) {
			w.Leases = reserved(w.Leases, key, next+ahead)
			due = true
		}
	}
	if !due {
		return nil
	}
	return s.keeper.Reserve(w)
}

func reservedIn(w witness.Word, key leaseKey) uint64 {
	for _, l := range w.Leases {
		if l.Kind == key.kind && l.First == key.first {
			return l.Next
		}
	}
	return 0
}

// reserved puts a range in front; the one that was used least lately goes.
func reserved(all []witness.Lease, key leaseKey, next uint64) []witness.Lease {
	kept := []witness.Lease{{Kind: key.kind, First: key.first, Next: next}}
	for _, l := range all {
		if (l.Kind != key.kind || l.First != key.first) && len(kept) < mostLeases {
			kept = append(kept, l)
		}
	}
	return kept
}

// nothing is given out twice: once committed, the numbers count as given.
func (s *Store) gaveOut(t *tx) {
	s.given.counter, s.given.lookup = max(s.given.counter, t.gave.counter), max(s.given.lookup, t.gave.lookup)
	for key, next := range t.gave.leases {
		if s.given.leases == nil {
			s.given.leases = map[leaseKey]uint64{}
		}
		s.given.leases[key] = next
	}
}

// exact is the word with nothing reserved: what the program says when it ends well, so that the next start
// leaves no numbers out.
func (s *Store) exact(w witness.Word) witness.Word {
	w.Counter, w.Lookup = s.given.counter, s.given.lookup
	var leases []witness.Lease
	for _, l := range w.Leases {
		if next, ok := s.given.leases[leaseKey{l.Kind, l.First}]; ok {
			l.Next = next
		}
		leases = append(leases, l)
	}
	w.Leases = leases
	return w
}

// skipReserved leaves out the lent numbers that may have been given out before the program ended badly.
func (s *Store) skipReserved(ctx context.Context, w witness.Word) error {
	if len(w.Leases) == 0 {
		return nil
	}
	return s.write(ctx, "kiosk.skipReserved", func(t *tx) error {
		for _, l := range w.Leases {
			if err := t.exec(`UPDATE leases SET next = min(last + 1, max(next, ?)) WHERE kind = ? AND first = ?`, l.Next, l.Kind, l.First); err != nil {
				return err
			}
		}
		return nil
	})
}
