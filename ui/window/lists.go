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
	return program.New(w.shell, w.shell, program.Uses{
		By: w.by, Clock: k.Clock, Near: func() []string { return k.About.Settings().Regencies }, Changed: w.tell,
		Books: program.Books{
			All: s.Programmes, One: s.Programme, Open: s.Open, Change: s.Change, Close: s.Close, Budget: s.Budget,
			Versions: s.Versions, Leavers: s.Leavers, Overlaps: s.Overlaps,
		},
		Lists: program.Lists{Judge: s.Judge, Import: s.Import, Rows: s.WriteRows},
		Files: program.Files{Choose: w.choosePath, Read: readList, ChooseFolder: w.chooseFolder, Write: w.writeFile},
	})
}

// choosePath lets a person choose a file that is read later, away from the window.
func (w *Window) choosePath(done func(path string)) { w.newBrowser(false, done).open() }

// readList reads a file, unless it is larger than any list.
func readList(_ context.Context, path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, app.Wrap("window.readList", app.FileUnread, err)
	}
	var content bytes.Buffer
	if info, err := f.Stat(); err == nil && info.Size() <= roster.MaxFile {
		content.Grow(int(info.Size()) + bytes.MinRead)
	}
	_, err = content.ReadFrom(io.LimitReader(f, roster.MaxFile+1))
	err = errors.Join(err, f.Close())
	if err == nil && content.Len() > roster.MaxFile {
		return nil, app.Fail(app.RosterFileTooBig, "mb", roster.MaxFile>>20)
	}
	return content.Bytes(), app.Wrap("window.readList", app.FileUnread, err)
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
