//go:build !windows

package spool

import (
	"io/fs"
	"syscall"
	"testing"

	"loket/app"
)

// The system's reasons become words; a full disk in the middle of making the document too.
func TestFolderErrorSaysWhatToDo(t *testing.T) {
	path := func(err error) error { return &fs.PathError{Op: "write", Path: "x", Err: err} }
	for _, c := range []struct {
		err  error
		code app.Code
	}{
		{path(syscall.ENOSPC), app.PrintDiskFull},
		{path(syscall.EDQUOT), app.PrintDiskFull},
		{app.Wrap("pdf.Write", app.PrintDocument, path(syscall.ENOSPC)), app.PrintDiskFull},
		{path(syscall.EROFS), app.PrintFolderReadOnly},
		{path(syscall.EACCES), app.PrintFolderReadOnly},
		{path(syscall.EPERM), app.PrintFolderReadOnly},
		{path(syscall.ENOENT), app.PrintFolderMissing},
		{path(syscall.ENOTDIR), app.PrintFolderMissing},
		{path(syscall.EIO), app.FileUnwritten},
		{app.Fail(app.PrintTextTooLong), app.PrintTextTooLong},
	} {
		if got := app.CodeOf(folderError(c.err)); got != c.code {
			t.Errorf("%v: %s, want %s", c.err, got, c.code)
		}
	}
	if folderError(nil) != nil || missing(nil) != nil {
		t.Error("no error became one")
	}
}
