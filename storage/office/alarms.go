package office

import (
	"context"
	"time"

	"loket/app/office/books"
)

// alarmSources are what the books themselves can tell. Each says nothing while all is well.
var alarmSources = []func(t *tx, at time.Time) ([]books.Alarm, error){
	gaps, numbersTwice,
}

// Alarms lists what must not be left standing, as the books know it.
func (s *Store) Alarms(ctx context.Context, at time.Time) (all []books.Alarm, err error) {
	err = s.look(ctx, "office.Alarms", func(t *tx) error {
		all = nil
		for _, source := range alarmSources {
			some, err := source(t, at)
			if err != nil {
				return err
			}
			all = append(all, some...)
		}
		return nil
	})
	return all, err
}
