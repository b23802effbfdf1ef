package post

import (
	"context"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/cose"
	"loket/app/sealed"
	"loket/app/words"
)

// State is what F8 and the status bar show.
type State struct {
	Entries     int // records that exist only on this computer
	Attachments int // pictures and documents that do
	Batches     int // sealed, without a receipt
	Again       int // of them, those that head office had and asked for again
	Enrolled    bool
	Asked       bool // the enrolment was asked for, no answer yet
	Contact     Contact
	Authority   time.Time    // until which this kiosk may work without news
	Trust       time.Time    // when the list of valid cards was issued; zero when there is none
	Status      time.Time    // the oldest status list's issue
	News        sealed.Place // the last frame applied; a later epoch than 1: the news began anew
	Problems    map[string]app.Code
	Ahead       time.Duration // known time is so far ahead of the clock, because it once was; one contact mends it
	Fast        time.Duration // head office found the clock so far ahead
	Tampered    []string      // what this computer keeps for itself and found changed from outside
	Trouble     error         // why no number is given out or nothing can be written; nil: neither
	Recall      string        // why head office called this kiosk back; "" when it did not
}

// Green says whether nothing exists only here: the kiosk may be closed for the day, moved or wiped.
func (s State) Green() bool { return s.Entries == 0 && s.Attachments == 0 }

// Receipt is head office's word that a batch arrived.
type Receipt struct {
	Batch   uint64
	Entries int
	At      time.Time
}

// mostReceipts keeps the list on the screen short.
const mostReceipts = 8

// Receipts are the last ones, the newest first.
func (p *Post) Receipts(ctx context.Context) ([]Receipt, error) {
	numbers, entries, at, err := p.store.Receipts(ctx, mostReceipts)
	out := make([]Receipt, len(numbers))
	for i, n := range numbers {
		out[i] = Receipt{n, int(entries[i]), at[i]}
	}
	return out, err
}

// Light counts the records and the attachments that exist only on this computer.
func (p *Post) Light(ctx context.Context) (entries, attachments int, err error) {
	return p.store.Light(ctx)
}

// State gathers it all. It is cheap enough to be asked every few seconds.
func (p *Post) State(ctx context.Context) (State, error) {
	var s State
	var err error
	if s.Entries, s.Attachments, err = p.store.Light(ctx); err != nil {
		return s, err
	}
	if s.Batches, err = p.store.Waiting(ctx); err != nil {
		return s, err
	}
	if s.Again, err = p.store.Again(ctx); err != nil {
		return s, err
	}
	if s.News, _, err = p.store.Feed(ctx); err != nil {
		return s, err
	}
	if s.Authority, err = p.store.Authority(ctx); err != nil {
		return s, err
	}
	if s.Ahead, s.Fast, err = p.store.ClockGap(ctx); err != nil {
		return s, err
	}
	s.Tampered, s.Trouble = p.store.Tampered(), p.store.Trouble()
	if s.Problems, err = p.store.Problems(ctx); err != nil {
		return s, err
	}
	recall, err := p.store.Setting(ctx, settingRecall)
	if err != nil {
		return s, err
	}
	s.Recall = string(recall)
	if err := p.enrolment(ctx, &s); err != nil {
		return s, err
	}
	if s.Contact, err = p.carrier.Contact(); err != nil {
		return s, err
	}
	return s, p.ages(ctx, &s)
}

func (p *Post) enrolment(ctx context.Context, s *State) error {
	to, err := p.store.Address(ctx)
	if err != nil {
		return err
	}
	request, err := p.carrier.Gate.Request()
	s.Enrolled = len(to) > 0
	s.Asked = !s.Enrolled && len(request) > 0
	return err
}

// ages tells how old the signed lists are; one that cannot be read counts as none.
func (p *Post) ages(ctx context.Context, s *State) error {
	roots, err := p.Roots(ctx)
	if err != nil {
		return err
	}
	list, err := p.store.Trust(ctx)
	if err != nil {
		return err
	}
	if trust, err := card.ParseTrust(list, roots); err == nil {
		s.Trust = trust.Issued
	}
	lists, err := p.store.Statuses(ctx)
	if err != nil {
		return err
	}
	for _, list := range lists {
		status, err := card.ParseStatus(list, roots)
		if err == nil && (s.Status.IsZero() || status.Issued.Before(s.Status)) {
			s.Status = status.Issued
		}
	}
	return nil
}

// Message is head office's newest message to this kiosk, "" when there is none.
func (p *Post) Message(ctx context.Context, lang words.Lang) (string, error) {
	b, err := p.store.Setting(ctx, settingMessage)
	if err != nil || len(b) == 0 {
		return "", err
	}
	var both []string
	if err := cose.Unmarshal(b, &both); err != nil || len(both) != 2 {
		return "", nil //nolint:nilerr // a message of another form is none
	}
	if lang == words.EN {
		return both[1], nil
	}
	return both[0], nil
}
