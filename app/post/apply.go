package post

import (
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"loket/app"
	"loket/app/office"
	"loket/app/sealed"
	"loket/app/vault"
)

// Applied is what came in by one call.
type Applied struct {
	Frames        int           // that were of use
	Registrations []app.EntryID // whose standing changed
	Refused       []app.Code    // why frames could not be used
}

// Apply takes in the frames of the inbox in the order of their numbers, from the one after the last
// applied. A file that is damaged, or that does not follow, is thrown away and fetched again; a frame
// that is genuine but of no use here is kept aside, reported, and does not hold up the others.
func (p *Post) Apply(ctx context.Context, keys vault.Secrets) (Applied, error) {
	return p.ApplySome(ctx, keys, math.MaxInt)
}

// ApplySome is Apply of a number of frames at most; the next call goes on.
func (p *Post) ApplySome(ctx context.Context, keys vault.Secrets, most int) (Applied, error) {
	var r Applied
	if err := p.timeOf(ctx, &r); err != nil {
		return r, err
	}
	a, err := p.applying(ctx)
	if err != nil {
		return r, err
	}
	if a.key, err = sealed.ParseOpeningKey(keys.Opening); err != nil {
		return r, err
	}
	cursor := a.box.Cursor() // before the list: what the cursor covers was on the disk by then
	places, err := a.box.Frames()
	if err != nil {
		return r, err
	}
	var stuck uint64 // the epoch in which no frame can follow now
	for _, place := range places {
		if place.Epoch == stuck {
			continue // but the feed may have begun anew
		}
		if most--; most < 0 {
			break
		}
		on, err := a.frame(ctx, place, &r)
		if err != nil {
			return r, err
		}
		if !on {
			stuck = place.Epoch
		}
	}
	if err := a.sweep(ctx, &r); err != nil {
		return r, err
	}
	if err := a.takeLists(ctx, &r); err != nil {
		return r, err
	}
	return r, a.settleCursor(ctx, cursor)
}

// sweep proves what waits behind a missing frame, and throws away what head office never said: forged
// files would lie there for as long as the gap does. What was proven once is not looked at again.
func (a applying) sweep(ctx context.Context, r *Applied) error {
	last, _, err := a.store.Feed(ctx)
	if err != nil {
		return err
	}
	places, err := a.box.Frames()
	if err != nil || len(places) == 0 || !last.Before(places[0]) || places[0].Follows(last) {
		return err
	}
	proven := map[sealed.Place]bool{}
	for _, place := range places {
		if !a.behind[place] {
			if _, _, err := a.open(place); err != nil {
				if err := a.refuse(ctx, place, err, r); err != nil {
					return err
				}
				continue
			}
		}
		proven[place] = true
	}
	a.behind = proven
	return nil
}

// applying is one call of Apply or ApplyOpen.
type applying struct {
	*Post
	box   Box
	judge office.Judge
	known time.Time
	key   sealed.OpeningKey // zero before sign-in
}

func (p *Post) applying(ctx context.Context) (applying, error) {
	a := applying{Post: p}
	var err error
	if a.box, err = p.box(); err != nil {
		return a, err
	}
	a.judge, err = p.Judge(ctx)
	a.known = a.judge.Known
	if err == nil {
		err = a.followRoots(ctx)
	}
	return a, err
}

// frame applies one file; on says whether the next may follow.
func (a applying) frame(ctx context.Context, place sealed.Place, r *Applied) (on bool, err error) {
	last, before, err := a.store.Feed(ctx)
	switch {
	case err != nil:
		return false, err
	case !last.Before(place):
		return true, a.box.DropFrame(place)
	case !place.Follows(last):
		return false, nil // one is missing: settleCursor asks for it again
	case place.Epoch > last.Epoch:
		if before, err = sealed.FeedGenesis(a.store.Chain(), place.Epoch); err != nil {
			return false, err
		}
	}
	f, hash, err := a.open(place)
	if err == nil && f.Previous != before {
		err = app.Fail(app.PostHashDiffers)
	}
	if err != nil {
		return false, a.refuse(ctx, place, err, r)
	}
	if err := a.use(ctx, f, hash, r); err != nil {
		return false, err
	}
	return true, a.follow(ctx, f)
}

