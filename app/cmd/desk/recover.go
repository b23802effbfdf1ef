package desk

import (
	"context"
	"path/filepath"

	"loket/app"
	"loket/app/access"
	"loket/app/durable"
)

// AskRecovery writes a recovery request for head office into a folder. The code is read to head
// office on the telephone.
func (d *Desk) AskRecovery(ctx context.Context, dir string) (file, code string, err error) {
	file = filepath.Join(dir, "pemulihan-loket-"+d.Store.Chain().Kiosk.String()+".permintaan")
	r, err := d.Door.AskRecovery(ctx)
	if err != nil {
		return "", "", err
	}
	b, err := r.Encode()
	if err != nil {
		return "", "", err
	}
	if err := writeOut(file, b); err != nil {
		return "", "", err
	}
	return file, r.Code(), nil
}

// Recover opens the kiosk with head office's answer for a new supervisor, who is signed in then.
func (d *Desk) Recover(ctx context.Context, answer []byte, name, pin string) (access.Session, error) {
	s, err := d.Door.Recover(ctx, answer, name, pin)
	if err != nil {
		return access.Session{}, err
	}
	return s, d.begin(ctx, s)
}

// writeOut writes a file for its owner's eyes into a folder that somebody chose.
func writeOut(file string, content []byte) error {
	err := durable.Write(file, content, 0o600)
	switch {
	case durable.Full(err):
		return app.Wrap("desk.writeOut", app.FileFull, err)
	case err != nil:
		return app.Wrap("desk.writeOut", app.FileUnwritten, err)
	}
	return nil
}
