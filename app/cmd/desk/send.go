package desk

import (
	"context"
	"time"

	"loket/app"
	"loket/app/carrier"
)

// sendPatience is how long "send now" waits for the agent's round before it leaves it to itself.
const sendPatience = 90 * time.Second

// SendNow seals what is due, has the post carried once, by the running agent or by itself where
// none runs, and applies what came.
func (d *Desk) SendNow(ctx context.Context) error {
	if _, err := d.Beat(ctx, true); err != nil {
		return err
	}
	err := carrier.Agent{Dir: d.Dir, Pace: carrier.UsualPace}.Once(ctx)
	if app.CodeOf(err) == app.AgentRunning {
		err = d.askAgent(ctx)
	}
	if _, applied := d.Beat(ctx, false); err == nil {
		err = applied
	}
	return err
}

// askAgent asks the running agent for a round and waits for what it says of it.
func (d *Desk) askAgent(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, sendPatience)
	defer cancel()
	before, err := carrier.StatusOf(d.Dir)
	if err != nil {
		return err
	}
	if err := carrier.SendNow(d.Dir); err != nil {
		return err
	}
	look := time.NewTicker(200 * time.Millisecond)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return app.Fail(app.LineSlow)
		case <-look.C:
		}
		s, err := carrier.StatusOf(d.Dir)
		if err != nil {
			return err
		}
		if s.At.After(before.At) {
			return trouble(s)
		}
	}
}

func trouble(s carrier.Status) error {
	if s.Code == "" {
		return nil
	}
	return app.Fail(s.Code, "reason", s.Reason, "status", s.Reason)
}
