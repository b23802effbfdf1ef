package main

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/kardianos/service"

	"loket/app"
	"loket/app/carrier"
	"loket/app/region"
	"loket/app/words"
)

// agentCmd is the carrier in the background: in this process, or as a service of the system.
type agentCmd struct {
	Run       agentRunCmd       `cmd:"" help:"agent.cli.run"`
	Install   agentInstallCmd   `cmd:"" help:"agent.cli.install"`
	Uninstall agentUninstallCmd `cmd:"" help:"agent.cli.uninstall"`
	Start     agentStartCmd     `cmd:"" help:"agent.cli.start"`
	Stop      agentStopCmd      `cmd:"" help:"agent.cli.stop"`
	Status    agentStatusCmd    `cmd:"" help:"agent.cli.status"`
}

// agentRunCmd carries the post of a data folder until it is stopped.
type agentRunCmd struct {
	Data string        `help:"post.cli.data" required:"" placeholder:"DIR"`
	Rest time.Duration `help:"agent.cli.rest" default:"1m"`
}

// Run carries in this process; as a service it says to the system that it has begun and ended.
func (c *agentRunCmd) Run(ctx context.Context, env *Env) error {
	pace := carrier.UsualPace
	pace.Rest = c.Rest
	a := carrier.Agent{Dir: c.Data, Pace: pace}
	if service.Interactive() {
		a.Log = slog.New(slog.NewTextHandler(env.Err, nil))
		return a.Run(ctx)
	}
	file, err := openLog(filepath.Join(c.Data, "log", "agent.log"))
	if err != nil {
		return err
	}
	a.Log = slog.New(slog.NewTextHandler(file, nil))
	p := &program{agent: a, done: make(chan error, 1)}
	s, err := service.New(p, serviceConfig(c.Data))
	if err != nil {
		return agentFailed("run", err)
	}
	return agentFailed("run", s.Run())
}

// program is the agent as the system's service manager starts and stops it.
type program struct {
	agent carrier.Agent
	stop  context.CancelFunc
	done  chan error
}

// Start begins to carry and returns at once.
func (p *program) Start(service.Service) error {
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	go func() { p.done <- p.agent.Run(ctx) }()
	return nil
}

// Stop waits for the round that is under way.
func (p *program) Stop(service.Service) error {
	p.stop()
	return <-p.done
}

// agentName is the service's name in the system.
const agentName = "loket-agent"

func serviceConfig(data string) *service.Config {
	return &service.Config{
		Name: agentName, DisplayName: words.Say(words.ID, "agent.service.name"), Description: words.Say(words.ID, "agent.service.about"),
		Arguments: []string{"agent", "run", "--data", data},
		Option:    service.KeyValue{"Restart": "always", "OnFailure": "restart", "DelayedAutoStart": true},
	}
}

// control is a command to the system's service manager.
func control(env *Env, data, action string) error {
	if data != "" {
		var err error
		if data, err = filepath.Abs(data); err != nil {
			return agentFailed(action, err)
		}
	}
	s, err := service.New(&program{}, serviceConfig(data))
	if err == nil {
		err = service.Control(s, action)
	}
	if err != nil {
		return agentFailed(action, err)
	}
	return env.Say("agent.done." + action)
}

func agentFailed(action string, err error) error {
	if err == nil {
		return nil
	}
	if code := app.CodeOf(err); code != app.Internal {
		return err
	}
	return &app.Error{Code: app.AgentService, Args: app.Args{"action": action, "reason": err.Error()}, Op: "loketctl.agent", Err: err}
}

type agentInstallCmd struct {
	Data string `help:"post.cli.data" required:"" placeholder:"DIR"`
}

// Run installs the service for a data folder that exists.
func (c *agentInstallCmd) Run(env *Env) error {
	if info, err := os.Stat(c.Data); err != nil || !info.IsDir() {
		return &app.Error{Code: app.AgentNoFolder, Args: app.Args{"folder": c.Data}, Op: "loketctl.agent", Err: err}
	}
	return control(env, c.Data, "install")
}

type agentUninstallCmd struct{}

// Run takes the service away; the post stays in its folders.
func (*agentUninstallCmd) Run(env *Env) error { return control(env, "", "uninstall") }

type agentStartCmd struct{}

// Run starts the installed service.
func (*agentStartCmd) Run(env *Env) error { return control(env, "", "start") }

type agentStopCmd struct{}

// Run stops it.
func (*agentStopCmd) Run(env *Env) error { return control(env, "", "stop") }

// agentStatusCmd says what the agent last did. It needs no PIN and opens no database.
type agentStatusCmd struct {
	Data string `help:"post.cli.data" required:"" placeholder:"DIR"`
	JSON bool   `name:"json" help:"cli.json"`
}

// agentAnswer is the --json form.
type agentAnswer struct {
	Running bool `json:"running"`
	Stalled bool `json:"stalled"` // something waits, and head office has not answered for an hour
	Hung    bool `json:"hung"`    // the agent takes no turns
	carrier.Status
}

// Run answers no when no agent is at work on the folder, or what is to be sent stands still.
func (c *agentStatusCmd) Run(env *Env) error {
	status, err := carrier.StatusOf(c.Data)
	if err != nil {
		return err
	}
	running, err := carrier.Running(c.Data)
	if err != nil {
		return err
	}
	now := env.Now()
	a := agentAnswer{running, status.Stalled(now), running && status.Hung(now), status}
	if err := c.show(env, a); err != nil {
		return err
	}
	if !a.Running || a.Stalled || a.Hung {
		return errAnswerNo
	}
	return nil
}

func (c *agentStatusCmd) show(env *Env, a agentAnswer) error {
	if c.JSON {
		return env.JSON(a)
	}
	if a.Running {
		if err := env.Say("agent.running_here", "batches", a.Waiting, "attachments", a.Attachments); err != nil {
			return err
		}
	} else if err := env.Say("post.no_agent"); err != nil {
		return err
	}
	if !a.LastContact.IsZero() {
		if err := env.Say("post.contact", "time", hourIn(region.Zone(""), a.LastContact)); err != nil {
			return err
		}
	}
	if a.Stalled {
		if err := env.Say("agent.stalled", "batches", a.Waiting, "attachments", a.Attachments); err != nil {
			return err
		}
	}
	if a.Hung {
		if err := env.Say("agent.hung", "time", a.At.Local().Format("02-01-2006 15.04")); err != nil {
			return err
		}
	}
	if a.Code == "" {
		return nil
	}
	return env.Println(words.Error(env.Lang, app.Fail(a.Code, "reason", a.Reason, "status", a.Reason)))
}
