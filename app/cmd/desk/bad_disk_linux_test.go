package desk_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"loket/app"
)

// disk is a small disk of its own, where this user may mount one.
func disk(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=4m"); err != nil {
		t.Skip("no disk can be mounted here:", err)
	}
	t.Cleanup(func() { must(t, unix.Unmount(dir, unix.MNT_DETACH)) })
	return dir
}

// fill leaves no room on a disk.
func fill(t *testing.T, dir string) (filler string) {
	t.Helper()
	filler = filepath.Join(dir, "filler")
	f, err := os.Create(filler)
	must(t, err)
	for block := 64 << 10; block > 0; {
		if _, err := f.Write(make([]byte, block)); errors.Is(err, unix.ENOSPC) {
			block /= 2
		} else {
			must(t, err)
		}
	}
	must(t, f.Close())
	return filler
}

// A full disk: what is saved stays saved, what is not is said, and goes when there is room again.
func TestAFullDisk(t *testing.T) {
	root := disk(t)
	dir := filepath.Join(root, "data")
	k := begun(t, dir)
	k.registered(t)
	draft := k.typed(t)
	filler := fill(t, root)

	before := k.seq()
	var err error
	for range 50 { // the log file of the database may have some room of its own
		if _, err = k.Counter.Save(t.Context(), k.s.Operator, draft); err != nil {
			break
		}
		before = k.seq()
		next := draft
		next.Form.Record = k.WalkIn()
		draft = next
	}
	refused(t, err, app.StorageFull)
	k.intact(t, before)

	k.shutFull(t)
	k.onlyReads(t, dir, app.StorageFull)
	must(t, os.Remove(filler))
	k.reopen(t, dir)
	k.signIn(t)
	_, err = k.Counter.Save(t.Context(), k.s.Operator, draft)
	must(t, err)
	k.shut(t)
	k.reopen(t, dir)
	k.signIn(t)
	k.intact(t, k.seq())
}

// shutFull closes a kiosk whose disk is full: what it could not write at the end is no harm.
func (k *kiosk) shutFull(t *testing.T) {
	t.Helper()
	d := k.Desk
	k.Desk = nil
	if err := d.Close(t.Context()); err != nil {
		refused(t, err, app.StorageFull)
	}
}

// A full disk under the print folder: the registration and the card's number stand, and the card
// prints when there is room.
func TestAFullPrintDisk(t *testing.T) {
	k := enrolled(t)
	root := disk(t)
	must(t, k.Paper.SetFolder(t.Context(), root))
	c, err := k.Issuing.Issue(t.Context(), k.s.Operator, k.registered(t).ID)
	must(t, err)
	filler := fill(t, root)
	_, err = k.Issuing.Print(t.Context(), k.s.Operator, k.Paper, []app.Serial{c.Serial})
	refused(t, err, app.PrintDiskFull)
	must(t, os.Remove(filler))
	if left, err := os.ReadDir(root); err != nil || len(left) != 0 {
		t.Errorf("half a file was left: %v %v", left, err)
	}
	_, err = k.Issuing.PrintAgain(t.Context(), k.s.Operator, k.Paper, []app.Serial{c.Serial})
	must(t, err)
}

// A full stick: what could not be written is said, and everything is still here for the next one.
func TestAFullStick(t *testing.T) {
	k := enrolled(t)
	k.registered(t)
	stick := disk(t)
	filler := fill(t, stick)
	_, _, err := k.Export(t.Context(), stick)
	refused(t, err, app.FileFull)
	must(t, os.Remove(filler))
	if batches, _, err := k.Export(t.Context(), stick); err != nil || batches != 1 {
		t.Errorf("%d batches, %v", batches, err)
	}
	k.exchange(t)
	k.arrived(t, 1)
}

// A folder that may not be written to, for the data and for the prints.
func TestAReadOnlyDisk(t *testing.T) {
	root := disk(t)
	dir := filepath.Join(root, "data")
	k := begun(t, dir)
	k.registered(t)
	k.typed(t)
	k.shut(t)
	must(t, unix.Mount("", root, "", unix.MS_REMOUNT|unix.MS_RDONLY, ""))
	k.onlyReads(t, dir, app.StorageReadOnly)
	must(t, unix.Mount("", root, "", unix.MS_REMOUNT, ""))
	k.whole(t, dir)
}

func TestAReadOnlyPrintFolder(t *testing.T) {
	k := enrolled(t)
	root := disk(t)
	must(t, k.Paper.SetFolder(t.Context(), root))
	r := k.registered(t)
	must(t, unix.Mount("", root, "", unix.MS_REMOUNT|unix.MS_RDONLY, ""))
	_, err := k.Paper.Slip(t.Context(), r)
	refused(t, err, app.PrintFolderReadOnly)
	must(t, unix.Mount("", root, "", unix.MS_REMOUNT, ""))
	_, err = k.Paper.Slip(t.Context(), r)
	must(t, err)
}
