package headoffice

import (
	"context"

	"loket/app/office/books"
)

// alarmSources are what head office can tell beside its books: of its keys, its engine. Each says
// nothing while all is well.
var alarmSources = []func(ctx context.Context, o *Office) ([]books.Alarm, error){}

// Alarms lists what must not be left standing, for the console's first page, doctor and metrics.
func (o *Office) Alarms(ctx context.Context) ([]books.Alarm, error) {
	all, err := o.store.Alarms(ctx, o.clock.Now())
	if err != nil {
		return nil, err
	}
	for _, source := range alarmSources {
		some, err := source(ctx, o)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}
