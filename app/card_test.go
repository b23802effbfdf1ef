package app_test

import (
	"strings"
	"testing"

	"loket/app"
)

// States of a card go one way: what a late word may change, of each state.
func TestStatesOfACardGoOneWay(t *testing.T) {
	all := []app.CardState{
		app.CardQueued, app.CardSent, app.CardConfirmed, app.CardPacked, app.CardReturned, app.CardHanded,
		app.CardSpoiled, app.CardLost, app.CardReplaced,
	}
	follows := map[app.CardState]string{
		app.CardQueued:    "sent confirmed packed returned handed spoiled lost replaced",
		app.CardSent:      "confirmed packed returned handed spoiled lost replaced",
		app.CardConfirmed: "packed returned handed spoiled lost replaced",
		app.CardPacked:    "returned handed spoiled lost replaced",
		app.CardReturned:  "packed handed spoiled lost replaced",
		app.CardHanded:    "spoiled lost replaced",
		app.CardSpoiled:   "",
		app.CardLost:      "",
		app.CardReplaced:  "",
	}
	for _, now := range all {
		for _, next := range all {
			want := false
			for _, s := range strings.Fields(follows[now]) {
				want = want || s == string(next)
			}
			if got := now.Follows(next); got != want {
				t.Errorf("%s, then %s: %t, want %t", now, next, got, want)
			}
			if now.May(next) && !now.Follows(next) {
				t.Errorf("a kiosk may go from %s to %s, and head office does not follow", now, next)
			}
		}
	}
}
