// Package checking answers whether a card is genuine and still good (J7), with no line: by the trust
// list and the status lists at hand, and for cards made here by this kiosk's own books.
package checking

import (
	"context"
	"maps"
	"strings"
	"sync"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/office"
)

// Store is what checking reads.
type Store interface {
	Trust(ctx context.Context) ([]byte, error)      // signed, as it came; nil before the first
	Statuses(ctx context.Context) ([][]byte, error) // signed, one a shard
	Card(ctx context.Context, serial app.Serial) (app.Card, error)
	Registration(ctx context.Context, id app.EntryID) (app.Registration, error)
}

// Checking checks cards. It is safe for use by several goroutines.
type Checking struct {
	store Store
	judge func() office.Judge
	hosts func() []string
	clock app.Clock
	who   app.AtWork

	mu       sync.RWMutex
	trust    *card.TrustList
	statuses statuses
}

// New makes the checking desk of a kiosk; Reload gives it the lists, judge tells the pinned roots and the
// highest epoch met, who the operator at work.
func New(store Store, judge func() office.Judge, hosts func() []string, clock app.Clock, who app.AtWork) *Checking {
	return &Checking{store: store, judge: judge, hosts: hosts, clock: clock, who: who}
}

// statuses are the status lists by shard.
type statuses map[uint32]*card.StatusList

// StatusOf is the status of a serial at a moment; without a list for it, it is not known.
func (s statuses) StatusOf(serial app.Serial, at time.Time) card.Status {
	return s[card.ShardOf(serial)].StatusOf(serial, at)
}

// Marked says whether a card of a replaced or revoked key is vouched for, by the list of its shard.
func (s statuses) Marked(serial app.Serial, mark [8]byte, since time.Time) (marked, known bool) {
	return s[card.ShardOf(serial)].Marked(serial, mark, since)
}

// Reload reads and proves the newest lists: at the start and after news was applied. A list that
// does not prove is reported and not used; the others are. One that an office key of a former epoch signed
// is not used either, and that is no fault: the key may be stolen, and the next list is on its way.
func (x *Checking) Reload(ctx context.Context) error {
	judge := x.judge()
	judge.Known = time.Time{} // what was taken in stays in force until the next list
	var trust *card.TrustList
	signed, err := x.store.Trust(ctx)
	if err == nil && len(signed) > 0 {
		trust, err = card.JudgeTrust(signed, judge)
	}
	if err != nil {
		trust = nil
	}
	if app.CodeOf(err) == app.OfficeVoid {
		err = nil
	}
	lists := statuses{}
	shards, problem := x.store.Statuses(ctx)
	for _, b := range shards {
		l, broken := card.JudgeStatus(b, judge)
		if broken == nil {
			lists[l.Shard.Number] = l
		} else if app.CodeOf(broken) != app.OfficeVoid {
			problem = broken
		}
	}
	trust, lists = newestEpoch(trust, lists)
	x.mu.Lock()
	x.trust, x.statuses = trust, lists
	x.mu.Unlock()
	if err != nil {
		return err
	}
	return problem
}

// newestEpoch leaves out what is of a lower epoch than another list at hand.
func newestEpoch(trust *card.TrustList, lists statuses) (*card.TrustList, statuses) {
	var epoch uint64
	if trust != nil {
		epoch = trust.Epoch
	}
	for _, l := range lists {
		epoch = max(epoch, l.Epoch)
	}
	maps.DeleteFunc(lists, func(_ uint32, l *card.StatusList) bool { return l.Epoch < epoch })
	if trust != nil && trust.Epoch < epoch {
		trust = nil
	}
	return trust, lists
}

// Trust is the trust list in use, nil when there is none.
func (x *Checking) Trust() *card.TrustList {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.trust
}

// Verify judges a scanned card by the lists alone.
func (x *Checking) Verify(s *card.Scanned) card.Verdict {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return card.Verify(s, x.trust, x.statuses, x.clock.Now())
}