// open proves a frame. Its expiry is judged later: an expired frame is genuine and keeps its place
// in the order.
func (a applying) open(place sealed.Place) (sealed.Frame, [32]byte, error) {
	file, err := a.box.Frame(place)
	if err != nil {
		return sealed.Frame{}, [32]byte{}, err
	}
	f, hash, err := sealed.ProveFrame(file, a.store.Chain(), a.key, a.judge)
	if err == nil && f.Place() != place {
		err = app.Fail(app.PostReaddressed)
	}
	return f, hash, err
}

// use does what the frame says, and only then lets go of its file.
func (a applying) use(ctx context.Context, f sealed.Frame, hash [32]byte, r *Applied) error {
	err := a.news(ctx, f, hash, r)
	if err == nil {
		r.Frames++
		if err := a.store.Solved(ctx, problemName(f.Place())); err != nil {
			return err
		}
		return a.box.DropFrame(f.Place())
	}
	if ours(err) {
		return err
	}
	code := app.CodeOf(err)
	r.Refused = append(r.Refused, code)
	if err := a.store.Problem(ctx, problemName(f.Place()), code); err != nil {
		return err
	}
	if err := a.store.PassFrame(ctx, f, hash); err != nil {
		return err
	}
	return a.box.SetAside(f.Place())
}

// refuse throws a file away that is not what it should be. The next round fetches it again.
func (a applying) refuse(ctx context.Context, place sealed.Place, err error, r *Applied) error {
	if ours(err) {
		return err
	}
	r.Refused = append(r.Refused, app.CodeOf(err))
	if err := a.store.Problem(ctx, problemName(place), app.CodeOf(err)); err != nil {
		return err
	}
	return a.box.DropFrame(place)
}

// ours says whether a failure is this computer's and not the frame's: then the frame waits.
func ours(err error) bool {
	code := app.CodeOf(err)
	mine := func(room string) bool { return strings.HasPrefix(string(code), room) }
	return code == app.Internal || code == app.Cancelled || mine("storage.") || mine("vault.") || mine("file.")
}

// problemName is how a frame is called in the list of problems: a number, nothing personal.
func problemName(p sealed.Place) string { return p.Name() + ".frame" }

// follow keeps a renewed key of head office: the newest frame's certificate names it. What lies
// sealed to the old one is taken away, to be sealed again.
func (a applying) follow(ctx context.Context, f sealed.Frame) error {
	if f.By == nil || len(f.By.HPKEKey) == 0 {
		return nil
	}
	have, err := a.store.Address(ctx)
	if err != nil || slices.Equal(have, f.By.HPKEKey) {
		return err
	}
	if err := a.emptyOutbox(ctx); err != nil {
		return err
	}
	return a.store.PutAddress(ctx, f.By.HPKEKey)
}

func (a applying) emptyOutbox(ctx context.Context) error {
	numbers, err := a.box.Batches()
	if err != nil {
		return err
	}
	next, _, err := a.store.Unsealed(ctx, 0)
	if err != nil {
		return err
	}
	for _, n := range numbers {
		if n >= next.Number {
			continue // what the journal does not know cannot be sealed again
		}
		if err := a.box.DropBatch(n); err != nil {
			return err
		}
	}
	hashes, err := a.box.Attachments()
	if err != nil {
		return err
	}
	for _, hash := range hashes {
		if err := a.box.DropAttachment(hash); err != nil {
			return err
		}
	}
	return nil
}

// settleCursor makes the carrier ask for what is really missing: from the last applied frame when
// the one after it is gone although the cursor covers it, and never for what was applied, which may
// have come by stick. Asking twice harms nothing; never asking would.
func (a applying) settleCursor(ctx context.Context, cursor sealed.Place) error {
	last, _, err := a.store.Feed(ctx)
	if err != nil {
		return err
	}
	places, err := a.box.Frames()
	if err != nil {
		return err
	}
	goesOn := slices.ContainsFunc(places, func(p sealed.Place) bool { return p.Follows(last) })
	if cursor.Before(last) || last.Before(cursor) && !goesOn {
		return a.box.SetCursor(last)
	}
	return nil
}
