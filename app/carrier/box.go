// Package carrier moves sealed files between a kiosk's post box and head office: by HTTPS in the
// background, or by a person with a USB stick. It cannot read what it carries, has no key of the
// vault and never opens the database, so the window and the service share no SQLite file.
package carrier

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"loket/app"
	"loket/app/durable"
	"loket/app/sealed"
)

// Box is the post box of one kiosk: the folders outbox/ and inbox/ of its data folder.
type Box struct {
	dir   string
	chain app.Chain
}

// OpenBox opens the post box in a data folder and makes its folders.
func OpenBox(dir string, chain app.Chain) (Box, error) {
	for _, sub := range []string{"outbox/att", "inbox", "carrier"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			return Box{}, app.Wrap("carrier.OpenBox", app.FileUnwritten, err)
		}
	}
	return Box{dir, chain}, nil
}

// Chain is the journal whose post this is.
func (b Box) Chain() app.Chain { return b.chain }

func (b Box) batchPath(number uint64) string {
	return filepath.Join(b.dir, "outbox", fmt.Sprintf("%s-%06d.batch", b.chain, number))
}

func (b Box) attachmentPath(hash [32]byte) string {
	return filepath.Join(b.dir, "outbox", "att", fmt.Sprintf("%s-%x.att", b.chain, hash))
}

func (b Box) framePath(number uint64) string {
	return filepath.Join(b.dir, "inbox", fmt.Sprintf("%s-%06d.frame", b.chain, number))
}

// PutBatch lays a sealed batch out for the carrier.
func (b Box) PutBatch(number uint64, file []byte) error {
	return app.Wrap("carrier.PutBatch", app.FileUnwritten, durable.Write(b.batchPath(number), file, 0o600))
}

// DropBatch takes a batch away whose receipt was applied.
func (b Box) DropBatch(number uint64) error {
	return app.Wrap("carrier.DropBatch", app.FileUnwritten, durable.Remove(b.batchPath(number)))
}

// Batches lists the numbers of the batches that lie in the outbox, rising.
func (b Box) Batches() ([]uint64, error) { return b.numbers("outbox", ".batch") }

// Batch reads a sealed batch.
func (b Box) Batch(number uint64) ([]byte, error) {
	return readBounded(b.batchPath(number), sealed.MaxBatch)
}

// PutAttachment lays a sealed attachment out, named by the hash of its plain bytes.
func (b Box) PutAttachment(hash [32]byte, file []byte) error {
	if err := durable.Remove(b.takenPath(hash)); err != nil {
		return app.Wrap("carrier.PutAttachment", app.FileUnwritten, err)
	}
	return app.Wrap("carrier.PutAttachment", app.FileUnwritten, durable.Write(b.attachmentPath(hash), file, 0o600))
}

// DropAttachment takes an attachment away whose receipt was applied.
func (b Box) DropAttachment(hash [32]byte) error {
	err := errors.Join(durable.Remove(b.attachmentPath(hash)), durable.Remove(b.takenPath(hash)))
	return app.Wrap("carrier.DropAttachment", app.FileUnwritten, err)
}

// markTaken notes that head office has an attachment whose receipt lies in the inbox. A receipt's
// outside does not name the attachment, so without the note it would be sent at every round until
// somebody signs in.
func (b Box) markTaken(hash [32]byte) error {
	return app.Wrap("carrier.markTaken", app.FileUnwritten, durable.Write(b.takenPath(hash), nil, 0o600))
}

func (b Box) takenPath(hash [32]byte) string { return b.attachmentPath(hash) + ".taken" }

// waitingAttachments are those that head office has not taken yet.
func (b Box) waitingAttachments() ([][32]byte, error) {
	hashes, err := b.Attachments()
	return slices.DeleteFunc(hashes, func(hash [32]byte) bool {
		_, err := os.Lstat(b.takenPath(hash))
		return err == nil
	}), err
}

// Attachment reads a sealed attachment.
func (b Box) Attachment(hash [32]byte) ([]byte, error) {
	return readBounded(b.attachmentPath(hash), sealed.MaxAttachment)
}

