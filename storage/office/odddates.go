package office

import "time"

// A registration is dated by its kiosk's clock. It may have waited long for a line, and clocks are some
// minutes off; a date outside of these says that the clock was wrong.
const (
	clockAhead  = 24 * time.Hour       // of the moment when it arrived
	longestWait = 366 * 24 * time.Hour // for a line
	earliest    = 30 * 24 * time.Hour  // than the enrolment of the kiosk's life, whose first days may have no line
)

// markDates notes the registrations that are dated years off, for people to look at. Nothing else hangs
// on it: a date is no reason to keep somebody from being covered.
func (t *tx) markDates(all []arrival) error {
	marks := rowsFor("odd_dates (kiosk, incarnation, seq, arrived_at)", "ON CONFLICT (kiosk, incarnation, seq) DO NOTHING")
	var began int64 // of the kiosk's life, read when it matters
	for _, a := range all {
		at, now := a.entry.At, ms(t.at)
		odd := at > now+clockAhead.Milliseconds() || at < now-longestWait.Milliseconds()
		if !odd && at < now-earliest.Milliseconds() {
			if began == 0 {
				if _, err := t.get("SELECT enrolled_at FROM chains WHERE kiosk = $1 AND incarnation = $2", []any{a.id.Kiosk, a.id.Incarnation}, &began); err != nil {
					return err
				}
			}
			odd = at < began-earliest.Milliseconds()
		}
		if odd {
			marks.add(a.id.Kiosk, a.id.Incarnation, a.id.Seq, now)
		}
	}
	return t.insertMust(marks)
}
