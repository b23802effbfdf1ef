package window

import (
	"context"

	"loket/ui/screens/laporan"
	"loket/ui/screens/manfaat"
	"loket/ui/shell"
)

func (w *Window) benefits() shell.Screen {
	return manfaat.New(w.shell, w.shell, manfaat.Uses{
		Leaflet: w.kiosk.Paper.Leaflet, Code: w.kiosk.Paper.Link, Turn: func(l *manfaat.Large) { w.shell.Push(l) },
	})
}

func (w *Window) reports() shell.Screen {
	k := w.kiosk
	return laporan.New(w.shell, w.shell, laporan.Uses{
		Clock: k.Clock, By: w.by, Count: k.Files.Reports.Count, Events: k.Files.Reports.Events, Programmes: k.Files.Reports.Programmes, Operators: w.operators,
		PDF: k.Files.PDF, XLSX: k.Files.XLSX, Named: k.Files.Reports.Named, KeepNames: k.Files.KeepNames, ChooseFolder: w.chooseFolder,
	})
}

// operators are the names of who works here, by ID.
func (w *Window) operators(ctx context.Context) (map[string]string, error) {
	people, err := w.kiosk.Door.People(ctx)
	names := map[string]string{}
	for _, o := range people {
		names[o.ID] = o.Name
	}
	return names, err
}
