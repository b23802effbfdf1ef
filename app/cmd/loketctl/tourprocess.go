package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"loket/app"
)

// process is another loketctl, started by the tour.
type process struct {
	cmd  *exec.Cmd
	log  *os.File
	done chan error
}

// start runs this same program with other arguments; what it says goes into a log.
func start(log string, args ...string) (*process, error) {
	self, err := exec.LookPath(os.Args[0])
	if err != nil {
		return nil, app.Wrap("tour.start", app.FileUnread, err)
	}
	f, err := os.OpenFile(log, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, app.Wrap("tour.start", app.FileUnwritten, err)
	}
	p := &process{exec.Command(self, args...), f, make(chan error, 1)} //nolint:gosec // this program itself
	p.cmd.Stdout, p.cmd.Stderr = f, f
	if err := p.cmd.Start(); err != nil {
		return nil, errors.Join(app.Wrap("tour.start", app.FileUnread, err), f.Close())
	}
	go func() { p.done <- p.cmd.Wait() }()
	return p, nil
}

// ended says whether the process is gone, and how it ended.
func (p *process) ended() (gone bool, how error) {
	select {
	case how = <-p.done:
		p.done <- how
		return true, how
	default:
		return false, nil
	}
}

// kill ends it in the middle of whatever it does, as a power cut would.
func (p *process) kill() error {
	err := p.cmd.Process.Kill()
	if errors.Is(err, os.ErrProcessDone) {
		err = nil
	}
	<-p.done
	p.done <- nil
	return errors.Join(app.Wrap("tour.kill", app.Internal, err), p.log.Close())
}

// stop asks it to end, and insists after a while.
func (p *process) stop() error {
	if gone, how := p.ended(); gone {
		return errors.Join(how, p.log.Close())
	}
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		return p.kill() // Windows knows no such signal
	}
	select {
	case err := <-p.done:
		p.done <- err
		return errors.Join(app.Wrap("tour.stop", app.Internal, err), p.log.Close())
	case <-time.After(15 * time.Second):
		return p.kill()
	}
}

// officeProcess is `loketctl serve` on loopback. It comes back at the addresses that it had.
type officeProcess struct {
	data, log string
	practice  bool
	console   string // host:port
	kiosks    string
	process   *process
}

func (o *officeProcess) start(ctx context.Context) error {
	ready := filepath.Join(o.data, "ready.json")
	if err := os.Remove(ready); err != nil && !errors.Is(err, os.ErrNotExist) {
		return app.Wrap("tour.serve", app.FileUnwritten, err)
	}
	if err := os.MkdirAll(o.data, 0o700); err != nil {
		return app.Wrap("tour.serve", app.FileUnwritten, err)
	}
	args := []string{"serve", "--data", o.data, "--listen", o.console, "--kiosk-listen", o.kiosks, "--ready-file", ready}
	if o.practice {
		args = append(args, "--practice")
	}
	var err error
	if o.process, err = start(o.log, args...); err != nil {
		return err
	}
	return until(ctx, "serve", func() (bool, error) {
		if gone, how := o.process.ended(); gone {
			return false, errors.Join(differs("serve"), how)
		}
		return o.readReady(ready)
	})
}

func (o *officeProcess) readReady(path string) (bool, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	var answer serveAnswer
	if err == nil {
		err = json.Unmarshal(b, &answer)
	}
	if err != nil {
		return false, app.Wrap("tour.serve", app.FileUnread, err)
	}
	for address, into := range map[string]*string{answer.Console: &o.console, answer.Kiosks: &o.kiosks} {
		u, err := url.Parse(address)
		if err != nil {
			return false, app.Wrap("tour.serve", app.Internal, err)
		}
		*into = u.Host
	}
	return true, nil
}

func (o *officeProcess) stop() error { return o.process.stop() }

// said runs a command of this program to its end and returns its exit code and what it printed.
func said(ctx context.Context, args ...string) (int, string, error) {
	self, err := exec.LookPath(os.Args[0])
	if err != nil {
		return 0, "", app.Wrap("tour.said", app.FileUnread, err)
	}
	cmd := exec.CommandContext(ctx, self, args...) //nolint:gosec // this program itself
	var out, complaints strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &complaints
	err = cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), out.String() + complaints.String(), nil
	}
	return 0, out.String(), app.Wrap("tour.said", app.Internal, err)
}

// must is said for commands that have to end well.
func must(ctx context.Context, args ...string) (string, error) {
	code, out, err := said(ctx, args...)
	if err == nil && code != exitDone {
		err = differs(strings.Join(args[:2], " ") + ": " + strings.TrimSpace(out))
	}
	return out, err
}
