package arch

import (
	"slices"
	"testing"
)

// The house as it stands keeps every rule.
func TestTheTreeKeepsTheRules(t *testing.T) {
	g, err := readTree("../..")
	if err != nil {
		t.Fatal(err)
	}
	if len(g["app"]) == 0 || !slices.Contains(g["app/words"], "loket/assets") {
		t.Fatalf("the tree was not read: %d packages", len(g))
	}
	for _, b := range check(g) {
		t.Error(b)
	}
}

// breaks holds one made-up breach of each rule, by the rule's name.
var breaks = map[string]breach{
	noRoom:    {pkg: "app/attic", use: "time"},
	vagueName: {pkg: "app/card/util", use: "strings"},

	"the vocabulary imports nothing of ours":                                          {pkg: "app", use: "loket/app/card"},
	"sentences, regions and rules come from pure rooms and assets":                    {pkg: "app/scheme", use: "loket/app/counter"},
	"pure rooms import the vocabulary and pure rooms":                                 {pkg: "app/card", use: "loket/assets"},
	"proof needs only app, journal, card, sealed":                                     {pkg: "app/proof", use: "loket/app/words"},
	"use cases import pure rooms and no other use case":                               {pkg: "app/counter", use: "loket/app/issuing"},
	"durable writing imports nothing of ours":                                         {pkg: "app/durable", use: "loket/app"},
	"the carrier imports pure rooms and no use case":                                  {pkg: "app/carrier", use: "loket/app/post"},
	"head office imports pure rooms and assets, and is given its store":               {pkg: "app/headoffice", use: "loket/storage/office"},
	"the proof of the rules imports nothing":                                          {pkg: "app/arch", use: "loket/app"},
	"storage imports pure rooms and assets":                                           {pkg: "storage/kiosk", use: "loket/app/counter"},
	"printing imports app, card, words, assets":                                       {pkg: "printing/document", use: "loket/app/journal"},
	"a screen imports use cases, pure rooms and the ui's tools, never another screen": {pkg: "ui/screens/home", use: "loket/ui/screens/cards"},
	"the shell imports use cases, pure rooms and the ui's tools, never a screen":      {pkg: "ui/shell", use: "loket/ui/screens/home"},
	"the window sees the whole ui and the use cases":                                  {pkg: "ui/window", use: "loket/storage/kiosk"},
	"the ui's tools know no screen and no use case":                                   {pkg: "ui/widgets", use: "loket/app/counter"},
	"assets import nothing":                                                           {pkg: "assets", use: "loket/app"},

	"the window is opened in main.go only":                                   {pkg: "ui/shell", use: "fyne.io/fyne/v2/app"},
	"fyne stays in ui and main.go":                                           {pkg: "printing/raster", use: "fyne.io/fyne/v2/canvas"},
	"SQL and its drivers stay in storage":                                    {pkg: "app/cmd/loketctl", use: "database/sql"},
	"net/http stays with the carrier, head office, the spooler and programs": {pkg: "ui/screens/send", use: "net/http"},
	"gofpdf stays in printing/pdf":                                           {pkg: "printing/document", use: "github.com/jung-kurt/gofpdf"},
	"QR codes are drawn in printing/drawing":                                 {pkg: "app/card", use: "github.com/skip2/go-qrcode"},
	"the command line is read in programs":                                   {pkg: "app/headoffice", use: "github.com/alecthomas/kong"},
	"no cgo of our own":                                                      {pkg: "printing/spool", use: "C"},
	"the ui's thread is entered in ui/task only":                             {pkg: "ui/screens/home", use: "fyne.io/fyne/v2#Do"},
	"the running app is asked for in main.go and the shell only":             {pkg: "ui/widgets", use: "fyne.io/fyne/v2#CurrentApp"},

	"the vocabulary imports the standard library only":                       {pkg: "app", use: "github.com/fxamacker/cbor/v2"},
	"the vocabulary touches no files, network or database":                   {pkg: "app", use: "os"},
	"assets embed and do nothing else":                                       {pkg: "assets", use: "os"},
	"pure rooms touch no files, network or database":                         {pkg: "app/vault", use: "os"},
	"pure rooms have no clock of their own":                                  {pkg: "app/card", use: "time#Now"},
	"use cases reach the world through their interfaces":                     {pkg: "app/issuing", use: "path/filepath"},
	"use cases are given a clock":                                            {pkg: "app/counter", use: "time#Since"},
	"folders are made by app/durable, which flushes them into the one above": {pkg: "storage/kiosk", use: "os#MkdirAll"},

	"goroutines of the ui start in ui/task only": {pkg: "ui/screens/home", use: "#go"},
}

