package headoffice_test

import (
	"crypto/ed25519"
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
	if first.Roots()[0] != again.Roots()[0] || certAt(t, first, day) != certAt(t, again, day) || len(first.Roots()) != 2 {
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
	if certAt(t, away, day.AddDate(1, 0, 0)) != certAt(t, keys, day.AddDate(1, 0, 0)) {
		t.Error("another certificate without the root")
	}
	_, err = headoffice.LoadKeys(dir, day.AddDate(2, 0, 0)) // the certificate has ended
	wantCode(t, err, app.OfficeKeysEnded)
	need(t, away.ImportRoot(copied))
	renewed, err := headoffice.LoadKeys(dir, day.AddDate(2, 0, 0))
	need(t, err)
	_, err = office.ParseCertificate([]byte(certAt(t, renewed, day.AddDate(2, 0, 0))), keys.Roots(), day.AddDate(2, 0, 1), office.ForTrust)
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

func certAt(t *testing.T, keys *headoffice.Keys, at time.Time) string {
	t.Helper()
	s, err := keys.Speaker(at)
	need(t, err)
	return string(s.Certificate)
}

// A server goes from one certificate to the next while it runs, each with its own HPKE key, with the root
// here or signed ahead and away; what is sealed to a key 180 days after its month is refused, and the file
// is gone.
func TestCertificatesFollowEachOtherWhileItRuns(t *testing.T) {
	for name, away := range map[string]bool{"the root is here": false, "the root is away": true} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "keys")
			keys, err := headoffice.LoadKeys(dir, day)
			need(t, err)
			if away {
				need(t, os.Remove(filepath.Join(dir, "root.key")))
				need(t, os.Remove(filepath.Join(dir, "root-next.key")))
			}
			hpke := map[string]bool{}
			months := 14
			if !away {
				months = 40
			}
			for n := range months {
				now := day.AddDate(0, n, 0)
				need(t, keys.Keep(now))
				cert, err := office.ParseCertificate([]byte(certAt(t, keys, now)), keys.Roots(), now.Add(28*24*time.Hour), 0)
				need(t, err) // what is signed now is believed for four weeks
				hpke[string(cert.HPKEKey)] = true
			}
			if len(hpke) != months {
				t.Errorf("%d HPKE keys in %d months", len(hpke), months)
			}
			files, err := filepath.Glob(filepath.Join(dir, "month-*.key"))
			need(t, err)
			if !away && len(files) > 14+8 || away && len(files) > 8 {
				t.Errorf("%d HPKE keys are left", len(files))
			}
			if !away {
				return
			}
			_, err = keys.Speaker(day.AddDate(0, 16, 0))
			wantCode(t, err, app.OfficeExpired)
			if end := keys.Ends(day.AddDate(0, 13, 0)); end.Before(day.AddDate(0, 14, 0)) || end.After(day.AddDate(0, 16, 0)) {
				t.Error("it ends", end)
			}
		})
	}
}

// An offline root signs ahead by files on a stick: private halves never leave head office, and the server
// takes the answer while it runs.
func TestAnOfflineRootSignsAhead(t *testing.T) {
	dir, stick := filepath.Join(t.TempDir(), "keys"), t.TempDir()
	keys, err := headoffice.LoadKeys(dir, day)
	need(t, err)
	root := filepath.Join(stick, "root.loket")
	need(t, keys.ExportRoot(root))
	need(t, os.Remove(filepath.Join(dir, "root.key")))
	need(t, os.Remove(filepath.Join(dir, "root-next.key")))
	later := day.AddDate(0, 12, 0)
	request, err := keys.RequestMonths(14, false, later)
	need(t, err)
	b, err := request.Encode()
	need(t, err)
	asked, answered := filepath.Join(stick, "request"), filepath.Join(stick, "answer")
	need(t, os.WriteFile(asked, b, 0o644))
	answer, n, err := headoffice.AnswerRequest(asked, root)
	need(t, err)
	if n != len(request.Months) || n == 0 {
		t.Errorf("%d months", n)
	}
	need(t, os.WriteFile(answered, answer, 0o644))
	server, err := headoffice.LoadKeys(dir, later)
	need(t, err)
	_, err = keys.TakeAnswer(answered, later)
	need(t, err)
	for n := range 14 {
		now := later.AddDate(0, n, 0)
		need(t, server.Keep(now))
		certAt(t, server, now)
	}
	other, err := headoffice.LoadKeys(filepath.Join(t.TempDir(), "keys"), day)
	need(t, err)
	_, err = other.TakeAnswer(answered, later)
	wantCode(t, err, app.OfficeUnknownRoot)
	need(t, os.WriteFile(answered, []byte("<html>"), 0o644))
	_, err = keys.TakeAnswer(answered, later)
	wantCode(t, err, app.OfficeRootRequest)
}

// A stolen office key: the root makes a new one in a higher epoch, and the old one's word is void for who
// has met the new one.
func TestAStolenOfficeKeyIsMadeVoid(t *testing.T) {
	keys, err := headoffice.LoadKeys(filepath.Join(t.TempDir(), "keys"), day)
	need(t, err)
	stolen, err := keys.Speaker(day)
	need(t, err)
	_, err = keys.SignAhead(14, true, day)
	need(t, err)
	now, err := keys.Speaker(day)
	need(t, err)
	judge := office.Judge{Roots: keys.Roots(), Known: day}
	cert, err := judge.Certificate(now.Certificate, day, office.ForFeed)
	need(t, err)
	if cert.Epoch != 2 || string(now.Key.Public().(ed25519.PublicKey)) == string(stolen.Key.Public().(ed25519.PublicKey)) {
		t.Errorf("epoch %d", cert.Epoch)
	}
	judge.Epoch = cert.Epoch
	_, err = judge.Certificate(stolen.Certificate, day, office.ForFeed)
	wantCode(t, err, app.OfficeVoid)
	if got := keys.OfficeKey(); !got.Equal(stolen.Key.Public()) {
		t.Error("the own journal starts from another key")
	}
}

// The successor becomes the root; who pins both follows by the rotations, one after the other, and the
// stolen root of before rotates nothing.
func TestTheRootRotates(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	keys, err := headoffice.LoadKeys(dir, day)
	need(t, err)
	pinned := keys.Roots()
	for range 3 {
		before := keys.Roots()
		need(t, keys.Rotate(day))
		after := keys.Roots()
		if after[0] != before[1] || after[1] == before[0] || after[1] == before[1] {
			t.Errorf("%v after %v", after, before)
		}
		_, err := office.ParseCertificate([]byte(certAt(t, keys, day)), before, day, office.ForFeed)
		need(t, err) // who pins both goes on
	}
	again, err := headoffice.LoadKeys(dir, day)
	need(t, err)
	now, next, err := office.FollowRotations(pinned, again.Rotations())
	need(t, err)
	if got := office.RootsOf(now, next); got[0] != keys.Roots()[0] || got[1] != keys.Roots()[1] {
		t.Error("the chain leads elsewhere")
	}
	if _, _, err := office.FollowRotations(office.Roots{pinned[1], pinned[0]}, again.Rotations()); app.CodeOf(err) != app.OfficeUnknownRoot {
		t.Error("who pins others follows:", err)
	}
}
