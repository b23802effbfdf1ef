package headoffice_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"loket/app"
	"loket/app/headoffice"
	"loket/app/office"
)

var day = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)

func TestKeysAreMadeOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	first, err := headoffice.LoadKeys(dir, day)
	need(t, err)
	again, err := headoffice.LoadKeys(dir, day.AddDate(0, 6, 0))
	need(t, err)
	if first.Roots()[0] != again.Roots()[0] || string(first.Speaker().Certificate) != string(again.Speaker().Certificate) || len(first.Roots()) != 2 {
		t.Error("other keys")
	}
	files, err := os.ReadDir(dir)
	need(t, err)
	for _, f := range files {
		info, err := f.Info()
		need(t, err)
		if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 || strings.HasPrefix(f.Name(), ".") {
			t.Error(f.Name(), info.Mode())
		}
	}
}

func TestTheRootCanBeTakenAway(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	copied := filepath.Join(t.TempDir(), "root.loket")
	keys, err := headoffice.LoadKeys(dir, day)
	need(t, err)
	need(t, keys.ExportRoot(copied))
	for _, name := range []string{"root.key", "root-next.key", "recovery.key"} {
		need(t, os.Remove(filepath.Join(dir, name)))
	}
	away, err := headoffice.LoadKeys(dir, day.AddDate(1, 0, 0))
	need(t, err)
	if string(away.Speaker().Certificate) != string(keys.Speaker().Certificate) {
		t.Error("another certificate without the root")
	}
	_, err = headoffice.LoadKeys(dir, day.AddDate(2, 0, 0)) // the certificate has ended
	wantCode(t, err, app.OfficeKeysBroken)
	need(t, away.ImportRoot(copied))
	renewed, err := headoffice.LoadKeys(dir, day.AddDate(2, 0, 0))
	need(t, err)
	_, err = office.ParseCertificate(renewed.Speaker().Certificate, keys.Roots(), day.AddDate(2, 0, 1), office.ForTrust)
	need(t, err)
}

func TestAnotherOfficesRootIsNotImported(t *testing.T) {
	copied := filepath.Join(t.TempDir(), "root.loket")
	theirs, err := headoffice.LoadKeys(filepath.Join(t.TempDir(), "keys"), day)
	need(t, err)
	need(t, theirs.ExportRoot(copied))
	ours, err := headoffice.LoadKeys(filepath.Join(t.TempDir(), "keys"), day)
	need(t, err)
	wantCode(t, ours.ImportRoot(copied), app.OfficeUnknownRoot)
}

func TestBrokenAndOpenKeysAreRefused(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	_, err := headoffice.LoadKeys(dir, day)
	need(t, err)
	name := filepath.Join(dir, "columns.key")
	whole, err := os.ReadFile(name)
	need(t, err)
	if runtime.GOOS != "windows" {
		need(t, os.Chmod(name, 0o644))
		_, err = headoffice.LoadKeys(dir, day)
		wantCode(t, err, app.OfficeKeysOpen)
		need(t, os.Chmod(name, 0o600))
	}
	need(t, os.WriteFile(name, whole[:20], 0o600))
	_, err = headoffice.LoadKeys(dir, day)
	wantCode(t, err, app.OfficeKeysBroken)
}

func TestHiddenColumnsStayInTheirPlace(t *testing.T) {
	keys, err := headoffice.LoadKeys(filepath.Join(t.TempDir(), "keys"), day)
	need(t, err)
	hidden, err := keys.Hide("parts|00417-01-000001", []byte("rahasia"))
	need(t, err)
	if plain, err := keys.Show("parts|00417-01-000001", hidden); err != nil || string(plain) != "rahasia" {
		t.Error(plain, err)
	}
	_, err = keys.Show("parts|00417-01-000002", hidden)
	wantCode(t, err, app.OfficeKeysBroken)
	_, err = keys.Show("parts|00417-01-000001", hidden[:5])
	wantCode(t, err, app.OfficeKeysBroken)
	if string(keys.Index("nik", "1")) == string(keys.Index("phone", "1")) || len(keys.Index("nik", "1")) != 16 {
		t.Error("the blind index")
	}
}
