package officesuite

import (
	"testing"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/journal"
	"loket/app/office/books"
)

func (w *officeWorld) ask(t testing.TB, n byte, o books.Order, ids ...app.EntryID) books.Order {
	t.Helper()
	o.ID, o.AskedBy = books.OrderID{n}, "rina"
	asked, err := w.store.AskOrder(w.ctx, o, ids, w.at)
	need(t, err)
	return asked
}

// finish lets an order run to its end and returns it with the number of its pieces.
func (w *officeWorld) finish(t testing.TB, id books.OrderID) (o books.Order, pieces int) {
	t.Helper()
	for more := true; more; pieces++ {
		var err error
		more, err = w.store.OrderPiece(w.ctx, id, w.at)
		need(t, err)
	}
	o, err := w.store.Order(w.ctx, id)
	need(t, err)
	return o, pieces - 1
}

func orderRuns(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	serial := uint32(w.leases(t, k, "serial")[0].Blocks[0])
	var ids []app.EntryID
	for n := range 5 {
		ids = append(ids, k.Register(t, Person(n), "", ""))
	}
	k.Queue(t, serial, ids[0], 0)
	w.send(t, k)
	day := app.Date{Year: 2026, Month: 11, Day: 20}
	begin := w.ask(t, 1, books.Order{Act: books.OrderBegin, Day: day})
	if begin.People != 5 || begin.State != books.OrderAsked {
		t.Errorf("%+v", begin)
	}
	late := k.Register(t, Person(7), "", "") // accepted after it was counted: nobody agreed to it
	w.send(t, k)
	if more, err := w.store.OrderPiece(w.ctx, begin.ID, w.at); more || err != nil || w.row(t, ids[0]).Cover != "" {
		t.Error("it runs before anybody agreed", more, err)
	}
	need(t, w.store.StartOrder(w.ctx, begin.ID, "rina", "sari", w.at))
	wantCode(t, w.store.StartOrder(w.ctx, begin.ID, "rina", "sari", w.at), app.OfficeOrderOld)
	if running, err := w.store.OrdersRunning(w.ctx); err != nil || len(running) != 1 {
		t.Error(running, err)
	}
	done, pieces := w.finish(t, begin.ID)
	if done.State != books.OrderDone || done.Done != 5 || done.Changed != 5 || pieces != 1 || done.Second != "sari" {
		t.Errorf("%d pieces, %+v", pieces, done)
	}
	if w.row(t, late).Cover != "" || w.row(t, ids[4]).Cover != app.CoverBegun || w.status(t, serial) != card.Active {
		t.Error("begun for others than were counted")
	}
	end := w.ask(t, 2, books.Order{Act: books.OrderEnd, Day: day}, ids[0], ids[1], late)
	need(t, w.store.StartOrder(w.ctx, end.ID, "rina", "sari", w.at))
	if o, _ := w.finish(t, end.ID); o.People != 3 || o.Changed != 2 {
		t.Errorf("ended: %+v", o)
	}
	if row := w.row(t, ids[0]); row.Cover != app.CoverEnded || row.CoverFrom != day || w.status(t, serial) != card.Inactive {
		t.Errorf("%+v %s", row.Registration, w.status(t, serial))
	}
	heard := w.decisions(t, k)[ids[0]]
	if last := heard[len(heard)-1]; last.Outcome != journal.OutcomeCoverEnded || last.From != "2026-11-20" {
		t.Errorf("the kiosk hears %+v", last)
	}
}

func orderStops(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	var ids []app.EntryID
	for n := range 450 {
		ids = append(ids, k.Register(t, Listed(n), "", ""))
		if n%200 == 199 {
			w.send(t, k)
		}
	}
	w.send(t, k)
	day := app.Date{Year: 2026, Month: 11, Day: 20}
	o := w.ask(t, 1, books.Order{Act: books.OrderBegin, Day: day})
	need(t, w.store.StartOrder(w.ctx, o.ID, "rina", "sari", w.at))
	if more, err := w.store.OrderPiece(w.ctx, o.ID, w.at); !more || err != nil {
		t.Error(more, err)
	}
	half, err := w.store.Order(w.ctx, o.ID)
	need(t, err)
	need(t, w.store.StopOrder(w.ctx, o.ID, "rina", w.at))
	if o, pieces := w.finish(t, o.ID); pieces != 0 || o.State != books.OrderStopped || o.Done != half.Done || half.Done >= len(ids) || half.Done == 0 {
		t.Errorf("stopped at %d: %+v", half.Done, o)
	}
	back := w.ask(t, 2, books.Order{Act: books.OrderTakeBack, Former: o.ID})
	if back.People != half.Changed || back.Day != day {
		t.Errorf("%+v", back)
	}
	need(t, w.store.StartOrder(w.ctx, back.ID, "rina", "sari", w.at))
	if o, _ := w.finish(t, back.ID); o.Changed != half.Changed {
		t.Errorf("taken back: %+v", o)
	}
	if row := w.row(t, ids[0]); row.Cover != "" || row.CoverFrom.Known() {
		t.Errorf("%+v", row.Registration)
	}
	again := w.ask(t, 3, books.Order{Act: books.OrderBegin, Day: day})
	if again.People != len(ids) {
		t.Error("what was taken back can begin again:", again.People)
	}
	w.at = w.at.Add(books.OrderTakeBackFor + time.Minute)
	_, err = w.store.AskOrder(w.ctx, books.Order{ID: books.OrderID{4}, Act: books.OrderTakeBack, Former: o.ID}, nil, w.at)
	wantCode(t, err, app.OfficeTakeBackLate)
	wantCode(t, w.store.StartOrder(w.ctx, again.ID, "rina", "sari", w.at), app.OfficeOrderOld)
}

func orderOfOneProgramme(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	alone := k.Register(t, Person(0), "", "")
	k.Open(t, Scope(1), Terms())
	listed := k.Register(t, Listed(1), "", "")
	w.send(t, k)
	tomorrow := app.Date{Year: 2026, Month: 11, Day: 21}
	o := w.ask(t, 1, books.Order{Act: books.OrderBegin, Day: tomorrow, Scope: Scope(1)})
	need(t, w.store.StartOrder(w.ctx, o.ID, "rina", "", w.at))
	if o, _ := w.finish(t, o.ID); o.People != 1 || o.Planned != 1 || w.row(t, alone).CoverFrom.Known() || w.row(t, listed).CoverFrom != tomorrow {
		t.Errorf("%+v", o)
	}
	_, err := w.store.EndCover(w.ctx, []app.EntryID{listed}, tomorrow, "rina", w.at)
	wantCode(t, err, app.OfficeEndDay)
	n, err := w.store.EndCover(w.ctx, []app.EntryID{listed, alone}, app.Date{Year: 2026, Month: 11, Day: 20}, "rina", w.at)
	need(t, err)
	if n != (books.Covered{Planned: 1}) || w.row(t, listed).CoverFrom.Known() || len(w.decisions(t, k)[listed]) != 1 {
		t.Errorf("what was planned begins no more: %+v", n)
	}
	_, err = w.store.AskOrder(w.ctx, books.Order{ID: books.OrderID{2}, Act: books.OrderEnd, Day: tomorrow, Scope: Scope(1)}, nil, w.at)
	wantCode(t, err, app.OfficeNobodyChosen)
}
