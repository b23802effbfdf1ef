package carrier

import (
	"testing"
	"time"

	"loket/app"
)

func TestALineThatStandsStillIsTold(t *testing.T) {
	now := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	for name, tt := range map[string]struct {
		s             Status
		stalled, hung bool
	}{
		"nothing was ever done":           {Status{}, false, false},
		"all was sent, long ago":          {Status{LastContact: ago(90 * time.Hour)}, false, false},
		"something waits, and goes":       {Status{LastContact: ago(59 * time.Minute), Waiting: 3}, false, false},
		"something waits for long":        {Status{LastContact: ago(time.Hour), Waiting: 1, Code: app.LineDown}, true, false},
		"a picture waits for long":        {Status{LastContact: ago(time.Hour), Attachments: 1}, true, false},
		"it waits, and no round failed":   {Status{LastContact: ago(72 * time.Hour), Waiting: 2}, true, false},
		"never answered, and tried":       {Status{Waiting: 1, Code: app.LineDown}, true, false},
		"never answered, not tried":       {Status{Waiting: 1}, false, false},
		"a clock set back tells nothing":  {Status{LastContact: now.Add(time.Hour), Waiting: 1}, false, false},
		"the next turn is to come":        {Status{NextTry: now.Add(time.Minute)}, false, false},
		"the next turn is long past":      {Status{NextTry: ago(11 * time.Minute)}, false, true},
		"which is so when it was stopped": {Status{NextTry: ago(11 * time.Minute), Stopped: true}, false, false},
	} {
		if got := tt.s.Stalled(now); got != tt.stalled {
			t.Errorf("%s: stalled %v", name, got)
		}
		if got := tt.s.Hung(now); got != tt.hung {
			t.Errorf("%s: hung %v", name, got)
		}
	}
}
