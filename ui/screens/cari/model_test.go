package cari

import (
	"testing"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/words"
)

func TestNobodyActiveBeforeHeadOfficeSaysSo(t *testing.T) {
	for _, c := range []struct {
		state app.RegistrationState
		cover app.Cover
		tone  Tone
		key   string
	}{
		{app.Captured, app.CoverNone, Waiting, "registration.state.captured"},
		{app.Accepted, app.CoverNone, Good, "registration.state.accepted"},
		{app.Accepted, app.CoverBegun, Good, "ui.cari.covered"},
		{app.Accepted, app.CoverEnded, Bad, "ui.cari.cover_ended"},
		{app.Captured, app.CoverBegun, Waiting, "registration.state.captured"},
		{app.Rejected, app.CoverNone, Bad, "registration.state.rejected"},
		{app.Duplicate, app.CoverNone, Bad, "registration.state.duplicate"},
		{app.NeedsReview, app.CoverNone, Waiting, "registration.state.needs_review"},
		{app.Withdrawn, app.CoverNone, Plain, "registration.state.withdrawn"},
	} {
		tone, key := StateOf(c.state, c.cover)
		if tone != c.tone || key != c.key || !words.Has(key) {
			t.Errorf("%s %q: %d %s", c.state, c.cover, tone, key)
		}
	}
}

func TestLifeOfACard(t *testing.T) {
	b := filled(t)
	for _, c := range []struct {
		name  string
		state app.CardState
		until int // entries of the history
		want  []Tone
	}{
		{"made", app.CardQueued, 2, []Tone{Good, Plain, Plain, Plain}},
		{"printed is not checked", app.CardSent, 3, []Tone{Good, Good, Waiting, Plain}},
		{"checked", app.CardConfirmed, 4, []Tone{Good, Good, Good, Plain}},
		{"handed over, history not here", app.CardHanded, 4, []Tone{Good, Good, Good, Good}},
		{"spoiled at the printer", app.CardSpoiled, 3, []Tone{Good, Good, Bad}},
		{"lost after the check", app.CardLost, 4, []Tone{Good, Good, Good, Bad}},
	} {
		card := b.cards[0]
		card.State = c.state
		life := Life(card, b.history[:c.until])
		if len(life) != len(c.want) {
			t.Errorf("%s: %d stages", c.name, len(life))
			continue
		}
		for i, s := range life {
			if s.Tone != c.want[i] || !words.Has(s.Key) {
				t.Errorf("%s, stage %d: %+v", c.name, i, s)
			}
		}
	}
}

func TestALifeIsOfOneCardOnly(t *testing.T) {
	b := filled(t)
	if at := Moments(1, b.history); len(at) != 0 {
		t.Error("the history of another card", at)
	}
}

func TestEveryEventHasASentence(t *testing.T) {
	for kind := range told {
		if key := "ui.cari.event." + kind.String(); !words.Has(key) {
			t.Error(key)
		}
	}
	events := Events([]journal.Entry{entry(t, 1, now, journal.ClockJumped, nil), entry(t, 2, now.Add(time.Minute), journal.CardLost, journal.CardMoveBody{Serial: 7})})
	if events[0].About != "KT-0000007" || events[1].Key != "ui.cari.event.other" {
		t.Errorf("%+v", events)
	}
}
