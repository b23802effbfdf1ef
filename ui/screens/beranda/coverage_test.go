package beranda

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/region"
	"loket/app/sealed"
	"loket/app/words"
	"loket/ui/theme"
)

// balikpapan is covered to 67 percent of a target of 80, with 48,000 workers to go.
func balikpapan() []sealed.Coverage {
	all := []sealed.Coverage{{Region: "64.71", Covered: 97_455, Target: 116_364, Workers: 145_455, AsOf: "2026-09-30"}}
	for i, covered := range []int{61, 78, 83, 55, 70, 66, 90} {
		all = append(all, sealed.Coverage{Region: "64.71.0" + string(rune('1'+i)), Covered: covered * 10, Target: 800, Workers: 1000, AsOf: "2026-09-30"})
	}
	return all
}

func TestCoverageIsOfAllWorkersOrOfTheTarget(t *testing.T) {
	places := region.Load()
	for _, c := range []struct {
		sent sealed.Coverage
		want Covered
	}{
		{sealed.Coverage{Region: "64.71", Covered: 67, Target: 80, Workers: 100, AsOf: "2026-09-30"}, Covered{Name: "Kota Balikpapan", People: 67, Left: 33, Percent: 67, Target: 80, AsOf: app.Date{Year: 2026, Month: 9, Day: 30}}},
		{sealed.Coverage{Region: "64.71", Covered: 50, Target: 200}, Covered{Name: "Kota Balikpapan", People: 50, Left: 150, Percent: 25, Target: 100, Aimed: true}},
		{sealed.Coverage{Region: "64.71", Covered: 250, Target: 200}, Covered{Name: "Kota Balikpapan", People: 250, Percent: 125, Target: 100, Aimed: true}},
		{sealed.Coverage{Region: "99.99", Covered: 7, AsOf: "kemarin"}, Covered{Name: "99.99", People: 7, Percent: -1, Target: -1}},
		{sealed.Coverage{Region: "64.71", Covered: -7, Workers: 100}, Covered{Name: "Kota Balikpapan", Left: 100, Target: -1}},
	} {
		got, _ := Coverage([]sealed.Coverage{c.sent}, places)
		if len(got) != 1 || got[0] != c.want {
			t.Errorf("%+v: %+v", c.sent, got)
		}
	}
	regencies, districts := Coverage(balikpapan(), places)
	if len(regencies) != 1 || len(districts) != 7 || districts[0].Percent != 55 {
		t.Error(regencies, districts)
	}
}

func TestCoverageIsHonestWhenUnknown(t *testing.T) {
	b, _ := open(t, busyDay(), 1366, 768, words.ID, theme.Look{})
	if !strings.Contains(b.Texts(), "Target belum dikirim kantor pusat") {
		t.Error(b.Texts())
	}
}

func TestCoverageIsShownWithItsDay(t *testing.T) {
	d := busyDay()
	d.coverage = balikpapan()
	b, _ := open(t, d, 1366, 768, words.ID, theme.Look{})
	text := b.Texts()
	for _, want := range []string{"Cakupan Kota Balikpapan", "67%", "target 80%", "48.000 pekerja belum terlindungi", "30-09-2026", "dan 1 kecamatan lain"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not to be read", want)
		}
	}
}

func TestCoveragePictures(t *testing.T) {
	d := busyDay()
	d.coverage = balikpapan()
	several := busyDay()
	several.coverage = append([]sealed.Coverage{{Region: "64.09", Covered: 400, Target: 1000, AsOf: "2026-09-30"}, {Region: "64.01", Covered: 812}}, balikpapan()...)
	for _, size := range []fyne.Size{{Width: 1366, Height: 768}, {Width: 1024, Height: 600}} {
		name := map[float32]string{1366: "1366", 1024: "1024"}[size.Width]
		for _, lang := range words.Langs {
			b, _ := open(t, d, size.Width, size.Height, lang, theme.Look{})
			b.Picture("beranda-cover-" + string(lang) + "-" + name)
		}
		b, _ := open(t, several, size.Width, size.Height, words.ID, theme.Look{})
		b.Picture("beranda-cover-several-" + name)
		b, _ = open(t, d, size.Width, size.Height, words.ID, theme.Look{Scale: 150})
		b.Picture("beranda-cover-150-" + name)
	}
}
