package main

import (
	"context"
	"errors"
	"math"
	"time"

	"loket/app"
	"loket/app/access"
	"loket/app/carrier"
	"loket/app/cmd/desk"
	"loket/app/post"
	"loket/app/words"
)

// postCmd is the post box by hand: what waits, and the way by USB stick.
type postCmd struct {
	Status  postStatusCmd  `cmd:"" help:"post.cli.status"`
	Export  postExportCmd  `cmd:"" help:"post.cli.export"`
	Import  postImportCmd  `cmd:"" help:"post.cli.import"`
	SendNow postSendNowCmd `cmd:"" name:"send-now" help:"post.cli.send_now"`
	GoOn    postGoOnCmd    `cmd:"" name:"go-on" help:"post.cli.go_on"`
}

type postStatusCmd struct {
	kioskFolder
	JSON bool `name:"json" help:"cli.json"`
}

// postAnswer is the --json form. Times are left out where there are none.
type postAnswer struct {
	Entries     int                 `json:"only_here"`
	Attachments int                 `json:"attachments_only_here"`
	Batches     int                 `json:"batches_waiting"`
	Enrolled    bool                `json:"enrolled"`
	Agent       bool                `json:"agent_running"`
	LastContact time.Time           `json:"last_contact,omitzero"`
	LineCode    app.Code            `json:"line_code,omitempty"`
	Authority   time.Time           `json:"authority,omitzero"`
	Trust       time.Time           `json:"trust_issued,omitzero"`
	Status      time.Time           `json:"status_issued,omitzero"`
	News        uint64              `json:"news_applied"`
	Epoch       uint64              `json:"news_epoch"`
	Problems    map[string]app.Code `json:"problems,omitempty"`
	Recall      string              `json:"recall,omitempty"`
	Tampered    []string            `json:"tampered,omitempty"`
	Ahead       int64               `json:"known_ahead_seconds,omitempty"`
	Fast        int64               `json:"clock_fast_seconds,omitempty"`
	Trouble     app.Code            `json:"trouble,omitempty"`
}

// Run needs no PIN: nothing that it tells is personal.
func (c *postStatusCmd) Run(ctx context.Context, env *Env) (err error) {
	d, err := c.open(ctx, env)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close(ctx)) }()
	s, err := d.Post.State(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		return env.JSON(postAnswer{
			s.Entries, s.Attachments, s.Batches, s.Enrolled, s.Contact.Running, s.Contact.Good, s.Contact.Code,
			s.Authority, s.Trust, s.Status, s.News.Number, s.News.Epoch, s.Problems, s.Recall,
			s.Tampered, int64(s.Ahead.Seconds()), int64(s.Fast.Seconds()), app.CodeOf(s.Trouble),
		})
	}
	return showState(env, s, d.Clock.Now().Location())
}

func showState(env *Env, s post.State, zone *time.Location) error {
	var lines []string
	if s.Trouble != nil {
		lines = append(lines, words.Error(env.Lang, s.Trouble))
	}
	lines = append(lines, words.Say(env.Lang, "post.light", "entries", s.Entries, "attachments", s.Attachments))
	if s.Batches > 0 {
		lines = append(lines, words.Say(env.Lang, "post.waiting", "batches", s.Batches))
	}
	switch {
	case s.Enrolled:
		lines = append(lines, words.Say(env.Lang, "post.authority", "date", hourIn(zone, s.Authority)))
	case s.Asked:
		lines = append(lines, words.Say(env.Lang, "post.asked"))
	default:
		lines = append(lines, words.Error(env.Lang, app.Fail(app.PostNotEnrolled)))
	}
	if len(s.Tampered) > 0 {
		lines = append(lines, words.Error(env.Lang, app.Fail(app.VaultTampered)))
	}
	if s.Ahead > 0 {
		lines = append(lines, words.Say(env.Lang, "post.ahead", "n", int(math.Ceil(s.Ahead.Hours()/24))))
	}
	if s.Fast > 0 {
		lines = append(lines, words.Say(env.Lang, "post.fast", "n", int(math.Ceil(s.Fast.Hours()/24))))
	}
	lines = append(lines, contactLines(env, s.Contact, zone)...)
	for name, code := range s.Problems {
		lines = append(lines, words.Say(env.Lang, "post.problem", "name", name, "why", words.Error(env.Lang, app.Fail(code))))
	}
	if s.Recall != "" {
		lines = append(lines, words.Say(env.Lang, "post.recalled"))
	}
	for _, line := range lines {
		if err := env.Println(line); err != nil {
			return err
		}
	}
	return nil
}

// hourIn is a moment for people, with its zone.
func hourIn(zone *time.Location, t time.Time) string {
	t = t.In(zone)
	return t.Format("02-01-2006 15.04 ") + app.ZoneName(t)
}

func contactLines(env *Env, c post.Contact, zone *time.Location) []string {
	var lines []string
	if !c.Good.IsZero() {
		lines = append(lines, words.Say(env.Lang, "post.contact", "time", hourIn(zone, c.Good)))
	}
	if c.Code != "" {
		lines = append(lines, words.Error(env.Lang, app.Fail(c.Code, "reason", c.Reason, "status", c.Reason)))
	}
	if !c.Running {
		lines = append(lines, words.Say(env.Lang, "post.no_agent"))
	}
	return lines
}

