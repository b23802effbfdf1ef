package years

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"loket/app"
	storage "loket/storage/kiosk"
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

// goOn works on after the folder was opened again. Where something is missing the kiosk sends what it has,
// and asks; two people let it go on as the next life, from the same folder.
func (k *kiosk) goOn(ctx context.Context) error {
	if err := k.signIn(ctx); err != nil {
		return err
	}
	if err := k.exchange(ctx); err != nil {
		return err
	}
	if k.desk.Behind() != nil {
		if err := k.nextLife(ctx); err != nil {
			return err
		}
	}
	if err := k.exchange(ctx); err != nil {
		return err
	}
	return k.desk.SignOut(ctx)
}

func (k *kiosk) nextLife(ctx context.Context) error {
	k.world.report.Lives++
	token, err := k.invited(ctx, false)
	if err != nil {
		return err
	}
	text, err := token.Text()
	if err != nil {
		return err
	}
	if k.s, err = k.desk.NextLife(ctx, text); err != nil {
		return err
	}
	if _, err := k.desk.Post.EnrolNow(ctx, k.s.Keys); err != nil {
		return err
	}
	k.wait = nil // what the former life made is handed over by another desk
	return k.exchange(ctx)
}

// backup copies the kiosk's folder as its own command does.
func (k *kiosk) backup(ctx context.Context) error {
	k.saved = fmt.Sprintf("%s-backup-%d", k.dir, k.world.report.Lives)
	_, err := k.desk.Store.BackupTo(ctx, app.Author{}, k.saved)
	return err
}

// restored puts the backup back on the same computer, weeks later. What was done since is at head office,
// or still has to be sent from nowhere: the kiosk sent everything before.
func (k *kiosk) restored(ctx context.Context) error {
	if k.saved == "" {
		return nil
	}
	if err := k.close(ctx); err != nil {
		return err
	}
	k.world.report.Restores++
	k.dir += "-restored"
	if _, err := storage.Restore(k.saved, filepath.Join(k.dir, "data"), k.world.clock.Now()); err != nil {
		return err
	}
	k.saved = ""
	if err := k.open(ctx); err != nil {
		return err
	}
	return k.goOn(ctx)
}
