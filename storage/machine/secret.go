// Package machine keeps the secret of this computer: 32 random bytes outside the data folder and
// outside backups. A PIN opens the vault only together with it, so a copied data folder does not
// open on another computer.
package machine

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"loket/app"
	"loket/app/durable"
	"loket/app/vault"
)

const name = "machine.secret"

// Secret reads the secret in a state folder, and makes both on the first call. What was made on
// another computer or for another user, or was cut short, is vault.machine_wrong.
func Secret(dir string) (vault.Machine, error) {
	path := filepath.Join(dir, name)
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return make32(path)
	}
	if err != nil {
		return nil, app.Wrap("machine.Secret", app.FileUnread, err)
	}
	secret, err := unprotect(b)
	if err != nil || len(secret) != vault.MachineSize {
		return nil, &app.Error{Code: app.VaultMachineWrong, Op: "machine.Secret", Err: err}
	}
	return secret, nil
}

// Existing reads the secret and makes none; nil where there is none.
func Existing(dir string) (vault.Machine, error) {
	if _, err := os.Stat(filepath.Join(dir, name)); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return Secret(dir)
}

func make32(path string) (vault.Machine, error) {
	secret := make(vault.Machine, vault.MachineSize)
	rand.Read(secret) // never fails: the program would stop
	b, err := protect(secret)
	if err != nil {
		return nil, app.Wrap("machine.Secret", app.FileUnwritten, err)
	}
	err = write(path, b)
	if errors.Is(err, fs.ErrExist) {
		return Secret(filepath.Dir(path)) // another program was first
	}
	if err != nil {
		return nil, app.Wrap("machine.Secret", app.FileUnwritten, err)
	}
	return secret, nil
}

// write makes the file whole, readable by its owner alone, and never over one that is there.
func write(path string, b []byte) error {
	dir := filepath.Dir(path)
	if err := durable.Folder(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, name+".*") // 0600
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Link(f.Name(), path) // fails where another program was first
	}
	return errors.Join(err, os.Remove(f.Name()))
}

// Folder is the state folder of this computer or user: $LOKET_STATE, else the system's own place
// for such things.
func Folder() (string, error) {
	if dir := os.Getenv("LOKET_STATE"); dir != "" {
		return dir, nil
	}
	return systemFolder()
}
