package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"loket/app/words"
)

// cardLine is the card commands alone, as they stand on the command line.
type cardLine struct {
	Card cardCmd `cmd:""`
}

// runCard does one card command and returns its exit code and what it printed.
func runCard(t *testing.T, input string, args ...string) (code int, out, complaint string) {
	t.Helper()
	var printed, errors bytes.Buffer
	env := &Env{
		Out: &printed, Err: &errors, In: strings.NewReader(input), Lang: words.EN,
		Now: func() time.Time { return time.Date(2026, 11, 20, 2, 0, 0, 0, time.UTC) },
	}
	var line cardLine
	parser, err := kong.New(&line, kong.Exit(func(int) {}))
	if err != nil {
		t.Fatal(err)
	}
	chosen, err := parser.Parse(append([]string{"card"}, args...))
	if err != nil {
		return exitWrongUse, "", err.Error()
	}
	chosen.BindTo(context.Background(), (*context.Context)(nil))
	code = env.fail(chosen.Run(env))
	return code, printed.String(), errors.String()
}

// cardFiles are the vectors' lists as files, and their texts by name.
type cardFiles struct {
	trust, status, root string
	texts               map[string]string
}

func vectorFiles(t *testing.T) cardFiles {
	t.Helper()
	var file struct {
		Roots         []string
		Trust, Status string
		Cases         []struct{ Name, Text string }
	}
	b, err := os.ReadFile("../../../docs/vectors/card/cards.json")
	if err == nil {
		err = json.Unmarshal(b, &file)
	}
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	out := cardFiles{filepath.Join(folder, "trust.cose"), filepath.Join(folder, "status.cwt"), file.Roots[0], map[string]string{}}
	for path, text := range map[string]string{out.trust: file.Trust, out.status: file.Status} {
		data, err := hex.DecodeString(text)
		if err == nil {
			err = os.WriteFile(path, data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range file.Cases {
		out.texts[c.Name] = c.Text
	}
	return out
}

func TestCardVerify(t *testing.T) {
	f := vectorFiles(t)
	const kioskKey = "ed4928c628d1c2c6eae90338905995612959273a5c63f93636c14614ac8737d1"
	const nobody = "0000000000000000000000000000000000000000000000000000000000000000"
	good := f.texts["genuine and active"]
	tests := []struct {
		name                   string
		args                   []string
		code                   int
		reason, status, member string
	}{
		{"genuine", []string{good, "--trust", f.trust, "--status", f.status, "--root", f.root}, 0, "card.genuine", "active", "26133068531"},
		{"the list's own root", []string{good, "--trust", f.trust}, 0, "card.genuine", "unknown", "26133068531"},
		{"another root", []string{good, "--trust", f.trust, "--root", nobody}, 1, "trust.list", "unknown", ""},
		{"a status list that is none", []string{good, "--trust", f.trust, "--status", f.trust}, 0, "card.genuine", "unknown", "26133068531"},
		{"changed", []string{f.texts["last digit changed"], "--trust", f.trust}, 1, "card.signature", "unknown", ""},
		{"no card", []string{"bukan kartu", "--trust", f.trust}, 1, "card.unreadable", "unknown", ""},
		{"spoiled", []string{f.texts["status 1"], "--trust", f.trust, "--status", f.status}, 0, "card.genuine", "invalid", "26133068531"},
		{"later", []string{good, "--trust", f.trust, "--at", "2027-01-01T00:00:00Z"}, 0, "trust.stale", "unknown", "26133068531"},
		{"much later", []string{good, "--trust", f.trust, "--at", "2040-01-01T00:00:00Z"}, 0, "card.expired", "unknown", "26133068531"},
		{"another host", []string{good, "--trust", f.trust, "--host", "lain.contoh.id"}, 0, "card.foreign_host", "unknown", "26133068531"},
		{"by key", []string{good, "--key", kioskKey}, 0, "card.genuine", "unknown", "26133068531"},
		{"by another key", []string{good, "--key", nobody}, 1, "card.signature", "unknown", ""},
		{"from the input", []string{"-", "--trust", f.trust}, 0, "card.genuine", "unknown", "26133068531"},
	}
	for _, tt := range tests {
		code, out, complaint := runCard(t, good+"\n", append(append([]string{"verify"}, tt.args...), "--json")...)
		var got struct {
			Genuine        bool
			Reason, Status string
			MemberNumber   string `json:"member_number"`
		}
		if err := json.Unmarshal([]byte(out), &got); err != nil {
			t.Errorf("%s: %v: %s%s", tt.name, err, out, complaint)
			continue
		}
		if code != tt.code || got.Genuine != (tt.code == 0) || got.Reason != tt.reason || got.Status != tt.status || got.MemberNumber != tt.member {
			t.Errorf("%s: exit %d %+v, want %d %s %s", tt.name, code, got, tt.code, tt.reason, tt.status)
		}
	}
}

func TestCardVerifyWrongUse(t *testing.T) {
	f := vectorFiles(t)
	tests := []struct {
		name string
		args []string
		want int
	}{
		{"neither list nor key", []string{"1"}, exitWrongUse},
		{"list and key", []string{"1", "--trust", f.trust, "--key", "00"}, exitWrongUse},
		{"a key that is none", []string{"1", "--key", "00"}, exitWrongUse},
		{"a root that is none", []string{"1", "--trust", f.trust, "--root", "00"}, exitWrongUse},
		{"a time that is none", []string{"1", "--trust", f.trust, "--at", "besok"}, exitWrongUse},
		{"no such file", []string{"1", "--trust", f.trust + "x"}, exitNotRun},
	}
	for _, tt := range tests {
		if code, out, _ := runCard(t, "", append([]string{"verify"}, tt.args...)...); code != tt.want || out != "" {
			t.Errorf("%s: exit %d %s, want %d", tt.name, code, out, tt.want)
		}
	}
}

func TestCardVerifyForPeople(t *testing.T) {
	f := vectorFiles(t)
	code, out, _ := runCard(t, "", "verify", f.texts["genuine and active"], "--trust", f.trust, "--status", f.status)
	for _, want := range []string{"genuine", "YOHANES NGAU AJANG", "261 3306 8531", "KT-0098412", "Active", "the government", f.root} {
		if !strings.Contains(out, want) {
			t.Errorf("exit %d, %q is missing:\n%s", code, want, out)
		}
	}
}

func TestCardInspectAndClaim169(t *testing.T) {
	f := vectorFiles(t)
	code, out, _ := runCard(t, "", "inspect", f.texts["last digit changed"], "--json")
	if code != 0 || !strings.Contains(out, `"member_card":true`) || !strings.Contains(out, `"name":"YOHANES NGAU AJANG"`) {
		t.Errorf("exit %d: %s", code, out)
	}
	if code, _, complaint := runCard(t, "", "inspect", "bukan kartu"); code != exitNotRun || !strings.Contains(complaint, "card.unreadable") {
		t.Errorf("exit %d: %s", code, complaint)
	}
	code, text, _ := runCard(t, "", "claim169", f.texts["genuine and active"])
	if code != 0 {
		t.Fatal(code)
	}
	if code, out, _ := runCard(t, text, "verify", "-", "--trust", f.trust); code != 0 {
		t.Errorf("the Claim 169 text does not verify: %s", out)
	}
}
