package window

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"loket/app"
	"loket/app/words"
	"loket/ui/task"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// browser lets a person choose a file or a folder, by keys, mouse or finger. It is ours because the
// toolkit's own keeps Esc and the F-keys to itself, speaks another language and is too small for
// fingers.
type browser struct {
	w       *Window
	folders bool // a folder is chosen, and no files are shown
	chosen  func(path string)
	owner   *task.Owner
	dir     string
	places  *fyne.Container
	where   *widgets.Text
	list    *fyne.Container
	scroll  *container.Scroll
}

// mostShown keeps a list readable.
const mostShown = 300

// listing is what a folder holds, and where else one can go.
type listing struct {
	dir    string
	names  []os.DirEntry
	places []string
}

func (w *Window) newBrowser(folders bool, chosen func(path string)) *browser {
	b := &browser{w: w, folders: folders, chosen: chosen, owner: task.NewOwner(nil)}
	b.places, b.where, b.list = widgets.Flow(6), widgets.NewCut(widgets.SmallStyle, ""), widgets.Column(2)
	b.scroll = container.NewVScroll(b.list)
	return b
}

// open shows the dialog, at the person's own folder.
func (b *browser) open() {
	w := b.w
	title, answers := "window.browse.file", []widgets.Answer{{Word: w.shell.Say("ui.cancel")}}
	if b.folders {
		title = "window.browse.folder"
		answers = append(answers, widgets.Answer{
			Word: w.shell.Say("window.browse.here"), Kind: widgets.Primary, Act: func() { b.leave(b.dir) },
		})
	}
	high := min(320*theme.Scale(), w.native.Canvas().Size().Height-260*theme.Scale())
	content := widgets.Column(8, b.places, b.where, widgets.Sized(0, max(high, 120), b.scroll))
	w.shell.Ask(widgets.Question{Title: w.shell.Say(title), Content: content, Answers: answers, Stay: b.owner.Leave})
	home, err := os.UserHomeDir()
	if err != nil {
		home = string(filepath.Separator)
	}
	b.show(home)
}

// leave goes away with what was chosen.
func (b *browser) leave(path string) {
	b.owner.Leave()
	b.chosen(path)
}

// show lists a folder. A stick may take its time.
func (b *browser) show(dir string) {
	task.Latest(b.owner, "list", dir, func(_ context.Context, dir string) (listing, error) {
		names, err := within(dir, b.folders)
		return listing{dir, names, placesToGo()}, app.Wrap("window.browse", app.FileUnread, err)
	}, func(l listing, err error) {
		b.dir = l.dir
		b.where.SetText(l.dir)
		b.render(l, err)
	})
}

func (b *browser) render(l listing, err error) {
	b.places.Objects, b.list.Objects = nil, nil
	for _, place := range l.places {
		b.places.Add(widgets.NewButton(b.w.shell, widgets.Secondary, b.nameOf(place), func() { b.show(place) }))
	}
	if up := filepath.Dir(l.dir); up != l.dir {
		b.list.Add(b.row("back", b.w.shell.Say("window.browse.up"), func() { b.show(up) }))
	}
	for _, one := range l.names[:min(len(l.names), mostShown)] {
		path := filepath.Join(l.dir, one.Name())
		if one.IsDir() {
			b.list.Add(b.row("box", one.Name(), func() { b.show(path) }))
			continue
		}
		b.list.Add(b.row("file", one.Name(), func() {
			b.w.shell.Dismiss()
			b.leave(path)
		}))
	}
	switch {
	case err != nil:
		b.list.Add(widgets.NewNote(widgets.Bad, words.Error(b.w.shell.Lang(), err)))
	case len(l.names) == 0:
		word := "window.browse.empty"
		if b.folders {
			word = "window.browse.inside"
		}
		b.list.Add(widgets.NewPara(widgets.Quiet, b.w.shell.Say(word)))
	}
	b.places.Refresh()
	b.list.Refresh()
	b.scroll.ScrollToTop()
	b.scroll.Refresh()
	if first, ok := b.list.Objects[0].(*widgets.Press); ok {
		b.w.shell.Focus(first, 0)
	}
}

func (b *browser) row(icon, word string, act func()) fyne.CanvasObject {
	face := widgets.Face{Left: true, PadX: 8, PadY: 4, Radius: 7, Least: fyne.NewSize(0, theme.Size(theme.Row))}
	return widgets.NewPress(b.w.shell, face, widgets.Row(10, widgets.NewIcon(icon, theme.Muted, theme.Size(theme.Icon)),
		widgets.Stretch(widgets.NewCut(widgets.Body, word))), act)
}

// nameOf is how a place is called: the own folder by a word, a stick by its name.
func (b *browser) nameOf(place string) string {
	if home, err := os.UserHomeDir(); err == nil && place == home {
		return b.w.shell.Say("window.browse.home")
	}
	if name := filepath.Base(place); name != string(filepath.Separator) && name != "." {
		return name
	}
	return place
}

// within lists folders and then files, by name, without what is hidden.
func within(dir string, foldersOnly bool) ([]os.DirEntry, error) {
	names, err := os.ReadDir(dir)
	names = slices.DeleteFunc(names, func(e os.DirEntry) bool {
		return strings.HasPrefix(e.Name(), ".") || foldersOnly && !e.IsDir()
	})
	slices.SortStableFunc(names, func(a, b os.DirEntry) int {
		switch {
		case a.IsDir() == b.IsDir():
			return strings.Compare(strings.ToLower(a.Name()), strings.ToLower(b.Name()))
		case a.IsDir():
			return -1
		}
		return 1
	})
	return names, err
}

// placesToGo are the own folder, sticks and drives.
func placesToGo() (places []string) {
	if home, err := os.UserHomeDir(); err == nil {
		places = append(places, home)
	}
	if runtime.GOOS == "windows" {
		for letter := 'C'; letter <= 'Z'; letter++ {
			if _, err := os.Stat(string(letter) + `:\`); err == nil {
				places = append(places, string(letter)+`:\`)
			}
		}
		return places
	}
	for _, pattern := range []string{"/media/*/*", "/run/media/*/*"} {
		if sticks, err := filepath.Glob(pattern); err == nil {
			places = append(places, sticks...)
		}
	}
	return append(places, "/")
}
