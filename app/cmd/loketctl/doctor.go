package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"

	"loket/app"
	"loket/app/cmd/desk"
	"loket/app/durable"
	"loket/app/words"
	"loket/storage/machine"
)

// doctorCmd says what is wrong with this computer: loketctl doctor. It changes nothing, and its
// answer is no when something keeps Loket from working.
type doctorCmd struct {
	Data  string `help:"doctor.cli.data" placeholder:"DIR"`
	Store string `help:"cli.serve.store" placeholder:"sqlite:FILE"`
	State string `help:"post.cli.state" placeholder:"DIR"`
	JSON  bool   `name:"json" help:"cli.json"`
}

// finding is one thing that was looked at. Code is empty when all is well.
type finding struct {
	Name  string   `json:"name"`
	OK    bool     `json:"ok"`
	Code  app.Code `json:"code,omitempty"`
	Value string   `json:"value,omitempty"` // what was found, for people
	err   error
}

func found(name, value string, err error) finding {
	return finding{Name: name, OK: err == nil, Code: app.CodeOf(err), Value: value, err: err}
}

// Run looks at everything and reports.
func (c *doctorCmd) Run(ctx context.Context, env *Env) error {
	all := []finding{c.clock(env), c.secret(), c.window()}
	switch {
	case c.Data != "" && (c.Store != "" || kindOf(c.Data) == officeKind):
		all = append([]finding{c.clock(env), c.folder(), c.room()}, c.books(ctx, env)...)
	case c.Data != "":
		all = append(all, c.folder(), c.room(), c.database(ctx, env), c.behind(ctx, env))
	}
	if err := showFindings(env, all, c.JSON); err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(f finding) bool { return !f.OK }) {
		return errAnswerNo
	}
	return nil
}

func showFindings(env *Env, all []finding, asJSON bool) error {
	if asJSON {
		return env.JSON(map[string]any{"findings": all})
	}
	for _, f := range all {
		line := words.Say(env.Lang, "doctor.ok")
		if !f.OK {
			line = words.Error(env.Lang, f.err) + " [" + string(f.Code) + "]"
		}
		if f.Value != "" {
			line = f.Value + ": " + line
		}
		if err := env.Println(words.Say(env.Lang, "doctor."+f.Name) + ": " + line); err != nil {
			return err
		}
	}
	return nil
}

// firstYear is when this program was made: a clock before it is wrong.
const firstYear = 2026

func (c *doctorCmd) clock(env *Env) finding {
	now := env.Now()
	var err error
	if now.Year() < firstYear {
		err = app.Fail(app.DoctorClock)
	}
	return found("clock", now.Format("2006-01-02 15:04 -07:00"), err)
}

// secret looks whether this computer's secret can be read; where there is none yet, the first start
// makes it.
func (c *doctorCmd) secret() finding {
	dir := c.State
	var err error
	if dir == "" {
		dir, err = machine.Folder()
	}
	if err == nil && exists(filepath.Join(dir, "machine.secret")) {
		_, err = machine.Secret(dir)
	}
	return found("secret", dir, err)
}

// window looks for what the window needs and a program without one can see.
func (c *doctorCmd) window() finding {
	if runtime.GOOS != "linux" {
		return found("window", "", nil)
	}
	display := os.Getenv("WAYLAND_DISPLAY")
	if display == "" {
		display = os.Getenv("DISPLAY")
	}
	if display == "" {
		return found("window", "", app.Fail(app.DoctorDisplay))
	}
	if !slices.ContainsFunc([]string{"/usr/lib/*/libGL.so.1", "/usr/lib*/libGL.so.1", "/usr/local/lib/libGL.so.1"}, exists) {
		return found("window", display, app.Fail(app.DoctorOpenGL))
	}
	return found("window", display, nil)
}

func exists(pattern string) bool {
	paths, err := filepath.Glob(pattern)
	return err == nil && len(paths) > 0
}

// folder tries to write what a registration would write.
func (c *doctorCmd) folder() finding {
	path := filepath.Join(c.Data, ".doctor")
	err := durable.Write(path, []byte("loketctl doctor"), 0o600)
	if err == nil {
		err = durable.Remove(path)
	}
	switch {
	case errors.Is(err, os.ErrNotExist):
		err = &app.Error{Code: app.AgentNoFolder, Args: app.Args{"folder": c.Data}, Op: "doctor.folder", Err: err}
	case durable.Full(err):
		err = &app.Error{Code: app.StorageFull, Op: "doctor.folder", Err: err}
	case durable.ReadOnly(err):
		err = &app.Error{Code: app.StorageReadOnly, Op: "doctor.folder", Err: err}
	case err != nil:
		err = &app.Error{Code: app.StorageFailing, Op: "doctor.folder", Err: err}
	}
	return found("folder", c.Data, err)
}

// leastRoom is a day's work with all its pictures.
const leastRoom = 500 // MB

func (c *doctorCmd) room() finding {
	free, err := freeMB(c.Data)
	switch {
	case err != nil:
		return found("room", "", app.Wrap("doctor.room", app.FileUnread, err))
	case free < leastRoom:
		return found("room", "", app.Fail(app.DoctorRoom, "free", free, "least", leastRoom))
	}
	return found("room", strconv.Itoa(free)+" MB", nil)
}

// behind looks whether the witness, the outbox and whatever else lies beside the database tell of more than
// it holds. It only reads, so it looks while the window is open too.
func (c *doctorCmd) behind(ctx context.Context, env *Env) finding {
	d, err := desk.OpenReading(ctx, c.Data, desk.Options{State: c.State, Clock: envClock{env}})
	if app.CodeOf(err) == app.StorageBehind {
		return found("behind", "", err)
	}
	if err != nil {
		return found("behind", "", nil) // whatever else keeps it closed was told above
	}
	if b := d.Store.Behind(); b != nil {
		err = b.Err()
	}
	return found("behind", "", errors.Join(err, d.Close(ctx)))
}

// database opens the kiosk's database, unless it is in use or not there.
func (c *doctorCmd) database(ctx context.Context, env *Env) finding {
	d, err := kioskFolder{Data: c.Data, State: c.State}.open(ctx, env)
	switch {
	case err == nil:
		if why := d.Store.Reading(); why != "" {
			err = app.Fail(why)
		}
		err = errors.Join(err, d.Close(ctx))
	case app.CodeOf(err) == app.StorageBusy: // the window has it open, which is as it should be
		err = nil
	}
	return found("database", "", err)
}
