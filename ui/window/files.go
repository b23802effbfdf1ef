package window

import (
	"context"
	"errors"
	"io"
	"os"

	"loket/app"
	"loket/ui/task"
)

// mostFile bounds what a person can choose: pictures and enrolment codes.
const mostFile = 16 << 20

// chooseFile lets a person choose a file and hands its content over.
func (w *Window) chooseFile(done func(content []byte, err error)) {
	w.newBrowser(false, func(path string) {
		task.Run(task.NewOwner(nil), path, func(_ context.Context, path string) ([]byte, error) { return readFile(path) }, done)
	}).open()
}

// chooseFolder lets a person choose a folder.
func (w *Window) chooseFolder(done func(dir string, err error)) {
	w.newBrowser(true, func(path string) { done(path, nil) }).open()
}

func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, app.Wrap("window.readFile", app.FileUnread, err)
	}
	content, err := io.ReadAll(io.LimitReader(f, mostFile+1))
	err = errors.Join(err, f.Close())
	if err == nil && len(content) > mostFile {
		return nil, app.Fail(app.AttachmentTooBig, "most", mostFile>>20)
	}
	return content, app.Wrap("window.readFile", app.FileUnread, err)
}
