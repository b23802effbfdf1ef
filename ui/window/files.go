package window

import (
	"errors"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"loket/app"
)

// mostFile bounds what a person can choose: pictures and enrolment codes.
const mostFile = 16 << 20

// chooseFile lets a person choose a file and hands its content over.
func (w *Window) chooseFile(done func(content []byte, err error)) {
	dialog.ShowFileOpen(func(f fyne.URIReadCloser, err error) {
		if err == nil && f == nil {
			return // nothing was chosen
		}
		if err != nil {
			done(nil, app.Wrap("window.chooseFile", app.FileUnread, err))
			return
		}
		content, err := io.ReadAll(io.LimitReader(f, mostFile+1))
		err = errors.Join(err, f.Close())
		if err == nil && len(content) > mostFile {
			err = app.Fail(app.AttachmentTooBig, "most", mostFile>>20)
		}
		done(content, app.Wrap("window.chooseFile", app.FileUnread, err))
	}, w.native)
}

// chooseFolder lets a person choose a folder.
func (w *Window) chooseFolder(done func(dir string, err error)) {
	dialog.ShowFolderOpen(func(u fyne.ListableURI, err error) {
		if err == nil && u == nil {
			return
		}
		if err != nil {
			done("", app.Wrap("window.chooseFolder", app.FileUnread, err))
			return
		}
		done(u.Path(), nil)
	}, w.native)
}
