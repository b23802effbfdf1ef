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
		if err := durable.Folder(filepath.Join(dir, sub), 0o700); err != nil {
			return Box{}, unwritten("carrier.OpenBox", err)
		}
	}
	return Box{dir, chain}, nil
}

// LookBox is the post box of a data folder in which nothing can be written: it is read and carried out.
func LookBox(dir string, chain app.Chain) Box { return Box{dir, chain} }

// Chain is the journal whose post this is.
func (b Box) Chain() app.Chain { return b.chain }

func (b Box) batchPath(number uint64) string {
	return filepath.Join(b.dir, "outbox", fmt.Sprintf("%s-%06d.batch", b.chain, number))
}

func (b Box) attachmentPath(hash [32]byte) string {
	return filepath.Join(b.dir, "outbox", "att", fmt.Sprintf("%s-%x.att", b.chain, hash))
}

func (b Box) framePath(p sealed.Place) string {
	return filepath.Join(b.dir, "inbox", b.chain.String()+"-"+p.Name()+".frame")
}

// PutBatch lays a sealed batch out for the carrier.
func (b Box) PutBatch(number uint64, file []byte) error {
	err := durable.Remove(takenPath(b.batchPath(number)))
	if err == nil {
		err = layOut(b.batchPath(number), file)
	}
	return unwritten("carrier.PutBatch", err)
}

// DropBatch takes a batch away whose receipt was applied, or that must be sealed again.
func (b Box) DropBatch(number uint64) error {
	return unwritten("carrier.DropBatch", takeAway(b.batchPath(number)))
}

// Batches lists the numbers of the batches that lie in the outbox, rising.
func (b Box) Batches() ([]uint64, error) { return b.numbers("outbox", ".batch") }

// Batch reads a sealed batch as it was laid out; post.changed when the disk has spoiled it since.
func (b Box) Batch(number uint64) ([]byte, error) {
	return readLaidOut(b.batchPath(number), sealed.MaxBatch)
}

// PutAttachment lays a sealed attachment out, named by the hash of its plain bytes.
func (b Box) PutAttachment(hash [32]byte, file []byte) error {
	err := durable.Remove(takenPath(b.attachmentPath(hash)))
	if err == nil {
		err = layOut(b.attachmentPath(hash), file)
	}
	return unwritten("carrier.PutAttachment", err)
}

// DropAttachment takes an attachment away, as DropBatch does.
func (b Box) DropAttachment(hash [32]byte) error {
	return unwritten("carrier.DropAttachment", takeAway(b.attachmentPath(hash)))
}

// Attachment reads a sealed attachment as it was laid out.
func (b Box) Attachment(hash [32]byte) ([]byte, error) {
	return readLaidOut(b.attachmentPath(hash), sealed.MaxAttachment)
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

// Frames lists the places of the frames that wait in the inbox, rising.
func (b Box) Frames() ([]sealed.Place, error) {
	names, err := b.names("inbox", ".frame")
	if err != nil {
		return nil, err
	}
	var out []sealed.Place
	for _, name := range names {
		if p, ok := sealed.ParsePlace(name); ok && p.Number > 0 {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, sealed.Place.Compare)
	return out, nil
}

// Frame reads a frame.
func (b Box) Frame(p sealed.Place) ([]byte, error) {
	return readBounded(b.framePath(p), sealed.MaxFrame)
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
	return out, unwritten("carrier.PutFrame", durable.Write(b.framePath(out.Place), file, 0o600))
}

// DropFrame takes a frame away that was applied, or that could not be and shall come again.
func (b Box) DropFrame(p sealed.Place) error {
	return unwritten("carrier.DropFrame", durable.Remove(b.framePath(p)))
}

// SetAside keeps a frame that is genuine but of no use to this version: out of the way, in
// inbox/aside.
func (b Box) SetAside(p sealed.Place) error {
	from := b.framePath(p)
	aside := filepath.Join(b.dir, "inbox", "aside")
	err := durable.Folder(aside, 0o700)
	if err == nil {
		err = os.Rename(from, filepath.Join(aside, filepath.Base(from)))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil // done already
	}
	if err == nil {
		err = errors.Join(durable.SyncDir(aside), durable.SyncDir(filepath.Dir(from)))
	}
	return unwritten("carrier.SetAside", err)
}

// SetCursor says up to which place frames were applied or fetched without a gap: the carrier asks for
// what comes after.
func (b Box) SetCursor(p sealed.Place) error {
	path := filepath.Join(b.dir, "inbox", "cursor")
	return unwritten("carrier.SetCursor", durable.Write(path, []byte(p.Name()), 0o600))
}

// Cursor reads it; a lost or damaged cursor asks for everything again, which harms nothing.
func (b Box) Cursor() sealed.Place {
	text, err := os.ReadFile(filepath.Join(b.dir, "inbox", "cursor"))
	if err != nil {
		return sealed.BeforeAll
	}
	p, ok := sealed.ParsePlace(strings.TrimSpace(string(text)))
	if !ok {
		return sealed.BeforeAll
	}
	return p
}