// Answer is what the screen shows of a card: a colour, one sentence in large letters, and more
// sentences below it. Keys are keys of words.
type Answer struct {
	card.Verdict
	Colour       card.Colour
	Key          string
	Notes        []string
	Own          bool // this kiosk made it
	Card         app.Card
	Registration app.RegistrationState // of an own card
}

// Check answers about whatever was scanned or pasted. A code that is no card is an answer too; the
// error is for what cannot be answered at all.
func (x *Checking) Check(ctx context.Context, text string) (Answer, error) {
	if err := x.who.May(app.TaskVerify); err != nil {
		return Answer{}, err
	}
	text = strings.TrimSpace(text)
	if text == "" {
		return Answer{}, app.Fail(app.CheckEmpty)
	}
	if _, err := card.ParseScan(text); err == nil && !card.IsCard(text) {
		return Answer{}, app.Fail(app.CheckNotCard)
	}
	s, err := card.ParseText(text, x.hosts())
	if err != nil {
		v := card.Verdict{Reason: app.CodeOf(err), Status: card.Unknown, Colour: card.Red}
		return Answer{Verdict: v, Colour: card.Red, Key: string(v.Reason)}, nil
	}
	a := answer(x.Verify(s))
	if a.Claims == nil {
		return a, nil
	}
	return x.own(ctx, a, card.Hash(s.COSE))
}

// answer is what the lists say.
func answer(v card.Verdict) Answer {
	a := Answer{Verdict: v, Colour: v.Colour, Key: string(v.Reason)}
	switch {
	case !v.Genuine:
		return a
	case v.Status == card.Invalid:
		a.Key = "check.invalid"
	case v.Reason != app.CardGenuine:
		a.Notes = append(a.Notes, v.Status.Key())
	default:
		a.Key = "check." + v.Status.String()
	}
	if v.Practice {
		a.Notes = append(a.Notes, "check.practice")
	}
	return a
}

// own adds what this kiosk knows of a card that it made: head office may not have heard of it yet,
// and a card that was spoiled here is not good, whatever an older list says.
func (x *Checking) own(ctx context.Context, a Answer, hash [32]byte) (Answer, error) {
	c, err := x.store.Card(ctx, a.Claims.Serial)
	if code := app.CodeOf(err); code == app.NotFound || code == app.VaultLocked {
		return a, nil
	}
	if err != nil {
		return a, err
	}
	if card.Hash(c.Credential) != hash {
		return a, nil
	}
	r, err := x.store.Registration(ctx, c.Registration)
	if err != nil {
		return a, err
	}
	a.Own, a.Card, a.Registration = true, c, r.State
	switch {
	case ended(c.State):
		a.Colour, a.Key = card.Red, "check.ended_here"
	case r.State == app.Duplicate || r.State == app.Rejected || r.State == app.Withdrawn:
		a.Colour, a.Key = card.Red, "check.not_accepted_here"
	case a.Reason == app.CardGenuine && (a.Status == card.Unknown || a.Status == card.NotYetAccepted), !a.Genuine && unreported(a.Reason):
		a.Colour, a.Key = card.Amber, ownKey(r)
	}
	if !a.Genuine && a.Key != string(a.Reason) {
		a.Notes = append(a.Notes, string(a.Reason))
	}
	return a, nil
}

// ownKey is the sentence for an own card of which the lists do not speak yet. Only head office's
// list makes an answer green.
func ownKey(r app.Registration) string {
	switch {
	case r.State == app.Accepted && r.Cover == app.CoverBegun:
		return "check.own_begun"
	case r.State == app.Accepted:
		return "check.own_accepted"
	}
	return "check.own_waiting"
}

// unreported says whether a verdict may only mean that the lists are older than this kiosk's key.
func unreported(reason app.Code) bool {
	switch reason {
	case app.TrustMissing, app.TrustMarksMissing, app.CardUnknownKey, app.CardSerialForeign:
		return true
	}
	return false
}

func ended(state app.CardState) bool {
	return state == app.CardSpoiled || state == app.CardReplaced || state == app.CardLost
}
