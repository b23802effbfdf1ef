package window

import (
	"context"
	"encoding/json"

	"loket/app/words"
	"loket/ui/task"
	"loket/ui/theme"
)

// tastes are how people like the window: kept for the computer, read at its start.
type tastes struct {
	Lang  words.Lang `json:"lang"`
	Mode  string     `json:"mode"`
	Scale int        `json:"scale"`
}

const noteTastes = "ui.tastes"

// readTastes reads them before the window stands: one small row. What cannot be read is no reason
// not to open.
func (w *Window) readTastes(chosen words.Lang) tastes {
	t := tastes{Lang: words.ID, Scale: 100}
	b, err := w.kiosk.Notes.Read(context.Background(), noteTastes)
	if err == nil && len(b) > 0 {
		err = json.Unmarshal(b, &t)
	}
	if err != nil {
		w.log.Warn("settings of the window unread", "err", err)
	}
	if chosen != "" {
		t.Lang = chosen
	}
	return t
}

func (w *Window) keepTastes() {
	look := w.shell.Look()
	t := tastes{Lang: w.shell.Lang(), Mode: string(look.Mode), Scale: look.Scale}
	task.Latest(w.owner, "tastes", t, func(ctx context.Context, t tastes) (struct{}, error) {
		b, err := json.Marshal(t)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, w.kiosk.Notes.Keep(ctx, noteTastes, b)
	}, func(_ struct{}, err error) {
		if err != nil {
			w.log.Warn("settings of the window unwritten", "err", err)
		}
	})
}

func (w *Window) setLang(lang words.Lang) {
	w.toolkitSpeaks(lang)
	w.shell.SetLang(lang)
	w.keepTastes()
}

func (w *Window) setLook(look theme.Look) {
	w.shell.SetLook(look)
	w.keepTastes()
}
