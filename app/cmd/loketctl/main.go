// Command loketctl is everything that Loket does without a window: head office, the carrier,
// checks, quotes and the tour. It builds without cgo.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"loket/app"
)

// The exit codes that scripts rely on.
const (
	exitDone     = 0
	exitAnswerNo = 1
	exitWrongUse = 2
	exitNotRun   = 3
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], systemEnv())
	stop()
	os.Exit(code)
}

// run does one command line and returns its exit code. A command takes the context only when it
// lasts long enough to be stopped: Run(env *Env) or Run(ctx context.Context, env *Env).
func run(ctx context.Context, args []string, env *Env) int {
	env.Lang = chosenLang(args, env.Lang)
	var line commands
	parser, err := newParser(&line, env)
	if err != nil {
		return env.fail(err)
	}
	if len(args) == 0 {
		return usageOnly(parser, env)
	}
	chosen, err := parser.Parse(args)
	if errors.Is(err, errHelpShown) {
		return exitDone
	}
	if err != nil {
		return env.fail(app.Fail(app.WrongUse, "value", err.Error()))
	}
	env.verbose = line.Verbose
	chosen.BindTo(ctx, (*context.Context)(nil))
	return env.fail(chosen.Run(env))
}

// usageOnly answers an empty command line: the help, and the exit code of wrong use.
func usageOnly(parser *kong.Kong, env *Env) int {
	_, err := parser.Parse([]string{"--help"})
	if !errors.Is(err, errHelpShown) {
		return env.fail(err)
	}
	return exitWrongUse
}

func newParser(line *commands, env *Env) (*kong.Kong, error) {
	parser, err := kong.New(line,
		kong.Name("loketctl"),
		kong.Description("cli.about"),
		kong.NoDefaultHelp(),
		kong.Writers(env.Out, env.Err),
		kong.Exit(func(int) {}), // only our own help hook ends a run, and it returns errHelpShown
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
	)
	if err != nil {
		return nil, app.Wrap("loketctl", app.Internal, err)
	}
	return parser, speak(parser, env.Lang)
}

func systemEnv() *Env {
	return &Env{
		Out: os.Stdout, Err: os.Stderr, In: io.Reader(os.Stdin),
		Lang: langOf(os.Getenv("LANG")), Now: app.SystemClock{}.Now,
	}
}
