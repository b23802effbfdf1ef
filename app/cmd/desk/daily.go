package desk

import (
	"context"
	"time"

	"loket/storage/kiosk"
)

// checkEvery is how often the whole journal is checked behind the screens, while somebody is signed in.
const checkEvery = 24 * time.Hour

// settingChecked is when that was last done: RFC 3339.
const settingChecked = "check.last"

// mostTold is how many faults the post box's screen lists.
const mostTold = 5

// checkDaily begins the day's check of the journal, and everything that hangs on it, in the background. What
// it finds stands among the problems until a later check finds it whole.
func (d *Desk) checkDaily(ctx context.Context) error {
	if d.Store.Reading() != "" {
		return nil
	}
	text, err := d.Store.Setting(ctx, settingChecked)
	if err != nil {
		return err
	}
	last, err := time.Parse(time.RFC3339, string(text))
	now := d.Clock.Now()
	if err == nil && now.Sub(last) < checkEvery && !last.After(now) {
		return nil
	}
	if err := d.Store.PutSetting(ctx, settingChecked, []byte(now.UTC().Format(time.RFC3339))); err != nil {
		return err
	}
	behind, stop := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{})
	d.mu.Lock()
	d.checks = append(d.checks, func() { stop(); <-ended })
	d.mu.Unlock()
	go func() {
		defer close(ended)
		if err := d.checkNow(behind); err != nil && behind.Err() == nil {
			d.unchecked.Store(&err) // the next turn of the post tells it
		}
	}()
	return nil
}

// checkNow checks the whole journal and keeps what it found.
func (d *Desk) checkNow(ctx context.Context) error {
	c, err := d.Store.CheckJournal(ctx, nil)
	if err != nil {
		return err
	}
	told, err := d.Store.Problems(ctx)
	if err != nil {
		return err
	}
	for name := range told {
		if place, ok := faultPlace(name); ok && !among(c.Faults, place) {
			if err := d.Store.Solved(ctx, name); err != nil {
				return err
			}
		}
	}
	for _, f := range c.Faults[:min(len(c.Faults), mostTold)] {
		if err := d.Store.Problem(ctx, faultName(f.Place), f.Code); err != nil {
			return err
		}
	}
	return nil
}

const faultPrefix = "check: "

func faultName(place string) string { return faultPrefix + place }

func faultPlace(name string) (string, bool) {
	if len(name) <= len(faultPrefix) || name[:len(faultPrefix)] != faultPrefix {
		return "", false
	}
	return name[len(faultPrefix):], true
}

func among(all []kiosk.Fault, place string) bool {
	for _, f := range all {
		if f.Place == place {
			return true
		}
	}
	return false
}

// endChecks stops what is being checked, and waits: the vault closes now.
func (d *Desk) endChecks() {
	d.mu.Lock()
	all := d.checks
	d.checks = nil
	d.mu.Unlock()
	for _, end := range all {
		end()
	}
}
