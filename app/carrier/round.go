package carrier

import (
	"context"
	"errors"
	"io/fs"
	"slices"

	"loket/app"
	"loket/app/sealed"
)

// together is how many consecutive batches go in one request.
const together = 4

// Post is head office as a carrier sees it: over the line, or at the other end of a stick.
type Post interface {
	Enrol(ctx context.Context, request []byte) (answer []byte, err error)
	PutBatches(ctx context.Context, chain app.Chain, first uint64, files [][]byte) ([][]byte, error)
	PutAttachment(ctx context.Context, chain app.Chain, hash [32]byte, file []byte) ([][]byte, error)
	Feed(ctx context.Context, chain app.Chain, ask Ask) (News, error)
	// Object is a published object; or, where patch is true, what changed since the one that is held.
	Object(ctx context.Context, chain app.Chain, hash, held [32]byte) (raw []byte, patch bool, err error)
}

// Ask is what a feed request says: the place behind which news is wanted, and the window's 16 random
// bytes where it wants to know the time.
type Ask struct {
	After sealed.Place
	Nonce []byte
}

// News is the answer: frames, some at a time, and head office's signed time for the bytes of the ask.
type News struct {
	Frames [][]byte
	Time   []byte
}

// Round is one whole exchange: batches out, then news and the lists that it announces in, then attachments
// out, the slow lane last.
// Whatever was done before a failure stays done; the next round goes on from there. What head office
// refuses keeps neither the news nor the others waiting.
func Round(ctx context.Context, box Box, line Post) error {
	var refused error
	for _, lane := range []func(context.Context, Box, Post) error{sendBatches, fetchFeed, fetchObjects, sendAttachments} {
		err := lane(ctx, box, line)
		if err != nil && !ofItsLane(err) {
			return err
		}
		if refused == nil {
			refused = err
		}
	}
	return refused
}

// ofItsLane says whether a failure concerns one lane alone: head office refused something, or nobody
// has applied what came.
func ofItsLane(err error) bool {
	code := app.CodeOf(err)
	return code == app.LineRefused || code == app.PostInboxFull
}

func sendBatches(ctx context.Context, box Box, line Post) error {
	numbers, err := waitingBatches(box)
	if err != nil {
		return err
	}
	var refused error
	for len(numbers) > 0 {
		run := consecutive(numbers)
		done, err := sendRun(ctx, box, line, run)
		if err != nil && (app.CodeOf(err) != app.LineRefused || ofTheKiosk(err)) {
			return err
		}
		if err != nil {
			done = 1 // this one was refused for what it is; those behind it may go
		}
		if refused == nil {
			refused = err
		}
		numbers = numbers[done:] // what was not receipted head office will give a reason for next
	}
	return refused
}

// ofTheKiosk says whether head office refused the sender or its whole story, and so would refuse each
// of the next batches too.
func ofTheKiosk(err error) bool {
	return refusedFor(err, app.OfficeUnknownKiosk, app.OfficeRevoked, app.OfficeOtherPath, app.OfficeOtherIdentity,
		app.OfficeTooFarAhead, app.PostOtherKiosk)
}

// sendRun sends consecutive batches and says how many are done with.
func sendRun(ctx context.Context, box Box, line Post, run []uint64) (int, error) {
	var files [][]byte
	for _, n := range run {
		file, err := box.Batch(n)
		if app.CodeOf(err) == app.PostChanged {
			if len(files) == 0 {
				return 1, box.DropBatch(n) // it is sealed again from the journal
			}
			break
		}
		if gone(err) && len(files) == 0 {
			return 1, nil
		}
		if gone(err) {
			break
		}
		if err != nil {
			return 0, err
		}
		files = append(files, file)
	}
	frames, err := line.PutBatches(ctx, box.chain, run[0], files)
	if spoiled(err) {
		return 0, errors.Join(err, box.DropBatch(run[0])) // likewise, and to the right key
	}
	if err != nil {
		return 0, err
	}
	if len(frames) == 0 {
		return 0, app.Fail(app.LineCut) // an answer without a receipt is half an answer
	}
	if err := keep(box, frames); err != nil {
		return 0, err
	}
	done := min(len(frames), len(files))
	for i, n := range run[:done] {
		if err := box.markTaken(box.batchPath(n), frames[i], n); err != nil {
			return 0, err
		}
	}
	return done, nil
}

