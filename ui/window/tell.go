package window

import (
	"loket/ui/screens/manfaat"
	"loket/ui/shell"
)

func (w *Window) benefits() shell.Screen {
	return manfaat.New(w.shell, w.shell, manfaat.Uses{
		Leaflet: w.kiosk.Paper.Leaflet, Code: w.kiosk.Paper.Link, Turn: func(l *manfaat.Large) { w.shell.Push(l) },
	})
}
