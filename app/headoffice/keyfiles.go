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
	"loket/app/durable"
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
	if k.strict {
		return nil, app.Fail(app.OfficeKeysDiffer, "what", name)
	}
	return k.made(name, make)
}

func (k *Keys) made(name string, make func() ([]byte, error)) ([]byte, error) {
	key, err := make()
	if err != nil {
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

// readTextFile reads a file in the form of a key file that holds nothing secret: it came on a stick.
func readTextFile(name string) ([]byte, error) {
	stat, err := os.Stat(name)
	if err == nil && stat.Size() > 1<<20 {
		return nil, app.Fail(app.OfficeRootRequest)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, &app.Error{Code: app.FileUnread, Args: app.Args{"file": filepath.Base(name)}, Op: "headoffice.readTextFile", Err: err}
	}
	body, ok := strings.CutPrefix(strings.TrimSpace(string(text)), keyPrefix)
	b, err := base64.StdEncoding.DecodeString(strings.TrimSpace(body))
	if !ok || err != nil {
		return nil, &app.Error{Code: app.OfficeRootRequest, Op: "headoffice.readTextFile", Err: err}
	}
	return b, nil
}

// createFile writes a file of 0600 whole or not at all, and never over another: false when there is
// one already.
func createFile(name string, b []byte) (made bool, err error) {
	const op = "headoffice.createFile"
	if _, err := os.Lstat(name); err == nil {
		return false, nil
	}
	temp := name + ".new-" + processName()
	if err := durable.Write(temp, b, 0o600); err != nil {
		return false, app.Wrap(op, app.FileUnwritten, err)
	}
	err = os.Link(temp, name)
	if err != nil && !errors.Is(err, fs.ErrExist) { // a file system without links
		return true, app.Wrap(op, app.FileUnwritten, errors.Join(os.Rename(temp, name), durable.SyncDir(filepath.Dir(name))))
	}
	return err == nil, app.Wrap(op, app.FileUnwritten, durable.Remove(temp))
}

// replaceFile writes a file of 0600 whole or not at all, over the one before.
func replaceFile(name string, b []byte) error {
	return app.Wrap("headoffice.replaceFile", app.FileUnwritten, durable.Write(name, b, 0o600))
}

// ReadKey reads one key of 32 bytes from a file, such as a recovery key that rested elsewhere.
func ReadKey(file string) ([]byte, error) {
	b, err := readKeyFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &app.Error{Code: app.FileUnread, Args: app.Args{"file": file}, Op: "headoffice.ReadKey", Err: err}
	}
	if err == nil && len(b) != 32 {
		err = app.Fail(app.OfficeKeysBroken, "file", filepath.Base(file))
	}
	return b, err
}
