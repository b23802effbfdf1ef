package cari

import (
	"slices"
	"time"

	"loket/app"
	"loket/app/counter"
	"loket/app/journal"
)

// Tone is how a thing stands.
type Tone int

// The tones.
const (
	Plain Tone = iota
	Good
	Waiting
	Bad
)

// Model is the state of the search screen: a list, or one person's page.
type Model struct {
	Query    string
	Hits     []counter.Hit
	Searched bool // an answer to the query is shown
	Selected string
	Page     *counter.Participant
	Loading  counter.Loading // how far the index was when it answered
}

// Ask takes a new query; the answer to it is still to come.
func (m *Model) Ask(query string) { m.Query, m.Searched = query, false }

// Found takes the answer in.
func (m *Model) Found(hits []counter.Hit) {
	m.Hits, m.Searched = hits, m.Query != ""
	if !slices.ContainsFunc(hits, func(h counter.Hit) bool { return h.ID.String() == m.Selected }) {
		m.Selected = ""
	}
}

// Nobody says that nobody on this computer fits, which is never "not registered".
func (m *Model) Nobody() bool { return m.Searched && len(m.Hits) == 0 }

// Hit finds a hit by its key.
func (m *Model) Hit(key string) (counter.Hit, bool) {
	for _, h := range m.Hits {
		if h.ID.String() == key {
			return h, true
		}
	}
	return counter.Hit{}, false
}

// Only is the one hit, if there is only one.
func (m *Model) Only() (counter.Hit, bool) {
	if len(m.Hits) == 1 && m.Searched {
		return m.Hits[0], true
	}
	return counter.Hit{}, false
}

// StateOf is the key of the sentence for how far somebody has come, and how that stands. Cover is
// named only where head office has said that it began.
func StateOf(state app.RegistrationState, cover app.Cover) (Tone, string) {
	switch {
	case state == app.Accepted && cover == app.CoverBegun:
		return Good, "ui.cari.covered"
	case state == app.Accepted && cover == app.CoverEnded:
		return Bad, "ui.cari.cover_ended"
	}
	tones := map[app.RegistrationState]Tone{
		app.Accepted: Good, app.Captured: Waiting, app.NeedsReview: Waiting,
		app.Duplicate: Bad, app.Rejected: Bad, app.Withdrawn: Plain,
	}
	return tones[state], "registration.state." + string(state)
}

// Stage is one step in the life of a card.
type Stage struct {
	Key  string
	At   time.Time // zero: not known, or not yet
	Tone Tone      // Plain: has not happened
}

// Life is what has happened to a card, and what is still to come.
func Life(c app.Card, history []journal.Entry) []Stage {
	at := Moments(c.Serial, history)
	stages := []Stage{
		{Key: "ui.cari.card.made", At: c.IssuedAt, Tone: Good},
		stage("ui.cari.card.sent", at[journal.CardSent]),
		stage("ui.cari.card.checked", at[journal.CardConfirmed]),
		stage("ui.cari.card.handed", at[journal.HandoverDone]),
	}
	switch c.State {
	case app.CardSpoiled, app.CardLost, app.CardReplaced, app.CardReturned:
		last := slices.IndexFunc(stages, func(s Stage) bool { return s.Tone == Plain })
		if last < 0 {
			last = len(stages)
		}
		return append(stages[:last:last], Stage{Key: "card.state." + string(c.State), At: c.ChangedAt, Tone: Bad})
	}
	for i := range stages { // what stands now has been reached, whatever the history still holds
		if stages[i].Tone == Plain && i <= reached[c.State] {
			stages[i].Tone, stages[i].At = Good, c.ChangedAt
		}
	}
	if next := slices.IndexFunc(stages, func(s Stage) bool { return s.Tone == Plain }); next == 2 {
		stages[next].Tone = Waiting // printed is not checked: please look
	}
	return stages
}

var reached = map[app.CardState]int{app.CardSent: 1, app.CardConfirmed: 2, app.CardPacked: 2, app.CardHanded: 3}

func stage(key string, at time.Time) Stage {
	s := Stage{Key: key, At: at}
	if !at.IsZero() {
		s.Tone = Good
	}
	return s
}

// Moments tells when what happened to a card, the last time each.
func Moments(serial app.Serial, history []journal.Entry) map[journal.Kind]time.Time {
	at := map[journal.Kind]time.Time{}
	for _, e := range history {
		if SerialOf(e) == serial {
			at[e.Kind] = e.Time()
		}
	}
	return at
}

// SerialOf is the card that an entry speaks of; 0 where it speaks of none.
func SerialOf(e journal.Entry) app.Serial {
	switch e.Kind {
	case journal.CardQueued, journal.CardReissued:
		var b journal.CardBody
		if e.Into(&b) == nil {
			return app.Serial(b.Serial)
		}
	case journal.CardSent, journal.CardConfirmed, journal.CardSpoiled, journal.CardLost:
		var b journal.CardMoveBody
		if e.Into(&b) == nil {
			return app.Serial(b.Serial)
		}
	case journal.HandoverDone:
		var b journal.HandoverBody
		if e.Into(&b) == nil {
			return app.Serial(b.Serial)
		}
	}
	return 0
}

// Event is one line of a person's history: the key of its sentence, and what it is about.
type Event struct {
	At       time.Time
	Key      string
	About    string // a card's serial
	Operator string
	Seq      string
}

// told are the kinds that have a sentence of their own.
var told = map[journal.Kind]bool{
	journal.RegistrationCaptured: true, journal.RegistrationCompleted: true, journal.RegistrationCorrected: true,
	journal.RegistrationWithdrawn: true, journal.RegistrationReviewed: true, journal.RegistrationCompared: true,
	journal.RegistrationDecided: true, journal.CardQueued: true, journal.CardSent: true, journal.CardConfirmed: true,
	journal.CardSpoiled: true, journal.CardReissued: true, journal.CardLost: true, journal.HandoverDone: true,
	journal.AttachmentAdded: true, journal.AccessLookedUp: true, journal.FeedApplied: true,
	journal.ConsentGiven: true, journal.ConsentWithdrawn: true,
}

// Events is a person's history, the newest first.
func Events(history []journal.Entry) []Event {
	var events []Event
	for _, e := range slices.Backward(history) {
		ev := Event{At: e.Time(), Key: "ui.cari.event.other", Operator: e.Operator, Seq: e.ID().String()}
		if told[e.Kind] {
			ev.Key = "ui.cari.event." + e.Kind.String()
		}
		if serial := SerialOf(e); serial != 0 {
			ev.About = serial.String()
		}
		events = append(events, ev)
	}
	return events
}

// Card is the card that counts: the newest that is not spoiled.
func (m *Model) Card() (app.Card, bool) {
	if m.Page != nil {
		for _, c := range m.Page.Cards {
			if c.State != app.CardSpoiled && c.State != app.CardReplaced && c.State != app.CardLost {
				return c, true
			}
		}
	}
	return app.Card{}, false
}

// Ready says whether the card can be handed over now.
func (m *Model) Ready() bool {
	c, ok := m.Card()
	return ok && c.State.May(app.CardHanded)
}
