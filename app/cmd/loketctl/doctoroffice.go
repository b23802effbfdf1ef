package main

import (
	"context"

	"loket/app"
	"loket/app/cmd/centre"
)

// books looks at head office's database and at everything that its first page would show in red.
func (c *doctorCmd) books(ctx context.Context, env *Env) (all []finding) {
	err := officeData{Data: c.Data, Store: c.Store}.with(ctx, env, func(head *centre.Centre) error {
		if err := head.Store.Ready(ctx); err != nil {
			return err
		}
		alarms, err := head.Office.Alarms(ctx)
		for _, a := range alarms {
			all = append(all, found("alarm", "", &app.Error{Code: a.Code, Args: a.Args}))
		}
		return err
	})
	return append([]finding{found("database", "", err)}, all...)
}
