package headoffice

import (
	"context"
	"time"

	"loket/app"
	"loket/app/office/books"
)

// alarmSources are what head office can tell beside its books: of its keys, its engine. Each says
// nothing while all is well.
var alarmSources = []func(ctx context.Context, o *Office) ([]books.Alarm, error){
	oneAccount, browserCertificate,
}

// oneAccount: what takes two people cannot be done where one alone has an account.
func oneAccount(ctx context.Context, o *Office) ([]books.Alarm, error) {
	if o.practice() {
		return nil, nil
	}
	all, err := o.store.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	able := 0
	for _, a := range all {
		if a.BlockedAt.IsZero() && (a.Role == books.RoleAdministrator || a.Role == books.RoleSupervisor) {
			able++
		}
	}
	if able >= 2 {
		return nil, nil
	}
	return []books.Alarm{{Code: app.OfficeOneAccount}}, nil
}

// endsSoon is how long before its end a certificate is an alarm.
const endsSoon = 30 * 24 * time.Hour

// browserCertificate: the TLS files for browsers end soon.
func browserCertificate(_ context.Context, o *Office) ([]books.Alarm, error) {
	if o.tls == nil {
		return nil, nil
	}
	if end := o.tls.ends(); !end.IsZero() && o.clock.Now().Add(endsSoon).After(end) {
		return []books.Alarm{{Code: app.OfficeTLSEnds, Args: app.Args{"day": app.DateOf(end.In(books.Zone))}}}, nil
	}
	return nil, nil
}

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
