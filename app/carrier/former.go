package carrier

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"loket/app"
)

// formerRounds carries what the former lives of a folder had not sent: each lies under lives/ with a post box
// and a transport key of its own. What head office refuses them is no trouble of this life's.
func (a Agent) formerRounds(ctx context.Context, own *Line) error {
	formers, err := LookBox(a.Dir, app.Chain{}).Formers()
	if err != nil {
		return err
	}
	for _, f := range formers {
		if err := a.formerRound(ctx, f.dir, f.chain, own); err != nil && app.CodeOf(err) != app.LineRefused {
			return err
		}
	}
	return nil
}

// Formers are the post boxes of the former lives in this box's folder, oldest first. Nothing is made there.
func (b Box) Formers() ([]Box, error) {
	entries, err := os.ReadDir(filepath.Join(b.dir, "lives"))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, app.Wrap("carrier.Formers", app.FileUnread, err)
	}
	var all []Box
	for _, e := range entries {
		if life, ok := parseChain(e.Name()); ok && e.IsDir() && life != b.chain {
			all = append(all, LookBox(filepath.Join(b.dir, "lives", e.Name()), life))
		}
	}
	return all, nil
}

func (a Agent) formerRound(ctx context.Context, dir string, life app.Chain, own *Line) error {
	box, err := OpenBox(dir, life)
	if err != nil {
		return err
	}
	batches, err := waitingBatches(box)
	if err != nil {
		return err
	}
	attachments, err := box.waitingAttachments()
	if err != nil {
		return err
	}
	frames, err := box.Frames()
	if err != nil || len(batches)+len(attachments)+len(frames) == 0 && box.quiet() {
		return err
	}
	office, err := OfficeOf(dir)
	if err == nil {
		err = a.asItself(ctx, office, dir, box)
	}
	if err == nil || !refusedFor(err, app.OfficeRevoked, app.OfficeUnknownKiosk, app.OfficeOtherPath) && app.CodeOf(err) != app.PostNotEnrolled {
		return a.aside(box, err)
	}
	// Its own key is heard no more: the next life sends for it.
	return a.aside(box, errors.Join(sendBatches(ctx, box, own), sendAttachments(ctx, box, own)))
}

// asItself sends and fetches with the former life's own key.
func (a Agent) asItself(ctx context.Context, office Office, dir string, box Box) error {
	line, err := lineOf(office, dir)
	if err != nil {
		return err
	}
	defer line.Close()
	return Round(ctx, box, line)
}

// aside takes the batches out of the way in whose place head office holds others: the next life has told
// again what is in them. They stay on the disk.
func (a Agent) aside(box Box, err error) error {
	if !refusedFor(err, app.OfficeOtherIdentity) {
		return err
	}
	numbers, listed := waitingBatches(box)
	if listed != nil {
		return listed
	}
	for _, n := range numbers {
		if err := os.Rename(box.batchPath(n), box.batchPath(n)+".refused"); err != nil {
			return unwritten("carrier.aside", err)
		}
	}
	return err
}

// quiet says whether a former life has nothing out: no batch lies there, taken or not.
func (b Box) quiet() bool {
	numbers, err := b.Batches()
	hashes, failure := b.Attachments()
	return err == nil && failure == nil && len(numbers)+len(hashes) == 0
}
