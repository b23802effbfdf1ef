package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"loket/app"
	"loket/app/words"
)

func TestErrorsBecomeSentencesAndExitCodes(t *testing.T) {
	foreign := errors.New("dial tcp: refused")
	for _, c := range []struct {
		name string
		err  error
		code int
		says string
	}{
		{"done", nil, exitDone, ""},
		{"the answer is no", fmt.Errorf("card: %w", errAnswerNo), exitAnswerNo, ""},
		{"wrong use", app.Fail(app.WrongUse, "value", "x"), exitWrongUse, "[wrong_use]"},
		{"could not run", app.Wrap("read", app.FileUnread, foreign), exitNotRun, "[file.unreadable]"},
		{"foreign", foreign, exitNotRun, "[internal " + reference(foreign) + "]"},
	} {
		var out bytes.Buffer
		env := &Env{Err: &out, Lang: words.EN}
		if got := env.fail(c.err); got != c.code {
			t.Errorf("%s: exit code %d, want %d", c.name, got, c.code)
		}
		if !strings.Contains(out.String(), c.says) || c.says == "" && out.Len() > 0 {
			t.Errorf("%s: said %q", c.name, out.String())
		}
		if strings.Contains(out.String(), foreign.Error()) {
			t.Errorf("%s: the text of a foreign error reached a person: %q", c.name, out.String())
		}
	}
}

func TestVerboseShowsTheCause(t *testing.T) {
	var out bytes.Buffer
	env := &Env{Err: &out, Lang: words.ID, verbose: true}
	env.fail(app.Wrap("read", app.FileUnread, errors.New("no such thing")))
	if !strings.Contains(out.String(), "no such thing") {
		t.Errorf("the cause is missing: %q", out.String())
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestAnAnswerThatCannotBeWrittenIsNoSuccess(t *testing.T) {
	var said bytes.Buffer
	env := &Env{Out: brokenPipe{}, Err: &said, Lang: words.ID}
	if got := run(t.Context(), []string{"version"}, env); got != exitNotRun {
		t.Errorf("exit code %d, want %d", got, exitNotRun)
	}
}
