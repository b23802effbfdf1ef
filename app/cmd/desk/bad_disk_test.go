package desk_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"loket/app"
	"loket/app/cmd/desk"
	"loket/app/cmd/people"
	"loket/app/counter"
)

// filled is a kiosk with one registration and one draft in a folder, closed again.
func filled(t *testing.T) (k *kiosk, dir string) {
	t.Helper()
	k = begun(t, folder(t))
	k.registered(t)
	k.typed(t)
	return k, k.shut(t)
}

// whole says that the folder opens again with everything in it.
func (k *kiosk) whole(t *testing.T, dir string) {
	t.Helper()
	k.reopen(t, dir)
	k.signIn(t)
	k.intact(t, k.seq())
	drafts, err := k.Counter.Drafts(t.Context())
	if err != nil || len(drafts) != 1 {
		t.Errorf("%d drafts, %v", len(drafts), err)
	}
	for r, err := range k.Store.Registrations(t.Context()) {
		if err != nil || r.Record.Person.Name == "" {
			t.Errorf("a registration is gone: %v", err)
		}
	}
}

func (k *kiosk) refusesToOpen(t *testing.T, dir string, want app.Code) {
	t.Helper()
	d, err := desk.Open(t.Context(), dir, k.options())
	if err == nil {
		err = d.Close(t.Context())
		t.Errorf("it opened (%v)", err)
		return
	}
	refused(t, err, want)
}

// onlyReads says that a folder on a disk that cannot be written opens all the same: people sign in, read, and
// carry out what lies sealed; what writes says why it cannot.
func (k *kiosk) onlyReads(t *testing.T, dir string, want app.Code) {
	t.Helper()
	k.reopen(t, dir)
	if k.Store.Reading() != want {
		t.Fatalf("it opens for %q, want %s", k.Store.Reading(), want)
	}
	_, err := k.SignIn(t.Context(), k.s.Operator.ID, "00000000")
	refused(t, err, app.AccessPINWrong)
	k.signIn(t)
	known := 0
	for r, err := range k.Store.Registrations(t.Context()) {
		must(t, err)
		if r.Record.Person.Name == "" {
			t.Error("somebody has no name")
		}
		known++
	}
	if known == 0 {
		t.Error("nobody can be read")
	}
	s, err := k.Post.State(t.Context())
	must(t, err)
	refused(t, s.Trouble, want)
	d := counter.NewDraft(app.SourceWalkIn)
	d.Form = people.Form(k.WalkIn())
	_, err = k.Counter.Save(t.Context(), k.s.Operator, d)
	refused(t, err, want)
	lying, err := filepath.Glob(filepath.Join(dir, "outbox", "*.batch"))
	must(t, err)
	batches, _, err := k.Export(t.Context(), t.TempDir())
	if err != nil || batches != len(lying) {
		t.Errorf("%d of %d batches were carried out (%v)", batches, len(lying), err)
	}
	_, err = k.Beat(t.Context(), false)
	must(t, err)
	k.shut(t)
}

func database(dir string) string { return filepath.Join(dir, "loket.db") }

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	must(t, err)
	return b
}

// A file that is damaged, or made by a newer program, is refused and left as it is.
func TestAFileThatCannotBeUsedIsLeftAsItIs(t *testing.T) {
	k, dir := filled(t)
	good := read(t, database(dir))
	for name, tt := range map[string]struct {
		spoil func([]byte) []byte
		want  app.Code
	}{
		"a newer program's": {func(b []byte) []byte { binary.BigEndian.PutUint32(b[60:], 9999); return b }, app.StorageNewer},
		"another program's": {func(b []byte) []byte { binary.BigEndian.PutUint32(b[68:], 0x1234); return b }, app.StorageForeign},
		"no database":       {func(b []byte) []byte { return bytes.Repeat([]byte("x"), len(b)) }, app.StorageDamaged},
		"first page spoilt": {func(b []byte) []byte { clear(b[100:4096]); return b }, app.StorageDamaged},
		"all pages spoilt":  {func(b []byte) []byte { return append(b[:4096], bytes.Repeat([]byte{0xff}, len(b)-4096)...) }, app.StorageDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			bad := tt.spoil(bytes.Clone(good))
			must(t, os.WriteFile(database(dir), bad, 0o600))
			k.refusesToOpen(t, dir, tt.want)
			if !bytes.Equal(read(t, database(dir)), bad) {
				t.Error("the file was changed")
			}
		})
	}
	must(t, os.WriteFile(database(dir), good, 0o600))
	k.whole(t, dir)
}

func TestASecondProgramIsRefused(t *testing.T) {
	k, dir := filled(t)
	k.whole(t, dir)
	k.refusesToOpen(t, dir, app.StorageBusy)
	k.registered(t)
}

// Without the machine's secret the folder is of no use to whoever carried it off.
func TestACopiedFolderDoesNotOpenElsewhere(t *testing.T) {
	k, dir := filled(t)
	home := k.state
	k.state = t.TempDir()
	k.reopen(t, dir)
	_, err := k.Door.People(t.Context())
	refused(t, err, app.VaultMachineWrong)
	k.shut(t)
	k.state = home
	k.whole(t, dir)
}

// A folder that may not be written to (where this user is bound by permissions).
func TestAReadOnlyFolder(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("permissions do not bind this user; see the test with a mounted disk")
	}
	k, dir := filled(t)
	must(t, os.Chmod(dir, 0o500))
	k.onlyReads(t, dir, app.StorageReadOnly)
	must(t, os.Chmod(dir, 0o700))
	k.whole(t, dir)
}