// Attachments lists the attachments that lie in the outbox.
func (b Box) Attachments() ([][32]byte, error) {
	names, err := b.names("outbox/att", ".att")
	if err != nil {
		return nil, err
	}
	var out [][32]byte
	for _, name := range names {
		if hash, err := hex.DecodeString(name); err == nil && len(hash) == 32 {
			out = append(out, [32]byte(hash))
		}
	}
	return out, nil
}

// Frames lists the numbers of the frames that wait in the inbox, rising.
func (b Box) Frames() ([]uint64, error) { return b.numbers("inbox", ".frame") }

// Frame reads a frame.
func (b Box) Frame(number uint64) ([]byte, error) {
	return readBounded(b.framePath(number), sealed.MaxFrame)
}

// PutFrame keeps a frame that came. Its name is made from what stands outside it, which must be for
// this kiosk.
func (b Box) PutFrame(file []byte) (sealed.FrameOutside, error) {
	out, err := sealed.PeekFrame(file)
	if err != nil {
		return out, err
	}
	if out.Chain != b.chain {
		return out, app.Fail(app.PostOtherKiosk, "kiosk", out.Chain)
	}
	return out, app.Wrap("carrier.PutFrame", app.FileUnwritten, durable.Write(b.framePath(out.Number), file, 0o600))
}

// DropFrame takes a frame away that was applied, or that could not be and shall come again.
func (b Box) DropFrame(number uint64) error {
	return app.Wrap("carrier.DropFrame", app.FileUnwritten, durable.Remove(b.framePath(number)))
}

// SetAside keeps a frame that is genuine but of no use to this version: out of the way, in
// inbox/aside.
func (b Box) SetAside(number uint64) error {
	from := b.framePath(number)
	aside := filepath.Join(b.dir, "inbox", "aside")
	err := os.MkdirAll(aside, 0o700)
	if err == nil {
		err = os.Rename(from, filepath.Join(aside, filepath.Base(from)))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil // done already
	}
	return app.Wrap("carrier.SetAside", app.FileUnwritten, err)
}

// SetCursor says up to which number frames were applied or fetched without a gap: the carrier asks
// for what comes after.
func (b Box) SetCursor(number uint64) error {
	path := filepath.Join(b.dir, "inbox", "cursor")
	return app.Wrap("carrier.SetCursor", app.FileUnwritten, durable.Write(path, []byte(strconv.FormatUint(number, 10)), 0o600))
}

// Cursor reads it; a lost or damaged cursor asks for everything again, which harms nothing.
func (b Box) Cursor() uint64 {
	text, err := os.ReadFile(filepath.Join(b.dir, "inbox", "cursor"))
	if err != nil {
		return 0
	}
	n, err := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// numbers lists this chain's numbered files of a folder.
func (b Box) numbers(folder, suffix string) ([]uint64, error) {
	names, err := b.names(folder, suffix)
	if err != nil {
		return nil, err
	}
	var out []uint64
	for _, name := range names {
		if n, err := strconv.ParseUint(name, 10, 64); err == nil && n > 0 {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out, nil
}

// names lists the files of this chain in a folder, without chain and suffix. Folders, links and
// anything with another name is passed over: a stick may hold whatever it likes.
func (b Box) names(folder, suffix string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(b.dir, folder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, app.Wrap("carrier.names", app.FileUnread, err)
	}
	var out []string
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), suffix)
		if !ok || !e.Type().IsRegular() {
			continue
		}
		if name, ok = strings.CutPrefix(name, b.chain.String()+"-"); ok {
			out = append(out, name)
		}
	}
	return out, nil
}

func readBounded(path string, limit int64) ([]byte, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, app.Wrap("carrier.read", app.FileUnread, err)
	}
	if !info.Mode().IsRegular() || info.Size() > limit {
		return nil, app.Fail(app.PostTooBig)
	}
	b, err := os.ReadFile(path)
	return b, app.Wrap("carrier.read", app.FileUnread, err)
}
