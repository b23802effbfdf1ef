package storagetest_test

import (
	"testing"

	"pgregory.net/rapid"

	"loket/app"
	"loket/app/card"
	"loket/app/custody"
	"loket/app/issuing"
	"loket/app/journal"
	"loket/storage/storagetest"
)

// life is the model of cards: what people did, remembered plainly.
type life struct {
	*hands
	people  []app.EntryID
	cards   map[app.Serial]*modelled
	serials []app.Serial
	next    *int // number of the next invented person
	first   uint64
}

type modelled struct {
	state      app.CardState
	person     app.EntryID
	generation int
}

// TestTheLifeOfCards does what people do with cards in any order, right and wrong, and compares the
// tables and the journal with the model after each run.
func TestTheLifeOfCards(t *testing.T) {
	h := newHands(t)
	next := 1
	many := journal.LeaseBody{Kind: "member", First: 27_000_000_000, Last: 27_099_999_999, Epoch: 1}
	h.post.Lease(t, h.store, many, h.clock.Now().AddDate(1, 0, 0))
	rapid.Check(t, func(r *rapid.T) {
		first, _ := h.store.Head()
		l := &life{hands: h, cards: map[app.Serial]*modelled{}, next: &next, first: first}
		r.Repeat(map[string]func(*rapid.T){
			"register": l.register,
			"issue":    l.issue,
			"print":    l.print,
			"confirm":  l.confirm,
			"spoil":    l.spoil,
			"hand":     l.hand,
			"":         func(*rapid.T) {},
		})
		l.compareTables(r)
		l.compareJournal(r)
	})
}

