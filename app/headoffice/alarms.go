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
	oneAccount, browserCertificate, serverAlone, suspensions, keysLeftOut, certificatesEnd,
}

// mostKeysShown keeps the first page readable where many keys are left out.
const mostKeysShown = 20

// keysLeftOut: the trust list does not name a kiosk's key, so nobody takes the cards that it makes.
func keysLeftOut(ctx context.Context, o *Office) (all []books.Alarm, err error) {
	out, err := o.store.LeftOut(ctx)
	if err != nil {
		return nil, err
	}
	for _, l := range out[:min(len(out), mostKeysShown)] {
		kiosk := l.Chain.Kiosk.Digits()
		all = append(all, books.Alarm{Code: l.Code, Link: "/console/kiosks/" + kiosk, Args: app.Args{"kiosk": kiosk}})
	}
	return all, nil
}

// suspensions: what one person stopped waits for another.
func suspensions(ctx context.Context, o *Office) (all []books.Alarm, err error) {
	waiting, err := o.store.Suspended(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range waiting {
		code := app.OfficeSuspensionWaits
		if s.Overdue(o.clock.Now()) {
			code = app.OfficeSuspensionOverdue
		}
		kiosk := s.Chain.Kiosk.Digits()
		until := s.At.Add(books.SuspensionLife).In(books.Zone)
		all = append(all, books.Alarm{
			Code: code, Link: "/console/kiosks/" + kiosk,
			Args: app.Args{"kiosk": kiosk, "by": s.By, "until": until.Format("02-01-2006 15.04")},
		})
	}
	return all, nil
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

// certificatesEnd: the last certificate that the root signed ends soon; then nothing can be answered.
func certificatesEnd(_ context.Context, o *Office) ([]books.Alarm, error) {
	now := o.clock.Now()
	end := o.keys.Ends(now)
	if now.Add(endsSoon).Before(end) {
		return nil, nil
	}
	return []books.Alarm{{Code: app.OfficeKeysEndSoon, Args: app.Args{"day": app.DateOf(end.In(books.Zone))}}}, nil
}

// serverAlone: the books are in a PostgreSQL whose commits wait for no standby, so that its death takes
// receipted batches along.
func serverAlone(ctx context.Context, o *Office) ([]books.Alarm, error) {
	d, err := o.store.Durability(ctx)
	if err != nil || d.Sure {
		return nil, err
	}
	return []books.Alarm{{Code: app.OfficeStoreAlone}}, nil
}

// tellAlarms puts what must not be left standing into the log of a start.
func (o *Office) tellAlarms(ctx context.Context) error {
	alarms, err := o.Alarms(ctx)
	for _, a := range alarms {
		o.log.Error("alarm", "code", a.Code)
	}
	return err
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
