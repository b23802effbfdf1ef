package window

import (
	"context"

	"loket/app"
	"loket/app/access"
	"loket/app/counter"
	"loket/ui/screens/cari"
	"loket/ui/screens/lengkapi"
	"loket/ui/screens/tinjau"
	"loket/ui/shell"
)

// recordPlaces are the places of what is done about registrations afterwards. They are reached from
// Beranda and from a person's page.
func (w *Window) recordPlaces() []placeFor {
	return []placeFor{
		{access.Handover, shell.Place{Name: placeComplete, Icon: "file", Word: "ui.nav.complete", Hidden: true, Screen: w.completing()}},
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
		Clock: k.Clock, Participant: k.Counter.Participant, LookAlikes: k.Records.LookAlikes, Village: w.village, NameOf: w.nameOf,
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

// completing is the screen of stage 2. It is kept, because a person's page opens registrations in it.
func (w *Window) completing() shell.Screen {
	k := w.kiosk
	w.stage2 = lengkapi.New(w.shell, w.shell, lengkapi.Uses{
		Counter: k.Counter, Clock: k.Clock, LookAlikes: k.Records.LookAlikes, Drop: k.Records.Drop, Counts: w.waiting,
		Near: func() []string { return k.About.Settings().Regencies },
		Waiting: func(ctx context.Context, list app.WorkList, after app.EntryID) ([]app.Registration, error) {
			return k.Records.Waiting(ctx, w.by(), list, after)
		},
		Begin: func(ctx context.Context, id app.EntryID, correcting bool) (counter.Half, error) {
			return k.Records.Begin(ctx, w.by(), id, correcting)
		},
		Keep: func(ctx context.Context, h counter.Half) error { return k.Records.Keep(ctx, w.by(), h) },
		Finish: func(ctx context.Context, h counter.Half) (counter.Corrected, error) {
			return k.Records.Finish(ctx, w.by(), h)
		},
	}, lengkapi.Options{
		ChooseFile: w.chooseFile, Shoot: k.Camera, NameOf: w.nameOf, Done: func(app.EntryID) { w.shell.Open(w.cameFrom) },
	})
	return w.stage2
}

// amend opens a registration in stage 2, from a person's page.
func (w *Window) amend(id app.EntryID, correcting bool) {
	w.cameFrom = placeFind
	w.shell.Open(placeComplete)
	w.stage2.Visit(id, correcting)
}

// completeInHand opens the record of a card that is being handed over, and goes back to it.
func (w *Window) completeInHand(id app.EntryID) {
	w.amend(id, false)
	w.cameFrom = placeHandover
}

// acts is what who is signed in may do about a registration from a person's page.
func (w *Window) acts() cari.Acts {
	if w.by().May(access.Register) != nil {
		return cari.Acts{}
	}
	k := w.kiosk
	return cari.Acts{
		Complete: func(id app.EntryID) { w.amend(id, false) }, Correct: func(id app.EntryID) { w.amend(id, true) },
		Withdraw: func(ctx context.Context, id app.EntryID, why counter.Why) (app.Registration, error) {
			return k.Records.Withdraw(ctx, w.by(), id, why)
		},
		Sheet: func(ctx context.Context, r app.Registration) error {
			_, err := k.Paper.Sheet(ctx, r)
			return err
		},
		Consent: func(ctx context.Context, r app.Registration, answer app.Consent, how string) (app.Registration, error) {
			return k.Records.Consent(ctx, w.by(), r, answer, how)
		},
	}
}
