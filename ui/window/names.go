package window

import (
	"context"

	"loket/app"
	"loket/ui/task"
)

// names are the names of who works here, by ID.
type names map[string]string

// readNames reads them, away from the window: at each sign-in, and when somebody is met who was not
// there yet.
func (w *Window) readNames() {
	task.Latest(w.owner, "names", struct{}{}, func(ctx context.Context, _ struct{}) (map[string]string, error) {
		return w.operators(ctx)
	}, func(all map[string]string, err error) {
		if err != nil {
			w.log.Warn("names", "code", app.CodeOf(err), "err", err)
			return
		}
		for id := range w.names { // who is in no list stays a short ID and is not asked for again
			if all[id] == "" {
				all[id] = id
			}
		}
		w.names = all
	})
}

// nameOf is an operator's name, or the short ID of somebody who does not work here: on another kiosk, or
// not any more.
func (w *Window) nameOf(operator string) string {
	name, known := w.names[operator]
	if known || operator == "" {
		return name
	}
	if w.names == nil {
		w.names = names{}
	}
	w.names[operator] = operator
	w.readNames()
	return operator
}