func (l *life) register(t *rapid.T) {
	record := storagetest.Person(*l.next)
	*l.next++
	r, err := l.store.Capture(t.Context(), storagetest.Supervisor.Author(), "", record, journal.RegistrationBody{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	l.people = append(l.people, r.ID)
	if len(l.people) == 1 { // enough serials for one run, where no other run's are
		at := uint64(1_000_000 + 64*(*l.next))
		f, hash := l.post.Next("lease")
		lease := journal.LeaseBody{Kind: "serial", Blocks: []uint64{at}, Epoch: 1, Expires: l.clock.Now().AddDate(1, 0, 0).UnixMilli()}
		if err := l.store.ApplyLease(t.Context(), f, hash, lease); err != nil {
			t.Fatal(err)
		}
	}
}

func (l *life) current(person app.EntryID) (app.Serial, *modelled) {
	for serial, c := range l.cards {
		if c.person == person && !over(c.state) {
			return serial, c
		}
	}
	return 0, nil
}

func over(s app.CardState) bool {
	return s == app.CardSpoiled || s == app.CardReplaced || s == app.CardLost
}

func (l *life) generations(person app.EntryID) int {
	n := 0
	for _, c := range l.cards {
		if c.person == person {
			n++
		}
	}
	return n
}

func (l *life) add(t *rapid.T, c app.Card) {
	if l.cards[c.Serial] != nil {
		t.Fatalf("serial %v was given out twice", c.Serial)
	}
	if want := l.generations(c.Registration) + 1; c.Generation != want {
		t.Fatalf("generation %d, want %d", c.Generation, want)
	}
	l.cards[c.Serial] = &modelled{state: c.State, person: c.Registration, generation: c.Generation}
	l.serials = append(l.serials, c.Serial)
}

func (l *life) issue(t *rapid.T) {
	if len(l.people) == 0 {
		t.Skip()
	}
	person := rapid.SampledFrom(l.people).Draw(t, "person")
	_, has := l.current(person)
	c, err := l.Issue(t.Context(), storagetest.Supervisor, person)
	switch code := app.CodeOf(err); {
	case code == app.CardLeaseEmpty:
	case has != nil && code != app.CardHasOne:
		t.Fatal("a second current card:", err)
	case has == nil && err != nil:
		t.Fatal(err)
	case err == nil:
		l.add(t, c)
	}
}

func (l *life) serial(t *rapid.T) (app.Serial, *modelled) {
	if len(l.serials) == 0 {
		t.Skip()
	}
	s := rapid.SampledFrom(l.serials).Draw(t, "serial")
	return s, l.cards[s]
}

// moved says whether the desk did what the model allows, and no more.
func moved(t *rapid.T, c *modelled, may bool, to app.CardState, err error) {
	if may != (err == nil) {
		t.Fatalf("from %s to %s: %v", c.state, to, err)
	}
	if err == nil {
		c.state = to
	}
}

func (l *life) print(t *rapid.T) {
	serial, c := l.serial(t)
	if rapid.Bool().Draw(t, "again") {
		_, err := l.PrintAgain(t.Context(), storagetest.Supervisor, l.desk, []app.Serial{serial})
		moved(t, c, c.state == app.CardSent, app.CardSent, err)
		return
	}
	_, err := l.Issuing.Print(t.Context(), storagetest.Supervisor, l.desk, []app.Serial{serial})
	moved(t, c, c.state == app.CardQueued, app.CardSent, err)
}

func (l *life) confirm(t *rapid.T) {
	serial, c := l.serial(t)
	f, err := l.Face(t.Context(), serial)
	if err != nil {
		t.Fatal(err)
	}
	_, err = l.Confirm(t.Context(), storagetest.Supervisor, f.Text)
	moved(t, c, c.state == app.CardSent || c.state == app.CardConfirmed, app.CardConfirmed, err)
}

func (l *life) spoil(t *rapid.T) {
	serial, c := l.serial(t)
	before := c.state
	fresh, err := l.Spoil(t.Context(), storagetest.Supervisor, serial, rapid.SampledFrom(issuing.SpoilReasons).Draw(t, "reason"))
	end, alone := app.CardSpoiled, app.CardSpoiled
	if before == app.CardHanded {
		end, alone = app.CardReplaced, app.CardLost
	}
	switch {
	case over(before):
		if app.CodeOf(err) != app.CardOtherState {
			t.Fatal("an ended card ended again:", err)
		}
	case app.CodeOf(err) == app.CardLeaseEmpty:
		c.state = alone
	case err != nil:
		t.Fatal(err)
	default:
		c.state = end
		l.add(t, fresh)
	}
}

func (l *life) hand(t *rapid.T) {
	serial, c := l.serial(t)
	f, err := l.Face(t.Context(), serial)
	if err != nil {
		t.Fatal(err)
	}
	may := c.state == app.CardConfirmed
	held, err := l.Scan(t.Context(), f.Text)
	if may != (err == nil) {
		t.Fatalf("%s scanned: %v", c.state, err)
	}
	form := custody.Form{Serial: serial, Hash: card.Hash(f.Card.Credential), Receiver: app.ReceiverHolder}
	if may && held.Hash != form.Hash {
		t.Fatal("the scan gives another hash")
	}
	_, err = l.Hand(t.Context(), storagetest.Supervisor, form)
	moved(t, c, may, app.CardHanded, err)
}

func (l *life) compareTables(t *rapid.T) {
	for serial, want := range l.cards {
		got, err := l.store.Card(t.Context(), serial)
		if err != nil || got.State != want.state || got.Registration != want.person || got.Generation != want.generation {
			t.Fatalf("%v: %+v, want %+v (%v)", serial, got, *want, err)
		}
	}
}

// compareJournal recomputes where each card stands from the entries alone.
func (l *life) compareJournal(t *rapid.T) {
	last, _ := l.store.Head()
	entries, err := l.store.Entries(t.Context(), l.first+1, last)
	if err != nil {
		t.Fatal(err)
	}
	states := map[app.Serial]app.CardState{}
	for _, e := range entries {
		serial, state, replaces := told(t, e)
		if replaces != 0 && !over(states[replaces]) {
			states[replaces] = app.CardReplaced
		}
		if serial != 0 {
			states[serial] = state
		}
	}
	if len(states) != len(l.cards) {
		t.Fatalf("the journal tells of %d cards, the model of %d", len(states), len(l.cards))
	}
	for serial, want := range l.cards {
		if states[serial] != want.state {
			t.Fatalf("%v: the journal says %s, the model %s", serial, states[serial], want.state)
		}
	}
}

// told is what an entry says of a card.
func told(t *rapid.T, e journal.Entry) (serial app.Serial, state app.CardState, replaces app.Serial) {
	var made journal.CardBody
	var move journal.CardMoveBody
	var handed journal.HandoverBody
	var err error
	switch e.Kind {
	case journal.CardQueued, journal.CardReissued:
		err = e.Into(&made)
		serial, state, replaces = app.Serial(made.Serial), app.CardQueued, app.Serial(made.Replaces)
	case journal.CardSent, journal.CardConfirmed, journal.CardSpoiled, journal.CardLost:
		err = e.Into(&move)
		serial = app.Serial(move.Serial)
		state = map[journal.Kind]app.CardState{
			journal.CardSent: app.CardSent, journal.CardConfirmed: app.CardConfirmed,
			journal.CardSpoiled: app.CardSpoiled, journal.CardLost: app.CardLost,
		}[e.Kind]
	case journal.HandoverDone:
		err = e.Into(&handed)
		serial, state = app.Serial(handed.Serial), app.CardHanded
	}
	if err != nil {
		t.Fatal(err)
	}
	return serial, state, replaces
}
