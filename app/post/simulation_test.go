package post_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"loket/app"
	"loket/app/carrier"
	"loket/app/journal"
	"loket/storage/storagetest"
)

var errLine = errors.New("the line is gone")

// badLine is a line to head office that does what lines do, as drawn.
type badLine struct {
	carrier.Post
	rt *rapid.T
}

// over lets a call through, or not, or half.
func (l badLine) over(call func() ([][]byte, error)) ([][]byte, error) {
	fault := rapid.SampledFrom([]string{"", "", "", "lost", "answer lost", "twice", "cut", "bit", "reversed"}).Draw(l.rt, "fault")
	if fault == "lost" {
		return nil, errLine
	}
	frames, err := call()
	if err != nil {
		return nil, err
	}
	switch fault {
	case "answer lost":
		return nil, errLine
	case "twice":
		return call()
	case "cut":
		return frames[:rapid.IntRange(0, len(frames)).Draw(l.rt, "frames")], nil
	case "bit":
		return l.flipped(frames), nil
	case "reversed":
		return reversed(frames), nil
	}
	return frames, nil
}

func (l badLine) flipped(frames [][]byte) [][]byte {
	if len(frames) == 0 {
		return frames
	}
	out := append([][]byte(nil), frames...)
	at := rapid.IntRange(0, len(out)-1).Draw(l.rt, "which")
	spoiled := append([]byte(nil), out[at]...)
	spoiled[rapid.IntRange(0, len(spoiled)-1).Draw(l.rt, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(l.rt, "bit")
	out[at] = spoiled
	return out
}

func reversed(frames [][]byte) [][]byte {
	out := make([][]byte, 0, len(frames))
	for i := len(frames) - 1; i >= 0; i-- {
		out = append(out, frames[i])
	}
	return out
}

// PutBatches over the bad line.
func (l badLine) PutBatches(ctx context.Context, chain app.Chain, first uint64, files [][]byte) ([][]byte, error) {
	return l.over(func() ([][]byte, error) { return l.Post.PutBatches(ctx, chain, first, files) })
}

// PutAttachment over the bad line.
func (l badLine) PutAttachment(ctx context.Context, chain app.Chain, hash [32]byte, file []byte) ([][]byte, error) {
	return l.over(func() ([][]byte, error) { return l.Post.PutAttachment(ctx, chain, hash, file) })
}

// Object over the bad line.
func (l badLine) Object(ctx context.Context, chain app.Chain, hash, held [32]byte) (raw []byte, patch bool, err error) {
	all, err := l.over(func() ([][]byte, error) {
		raw, patch, err = l.Post.Object(ctx, chain, hash, held)
		return [][]byte{raw}, err
	})
	if err != nil || len(all) != 1 {
		return nil, false, errors.Join(err, errLine)
	}
	return all[0], patch, nil
}

// Feed over the bad line.
func (l badLine) Feed(ctx context.Context, chain app.Chain, ask carrier.Ask) (carrier.News, error) {
	var news carrier.News
	frames, err := l.over(func() (_ [][]byte, err error) {
		news, err = l.Post.Feed(ctx, chain, ask)
		return news.Frames, err
	})
	news.Frames = frames
	return news, err
}

// world is a kiosk, a head office, two sticks, and what can happen between them.
type world struct {
	*loket
	there  carrier.Counter          // head office
	anew   func(enclosed int) error // the feed
	people int                      // registered by this kiosk
	first  int                      // number of the first person
	sticks [2]string
}

func (w *world) happenings() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"register":    func(*rapid.T) { w.register() },
		"picture":     func(*rapid.T) { w.picture() },
		"wait":        func(*rapid.T) { w.clock.Add(time.Minute) },
		"clock back":  func(*rapid.T) { w.clock.Add(-24 * time.Hour) },
		"clock ahead": func(*rapid.T) { w.clock.Add(24 * 400 * time.Hour) },
		"seal": func(rt *rapid.T) {
			_, err := w.post.Seal(w.t.Context(), storagetest.Supervisor.Author(), w.keys, rapid.Bool().Draw(rt, "at once"))
			w.must(err)
		},
		"line": func(rt *rapid.T) {
			err := carrier.Round(w.t.Context(), w.box, badLine{w.there, rt})
			tolerated(rt, err)
		},
		"apply":      func(*rapid.T) { w.apply() },
		"apply open": func(*rapid.T) { _, err := w.post.ApplyOpen(w.t.Context()); w.must(err) },
		"stick out": func(rt *rapid.T) {
			_, err := carrier.Export(w.box, w.stick(rt))
			w.must(err)
		},
		"stick at head office": func(rt *rapid.T) {
			_, err := carrier.Served(w.t.Context(), w.stick(rt), w.there)
			tolerated(rt, err)
		},
		"stick in": func(rt *rapid.T) {
			_, err := carrier.Import(w.box, w.stick(rt), w.prover())
			tolerated(rt, err)
		},
		"stick lost": func(rt *rapid.T) { w.must(os.RemoveAll(w.stick(rt))) },
		"power cut":  func(*rapid.T) { w.restart() },
		"power cut while sealing": func(rt *rapid.T) {
			w.cut(rt, func() error {
				_, err := w.post.Seal(w.t.Context(), storagetest.Supervisor.Author(), w.keys, true)
				return err
			})
		},
		"power cut while applying": func(rt *rapid.T) {
			w.cut(rt, func() error {
				_, err := w.post.Apply(w.t.Context(), w.keys)
				return err
			})
		},
		"feed begins anew": func(rt *rapid.T) {
			w.must(w.anew(rapid.IntRange(0, 5).Draw(rt, "of before")))
		},
		"inbox lost":    func(*rapid.T) { w.lose("inbox/*.frame") },
		"outbox lost":   func(*rapid.T) { w.lose("outbox/*.batch") },
		"cursor lost":   func(*rapid.T) { w.lose("inbox/cursor") },
		"pictures lost": func(*rapid.T) { w.lose("outbox/att/*") },
		"file spoiled":  w.spoil,
	}
}

