package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"loket/app/words"
)

// Every card of the vectors gets its verdict from the command, and the exit code that says it.
func TestCardVerifyGivesTheVerdictOfTheVectors(t *testing.T) {
	v := readCardVectors(t)
	dir := t.TempDir()
	if err := v.writeLists(dir); err != nil {
		t.Fatal(err)
	}
	for _, c := range v.Cases {
		t.Run(c.Name, func(t *testing.T) {
			args := []string{
				"card", "verify", c.Text, "--json", "--at", c.At, "--root", v.Roots[0],
				"--trust", filepath.Join(dir, "trust.cose"), "--status", filepath.Join(dir, "status.cwt"),
			}
			for _, host := range c.Hosts {
				args = append(args, "--host", host)
			}
			code, out := cardRun(t, args)
			var got cardVector
			if err := json.Unmarshal([]byte(out), &got); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			want := cardVector{Reason: c.Reason, Status: c.Status, Genuine: c.Genuine, MemberNumber: c.MemberNumber}
			if !slices.Equal(want.answer(), got.answer()) {
				t.Errorf("got %v, want %v", got.answer(), want.answer())
			}
			if (code == exitDone) != c.Genuine || code > exitAnswerNo {
				t.Errorf("exit code %d, genuine %v", code, c.Genuine)
			}
		})
	}
}

func (c cardVector) answer() []string {
	genuine := "not genuine"
	if c.Genuine {
		genuine = "genuine"
	}
	return []string{genuine, c.Reason, c.Status, c.MemberNumber}
}

// No single digit of a card can be changed without the answer becoming no.
func TestAChangedDigitIsNeverGenuine(t *testing.T) {
	v := readCardVectors(t)
	dir := t.TempDir()
	if err := v.writeLists(dir); err != nil {
		t.Fatal(err)
	}
	text := v.Cases[0].Text
	start := strings.IndexByte(text, '#') + 1
	for i := start; i < len(text); i += 7 {
		changed := []byte(text)
		changed[i] = '0' + (changed[i]-'0'+1)%10
		args := []string{
			"card", "verify", string(changed), "--at", v.Cases[0].At,
			"--root", v.Roots[0], "--trust", filepath.Join(dir, "trust.cose"),
		}
		if code, out := cardRun(t, args); code != exitAnswerNo {
			t.Errorf("digit %d changed: exit code %d, %s", i-start, code, out)
		}
	}
}

func cardRun(t *testing.T, args []string) (int, string) {
	t.Helper()
	var out, said bytes.Buffer
	env := &Env{Out: &out, Err: &said, In: strings.NewReader(""), Lang: words.EN, Now: time.Now}
	code := run(t.Context(), args, env)
	if said.Len() > 0 {
		t.Errorf("complained: %s", said.String())
	}
	return code, out.String()
}
