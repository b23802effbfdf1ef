package carrier

import (
	"context"
	"encoding/hex"
	"encoding/json"
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
	Cursor      uint64   `json:"cursor"` // news after this number is wanted
}

// stickFolder is where a chain's post lies on a stick.
func stickFolder(stick string, chain app.Chain) string {
	return filepath.Join(stick, "loket", chain.String())
}

// Export writes all batches and attachments without a receipt, and an inventory, to a stick. The
// outbox keeps them: losing the stick loses nothing.
func Export(box Box, stick string) (Inventory, error) {
	inv := Inventory{Kiosk: box.chain.String(), Cursor: box.Cursor()}
	to := stickFolder(stick, box.chain)
	if err := os.MkdirAll(filepath.Join(to, "att"), 0o755); err != nil {
		return inv, app.Wrap("carrier.Export", app.FileUnwritten, err)
	}
	var err error
	if inv.Batches, err = waitingBatches(box); err != nil {
		return inv, err
	}
	for _, n := range inv.Batches {
		file, err := box.Batch(n)
		if err != nil {
			return inv, err
		}
		if err := writeStick(filepath.Join(to, fmt.Sprintf("%06d.batch", n)), file); err != nil {
			return inv, err
		}
	}
	hashes, err := box.Attachments()
	if err != nil {
		return inv, err
	}
	for _, hash := range hashes {
		file, err := box.Attachment(hash)
		if err != nil {
			return inv, err
		}
		if err := writeStick(filepath.Join(to, "att", hex.EncodeToString(hash[:])+".att"), file); err != nil {
			return inv, err
		}
		inv.Attachments++
	}
	b, err := json.MarshalIndent(inv, "", "  ")
	if err != nil {
		return inv, app.Wrap("carrier.Export", app.Internal, err)
	}
	return inv, writeStick(filepath.Join(to, "inventory.json"), b)
}

func writeStick(path string, b []byte) error {
	return app.Wrap("carrier.stick", app.FileUnwritten, durable.Write(path, b, 0o644))
}

// Import takes the frames for this kiosk from a stick into the inbox. The frames stay on the stick.
func Import(box Box, stick string) (frames int, err error) {
	from := stickFolder(stick, box.chain)
	entries, err := os.ReadDir(from)
	if err != nil {
		return 0, &app.Error{Code: app.StickForeign, Op: "carrier.Import", Err: err}
	}
	for _, e := range entries {
		number, ok := stickNumber(e, ".frame")
		if !ok {
			continue
		}
		file, err := readBounded(filepath.Join(from, e.Name()), sealed.MaxFrame)
		if err != nil {
			return frames, err
		}
		out, err := box.PutFrame(file)
		if err != nil {
			return frames, err
		}
		if out.Number != number {
			return frames, app.Fail(app.PostReaddressed)
		}
		frames++
	}
	return frames, nil
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

// Served carries a stick's post to head office's intake and writes the answers beside it: the same
// exchange as over the line, at the other end of the stick.
func Served(ctx context.Context, stick string, office Post) (int, error) {
	folders, err := os.ReadDir(filepath.Join(stick, "loket"))
	if err != nil {
		return 0, &app.Error{Code: app.StickForeign, Op: "carrier.Served", Err: err}
	}
	done := 0
	for _, f := range folders {
		chain, ok := parseChain(f.Name())
		if !ok || !f.IsDir() {
			continue
		}
		n, err := serveFolder(ctx, filepath.Join(stick, "loket", f.Name()), chain, office)
		done += n
		if err != nil {
			return done, err
		}
	}
	return done, nil
}

func serveFolder(ctx context.Context, dir string, chain app.Chain, office Post) (int, error) {
	batches, err := serveFiles(dir, ".batch", func(e os.DirEntry, file []byte) error {
		number, ok := stickNumber(e, ".batch")
		if !ok {
			return nil
		}
		_, err := office.PutBatches(ctx, chain, number, [][]byte{file})
		return err
	})
	if err != nil {
		return batches, err
	}
	attachments, err := serveFiles(filepath.Join(dir, "att"), ".att", func(e os.DirEntry, file []byte) error {
		hash, err := hex.DecodeString(strings.TrimSuffix(e.Name(), ".att"))
		if err != nil || len(hash) != 32 {
			return nil
		}
		_, err = office.PutAttachment(ctx, chain, [32]byte(hash), file)
		return err
	})
	if err != nil {
		return batches + attachments, err
	}
	return batches + attachments, writeNews(ctx, dir, chain, office)
}

func serveFiles(dir, suffix string, take func(os.DirEntry, []byte) error) (done int, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return 0, app.Wrap("carrier.Served", app.FileUnread, err)
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || !strings.HasSuffix(e.Name(), suffix) {
			continue
		}
		file, err := readBounded(filepath.Join(dir, e.Name()), sealed.MaxAttachment)
		if err != nil {
			return done, err
		}
		if err := take(e, file); err != nil {
			return done, err
		}
		done++
	}
	return done, nil
}

// writeNews lays every frame that the kiosk has not applied yet on the stick.
func writeNews(ctx context.Context, dir string, chain app.Chain, office Post) error {
	var inv Inventory
	if b, err := readBounded(filepath.Join(dir, "inventory.json"), 1<<20); err == nil && json.Unmarshal(b, &inv) != nil {
		inv = Inventory{} // a spoiled inventory asks for everything again
	}
	for after := inv.Cursor; ; {
		frames, err := office.Feed(ctx, chain, after)
		if err != nil || len(frames) == 0 {
			return err
		}
		for _, file := range frames {
			out, err := sealed.PeekFrame(file)
			if err != nil {
				return err
			}
			if err := writeStick(filepath.Join(dir, fmt.Sprintf("%06d.frame", out.Number)), file); err != nil {
				return err
			}
			after = max(after, out.Number)
		}
	}
}

func parseChain(name string) (app.Chain, bool) {
	var kiosk, life int
	if n, err := fmt.Sscanf(name, "%5d-%2d", &kiosk, &life); err != nil || n != 2 || kiosk < 1 || kiosk > 99999 || life < 1 || life > 99 {
		return app.Chain{}, false
	}
	c := app.Chain{Kiosk: app.Kiosk(kiosk), Incarnation: app.Incarnation(life)}
	return c, c.String() == name
}
