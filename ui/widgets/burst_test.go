package widgets

import (
	"strings"
	"testing"
	"time"
)

// typed feeds a text with a gap after each character and tells what the burst thinks.
func typed(text string, gap func(i int) time.Duration, beforeEnter time.Duration) (string, bool) {
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	b := Burst{Now: func() time.Time { return now }}
	for i, r := range text {
		if i > 0 {
			now = now.Add(gap(i))
		}
		b.Add(r)
	}
	now = now.Add(beforeEnter)
	return b.End()
}

func every(d time.Duration) func(int) time.Duration { return func(int) time.Duration { return d } }

func TestBurst(t *testing.T) {
	slowFrame := func(i int) time.Duration {
		if i%10 == 0 {
			return 120 * time.Millisecond
		}
		return 0
	}
	stall := func(i int) time.Duration {
		if i == 9 {
			return time.Second
		}
		return time.Millisecond
	}
	for name, c := range map[string]struct {
		text  string
		gap   func(int) time.Duration
		enter time.Duration
		want  bool
	}{
		"scanner":                {"0098412345678", every(2 * time.Millisecond), 2 * time.Millisecond, true},
		"scanner in slow frames": {"0098412345678ABCDEFGHIJK", slowFrame, 60 * time.Millisecond, true},
		"hands":                  {"SITI AMINAH", every(90 * time.Millisecond), 90 * time.Millisecond, false},
		"quick hands":            {"SITI AMINAH", every(40 * time.Millisecond), 40 * time.Millisecond, false},
		"too short":              {"64", every(time.Millisecond), time.Millisecond, false},
		"enter late":             {"0098412345678", every(time.Millisecond), time.Second, true},
		"enter long after":       {"0098412345678", every(time.Millisecond), 3 * time.Second, false},
		"computer stalls once":   {"6471014510900003", stall, 2 * time.Millisecond, true},
		"card on a busy kiosk":   {"HTTPS://CONTOH.ID/K#" + strings.Repeat("7", 390), every(90 * time.Millisecond), 700 * time.Millisecond, true},
		"digits on a busy kiosk": {strings.Repeat("7", 390), every(90 * time.Millisecond), 90 * time.Millisecond, true},
		"NIK by slow hands":      {"6471014510900003", every(200 * time.Millisecond), 200 * time.Millisecond, false},
		"an address by hands":    {"https://contoh.id/" + strings.Repeat("k", 60), every(90 * time.Millisecond), 90 * time.Millisecond, false},
	} {
		if text, got := typed(c.text, c.gap, c.enter); got != c.want || got && text != c.text {
			t.Errorf("%s: %v %q", name, got, text)
		}
	}
}

func TestAPauseBeginsANewBurst(t *testing.T) {
	now := time.Unix(0, 0)
	b := Burst{Now: func() time.Time { return now }}
	b.Add('x')
	now = now.Add(time.Second)
	if !b.Add('1') {
		t.Error("a pause did not begin anew")
	}
	for range 9 {
		if b.Add('2') {
			t.Error("began anew without a pause")
		}
	}
	if text, ok := b.End(); !ok || text != "1222222222" {
		t.Errorf("%q %v", text, ok)
	}
}
