package main

import (
	"context"
	"strings"

	"loket/app"
	"loket/app/access"
	"loket/app/cmd/desk"
)

// postGoOnCmd lets a kiosk that is behind go on as its next life: loketctl post go-on.
type postGoOnCmd struct {
	kioskFolder
	Token string `arg:"" help:"post.cli.token" type:"path"`
}

// Run needs a supervisor's PIN, and the token that head office gave out for the next life.
func (c *postGoOnCmd) Run(ctx context.Context, env *Env) error {
	token, err := readSmall(c.Token)
	if err != nil {
		return err
	}
	return c.with(ctx, env, func(d *desk.Desk, _ access.Session) error {
		s, err := d.NextLife(ctx, strings.TrimSpace(string(token)))
		if err != nil {
			return err
		}
		if _, err := d.Post.EnrolNow(ctx, s.Keys); err != nil && app.CodeOf(err) != app.LineDown { // then the carrier asks
			return err
		}
		return env.Say("post.gone_on", "kiosk", d.Store.Chain())
	})
}
