package main

import (
	"context"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"loket/app/cmd/desk"
	"loket/app/sealed"
	"loket/app/vault"
)

// kioskCmd is the script command `kiosk FOLDER TOKENFILE`: somebody starts a new kiosk. Its supervisor's
// PIN stands in the file pin, the machine's secret in the folder state.
func kioskCmd(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: kiosk FOLDER TOKENFILE")
	}
	ctx := context.Background()
	token, err := sealed.ParseToken(ts.ReadFile(args[1]))
	ts.Check(err)
	d, err := desk.Open(ctx, ts.MkAbs(args[0]), desk.Options{State: ts.MkAbs("state"), Cost: vault.Cost{Memory: 8, Time: 1}})
	ts.Check(err)
	_, err = d.FirstStart(ctx, token, "DEWI LESTARI", strings.TrimSpace(ts.ReadFile("pin")))
	ts.Check(err)
	ts.Check(d.Close(ctx))
}

// keep is the script command `keep NAME PATTERN`: what the pattern's group finds in the last output
// becomes a variable.
func keep(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: keep NAME PATTERN")
	}
	pattern, err := regexp.Compile(args[1])
	ts.Check(err)
	found := pattern.FindStringSubmatch(ts.ReadFile("stdout"))
	if len(found) != 2 {
		ts.Fatalf("%s is not in the output", args[1])
	}
	ts.Setenv(args[0], found[1])
}
