package kiosk

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"

	"loket/app"
	"loket/app/sealed"
	"loket/app/vault"
	"loket/storage/witness"
)

// Watch is what a kiosk's witness needs: the folder of the machine secret, and the secret. The zero Watch
// is no witness.
type Watch struct {
	State  string
	Secret vault.Machine
}

// OpenWatched is Open with a witness outside the database. A database that is behind it opens all the
// same, and says so: see Behind.
func OpenWatched(ctx context.Context, dir string, clock app.Clock, by Watch) (*Store, error) {
	return open(ctx, dir, clock, by.place(dir))
}

func (w Watch) place(dir string) *witness.Place {
	if len(w.Secret) < vault.MachineSize {
		return nil
	}
	return &witness.Place{Data: dir, State: w.State, Secret: w.Secret}
}

// settingBehind keeps that the database is behind, until the next life begins: JSON of Behind.
const settingBehind = "storage.behind"

// compare holds the database against its traces, which were read before it was opened.
func (s *Store) compare(ctx context.Context, t traces) error {
	if err := s.clearMoved(ctx); err != nil {
		return err
	}
	if mark, err := markOf(s.dir); err == nil {
		t.mark = mark
	}
	t.words = s.ofThis(t.words)
	kept, err := s.keptBehind(ctx)
	if err != nil {
		return err
	}
	b, err := s.judge(ctx, t)
	if err != nil {
		return err
	}
	if b == nil {
		b = kept
	}
	if b != nil {
		return s.setBehind(ctx, *b)
	}
	return s.keepWitness(ctx, t)
}

// ofThis are the words that speak of this journal, or of this folder where there is no journal in it.
func (s *Store) ofThis(words []witness.Word) []witness.Word {
	at := s.stand()
	if at.chain != (app.Chain{}) {
		return slices.DeleteFunc(words, func(w witness.Word) bool { return string(w.Genesis) != string(at.genesis[:]) })
	}
	here := s.folderHash()
	return slices.DeleteFunc(words, func(w witness.Word) bool { return string(w.Folder) != string(here) })
}

