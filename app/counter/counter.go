// Package counter is registration at the counter (J1): a form as it is typed, what can be said of
// it at each key press, drafts that survive a power cut, likely duplicates, and the one commit that
// makes a registration of it.
package counter

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"loket/app"
	"loket/app/journal"
	"loket/app/picture"
)

// Counter registers people. It is safe for use by several goroutines.
type Counter struct {
	store Store
	rules func() Rules
	clock app.Clock
	who   app.AtWork
	index *Index

	opened openings

	mu      sync.Mutex
	loading Loading
	loader  *loader // nil: nobody is signed in
	groups  groups
}

// New makes the counter of a kiosk. Rules gives the rule set in force now, who the operator at work.
func New(store Store, rules func() Rules, clock app.Clock, who app.AtWork) *Counter {
	return &Counter{store: store, rules: rules, clock: clock, who: who, index: NewIndex()}
}

// Rules is what forms are judged by now.
func (c *Counter) Rules() Rules { return c.rules() }

// Refresh takes in what became of registrations: a decision, a card. One that cannot be read keeps the
// others from nothing.
func (c *Counter) Refresh(ctx context.Context, ids ...app.EntryID) error {
	var errs error
	for _, id := range ids {
		r, err := c.store.Registration(ctx, id)
		if err != nil {
			errs = cmp.Or(errs, err)
			continue
		}
		c.index.Put(r)
	}
	return errs
}

// Put takes in registrations that were made or changed elsewhere: by a sponsor's list.
func (c *Counter) Put(all ...app.Registration) {
	for _, r := range all {
		c.index.Put(r)
	}
}

// Inspect looks at a form by the rules in force now.
func (c *Counter) Inspect(f Form) Inspection { return Inspect(f, c.rules(), c.clock.Now()) }

// Duplicates lists who on this kiosk may be the person of a draft, with what was already judged. It
// names nobody to who may not register.
func (c *Counter) Duplicates(d Draft) []Likeness {
	if c.who.May(app.TaskRegister) != nil {
		return nil
	}
	return c.duplicates(d, c.Inspect(d.Form).Record.Person)
}

func (c *Counter) duplicates(d Draft, person app.Person) []Likeness {
	alike := c.index.Alike(person)
	for i := range alike {
		alike[i].Outcome = d.Compared[alike[i].ID]
	}
	return alike
}

// Settle records in a draft what a person judged about a likely duplicate. It is not asked twice.
func (d *Draft) Settle(id app.EntryID, outcome Comparison) { d.settle(id, outcome) }

// Save registers a person, for good when it returns. A record that is incomplete or refused stays a
// draft with the reason, which is the error: registration.incomplete, registration.unreadable, or
// why the age does not fit. Nothing typed is lost either way.
func (c *Counter) Save(ctx context.Context, by app.Operator, d Draft) (app.Registration, error) {
	if err := by.May(app.TaskRegister); err != nil {
		return app.Registration{}, err
	}
	i := c.Inspect(d.Form)
	refusal := i.Refusal()
	if closed := c.rules().Closed; closed != nil {
		refusal = closed
	}
	if refusal != nil {
		d.Reason = app.CodeOf(refusal)
		if err := c.SaveDraft(ctx, by, d); err != nil {
			return app.Registration{}, err // worse than the refusal: what was typed is on the screen only
		}
		return app.Registration{}, refusal
	}
	alike := c.duplicates(d, i.Record.Person)
	body := journal.RegistrationBody{Review: string(review(alike)), Rules: c.rules().Scheme.Version}
	var err error
	if body.Group, err = c.joined(ctx, d.With, i.Record.Plan); err != nil {
		return app.Registration{}, err
	}
	r, err := c.store.Capture(ctx, by.Author(), d.ID, madeAt(by, i.Record), body, judged(alike))
	if err != nil {
		return app.Registration{}, err
	}
	c.index.Put(r)
	c.groups.put(i.Record.Plan)
	return r, nil
}

