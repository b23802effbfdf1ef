package spool

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"loket/app"
	"loket/app/durable"
	"loket/printing/pdf"
)

// Folder is the printer that is always there: each job becomes a PDF file.
type Folder struct {
	dir string
	now func() time.Time
}

// Unfinished is the pattern of the names of files that are being written. After a power cut one may be left.
const Unfinished = ".loket-*.tmp"

// OpenFolder prints into a folder, which is made when the first job comes.
func OpenFolder(dir string, clock app.Clock) *Folder { return &Folder{dir: dir, now: clock.Now} }

// Name is the folder's path.
func (f *Folder) Name() string { return f.dir }

// State is always that files can be made; whether the disk takes them shows when a job comes.
func (f *Folder) State(context.Context) State { return ToFolder }

// Submit writes the job's file: whole or not at all.
func (f *Folder) Submit(ctx context.Context, job Job) (Ticket, error) {
	if err := job.Check(); err != nil {
		return Ticket{}, err
	}
	if err := ctx.Err(); err != nil {
		return Ticket{}, app.Wrap("spool.Submit", app.Cancelled, err)
	}
	t := f.ticket(job.Name)
	if err := durable.Folder(f.dir, 0o700); err != nil {
		return Ticket{}, folderError(err)
	}
	if err := f.write(t.Path, job); err != nil {
		return Ticket{}, folderError(err)
	}
	return t, nil
}

// Progress is done as soon as the file stands.
func (f *Folder) Progress(_ context.Context, t Ticket) (Progress, error) {
	if _, err := os.Stat(f.ticket(t.ID).Path); err != nil {
		return "", missing(err)
	}
	return Done, nil
}

// Cancel removes the file.
func (f *Folder) Cancel(_ context.Context, t Ticket) error {
	return missing(os.Remove(f.ticket(t.ID).Path))
}

func (f *Folder) ticket(name string) Ticket {
	name = filepath.Base(name)
	return Ticket{ID: name, Path: filepath.Join(f.dir, name+".pdf")}
}

// write makes a temporary file, syncs it, and gives it its name in one step.
func (f *Folder) write(path string, job Job) (err error) {
	file, err := os.CreateTemp(f.dir, Unfinished)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ignoreGone(file.Close()), ignoreGone(os.Remove(file.Name())))
		}
	}()
	p := job.Profile
	err = pdf.Write(file, job.Pages(), pdf.Options{
		Title: job.Name, Created: f.now(), Bleed: p.Bleed, OffsetX: p.OffsetX, OffsetY: p.OffsetY,
	})
	if err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return err
	}
	return syncFolder(f.dir)
}

// syncFolder makes the new name survive a power cut. Windows does so by itself.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func ignoreGone(err error) error {
	if errors.Is(err, os.ErrClosed) || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func missing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return app.Wrap("spool.Folder", app.NotFound, err)
	}
	return folderError(err)
}

// folderError says what people can do about it. The system's own errors come first, because
// making the document reports every failed write as its own.
func folderError(err error) error {
	code := app.FileUnwritten
	switch {
	case err == nil:
		return nil
	case durable.Full(err):
		code = app.PrintDiskFull
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		code = app.PrintFolderReadOnly
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR), errors.Is(err, fs.ErrExist):
		code = app.PrintFolderMissing
	default:
		return app.Wrap("spool.Folder", code, err)
	}
	return &app.Error{Code: code, Op: "spool.Folder", Err: err}
}
