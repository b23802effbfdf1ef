package years

import (
	"context"
	"fmt"
	"time"

	"loket/app"
	"loket/app/access"
	"loket/app/card"
	"loket/app/carrier"
	"loket/app/vault"
)

// happen is what comes now and then: colleagues leave, cards are lost, computers are replaced, stolen
// and damaged. Every kiosk has its turn.
func (w *world) happen(ctx context.Context, n int) error {
	k := w.kiosks[w.r.IntN(len(w.kiosks))]
	var acts []func(context.Context) error
	if n%3 == 1 {
		acts = append(acts, k.colleagueLeaves)
	}
	if n%2 == 0 {
		acts = append(acts, k.loseCard)
	}
	switch n % 52 {
	case 12:
		acts = append(acts, k.replaced)
	case 24:
		acts = append(acts, k.stolen)
	case 36:
		acts = append(acts, k.damaged)
	case 40:
		w.backedUp = k
		acts = append(acts, k.backup)
	case 42:
		acts = append(acts, w.centre.backup)
	case 45:
		acts = append(acts, w.backedUp.restored)
	case 47:
		acts = append(acts, w.restoreOffice)
	}
	switch n {
	case 4*52 + 8:
		acts = append(acts, w.centre.rotate)
	case 7*52 + 8:
		acts = append(acts, w.centre.compromised)
	}
	for _, act := range acts {
		if err := act(ctx); err != nil {
			return fmt.Errorf("kiosk %s: %w", k.chain(), err)
		}
	}
	return nil
}

// atDesk does something with the supervisor signed in, and lets the post go before and after.
func (k *kiosk) atDesk(ctx context.Context, do func() error) error {
	if err := k.signIn(ctx); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	if err := k.exchange(ctx); err != nil {
		return err
	}
	return k.desk.SignOut(ctx)
}

// colleagueLeaves changes the keys: somebody came and goes, and remembers the issuing key of before.
// What that person makes with it must never be green.
func (k *kiosk) colleagueLeaves(ctx context.Context) error {
	return k.atDesk(ctx, func() error {
		o, err := k.desk.Door.AddOperator(ctx, k.s, access.Newcomer{Name: "WAHYU ANGGARA", PIN: "736402", Role: app.RoleOfficer, Agency: app.AgencyInsurer})
		if err != nil {
			return err
		}
		before := k.s.Keys
		if err := k.desk.RemoveOperator(ctx, k.s, o.ID); err != nil {
			return err
		}
		k.s = k.desk.Session()
		if before.Issuing.Equal(k.s.Keys.Issuing) {
			return nil // the rate of changes is kept: the keys follow later
		}
		k.world.report.KeyChanges++
		return k.forge(ctx, before, "a replaced key")
	})
}

// loseCard has somebody come who lost the card: it ends, and a late word of it changes nothing.
func (k *kiosk) loseCard(ctx context.Context) error {
	story := k.world.someCard(k)
	if story == nil {
		return nil
	}
	return k.atDesk(ctx, func() error {
		fresh, err := k.desk.Issuing.Spoil(ctx, k.s.Operator, story.serial, "lost")
		if err != nil {
			return err
		}
		k.world.ended(story, "after it was lost")
		k.wait = append(k.wait, k.world.issued(fresh, story.of))
		return k.confirm(ctx, fresh)
	})
}

// someCard is a good card that this life of the kiosk made, or nil.
func (w *world) someCard(k *kiosk) *cardStory {
	from := max(0, len(w.cards)-200)
	at := from + w.r.IntN(len(w.cards)-from)
	for i := range len(w.cards) - from {
		s := w.cards[from+(at-from+i)%(len(w.cards)-from)]
		if !s.bad && s.of.Chain == k.desk.Store.Chain() {
			return s
		}
	}
	return nil
}

// lateCards are made on a computer after its last post, before another one takes its place.
const lateCards = 2

// replaced gives the kiosk a new computer. The old one still has something to say, and is then in
// wrong hands: its key issues no more.
func (k *kiosk) replaced(ctx context.Context) error {
	old := k.desk
	if err := k.signIn(ctx); err != nil {
		return err
	}
	for range lateCards { // saved, and not sent
		if err := k.serve(ctx); err != nil {
			return err
		}
	}
	keys := k.s.Keys
	if _, err := old.Beat(ctx, true); err != nil {
		return err
	}
	if err := old.Close(ctx); err != nil {
		return err
	}
	dir := old.Dir
	k.desk = nil
	if err := k.newLife(ctx, false); err != nil {
		return err
	}
	if err := (carrier.Agent{Dir: dir}).Once(ctx); err != nil { // late batches are still taken
		return fmt.Errorf("the old life's late batches: %w", err)
	}
	for _, late := range k.world.cards[len(k.world.cards)-lateCards:] {
		k.world.ended(late, "on a serial that was voided with its life") // nobody had reported it
	}
	k.wait = nil
	if err := k.forge(ctx, keys, "a closed life's key"); err != nil {
		return err
	}
	return k.desk.SignOut(ctx)
}

// stolen: the computer is gone with its keys, head office revokes it, and the kiosk goes on with
// another one. The thief makes cards.
func (k *kiosk) stolen(ctx context.Context) error {
	old := k.desk
	if err := k.signIn(ctx); err != nil {
		return err
	}
	keys := k.s.Keys
	if err := k.exchange(ctx); err != nil {
		return err
	}
	k.desk = nil
	if err := old.Close(ctx); err != nil {
		return err
	}
	if err := k.newLife(ctx, true); err != nil {
		return err
	}
	k.wait = nil
	if err := k.forge(ctx, keys, "a stolen key"); err != nil {
		return err
	}
	return k.desk.SignOut(ctx)
}

// forge makes what somebody with an issuing key could: a card on a serial that the kiosk had, one of
// somebody else's, one on a serial of another kiosk, each dated today and dated back.
func (k *kiosk) forge(_ context.Context, keys vault.Secrets, why string) error {
	w := k.world
	own, other := w.anyCard(func(s *cardStory) bool { return s.of.Kiosk == k.number }), w.anyCard(func(s *cardStory) bool { return s.of.Kiosk != k.number })
	for _, s := range []*cardStory{own, other} {
		if s == nil {
			continue
		}
		parsed, err := card.Parse(s.credential)
		if err != nil {
			return err
		}
		for _, back := range []time.Duration{0, 90 * 24 * time.Hour, 300 * 24 * time.Hour} {
			claims := parsed.Claims
			claims.Name, claims.IssuedAt = "PENIPU CONTOH", w.clock.Now().Add(-back).Truncate(time.Second)
			claims.Expires = claims.IssuedAt.AddDate(1, 0, 0)
			for range 2 {
				credential, err := card.Sign(claims, keys.Issuing)
				if err != nil {
					return err
				}
				w.forgery(credential, why)
				claims.Serial++ // a neighbour, perhaps never printed
			}
		}
	}
	return nil
}

func (w *world) anyCard(fits func(*cardStory) bool) *cardStory {
	at := w.r.IntN(len(w.cards))
	for i := range w.cards {
		if s := w.cards[(at+i)%len(w.cards)]; fits(s) {
			return s
		}
	}
	return nil
}
