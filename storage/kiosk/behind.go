package kiosk

import (
	"fmt"

	"loket/app"
)

// Why a database is known to be behind.
const (
	ByWitness  = "witness"  // the witness beside it saw later entries
	ByFork     = "fork"     // the witness saw other entries under the same numbers
	ByOutbox   = "outbox"   // a sealed batch lies there that it does not know
	ByReceipt  = "receipt"  // head office holds a batch that it does not know
	ByClone    = "clone"    // head office holds another batch under a number that it gave
	ByCursor   = "cursor"   // news was fetched that it has not applied and that is gone
	ByRestore  = "restored" // it was restored from a backup
	ByEmptying = "emptied"  // it is gone or holds nothing, beside traces of a kiosk
)

// Behind is what a database lacks although traces outside it tell that it was there. A kiosk that is
// behind gives out no number and writes no entry; it reads, keeps drafts and sends, until head office lets
// it go on as its next life.
type Behind struct {
	Why     string    `json:"why"`
	Chain   app.Chain `json:"-"`
	Here    uint64    `json:"here"`              // the newest entry in the database
	Last    uint64    `json:"last,omitempty"`    // the newest entry that is told of; 0: nobody knows
	Batch   uint64    `json:"batch,omitempty"`   // the newest batch that is told of
	Waiting []uint64  `json:"waiting,omitempty"` // sealed batches in the outbox that the database does not know
}

// Place is what is missing, for a list of faults.
func (b Behind) Place() string {
	if b.Last > b.Here {
		return fmt.Sprintf("entries/%d..%d", b.Here+1, b.Last)
	}
	return fmt.Sprintf("entries/%d..", b.Here+1)
}

// Err is the sentence for who tries to write all the same.
func (b Behind) Err() error {
	first, last := fmt.Sprint(b.Here+1), "…"
	if b.Last > b.Here {
		last = fmt.Sprint(b.Last)
	}
	return app.Fail(app.StorageBehind, "first", first, "last", last, "waiting", len(b.Waiting))
}

// Behind is what the database lacks; nil where nothing tells of more than it holds.
func (s *Store) Behind() *Behind {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.behind
}

// Trouble is why no number is given out, or why nothing can be written; nil: neither.
func (s *Store) Trouble() error {
	if b := s.Behind(); b != nil {
		return b.Err()
	}
	if s.reading != "" {
		return app.Fail(s.reading)
	}
	return nil
}
