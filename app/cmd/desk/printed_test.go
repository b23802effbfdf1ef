package desk_test

import (
	"os"
	"path/filepath"
	"testing"

	"loket/app"
)

// printed lists the files in a folder.
func printed(t *testing.T, dir string) (names []string) {
	t.Helper()
	all, err := os.ReadDir(dir)
	must(t, err)
	for _, one := range all {
		names = append(names, one.Name())
	}
	return names
}

// run makes so many cards and prints them as one job.
func (k *kiosk) run(t *testing.T, n int) (serials []app.Serial) {
	t.Helper()
	for range n {
		c, err := k.Issuing.Issue(t.Context(), k.s.Operator, k.registered(t).ID)
		must(t, err)
		serials = append(serials, c.Serial)
	}
	_, err := k.Issuing.Print(t.Context(), k.s.Operator, k.Paper, serials)
	must(t, err)
	return serials
}

// What is printed stands plain: a card's file goes when the card was checked or has ended, a run's with
// the last card of it.
func TestThePrintFolderEmptiesWhenAJobEnds(t *testing.T) {
	k := enrolled(t)
	cetak := filepath.Join(k.Dir, "cetak")
	one, run := k.run(t, 1), k.run(t, 2)
	if got := printed(t, cetak); len(got) != 2 {
		t.Fatal(got)
	}
	_, err := k.Issuing.ConfirmByWord(t.Context(), k.s.Operator, one[0])
	must(t, err)
	_, err = k.Issuing.ConfirmByWord(t.Context(), k.s.Operator, run[0])
	must(t, err)
	if got := printed(t, cetak); len(got) != 1 {
		t.Errorf("after the first card of two: %q", got)
	}
	_, err = k.Issuing.Spoil(t.Context(), k.s.Operator, run[1], "ribbon")
	must(t, err)
	if got := printed(t, cetak); len(got) != 0 {
		t.Errorf("after the last: %q", got)
	}
}

// At each start nothing is left of before, halves of files too. What is not a print stays, and so does
// what stands in a folder that somebody chose.
func TestThePrintFolderIsEmptyAtEachStart(t *testing.T) {
	k := begun(t, folder(t))
	cetak, chosen := filepath.Join(k.Dir, "cetak"), t.TempDir()
	r := k.registered(t)
	_, err := k.Paper.Slip(t.Context(), r)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(cetak, ".PS-1.123.tmp"), []byte("half"), 0o600))
	must(t, os.WriteFile(filepath.Join(cetak, "catatan.txt"), []byte("mine"), 0o600))
	must(t, k.Paper.SetFolder(t.Context(), chosen))
	_, err = k.Paper.Sheet(t.Context(), r)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(chosen, ".loket-12.tmp"), []byte("half"), 0o600))
	if got := printed(t, cetak); len(got) != 3 {
		t.Fatal(got)
	}
	k.reopen(t, k.shut(t))
	if got := printed(t, cetak); len(got) != 1 || got[0] != "catatan.txt" {
		t.Errorf("left: %q", got)
	}
	if got := printed(t, chosen); len(got) != 1 || filepath.Ext(got[0]) != ".pdf" {
		t.Errorf("in the chosen folder: %q", got)
	}
}
