package years

import (
	"context"
	"os"
	"path/filepath"
)

// damaged is a power cut that leaves a spoiled log of the database: some bytes of loket.db-wal are
// others. People were registered a moment before, and their batch was sealed. Nothing of it may be
// lost, and no number may be given twice.
func (k *kiosk) damaged(ctx context.Context) error {
	if err := k.signIn(ctx); err != nil {
		return err
	}
	for range 2 {
		if err := k.serve(ctx); err != nil {
			return err
		}
	}
	if _, err := k.desk.Beat(ctx, true); err != nil {
		return err
	}
	cut := k.dir + "-cut"
	if err := copyFolder(k.dir, cut); err != nil { // what the disk holds at this moment
		return err
	}
	if err := k.close(ctx); err != nil {
		return err
	}
	k.world.report.WALDamages++
	if err := k.spoil(filepath.Join(cut, "data", "loket.db-wal")); err != nil {
		return err
	}
	k.dir = cut
	if err := k.open(ctx); err != nil {
		return err
	}
	return k.goOn(ctx)
}

// spoil changes a few bytes somewhere in the second half of a file.
func (k *kiosk) spoil(name string) error {
	b, err := os.ReadFile(name)
	if err != nil || len(b) == 0 {
		return err
	}
	for range 3 {
		b[len(b)/2+k.world.r.IntN(len(b)/2)] ^= 0x40
	}
	return os.WriteFile(name, b, 0o600)
}

// goOn works on after the folder was opened again.
func (k *kiosk) goOn(ctx context.Context) error {
	return k.atDesk(ctx, func() error { return nil })
}
