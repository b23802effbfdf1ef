package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf16"

	"loket/app"
	"loket/app/identity"
	"loket/app/words"
)

// Env is what a command sees of the world, so that tests can supply another.
type Env struct {
	Out, Err io.Writer
	In       io.Reader
	Lang     words.Lang
	Now      func() time.Time

	verbose bool
}

// errAnswerNo is returned by a command that ran well and whose answer is no; it has printed the
// answer itself.
var errAnswerNo = errors.New("the answer is no")

// Say prints one sentence of assets/words as a line.
func (e *Env) Say(key string, pairs ...any) error {
	return e.Println(words.Say(e.Lang, key, pairs...))
}

// Println prints one line of text.
func (e *Env) Println(line string) error {
	_, err := fmt.Fprintln(e.Out, identity.Shown(line))
	return app.Wrap("output", app.FileUnwritten, err)
}

// JSON prints a value as one line of JSON, for --json.
func (e *Env) JSON(value any) error {
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	err := enc.Encode(value)
	if err == nil {
		_, err = io.WriteString(e.Out, escaped(line.String()))
	}
	return app.Wrap("output", app.FileUnwritten, err)
}

// escaped writes what a terminal would obey, or a person not see, as JSON's own \u: the values stay what
// they are.
func escaped(line string) string {
	if strings.IndexFunc(line, identity.Hidden) < 0 {
		return line
	}
	var out strings.Builder
	for _, r := range line {
		switch {
		case !identity.Hidden(r):
			out.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&out, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return out.String()
}

// fail tells a person what went wrong and returns the exit code. No error is exit code 0.
func (e *Env) fail(err error) int {
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errAnswerNo):
		return exitAnswerNo
	}
	code := app.CodeOf(err)
	note := string(code)
	if code == app.Internal {
		note += " " + reference(err)
	}
	report := "loketctl: " + e.sentence(err) + " [" + note + "]\n"
	if e.verbose {
		report += err.Error() + "\n"
	}
	// When even the error output is gone, the exit code alone has to speak.
	if _, lost := io.WriteString(e.Err, identity.Shown(report)); lost != nil {
		return exitNotRun
	}
	if code == app.WrongUse || code == app.OfficeHostBad {
		return exitWrongUse
	}
	return exitNotRun
}

// sentence is what a person reads about an error. Kong joins a command's error with its own hooks',
// so the one with a code is looked for first.
func (e *Env) sentence(err error) string {
	var known *app.Error
	if errors.As(err, &known) {
		return words.Error(e.Lang, known)
	}
	return words.Error(e.Lang, err)
}

// reference names a foreign error in a few characters that can be read out on the telephone. The
// same failure has the same reference, and --verbose shows what stands behind it.
func reference(err error) string {
	sum := sha256.Sum256([]byte(err.Error()))
	return hex.EncodeToString(sum[:3])
}
