package window

import (
	"context"

	"loket/app"
	"loket/app/access"
	"loket/app/counter"
	"loket/ui/screens/tinjau"
	"loket/ui/shell"
)

// recordPlaces are the places of what is done about registrations afterwards. They are reached from
// Beranda and from a person's page.
func (w *Window) recordPlaces() []placeFor {
	return []placeFor{
		{access.Review, shell.Place{Name: placeReview, Icon: "people", Word: "ui.nav.review", Hidden: true, Screen: w.review()}},
	}
}

// waiting counts what waits for who is signed in.
func (w *Window) waiting(ctx context.Context) (map[app.WorkList]int, error) {
	return w.kiosk.Records.WaitingCounts(ctx, w.by())
}

func (w *Window) village(code string) string { return w.kiosk.Counter.Rules().Regions.Label(code) }

func (w *Window) review() shell.Screen {
	k := w.kiosk
	return tinjau.New(w.shell, w.shell, tinjau.Uses{
		Clock: k.Clock, Participant: k.Counter.Participant, LookAlikes: k.Records.LookAlikes, Village: w.village,
		Waiting: func(ctx context.Context) ([]app.Registration, error) {
			return k.Records.Waiting(ctx, w.by(), app.WorkReview, app.EntryID{})
		},
		Approve: func(ctx context.Context, id app.EntryID) (app.Registration, error) {
			return k.Records.Approve(ctx, w.by(), id)
		},
		SendBack: func(ctx context.Context, id app.EntryID, why counter.Why) (app.Registration, error) {
			return k.Records.SendBack(ctx, w.by(), id, why)
		},
	})
}
