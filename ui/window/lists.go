package window

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"

	"loket/app"
	"loket/app/roster"
	"loket/app/sponsor"
	"loket/ui/screens/program"
	"loket/ui/shell"
)

// Sponsors are programmes and their lists, and where files are written whole or not at all.
type Sponsors struct {
	*sponsor.Sponsor
	Write func(path string, content []byte) error
}

func (w *Window) programmes() shell.Screen {
	k := w.kiosk
	s := k.Sponsors
	w.sponsor = program.New(w.shell, w.shell, program.Uses{
		By: w.by, Clock: k.Clock, Near: func() []string { return k.About.Settings().Regencies }, Changed: w.tell,
		Books: program.Books{
			All: s.Programmes, One: s.Programme, Open: s.Open, Change: s.Change, Close: s.Close, Budget: s.Budget,
			Versions: s.Versions, Leavers: s.Leavers, Overlaps: s.Overlaps,
		},
		Lists:  program.Lists{Judge: s.Judge, Import: s.Import, Rows: s.WriteRows},
		Files:  program.Files{Choose: w.choosePath, Read: readList, ChooseFolder: w.chooseFolder, Write: w.writeFile},
		Drafts: program.Drafts{Keep: s.Keep, Kept: s.Kept},
	})
	return w.sponsor
}

// choosePath lets a person choose a file that is read later, away from the window.
func (w *Window) choosePath(done func(path string)) { w.newBrowser(false, done).open() }

// readList reads a file, unless it is larger than any list.
func readList(_ context.Context, path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, app.Wrap("window.readList", app.FileUnread, err)
	}
	content, err := readBounded(f)
	return content, app.Wrap("window.readList", app.FileUnread, errors.Join(err, f.Close()))
}

// readBounded reads what a file says that it holds, and no more than a list may have.
func readBounded(f *os.File) ([]byte, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	tooBig := app.Fail(app.RosterFileTooBig, "mb", roster.MaxFile>>20)
	if info.Size() > roster.MaxFile {
		return nil, tooBig
	}
	var content bytes.Buffer
	content.Grow(int(info.Size()) + bytes.MinRead)
	if _, err := content.ReadFrom(io.LimitReader(f, roster.MaxFile+1)); err != nil {
		return nil, err
	}
	if content.Len() > roster.MaxFile {
		return nil, tooBig
	}
	return content.Bytes(), nil
}

func (w *Window) writeFile(ctx context.Context, path string, fill func(io.Writer) error) error {
	var content bytes.Buffer
	if err := fill(&content); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return w.kiosk.Sponsors.Write(path, content.Bytes())
}