type postExportCmd struct {
	kioskFolder
	Dir  string `arg:"" help:"post.cli.stick"`
	JSON bool   `name:"json" help:"cli.json"`
}

// Run seals what is new and writes all that head office does not have to the stick.
func (c *postExportCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(d *desk.Desk, s access.Session) error {
		inv, err := exportPost(ctx, d, s, c.Dir)
		if err != nil {
			return err
		}
		if c.JSON {
			return env.JSON(inv)
		}
		batches, attachments := inv.Count()
		return env.Say("post.exported", "batches", batches, "attachments", attachments)
	})
}

func exportPost(ctx context.Context, d *desk.Desk, s access.Session, dir string) (carrier.Inventory, error) {
	if err := sealAll(ctx, d, s); err != nil {
		return carrier.Inventory{}, err
	}
	if d.Store.Reading() != "" {
		return carrier.Export(carrier.LookBox(d.Dir, d.Store.Chain()), dir)
	}
	box, err := carrier.OpenBox(d.Dir, d.Store.Chain())
	if err != nil {
		return carrier.Inventory{}, err
	}
	return carrier.Export(box, dir)
}

// sealAll lays out everything: the request to be enrolled where there is one to make, the operator's
// authorship, and the entries.
func sealAll(ctx context.Context, d *desk.Desk, s access.Session) error {
	if d.Store.Behind() != nil || d.Store.Reading() != "" {
		return nil // nothing new can be sealed; what lies sealed goes
	}
	if _, err := d.Post.Enrol(ctx, s.Keys); err != nil {
		return err
	}
	if err := d.Door.Attest(ctx, s); err != nil {
		return err
	}
	_, err := d.Post.Seal(ctx, s.Author(), s.Keys, true)
	return err
}

type postImportCmd struct {
	kioskFolder
	Dir  string `arg:"" help:"post.cli.stick"`
	JSON bool   `name:"json" help:"cli.json"`
}

// importAnswerJSON is the --json form of post import.
type importAnswerJSON struct {
	Frames  int        `json:"frames"`
	Applied int        `json:"applied"`
	Refused []app.Code `json:"refused,omitempty"`
}

// Run takes head office's answers from the stick and applies them.
func (c *postImportCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(d *desk.Desk, s access.Session) error {
		frames, applied, err := importPost(ctx, d, s, c.Dir)
		if err != nil && app.CodeOf(err) != app.StickRefused {
			return err
		}
		if c.JSON {
			if err != nil {
				applied.Refused = append(applied.Refused, app.StickRefused)
			}
			return errors.Join(err, env.JSON(importAnswerJSON{frames, applied.Frames, applied.Refused}))
		}
		return errors.Join(err, env.Say("post.imported", "frames", frames, "applied", applied.Frames))
	})
}

func importPost(ctx context.Context, d *desk.Desk, s access.Session, dir string) (int, post.Applied, error) {
	box, err := carrier.OpenBox(d.Dir, d.Store.Chain())
	if err != nil {
		return 0, post.Applied{}, err
	}
	prover, err := d.Post.Prover(ctx, s.Keys)
	if err != nil {
		return 0, post.Applied{}, err
	}
	frames, refused := carrier.Import(box, dir, prover)
	former, spoiled := d.ImportFormers(ctx, dir)
	frames += former
	if app.CodeOf(refused) == app.StickForeign && former > 0 {
		refused = nil // it carries the answers to a former life alone
	}
	refused = errors.Join(refused, spoiled)
	if frames == 0 && refused != nil && app.CodeOf(refused) != app.StickRefused {
		return 0, post.Applied{}, refused
	}
	if _, err := d.Post.Enrol(ctx, s.Keys); err != nil {
		return frames, post.Applied{}, errors.Join(refused, err)
	}
	applied, err := d.Post.Apply(ctx, s.Keys)
	return frames, applied, errors.Join(refused, err)
}

type postSendNowCmd struct {
	kioskFolder
}

// Run seals what is new and sends it at once: the agent does where one runs, else this command.
func (c *postSendNowCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(d *desk.Desk, s access.Session) error {
		if err := sealAll(ctx, d, s); err != nil {
			return err
		}
		running, err := carrier.Running(d.Dir)
		if err != nil {
			return err
		}
		if running {
			return errors.Join(carrier.SendNow(d.Dir), env.Say("post.agent_asked"))
		}
		if err := (carrier.Agent{Dir: d.Dir, Pace: carrier.UsualPace}).Once(ctx); err != nil {
			return err
		}
		if _, err := d.Post.Enrol(ctx, s.Keys); err != nil {
			return err
		}
		if _, err := d.Post.Apply(ctx, s.Keys); err != nil {
			return err
		}
		state, err := d.Post.State(ctx)
		if err != nil {
			return err
		}
		return showState(env, state, d.Clock.Now().Location())
	})
}
