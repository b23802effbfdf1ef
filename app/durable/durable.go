// Package durable writes files that survive a power cut: whole, or not at all.
package durable

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"syscall"
)

// Write puts a file in its place in one step: a temporary file, flushed to the disk, renamed, and
// the folder flushed too. Whatever is read under the name later is the old file or all of the new.
func Write(path string, content []byte, mode os.FileMode) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ignoreMissing(os.Remove(f.Name())))
		}
	}()
	_, err = f.Write(content)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return SyncDir(dir)
}

// making lets one folder be made after the other: who finds one that is there finds it flushed.
var making sync.Mutex

// flushed is told each folder whose names were flushed; tests listen.
var flushed = func(string) {}

// Folder makes a folder with those above it, where they are missing, and flushes the names of the new ones
// in those above: without that a power cut takes a new folder with every file that was flushed into it.
func Folder(dir string, mode os.FileMode) error {
	making.Lock()
	defer making.Unlock()
	var fresh []string // the innermost first
	for at := filepath.Clean(dir); ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); !errors.Is(err, os.ErrNotExist) || at == filepath.Dir(at) {
			break
		}
		fresh = append(fresh, at)
	}
	if err := os.MkdirAll(dir, mode); err != nil {
		return err
	}
	for _, made := range slices.Backward(fresh) {
		err := SyncDir(filepath.Dir(made))
		if err != nil && !errors.Is(err, os.ErrPermission) { // a folder that may be written to and not read
			return err
		}
	}
	return nil
}

// Remove takes a file away for good. One that is gone already is no error.
func Remove(path string) error {
	if err := ignoreMissing(os.Remove(path)); err != nil {
		return err
	}
	return SyncDir(filepath.Dir(path))
}

// SyncDir flushes a folder's names to the disk. Windows does so by itself and lets nobody ask, and
// neither do some file systems of USB sticks.
func SyncDir(dir string) error {
	flushed(dir)
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, d.Close())
}

func ignoreMissing(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}