func (s *Store) folderHash() []byte {
	path, err := filepath.Abs(s.dir)
	if err != nil {
		path = s.dir
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	return witness.FolderHash(path)
}

// judge says what is missing; nil is nothing.
func (s *Store) judge(ctx context.Context, t traces) (*Behind, error) {
	at := s.stand()
	if at.chain == (app.Chain{}) {
		return emptied(t), nil
	}
	last, err := s.lastBatch(ctx)
	if err != nil {
		return nil, err
	}
	b := Behind{Chain: at.chain, Here: at.seq, Batch: last.number, Waiting: t.unknown(at.chain, last.number)}
	w, seen := latest(t.words)
	if seen {
		b.Last, b.Batch = w.Seq, max(b.Batch, w.Batch)
		same, err := s.agrees(ctx, w)
		if err != nil {
			return nil, err
		}
		switch {
		case w.Over || w.Seq > at.seq || w.Batch > last.number:
			b.Why = ByWitness
		case !same:
			b.Why = ByFork
		}
	}
	fetched, _, err := s.Feed(ctx)
	if err != nil {
		return nil, err
	}
	switch {
	case b.Why != "":
	case t.mark != nil:
		b.Why = ByRestore
	case len(b.Waiting) > 0:
		b.Why = ByOutbox
	case !seen && s.place != nil && fetched.Before(t.fetched) && !slices.ContainsFunc(t.frames[at.chain], next(fetched)):
		b.Why = ByCursor
	}
	if n := len(b.Waiting); n > 0 {
		b.Batch = max(b.Batch, b.Waiting[n-1])
	}
	if b.Why == "" {
		return nil, nil
	}
	return &b, nil
}

// next finds the frame that comes next after a place.
func next(last sealed.Place) func(sealed.Place) bool {
	return func(p sealed.Place) bool { return p.Follows(last) }
}

// emptied is what is missing where there is no journal: everything, if there ever was something.
func emptied(t traces) *Behind {
	w, seen := latest(t.words)
	if !seen && !t.some {
		return nil
	}
	b := &Behind{Why: ByEmptying, Chain: t.life(), Last: w.Seq, Batch: w.Batch}
	b.Waiting = t.batches[b.Chain]
	if n := len(b.Waiting); n > 0 {
		b.Batch = max(b.Batch, b.Waiting[n-1])
	}
	return b
}

func latest(words []witness.Word) (best witness.Word, seen bool) {
	for _, w := range words {
		if !seen || w.Incarnation > best.Incarnation || w.Incarnation == best.Incarnation && w.Turn > best.Turn {
			best, seen = w, true
		}
	}
	return best, seen
}

// agrees says whether the entry that the witness saw last is the one in the database.
func (s *Store) agrees(ctx context.Context, w witness.Word) (bool, error) {
	if w.Seq > s.stand().seq {
		return true, nil
	}
	head, err := s.headAt(ctx, w.Seq)
	if app.CodeOf(err) == app.NotFound {
		return false, nil
	}
	return string(head[:]) == string(w.Head), err
}

func (s *Store) keptBehind(ctx context.Context) (*Behind, error) {
	text, err := s.Setting(ctx, settingBehind)
	if err != nil || len(text) == 0 {
		return nil, err
	}
	b := Behind{Why: ByWitness}
	if err := json.Unmarshal(text, &b); err != nil {
		return &b, nil //nolint:nilerr // damaged, it still says that it was so
	}
	b.Chain, b.Here = s.stand().chain, s.stand().seq
	return &b, nil
}

// setBehind keeps that the database is behind. Where nothing can be written it holds until the program
// ends, and the traces tell again.
func (s *Store) setBehind(ctx context.Context, b Behind) error {
	s.mu.Lock()
	s.behind = &b
	s.mu.Unlock()
	if s.reading != "" {
		return nil
	}
	text, err := json.Marshal(b)
	if err != nil {
		return failed("kiosk.setBehind", err)
	}
	return s.PutSetting(ctx, settingBehind, text)
}

// FoundBehind is called when head office has told what this database does not know: a receipt for a batch
// that it never made, or that another batch stands under the number of one that it did. From now on it is
// behind.
func (s *Store) FoundBehind(ctx context.Context, why string, batch uint64) error {
	if s.Behind() != nil {
		return nil
	}
	at := s.stand()
	return errors.Join(s.setBehind(ctx, Behind{Why: why, Chain: at.chain, Here: at.seq, Batch: batch}), s.endWitness())
}

// keepWitness goes on with the witness of a database that is not behind, or begins it.
func (s *Store) keepWitness(ctx context.Context, t traces) error {
	at := s.stand()
	if s.place == nil || at.chain == (app.Chain{}) || s.reading != "" {
		return nil
	}
	last, err := s.lastBatch(ctx)
	if err != nil {
		return err
	}
	w, seen := latest(t.words)
	if !seen {
		w = witness.Word{Kiosk: at.chain.Kiosk, Incarnation: at.chain.Incarnation, Genesis: at.genesis[:], Turn: 1}
	}
	s.given = givenOf(w)
	if err := s.skipReserved(ctx, w); err != nil {
		return err
	}
	w.Folder = s.folderHash()
	w = s.wordAt(w, s.stand(), last)
	if s.keeper, err = witness.Keep(*s.place, w); app.CodeOf(err) == app.StorageBusy {
		return err
	}
	if err != nil {
		return nil //nolint:nilerr // no copy can be written: doctor says so, and saving fails by itself
	}
	s.keeper.Note(w)
	return nil
}

// wordAt is a word that stands where the journal does.
func (s *Store) wordAt(w witness.Word, at state, last batchRow) witness.Word {
	w.Seq, w.Head = at.seq, at.head[:]
	if last.number >= w.Batch {
		w.Batch, w.Covered, w.Identity = last.number, last.last, last.identity[:]
	}
	return w
}

// noted tells the witness of a commit.
func (s *Store) noted(t *tx) {
	if s.keeper == nil {
		return
	}
	w := s.keeper.Word()
	if t.at.seq == w.Seq && t.sealed.number == 0 {
		return
	}
	s.keeper.Note(s.wordAt(w, t.at, t.sealed))
}

// endWitness says the last word of this program, with nothing reserved, and lets go.
func (s *Store) endWitness() error {
	s.turn.Lock()
	defer s.turn.Unlock()
	if s.keeper != nil {
		s.keeper.Note(s.exact(s.keeper.Word()))
	}
	k := s.keeper
	s.keeper = nil
	return k.Close()
}

// begunWitness begins the witness of a journal that has just begun.
func (s *Store) begunWitness(ctx context.Context) error {
	if s.keeper != nil {
		return nil
	}
	return s.keepWitness(ctx, traces{})
}