// tolerated are failures of lines, sticks and spoiled files; a story told twice in two ways is not.
func tolerated(rt *rapid.T, err error) {
	var known *app.Error
	if err == nil || errors.Is(err, errLine) || errors.As(err, &known) {
		return
	}
	rt.Fatal(err)
}

func (w *world) stick(rt *rapid.T) string {
	return w.sticks[rapid.IntRange(0, 1).Draw(rt, "stick")]
}

func (w *world) register() {
	storagetest.Register(w.t, w.store, w.person())
}

// person is somebody whom nobody registered before.
func (w *world) person() app.Record {
	w.people++
	return storagetest.Person(w.first + w.people)
}

func (w *world) picture() {
	person := w.person()
	e, err := w.store.PutBlob(w.t.Context(), "signature", []byte(person.Person.NIK))
	w.must(err)
	person.Evidence = []app.Evidence{e}
	storagetest.Register(w.t, w.store, person)
}

// cut does something until the power is gone, and starts again.
func (w *world) cut(rt *rapid.T, do func() error) {
	w.power, w.late = rapid.IntRange(1, 6).Draw(rt, "writes"), rapid.Bool().Draw(rt, "late")
	if err := do(); err != nil && app.CodeOf(err) != app.FileUnwritten {
		rt.Fatal(err)
	}
	w.power = 0
	w.restart()
}

// restart is the program's end and its next start; the data key comes back with the sign-in.
func (w *world) restart() {
	w.store.Unlock(nil)
	w.close()
	w.open()
	w.store.Unlock(w.key)
}

func (w *world) lose(pattern string) {
	files, err := filepath.Glob(filepath.Join(w.dir, filepath.FromSlash(pattern)))
	w.must(err)
	for _, f := range files {
		w.must(os.Remove(f))
	}
}

// spoil flips a bit of some file in the post box.
func (w *world) spoil(rt *rapid.T) {
	var files []string
	for _, pattern := range []string{"inbox/*.frame", "outbox/*.batch", "outbox/*.sum", "outbox/att/*.att"} {
		found, err := filepath.Glob(filepath.Join(w.dir, filepath.FromSlash(pattern)))
		w.must(err)
		files = append(files, found...)
	}
	if len(files) == 0 {
		return
	}
	path := rapid.SampledFrom(files).Draw(rt, "file")
	b, err := os.ReadFile(path)
	w.must(err)
	if len(b) > 0 {
		b[rapid.IntRange(0, len(b)-1).Draw(rt, "byte")] ^= 1
	}
	w.must(os.WriteFile(path, b, 0o600))
}

// settle is good weather: everything that was lost is sent and fetched again.
func (w *world) settle(rt *rapid.T) {
	w.clock.Add(2 * time.Hour)
	for range 30 {
		w.seal()
		err := carrier.Round(w.t.Context(), w.box, w.there)
		tolerated(rt, err)
		w.apply()
		entries, attachments := w.light()
		last, _, err := w.store.Feed(w.t.Context())
		w.must(err)
		more, err := w.there.Feed(w.t.Context(), w.store.Chain(), carrier.Ask{After: last})
		w.must(err)
		if entries == 0 && attachments == 0 && len(more.Frames) == 0 {
			return
		}
	}
	entries, attachments := w.light()
	problems, err := w.store.Problems(w.t.Context())
	rt.Fatalf("never settled: %d records, %d attachments only here; %v %v", entries, attachments, problems, err)
}

// equal says that both sides tell the same story, each entry once.
func (w *world) equal(rt *rapid.T) {
	entries, err := w.store.Entries(w.t.Context(), 1, uint64(len(w.office.entries)))
	w.must(err)
	if len(entries) != len(w.office.entries) {
		rt.Fatalf("%d entries here, %d there", len(entries), len(w.office.entries))
	}
	captured := 0
	for i, e := range entries {
		there := w.office.entries[i]
		mine, err := e.Encode()
		w.must(err)
		theirs, err := there.Encode()
		w.must(err)
		if there.Seq != uint64(i+1) || string(mine) != string(theirs) {
			rt.Fatalf("entry %d differs", i+1)
		}
		if e.Kind == journal.RegistrationCaptured {
			captured++
		}
	}
	if captured != w.people {
		rt.Fatalf("%d registrations there, %d here", captured, w.people)
	}
	for r, err := range w.store.Registrations(w.t.Context()) {
		w.must(err)
		if r.State != app.Accepted {
			rt.Fatalf("%s stands at %s", r.Number, r.State)
		}
	}
	if left := w.batches(); len(left) > 0 {
		rt.Fatalf("receipted batches lie in the outbox: %v", left)
	}
}

// TestNoWeatherLosesOrDoublesAnything draws what happens between a kiosk and head office: lines that
// drop, repeat, cut and spoil, sticks that are swapped and lost, power cuts, lost folders. At the end
// both sides hold the same entries, each once.
func TestNoWeatherLosesOrDoublesAnything(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := &world{loket: newLoket(t)}
		defer w.close()
		w.there, w.anew = w.office, w.office.beginAnew
		w.office.clock = storagetest.NewClock() // the kiosk's may be wrong
		w.sticks = [2]string{tempDir(t), tempDir(t)}
		rt.Repeat(w.happenings())
		w.settle(rt)
		w.equal(rt)
	})
}
