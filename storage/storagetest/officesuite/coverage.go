package officesuite

import (
	"testing"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/office/books"
	"loket/app/sealed"
)

func coverageTold(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	k.Register(t, Listed(0), "", "")
	w.send(t, k)
	day := app.Date{Year: 2026, Month: 11, Day: 20}
	need(t, w.store.SetCoverage(w.ctx, []books.Coverage{
		{Region: "64.71", Workers: 145_000, Covered: 97_000, Target: 116_000, AsOf: day},
		{Region: "64.71.01", Workers: 20_000, Covered: 9_000, Target: 16_000, AsOf: day},
		{Region: "64.08", Workers: 600_000, Covered: 150_000, Target: 300_000, AsOf: day},
	}, w.at))
	w.at = w.at.Add(24 * time.Hour)
	k.At = w.at
	for n := range 3 {
		k.Register(t, Listed(n+1), "", "")
	}
	w.send(t, k)
	need(t, w.store.CountCoverage(w.ctx, w.at))
	all, err := w.store.Coverage(w.ctx)
	need(t, err)
	if len(all) != 3 || all[1].Region != "64.71" || all[1].Now() != 97_003 || all[1].Percent(all[1].Now()) != 67 || all[0].Added != 0 || all[2].Added != 3 {
		t.Errorf("%+v", all)
	}
	need(t, w.store.SendLists(w.ctx, k.Chain, w.at))
	told := w.settings(t, k)
	want := sealed.Coverage{Region: "64.71", Covered: 97_003, Target: 116_000, Workers: 145_000, AsOf: "2026-11-21"}
	if len(told.Coverage) != 3 || told.Coverage[1] != want {
		t.Errorf("%+v", told.Coverage)
	}
	need(t, w.store.SetCoverage(w.ctx, []books.Coverage{{Region: "64.08"}}, w.at))
	if all, err = w.store.Coverage(w.ctx); err != nil || len(all) != 2 {
		t.Errorf("taken off the list: %+v %v", all, err)
	}
	late := w.kiosk(t, 418)
	late.At = w.at
	need(t, w.store.SendLists(w.ctx, late.Chain, w.at))
	if told := w.settings(t, late); len(told.Coverage) != 2 {
		t.Errorf("a kiosk that came later hears %+v", told.Coverage)
	}
}

// settings are the newest that a kiosk was told.
func (w *officeWorld) settings(t testing.TB, k *Kiosk) (settings sealed.Settings) {
	t.Helper()
	for _, f := range w.feed(t, k) {
		if f.Kind == sealed.FrameSettings {
			need(t, cose.Unmarshal(f.Content, &settings))
		}
	}
	return settings
}