// spoiled says whether head office refused a file for its bytes or its key, not for what it tells.
func spoiled(err error) bool {
	return refusedFor(err, app.PostMalformed, app.PostChanged, app.PostHashDiffers, app.PostWrongType, app.PostReaddressed,
		app.CoseMalformed, app.CoseNotCanonical, app.CoseSignature, app.OfficeUnknownKey)
}

// refusedFor says whether head office refused for one of the reasons.
func refusedFor(err error, reasons ...app.Code) bool {
	var known *app.Error
	if !errors.As(err, &known) || known.Code != app.LineRefused {
		return false
	}
	reason, _ := known.Args["reason"].(string)
	return slices.Contains(reasons, app.Code(reason))
}

// gone says whether a file was taken away since the folder was listed: its receipt came meanwhile,
// and the window has applied it.
func gone(err error) bool { return errors.Is(err, fs.ErrNotExist) }

// waitingBatches are those in the outbox that head office itself has not answered for, as taken tells.
func waitingBatches(box Box) ([]uint64, error) {
	numbers, err := box.Batches()
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(numbers, func(n uint64) bool { return box.taken(box.batchPath(n)) }), nil
}

func consecutive(numbers []uint64) []uint64 {
	n := 1
	for n < len(numbers) && n < together && numbers[n] == numbers[0]+uint64(n) {
		n++
	}
	return numbers[:n]
}

func sendAttachments(ctx context.Context, box Box, line Post) error {
	hashes, err := box.waitingAttachments()
	if err != nil {
		return err
	}
	var refused error
	for _, hash := range hashes {
		if resting, err := box.resting(hash); err != nil {
			return err
		} else if resting {
			continue
		}
		err := sendAttachment(ctx, box, line, hash)
		if err != nil && (app.CodeOf(err) != app.LineRefused || refusedFor(err, app.OfficeFilesToday)) {
			return err
		}
		if refused == nil {
			refused = err
		}
	}
	return refused
}

func sendAttachment(ctx context.Context, box Box, line Post, hash [32]byte) error {
	file, err := box.Attachment(hash)
	if app.CodeOf(err) == app.PostChanged {
		return box.DropAttachment(hash) // it is sealed again
	}
	if gone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	frames, err := line.PutAttachment(ctx, box.chain, hash, file)
	if spoiled(err) {
		return errors.Join(err, box.DropAttachment(hash)) // likewise
	}
	if refusedFor(err, app.OfficeFileUnnamed, app.OfficeFileLate, app.OfficeFileTooBig) {
		return errors.Join(err, box.postpone(hash))
	}
	if err != nil {
		return err
	}
	if len(frames) == 0 {
		return app.Fail(app.LineCut)
	}
	if err := keep(box, frames); err != nil {
		return err
	}
	return box.markTaken(box.attachmentPath(hash), frames[0], 0)
}

// fetchFeed asks until nothing new comes, or until the inbox is full. The cursor moves after the frames
// are on the disk, and only along numbers without a gap.
func fetchFeed(ctx context.Context, box Box, line Post) error {
	for {
		after := box.Cursor()
		if err := box.makeRoom(after); err != nil {
			return err
		}
		nonce, err := box.timeWanted()
		if err != nil {
			return err
		}
		news, err := line.Feed(ctx, box.chain, Ask{after, nonce})
		if err == nil {
			err = box.keepTime(news.Time)
		}
		if err != nil {
			return err
		}
		next, err := keepInOrder(box, news.Frames, after)
		if err != nil || next == after {
			return err
		}
		if err := box.SetCursor(next); err != nil {
			return err
		}
	}
}

// keepInOrder says how far the frames go on from a place without a gap. Head office alone can speak
// on the line, so a later epoch is followed at once; the window proves each frame, and sets the
// cursor back to what it could apply.
func keepInOrder(box Box, frames [][]byte, after sealed.Place) (sealed.Place, error) {
	for _, file := range frames {
		out, err := box.PutFrame(file)
		if err != nil {
			return after, err
		}
		if out.Follows(after) {
			after = out.Place
		}
	}
	return after, nil
}

func keep(box Box, frames [][]byte) error {
	for _, file := range frames {
		if _, err := box.PutFrame(file); err != nil {
			return err
		}
	}
	return nil
}