// Each rule fails when it is broken, and no rule is without its breach.
func TestEachRuleCanFail(t *testing.T) {
	for _, name := range ruleNames() {
		b, written := breaks[name]
		if !written {
			t.Errorf("no breach is made up for the rule %q", name)
			continue
		}
		found := check(graph{b.pkg: {b.use}})
		if !slices.ContainsFunc(found, func(f breach) bool { return f.rule == name }) {
			t.Errorf("%s importing %q went unnoticed by %q; found %v", b.pkg, b.use, name, found)
		}
	}
	if len(breaks) != len(ruleNames()) {
		t.Errorf("%d breaches for %d rules", len(breaks), len(ruleNames()))
	}
}

func ruleNames() []string {
	names := []string{noRoom, vagueName}
	for _, r := range rooms {
		if !slices.Equal(r.own, everything) { // such a room cannot be broken
			names = append(names, r.name)
		}
	}
	for _, r := range reservations {
		names = append(names, r.name)
	}
	for _, b := range bans {
		names = append(names, b.name)
	}
	return names
}

// What the design allows stays allowed.
func TestWhatIsAllowedPasses(t *testing.T) {
	g := graph{
		"app":                  {"time", "errors"},
		"app/card":             {"loket/app", "loket/app/cose", "github.com/veraison/go-cose", "crypto/sha256"},
		"app/words":            {"loket/app", "loket/assets", "io/fs", "time#Month"},
		"app/counter":          {"loket/app", "loket/app/scheme", "loket/app/vault", "log/slog"},
		"app/proof":            {"loket/app", "loket/app/journal", "loket/app/sealed"},
		"app/carrier":          {"loket/app/sealed", "net/http", "os", "time#Now"},
		"app/headoffice":       {"loket/app/headoffice/console", "loket/app/office", "net/http", "#go"},
		"app/cmd/loketctl":     {"loket/storage/office", "loket/printing/pdf", "net/http"},
		"main":                 {"loket/ui/screens/home", "loket/storage/kiosk", "fyne.io/fyne/v2/app"},
		"storage/kiosk":        {"loket/app/vault", "loket/assets", "database/sql", "modernc.org/sqlite"},
		"printing/spool":       {"loket/printing/pdf", "loket/app", "net/http", "os"},
		"ui/screens/home":      {"loket/app/counter", "loket/ui/screens/home/tile", "loket/ui/task", "fyne.io/fyne/v2"},
		"ui/screens/home/tile": {"loket/app/words", "fyne.io/fyne/v2/canvas"},
		"ui/task":              {"fyne.io/fyne/v2#Do", "#go"},
	}
	for _, b := range check(g) {
		t.Error(b)
	}
}

func TestReadingAFile(t *testing.T) {
	uses, err := readFile("testdata/reads_the_clock.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"time", "time#Now", "fyne.io/fyne/v2", "fyne.io/fyne/v2#Do", "#go"} {
		if !slices.Contains(uses, want) {
			t.Errorf("%q was not found among %v", want, uses)
		}
	}
	if uses, err := readFile("testdata/no_build_takes_it.go"); uses != nil || err != nil {
		t.Errorf("a file that no build takes in was read: %v, %v", uses, err)
	}
	if uses, err := readFile("testdata/for_windows.go"); !slices.Contains(uses, "golang.org/x/sys/windows") || err != nil {
		t.Errorf("a file for Windows was not read: %v, %v", uses, err)
	}
}
