package window

import (
	"context"

	"loket/app"
	"loket/app/counter"
	"loket/ui/screens/cari"
)

// Slips are the papers of the counter beside the slip of one registration. Each says where the file
// is.
type Slips struct {
	Joint func(ctx context.Context, j counter.Joint) (file string, err error)
	Queue func(ctx context.Context, d counter.Draft) (file string, err error)

	Referral func(ctx context.Context, r app.Referral) (file string, err error)
	Lead     func(ctx context.Context, l app.EmployerLead) (file string, err error)
}

// fileless prints where nobody asks for the file.
func fileless[T any](print func(context.Context, T) (string, error)) func(context.Context, T) error {
	return func(ctx context.Context, what T) error {
		_, err := print(ctx, what)
		return err
	}
}

// showPerson opens the page of somebody who is registered already.
func (w *Window) showPerson(id app.EntryID) {
	w.shell.Open(placeFind)
	if find, ok := w.shell.Showing().(*cari.Screen); ok {
		find.Show(id)
	}
}
