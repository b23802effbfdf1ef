package window

import (
	"context"

	"loket/app"
	"loket/app/counter"
	"loket/ui/screens/cari"
	"loket/ui/shell"
)

// families is where families ask (J8).
func (w *Window) families() shell.Screen {
	k := w.kiosk
	w.family = cari.NewFamily(w.shell, w.shell, cari.FamilyUses{
		Clock: k.Clock, NameOf: w.nameOf,
		Ask: func(ctx context.Context, q app.Question) (app.Lookup, error) {
			l, err := k.Families.Ask(ctx, w.by(), q)
			if err == nil {
				w.tell()
			}
			return l, err
		},
		List:   func(ctx context.Context) ([]app.Lookup, error) { return k.Families.List(ctx, w.by()) },
		Counts: func(ctx context.Context) (counter.Asked, error) { return k.Families.Counts(ctx, w.by()) },
		CallBack: func(ctx context.Context, id app.EntryID, how string) error {
			return k.Families.CallBack(ctx, w.by(), id, how)
		},
		PrintSlip: func(ctx context.Context, l app.Lookup) error {
			_, err := k.Paper.Lookup(ctx, l)
			return err
		},
		Search: func() { w.shell.Open(placeFind) },
	})
	return w.family
}

// askFamily begins a question with what was searched for.
func (w *Window) askFamily(query string) {
	w.shell.Open(placeFamily)
	w.family.Start(query)
}
