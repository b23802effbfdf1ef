package card_test

import (
	"testing"
	"time"

	"loket/app/card"
)

func TestHowOftenKeysMayChange(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 1, 1, 8, 0, 0, 0, time.UTC).AddDate(0, 0, n) }
	every := func(days, n int) (all []time.Time) {
		for i := range n {
			all = append(all, day(i*days))
		}
		return all
	}
	tests := map[string]struct {
		before []time.Time
		want   time.Time
	}{
		"never before":                      {nil, time.Time{}},
		"three times today":                 {[]time.Time{day(0), day(0), day(0)}, time.Time{}},
		"four times today":                  {[]time.Time{day(0), day(0), day(0), day(0)}, day(30)},
		"four times, in no order":           {[]time.Time{day(9), day(2), day(5), day(7)}, day(32)},
		"the fifth a month after the first": {[]time.Time{day(0), day(10), day(20), day(29), day(30)}, day(40)},
		"every fortnight for a year":        {every(14, 24), day(365)},
		"24 in half a year":                 {every(8, 24), day(365)},
		"23 in half a year":                 {every(8, 23), day(19*8 + 30)},
	}
	for name, tt := range tests {
		if got := card.NextKeyChange(tt.before); !got.Equal(tt.want) {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}
