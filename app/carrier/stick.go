package carrier

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"loket/app"
	"loket/app/durable"
	"loket/app/sealed"
)

// Inventory is the plain list beside the post on a stick: what a person may see of it.
type Inventory struct {
	Kiosk       string   `json:"kiosk"`
	Batches     []uint64 `json:"batches"`
	Attachments int      `json:"attachments"`
	Cursor      uint64   `json:"cursor"`          // news after this number is wanted
	Epoch       uint64   `json:"epoch,omitempty"` // of the feed, where it began anew
	Time        string   `json:"time,omitempty"`  // 16 random bytes, hexadecimal: head office's time is wanted for them

	Formers []Inventory `json:"formers,omitempty"` // what former lives of the same folder had not sent; not in the file
}

// Count is how many batches and attachments lie on the stick, those of former lives too.
func (i Inventory) Count() (batches, attachments int) {
	batches, attachments = len(i.Batches), i.Attachments
	for _, f := range i.Formers {
		batches, attachments = batches+len(f.Batches), attachments+f.Attachments
	}
	return batches, attachments
}

// Names on a stick beside the numbered files. The request to be enrolled travels too, until its
// answer has come.
const (
	inventoryName = "inventory.json"
	stickRequest  = "enrol.request"
	stickAnswer   = "enrol.answer"
	stickTime     = "time.answer"
)

// stickFolder is where a chain's post lies on a stick.
func stickFolder(stick string, chain app.Chain) string {
	return filepath.Join(stick, "loket", chain.String())
}

// Export writes all batches and attachments without a receipt, and an inventory, to a stick, each former
// life's into a folder of its own. The outbox keeps them: losing the stick loses nothing.
func Export(box Box, stick string) (Inventory, error) {
	inv, err := exportLife(box, stick)
	if err != nil {
		return inv, err
	}
	formers, err := box.Formers()
	if err != nil {
		return inv, err
	}
	for _, f := range formers {
		if f.quiet() && !isFolder(stickFolder(stick, f.chain)) {
			continue
		}
		former, err := exportLife(f, stick)
		if err != nil {
			return inv, err
		}
		inv.Formers = append(inv.Formers, former)
	}
	return inv, nil
}

func exportLife(box Box, stick string) (Inventory, error) {
	cursor := box.Cursor()
	inv := Inventory{Kiosk: box.chain.String(), Batches: []uint64{}, Cursor: cursor.Number}
	if cursor.Epoch > 1 {
		inv.Epoch = cursor.Epoch
	}
	to := stickFolder(stick, box.chain)
	nonce, err := box.timeWanted()
	if err != nil {
		return inv, err
	}
	inv.Time = hex.EncodeToString(nonce)
	if err := durable.Folder(filepath.Join(to, "att"), 0o755); err != nil {
		return inv, unwritten("carrier.Export", err)
	}
	if !isFolder(filepath.Join(stick, "loket")) || !isFolder(to) || !isFolder(filepath.Join(to, "att")) {
		return inv, app.Fail(app.StickForeign) // a link could lead our files anywhere
	}
	if err := sweep(to, cursor); err != nil {
		return inv, err
	}
	if err := exportBatches(box, to, &inv); err != nil {
		return inv, err
	}
	if err := exportAttachments(box, to, &inv); err != nil {
		return inv, err
	}
	if err := exportRequest(box, to); err != nil {
		return inv, err
	}
	b, err := json.MarshalIndent(inv, "", "  ")
	if err != nil {
		return inv, app.Wrap("carrier.Export", app.Internal, err)
	}
	return inv, writeStick(filepath.Join(to, inventoryName), b)
}

func exportBatches(box Box, to string, inv *Inventory) error {
	numbers, err := waitingBatches(box)
	if err != nil {
		return err
	}
	for _, n := range numbers {
		file, err := box.Batch(n)
		if app.CodeOf(err) == app.PostChanged {
			err = box.DropBatch(n) // it is sealed again from the journal
			if err == nil {
				continue
			}
		}
		if err != nil {
			return err
		}
		if err := writeStick(filepath.Join(to, fmt.Sprintf("%06d.batch", n)), file); err != nil {
			return err
		}
		inv.Batches = append(inv.Batches, n)
	}
	return nil
}

func exportAttachments(box Box, to string, inv *Inventory) error {
	hashes, err := box.waitingAttachments()
	if err != nil {
		return err
	}
	for _, hash := range hashes {
		file, err := box.Attachment(hash)
		if app.CodeOf(err) == app.PostChanged {
			err = box.DropAttachment(hash)
			if err == nil {
				continue
			}
		}
		if err != nil {
			return err
		}
		if err := writeStick(filepath.Join(to, "att", hex.EncodeToString(hash[:])+".att"), file); err != nil {
			return err
		}
		inv.Attachments++
	}
	return nil
}

func exportRequest(box Box, to string) error {
	request, err := NewGate(box.dir).Request()
	if err != nil || request == nil {
		return err
	}
	if answer, err := NewGate(box.dir).Answer(); err != nil || answer != nil {
		return err
	}
	return writeStick(filepath.Join(to, stickRequest), request)
}

