package spool_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"loket/app"
	"loket/printing/drawing"
	"loket/printing/spool"
	"loket/printing/spool/printertest"
)

type stopped struct{}

func (stopped) Now() time.Time { return time.Date(2026, 11, 20, 2, 15, 0, 0, time.UTC) }

func TestFolderIsAPrinter(t *testing.T) {
	printertest.Run(t, func(t *testing.T) spool.Printer {
		return spool.OpenFolder(filepath.Join(t.TempDir(), "print"), stopped{})
	})
}

func TestFolderKeepsWholeFilesOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "print")
	folder := spool.OpenFolder(dir, stopped{})
	ticket, err := folder.Submit(t.Context(), printertest.Cards("KT-0098412", 3))
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(ticket.Path)
	if err != nil || !bytes.HasSuffix(file, []byte("%%EOF\n")) || !bytes.Contains(file, []byte("/Count 6")) {
		t.Errorf("not a whole file of six pages (%d bytes, error %v)", len(file), err)
	}
	if names := list(t, dir); names != "KT-0098412.pdf" {
		t.Errorf("the folder holds %s", names)
	}
	if info, err := os.Stat(ticket.Path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the file: %v", info.Mode())
	}
	if err := folder.Cancel(t.Context(), ticket); err != nil || list(t, dir) != "" {
		t.Errorf("after Cancel the folder holds %q (error %v)", list(t, dir), err)
	}
}

func TestFolderLeavesNothingOfAFailedJob(t *testing.T) {
	dir := t.TempDir()
	job := printertest.Cards("KT-0098412", 1)
	job.Pieces[0][0].Add(drawing.QR{Text: "1", Version: 99})
	_, err := spool.OpenFolder(dir, stopped{}).Submit(t.Context(), job)
	if app.CodeOf(err) != app.PrintTextTooLong || list(t, dir) != "" {
		t.Errorf("error %v, the folder holds %q", err, list(t, dir))
	}
}

func TestFolderThatCannotBeWrittenSaysWhy(t *testing.T) {
	base := t.TempDir()
	file := filepath.Join(base, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	cases := map[string]app.Code{filepath.Join(file, "print"): app.PrintFolderMissing}
	if runtime.GOOS == "linux" {
		cases["/sys/kernel"] = app.PrintFolderReadOnly
	}
	for dir, code := range cases {
		if _, err := spool.OpenFolder(dir, stopped{}).Submit(t.Context(), printertest.Cards("KT-1", 1)); app.CodeOf(err) != code {
			t.Errorf("%s: want %s, got %v", dir, code, err)
		}
	}
}

func TestJobNamesTellNothingOfPeople(t *testing.T) {
	for name, fine := range map[string]bool{
		"KT-0098412": true, spool.NameOf("PS 00417-01-000123"): true, "SITI AMINAH": false, "../x": false, "a/b": false, "": false,
		"-rf": false, "KT.pdf": false, strings.Repeat("9", 65): false,
	} {
		if err := printertest.Cards(name, 1).Check(); (err == nil) != fine {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestSidesComeAsThePrinterWantsThem(t *testing.T) {
	for sides, want := range map[spool.Sides]string{
		spool.FrontFirst: "front back front back", spool.BackFirst: "back front back front", spool.FrontOnly: "front front", "": "front back front back",
	} {
		job := printertest.Cards("KT-1", 2)
		job.Profile.Sides = sides
		var got []string
		for _, page := range job.Pages() {
			got = append(got, strings.TrimPrefix(page.Name, "card."))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %s", sides, s)
		}
	}
}

func TestProfilesAreComplete(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range spool.Profiles() {
		if p.ID == "" || seen[p.ID] || p.Name == "" || p.Width <= 0 || p.DPI < 200 || p.CanvasW <= 0 || p.Sides == "" {
			t.Errorf("profile %+v", p)
		}
		seen[p.ID] = true
		if found, err := spool.ProfileByID(p.ID); err != nil || found != p {
			t.Errorf("%s is not found: %v", p.ID, err)
		}
	}
	if _, err := spool.ProfileByID("no such"); app.CodeOf(err) != app.PrintProfile || len(seen) < 4 {
		t.Errorf("%d profiles; an unknown one: %v", len(seen), err)
	}
}

func list(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

func ExampleNameOf() {
	fmt.Println(spool.NameOf(app.ProvisionalNumber{Chain: app.Chain{Kiosk: 417, Incarnation: 1}, Counter: 123}.String()))
	// Output: PS-00417-01-000123
}
