package main

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the scripts call loketctl as a program of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"loketctl": main})
}

// The scripts in testdata/script are the promises of the command line: what a command prints and
// how it exits.
func TestScripts(t *testing.T) {
	cards := readCardVectors(t)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireUniqueNames:  true,
		RequireExplicitExec: true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "keep": keep, "kiosk": kioskCmd},
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "C.UTF-8")
			return cards.unpack(env)
		},
	})
}

// cardVectors is docs/vectors/card/cards.json: what a script can verify cards with.
type cardVectors struct {
	Roots         []string
	Trust, Status string
	Cases         []cardVector
}

type cardVector struct {
	Name, Text, At, Reason, Status string
	Hosts                          []string
	Genuine                        bool
	MemberNumber                   string `json:"member_number"`
}

func readCardVectors(t *testing.T) cardVectors {
	t.Helper()
	content, err := os.ReadFile("../../../docs/vectors/card/cards.json")
	if err != nil {
		t.Fatal(err)
	}
	var v cardVectors
	if err := json.Unmarshal(content, &v); err != nil || len(v.Cases) == 0 || len(v.Roots) == 0 {
		t.Fatal("no card vectors", err)
	}
	return v
}

// unpack leaves the lists as trust.cose and status.cwt and the first card as $CARD in a script's
// folder, with the root's fingerprint in $ROOT and the moment of the vectors in $AT.
func (v cardVectors) unpack(env *testscript.Env) error {
	env.Setenv("CARD", v.Cases[0].Text)
	env.Setenv("AT", v.Cases[0].At)
	env.Setenv("ROOT", v.Roots[0])
	return v.writeLists(env.WorkDir)
}

func (v cardVectors) writeLists(dir string) error {
	for name, text := range map[string]string{"trust.cose": v.Trust, "status.cwt": v.Status} {
		list, err := hex.DecodeString(text)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name), list, 0o600); err != nil {
			return err
		}
	}
	return nil
}