// sweep takes away what an earlier journey left: batches that lie in the outbox as well or have
// their receipt, attachments likewise, and frames that were fetched.
func sweep(to string, cursor sealed.Place) error {
	for _, sub := range []string{"", "att"} {
		entries, err := os.ReadDir(filepath.Join(to, sub))
		if err != nil {
			return app.Wrap("carrier.sweep", app.FileUnread, err)
		}
		for _, e := range entries {
			place, isFrame := stickPlace(e)
			_, isBatch := stickNumber(e, ".batch")
			isPicture := sub != "" && e.Type().IsRegular() && strings.HasSuffix(e.Name(), ".att")
			if !isBatch && !isPicture && (!isFrame || cursor.Before(place)) {
				continue
			}
			if err := os.Remove(filepath.Join(to, sub, e.Name())); err != nil {
				return unwritten("carrier.sweep", err)
			}
		}
	}
	return nil
}

func writeStick(path string, b []byte) error {
	return unwritten("carrier.stick", durable.Write(path, b, 0o644))
}

// Prover tells what is head office's own word to this kiosk from what merely lies on a stick. The
// window has the keys for it, a carrier has not.
type Prover interface {
	Frame(file []byte) error  // signed by head office, for this kiosk
	Answer(file []byte) error // to our own request to be enrolled
}

// Import takes the frames for this kiosk from a stick into the inbox, and says how many. Each is proven
// before it is kept: a stick is anybody's. The frames stay on the stick. A forged or spoiled file keeps
// the others out of nothing; stick.refused counts them and names the first.
func Import(box Box, stick string, prover Prover) (frames int, err error) {
	from := stickFolder(stick, box.chain)
	if !isFolder(filepath.Join(stick, "loket")) || !isFolder(from) {
		return 0, app.Fail(app.StickForeign)
	}
	entries, err := os.ReadDir(from)
	if err != nil {
		return 0, app.Wrap("carrier.Import", app.FileUnread, err)
	}
	var refused refusals
	refused.note(stickAnswer, importAnswer(box, from, prover))
	refused.note(stickTime, importTime(box, from))
	for _, e := range entries {
		place, ok := stickPlace(e)
		if !ok {
			continue
		}
		err := importFrame(box, filepath.Join(from, e.Name()), place, prover)
		if code := app.CodeOf(err); code == app.FileFull || code == app.FileUnwritten || code == app.PostInboxFull {
			return frames, err // ours, and so it is for all the others
		}
		refused.note(e.Name(), err)
		if err == nil {
			frames++
		}
	}
	if err := importObjects(context.Background(), box, from, &refused); err != nil {
		return frames, err
	}
	return frames, refused.err()
}

// refusals gathers which files of a stick could not be used, which does not stop the work.
type refusals struct {
	n     int
	name  string
	first error
}

func (r *refusals) note(name string, err error) {
	if err == nil {
		return
	}
	if r.n++; r.n == 1 {
		r.name, r.first = name, err
	}
}

func (r *refusals) err() error {
	if r.n == 0 {
		return nil
	}
	reason := string(app.CodeOf(r.first))
	var known *app.Error
	if errors.As(r.first, &known) && known.Code == app.LineRefused {
		reason = fmt.Sprint(known.Args["reason"])
	}
	return &app.Error{Code: app.StickRefused, Args: app.Args{"n": r.n, "name": r.name, "reason": reason}, Op: "carrier.stick", Err: r.first}
}

func importFrame(box Box, path string, place sealed.Place, prover Prover) error {
	file, err := readBounded(path, sealed.MaxFrame)
	if err != nil {
		return err
	}
	out, err := sealed.PeekFrame(file)
	if err != nil {
		return err
	}
	switch {
	case out.Place != place:
		return app.Fail(app.PostReaddressed)
	case out.Chain != box.chain:
		return app.Fail(app.PostOtherKiosk, "kiosk", out.Chain)
	}
	if err := prover.Frame(file); err != nil {
		return err
	}
	if full, err := box.full(); err != nil || full {
		return errors.Join(err, app.Fail(app.PostInboxFull, "most", mostFrames))
	}
	_, err = box.PutFrame(file)
	return err
}

// importAnswer takes the answer to the enrolment from a stick, unless one has come already.
func importAnswer(box Box, from string, prover Prover) error {
	answer, err := readPaper(filepath.Join(from, stickAnswer))
	if err != nil || answer == nil {
		return err
	}
	have, err := NewGate(box.dir).Answer()
	if err != nil || have != nil {
		return err
	}
	if request, err := NewGate(box.dir).Request(); err != nil || request == nil {
		return err // an old answer on the stick: it was taken long ago
	}
	if err := prover.Answer(answer); err != nil {
		return err
	}
	return NewGate(box.dir).keepAnswer(answer)
}

// importTime takes head office's time from a stick; whether it answers this kiosk's question the window
// finds out.
func importTime(box Box, from string) error {
	answer, err := readPaper(filepath.Join(from, stickTime))
	if err != nil || len(answer) > sealed.MaxTime {
		return err
	}
	return box.keepTime(answer)
}

// stickPlace accepts regular files that are named as frames are.
func stickPlace(e os.DirEntry) (sealed.Place, bool) {
	name, ok := strings.CutSuffix(e.Name(), ".frame")
	if !ok || !e.Type().IsRegular() {
		return sealed.Place{}, false
	}
	p, ok := sealed.ParsePlace(name)
	return p, ok && p.Number > 0
}

// stickNumber accepts regular files named by a number only: no folders, no links, no paths.
func stickNumber(e os.DirEntry, suffix string) (uint64, bool) {
	name, ok := strings.CutSuffix(e.Name(), suffix)
	if !ok || !e.Type().IsRegular() {
		return 0, false
	}
	n, err := strconv.ParseUint(name, 10, 64)
	return n, err == nil && n > 0
}
