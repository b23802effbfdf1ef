package main

import (
	"errors"
	"os"
	"path/filepath"
	"sync"

	"loket/app"
	"loket/app/durable"
)

// rotating is a log file that begins anew when it is full; the one before is kept beside it.
type rotating struct {
	mu   sync.Mutex
	path string
	file *os.File
	size int64
}

// maxLog bounds each of the two files.
const maxLog = 1 << 20

func openLog(path string) (*rotating, error) {
	if err := durable.Folder(filepath.Dir(path), 0o700); err != nil {
		return nil, app.Wrap("loketctl.openLog", app.FileUnwritten, err)
	}
	r := &rotating{path: path}
	return r, app.Wrap("loketctl.openLog", app.FileUnwritten, r.open())
}

func (r *rotating) open() error {
	f, err := os.OpenFile(r.path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		return errors.Join(err, f.Close())
	}
	r.file, r.size = f, info.Size()
	return nil
}

// Write adds a line.
func (r *rotating) Write(line []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.size > 0 && r.size+int64(len(line)) > maxLog {
		if err := errors.Join(r.file.Close(), os.Rename(r.path, r.path+".1")); err != nil {
			return 0, err
		}
		if err := r.open(); err != nil {
			return 0, err
		}
	}
	n, err := r.file.Write(line)
	r.size += int64(n)
	return n, err
}
