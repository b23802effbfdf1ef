package window

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/words"
	"loket/ui/shell/shelltest"
	"loket/ui/theme"
)

func folderWith(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		path := filepath.Join(dir, name)
		if filepath.Ext(name) == "" {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.WriteFile(path, []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestAFolderIsListedFoldersFirst(t *testing.T) {
	dir := folderWith(t, "ktp.jpg", "Bazar", ".tersembunyi.txt", "arsip", "Akta.png")
	for foldersOnly, want := range map[bool][]string{false: {"arsip", "Bazar", "Akta.png", "ktp.jpg"}, true: {"arsip", "Bazar"}} {
		got, err := within(dir, foldersOnly)
		if err != nil || len(got) != len(want) {
			t.Fatalf("%v %v", got, err)
		}
		for i, e := range got {
			if e.Name() != want[i] {
				t.Errorf("%d: %s, not %s", i, e.Name(), want[i])
			}
		}
	}
}

// browsing opens the dialog on a folder.
func browsing(t *testing.T, dir string, folders bool, chosen func(string)) *shelltest.Bench {
	t.Helper()
	t.Setenv("HOME", dir)
	b := shelltest.New(t, 1366, 768, words.ID, theme.Look{})
	w := &Window{shell: b.Shell, native: b.Win}
	browse := w.newBrowser(folders, chosen)
	b.Own(browse.owner)
	browse.open()
	b.Until("listed", func() bool { return browse.dir == dir })
	return b
}

func TestAFileIsChosenByKeys(t *testing.T) {
	dir, got := folderWith(t, "ktp.jpg", "Bazar"), ""
	b := browsing(t, dir, false, func(path string) { got = path })
	b.Picture("browse-file")
	b.PressAll(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn) // past the folder above and Bazar
	if got != filepath.Join(dir, "ktp.jpg") || b.Shell.Modal() {
		t.Errorf("%q %v", got, b.Shell.Modal())
	}
}

func TestWhileAFileIsChosenTheKeysOfTheWindowRest(t *testing.T) {
	b := browsing(t, t.TempDir(), false, func(string) { t.Error("chosen by Esc") })
	if !b.Shell.Modal() {
		t.Fatal("F-keys are awake")
	}
	b.Press(fyne.KeyEscape)
	if b.Shell.Modal() {
		t.Error("Esc does not close it")
	}
}

func TestAFileThatIsTooBigIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "besar.png")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, mostFile+1); err != nil {
		t.Fatal(err)
	}
	if _, err := readFile(path); app.CodeOf(err) != app.AttachmentTooBig {
		t.Error(err)
	}
	if _, err := readFile(path + "x"); app.CodeOf(err) != app.FileUnread {
		t.Error(err)
	}
}