// review is why a supervisor must look at a registration that has likely duplicates. It never
// keeps it from being saved.
func review(alike []Likeness) app.Code {
	has := func(outcome Comparison) bool {
		return slices.ContainsFunc(alike, func(l Likeness) bool { return l.Outcome == outcome })
	}
	switch {
	case has(SamePerson):
		return app.RegistrationSame
	case has(AskHeadOffice):
		return app.RegistrationAskOffice
	case has(""):
		return app.RegistrationUnsettled
	}
	return ""
}

func judged(alike []Likeness) map[app.EntryID]string {
	outcomes := map[app.EntryID]string{}
	for _, l := range alike {
		if l.Outcome != "" {
			outcomes[l.ID] = string(l.Outcome)
		}
	}
	return outcomes
}

// AddAttachment keeps a signature or picture, encrypted, and gives how a record names it.
func (c *Counter) AddAttachment(ctx context.Context, kind string, content []byte) (app.Evidence, error) {
	if err := c.who.May(app.TaskRegister, app.TaskHandover); err != nil {
		return app.Evidence{}, err
	}
	return c.addAttachment(ctx, kind, content)
}

func (c *Counter) addAttachment(ctx context.Context, kind string, content []byte) (app.Evidence, error) {
	switch {
	case len(content) == 0:
		return app.Evidence{}, app.Fail(app.AttachmentEmpty)
	case kind == app.EvidenceSignature && len(content) > mostAttachment:
		return app.Evidence{}, app.Fail(app.AttachmentTooBig, "most", mostAttachment>>20)
	}
	small, err := smaller(kind, content)
	if err != nil {
		return app.Evidence{}, err
	}
	return c.store.PutBlob(ctx, kind, small)
}

// smaller is a picture as it is kept: about 40 kB, without what a camera wrote beside it. A drawn
// signature is small already.
func smaller(kind string, content []byte) ([]byte, error) {
	switch kind {
	case app.EvidenceSignature:
		return picture.Drawn(content)
	case app.EvidenceThumbprint:
		return picture.Small(content, picture.Grey)
	}
	return picture.Small(content, picture.Colour)
}

// mostAttachment is how large a signature may be: it must pass a thin line some day.
const mostAttachment = 4 << 20

// Attachment is the plain bytes of a signature or picture.
func (c *Counter) Attachment(ctx context.Context, hash [32]byte) ([]byte, error) {
	if err := c.who.May(app.TaskRegister, app.TaskReview, app.TaskHandover); err != nil {
		return nil, err
	}
	return c.store.Blob(ctx, hash)
}

// Find lists who on this kiosk fits a text: name, NIK, KPJ, provisional number or phone. Nobody
// found means "not on this computer", never "not registered".
func (c *Counter) Find(_ context.Context, text string) ([]Hit, error) {
	if err := c.who.May(app.TaskAsk); err != nil {
		return nil, err
	}
	return c.index.Find(text, mostHits), nil
}

// mostHits keeps the list readable; who is not in it is found by typing more.
const mostHits = 50

// Participant is everything that this kiosk knows of one person.
type Participant struct {
	Registration app.Registration
	History      []journal.Entry // oldest first
	Cards        []app.Card      // newest first
}

// Participant opens the page of one person. The journal keeps who opened it.
func (c *Counter) Participant(ctx context.Context, id app.EntryID) (Participant, error) {
	if err := c.who.May(app.TaskAsk, app.TaskReview); err != nil {
		return Participant{}, err
	}
	r, err := c.store.Registration(ctx, id)
	if err != nil {
		return Participant{}, err
	}
	if err := c.noteOpened(ctx, c.who(), r, journal.OpenedPage); err != nil {
		return Participant{}, err
	}
	history, err := c.store.History(ctx, id)
	if err != nil {
		return Participant{}, err
	}
	cards, err := c.store.CardsOf(ctx, id)
	return Participant{Registration: r, History: history, Cards: cards}, err
}
