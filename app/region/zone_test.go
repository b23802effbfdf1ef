package region_test

import (
	"testing"
	"time"

	"loket/app"
	"loket/app/region"
)

func TestEachProvinceHasItsZone(t *testing.T) {
	at := time.Date(2026, 11, 20, 2, 15, 0, 0, time.UTC)
	for code, want := range map[string]string{
		"31.74": "WIB 09.15", "61": "WIB 09.15", "62.71": "WIB 09.15", "64.71.04.1001": "WITA 10.15", "65": "WITA 10.15",
		"51.71": "WITA 10.15", "81": "WIT 11.15", "96.71": "WIT 11.15", "": "WIB 09.15", "6": "WIB 09.15", "99": "WIB 09.15",
	} {
		local := at.In(region.Zone(code))
		if got := app.ZoneName(local) + " " + local.Format("15.04"); got != want {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
	}
	names := map[string]int{}
	for _, p := range region.Load().Provinces() {
		name, _ := at.In(region.Zone(p.Code)).Zone()
		names[name]++
	}
	if names["WIB"] != 18 || names["WITA"] != 12 || names["WIT"] != 8 {
		t.Errorf("provinces by zone: %v", names)
	}
}
