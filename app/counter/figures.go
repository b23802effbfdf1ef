package counter

import (
	"context"
	"fmt"
	"time"

	"loket/app"
)

// Figures is what the first screen shows of a day.
type Figures struct {
	Registered   int // today
	Confirmed    int // cards checked today
	Handed       int // cards that reached their person today
	ToReview     int // now
	WaitingCards int // queued or sent, now
	Families     int // that are to be told head office's answer, now
	ByHour       [24]int
}

// DayFigures counts a day, midnight to midnight in the clock's zone.
func (c *Counter) DayFigures(ctx context.Context, day app.Date) (Figures, error) {
	if err := c.who.May(); err != nil {
		return Figures{}, err
	}
	from := time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, c.clock.Now().Location())
	counts, err := c.store.Counts(ctx, from, from.AddDate(0, 0, 1))
	if err != nil {
		return Figures{}, err
	}
	f := Figures{
		Registered: counts["registered"], Confirmed: counts["confirmed"], Handed: counts["handed"],
		ToReview: counts["review"], WaitingCards: counts["waiting"], Families: counts["families"],
	}
	for hour := range f.ByHour {
		f.ByHour[hour] = counts[fmt.Sprintf("hour %d", hour)]
	}
	return f, nil
}

// Today is the day by the kiosk's clock.
func (c *Counter) Today() app.Date { return app.DateOf(c.clock.Now()) }
