package headoffice

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"loket/app"
)

func newSeed() ([]byte, error) {
	b := make([]byte, 32)
	_, err := rand.Read(b)
	return b, err
}

// file reads a key of 32 bytes and makes it when it is not there. Of several programs that start at
// once, one makes it and all read the same.
func (k *Keys) file(name string, make func() ([]byte, error)) ([]byte, error) {
	key, err := k.present(name)
	if err != nil || key != nil {
		return key, err
	}
	if key, err = make(); err != nil {
		return nil, app.Wrap("headoffice.file", app.Internal, err)
	}
	made, err := createFile(filepath.Join(k.folder, name), []byte(keyText(key)))
	if err != nil || made {
		return key, err
	}
	return k.present(name)
}

// publicHalf reads NAME.pub; where it is not there, it makes NAME.key first. The private half may
// be taken away afterwards.
func (k *Keys) publicHalf(name string, make func() ([]byte, error), public func([]byte) []byte) ([]byte, error) {
	pub, err := k.present(name + ".pub")
	if err != nil || pub != nil {
		return pub, err
	}
	key, err := k.file(name+".key", make)
	if err != nil {
		return nil, err
	}
	return k.file(name+".pub", func() ([]byte, error) { return public(key), nil })
}

// present reads a key; nil when the file is not there.
func (k *Keys) present(name string) ([]byte, error) {
	b, err := readKeyFile(filepath.Join(k.folder, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && len(b) != 32 {
		err = app.Fail(app.OfficeKeysBroken, "file", name)
	}
	return b, err
}

const keyPrefix = "LOKET-KEY-1 "

func keyText(b []byte) string {
	return keyPrefix + base64.StdEncoding.EncodeToString(b) + "\n"
}

// readKeyFile reads a key file and refuses one that others on this computer can read.
func readKeyFile(name string) ([]byte, error) {
	stat, err := os.Stat(name)
	if err != nil {
		return nil, &app.Error{Code: app.FileUnread, Op: "headoffice.readKeyFile", Err: err}
	}
	if runtime.GOOS != "windows" && stat.Mode().Perm()&0o077 != 0 {
		return nil, app.Fail(app.OfficeKeysOpen, "file", filepath.Base(name))
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, app.Wrap("headoffice.readKeyFile", app.FileUnread, err)
	}
	body, ok := strings.CutPrefix(strings.TrimSpace(string(text))+" ", keyPrefix)
	b, err := base64.StdEncoding.DecodeString(strings.TrimSpace(body))
	if !ok || err != nil {
		return nil, app.Fail(app.OfficeKeysBroken, "file", filepath.Base(name))
	}
	return b, nil
}

// createFile writes a file of 0600 whole or not at all, and never over another: false when there is
// one already.
func createFile(name string, b []byte) (made bool, err error) {
	temp, err := writeBeside(name, b)
	if err != nil {
		return false, err
	}
	err = os.Link(temp, name)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		// Some file systems have no links: then the name is taken by renaming.
		if _, there := os.Lstat(name); errors.Is(there, fs.ErrNotExist) {
			return true, app.Wrap("headoffice.createFile", app.FileUnwritten, errors.Join(os.Rename(temp, name), syncFolder(name)))
		}
	}
	made = err == nil
	return made, app.Wrap("headoffice.createFile", app.FileUnwritten, errors.Join(os.Remove(temp), syncFolder(name)))
}

// replaceFile writes a file of 0600 whole or not at all, over the one before.
func replaceFile(name string, b []byte) error {
	temp, err := writeBeside(name, b)
	if err != nil {
		return err
	}
	return app.Wrap("headoffice.replaceFile", app.FileUnwritten, errors.Join(os.Rename(temp, name), syncFolder(name)))
}

func writeBeside(name string, b []byte) (temp string, err error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".new-*")
	if err != nil {
		return "", app.Wrap("headoffice.writeBeside", app.FileUnwritten, err)
	}
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	return f.Name(), app.Wrap("headoffice.writeBeside", app.FileUnwritten, errors.Join(err, f.Close()))
}

// syncFolder makes a new name durable. Windows has no such call for folders.
func syncFolder(name string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(filepath.Dir(name))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
