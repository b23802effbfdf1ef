package carrier

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"loket/app"
	"loket/app/card"
	"loket/app/durable"
	"loket/app/sealed"
)

// Published objects lie in inbox/objects under the hash of their bytes. The carrier fetches what an
// announcement in the inbox names, or what the window still waits for (inbox/wanted), and can prove only
// that the bytes have their hash: what they say the window proves.

// What inbox/objects holds at most.
const (
	mostObjects     = 8192
	mostObjectBytes = 256 << 20
)

func (b Box) objectPath(hash [32]byte) string {
	return filepath.Join(b.dir, "inbox", "objects", hex.EncodeToString(hash[:]))
}

// Object reads a published object; nil when it is not here. One whose bytes the disk has spoiled is taken
// away and fetched again.
func (b Box) Object(hash [32]byte) ([]byte, error) {
	raw, err := readBounded(b.objectPath(hash), sealed.MaxObject)
	if gone(err) {
		return nil, nil
	}
	if sum := sha256.Sum256(raw); err == nil && sum == hash {
		return raw, nil
	}
	return nil, unwritten("carrier.Object", durable.Remove(b.objectPath(hash)))
}

// Objects names the objects that lie here.
func (b Box) Objects() ([][32]byte, error) {
	entries, err := os.ReadDir(filepath.Join(b.dir, "inbox", "objects"))
	if gone(err) {
		return nil, nil
	}
	if err != nil {
		return nil, app.Wrap("carrier.Objects", app.FileUnread, err)
	}
	var hashes [][32]byte
	for _, e := range entries {
		if hash, ok := objectName(e); ok {
			hashes = append(hashes, hash)
		}
	}
	return hashes, nil
}

// objectName accepts regular files that are named by a hash.
func objectName(e os.DirEntry) (hash [32]byte, ok bool) {
	name, err := hex.DecodeString(e.Name())
	if err != nil || len(name) != len(hash) || !e.Type().IsRegular() {
		return hash, false
	}
	return [32]byte(name), true
}

// DropObject takes an object away that is of no more use.
func (b Box) DropObject(hash [32]byte) error {
	return unwritten("carrier.DropObject", durable.Remove(b.objectPath(hash)))
}

func (b Box) putObject(raw []byte) error {
	if err := durable.Folder(filepath.Join(b.dir, "inbox", "objects"), 0o700); err != nil {
		return unwritten("carrier.putObject", err)
	}
	return unwritten("carrier.putObject", durable.Write(b.objectPath(sha256.Sum256(raw)), raw, 0o600))
}

// objectsFull says whether no more objects may be kept.
func (b Box) objectsFull() (bool, error) {
	hashes, err := b.Objects()
	size := int64(0)
	for _, hash := range hashes {
		if info, err := os.Lstat(b.objectPath(hash)); err == nil {
			size += info.Size()
		}
	}
	return len(hashes) >= mostObjects || size >= mostObjectBytes, err
}

func (b Box) wantedPath() string { return filepath.Join(b.dir, "inbox", "wanted") }

// SetWanted leaves word which lists the window waits for. Nothing is written when that stands there.
func (b Box) SetWanted(all []sealed.Announced) error {
	var text bytes.Buffer
	for _, a := range all {
		fmt.Fprintf(&text, "%s %d %d %d %x\n", a.Kind, a.Shard, a.Epoch, a.Seq, a.Hash)
	}
	before, err := readBounded(b.wantedPath(), maxPaper)
	if err == nil && bytes.Equal(before, text.Bytes()) || gone(err) && text.Len() == 0 {
		return nil
	}
	return unwritten("carrier.SetWanted", durable.Write(b.wantedPath(), text.Bytes(), 0o600))
}

// wanted are the lists that are waited for, the newest version of each: what the window left word of, and
// what the frames in the inbox announce.
func (b Box) wanted() ([]sealed.Announced, error) {
	newest := map[sealed.ListName]sealed.Announced{}
	var order []sealed.ListName
	note := func(a sealed.Announced) {
		have, known := newest[a.Name()]
		if !known {
			order = append(order, a.Name())
		}
		if !known || a.Newer(have) {
			newest[a.Name()] = a
		}
	}
	for _, a := range b.askedFor() {
		note(a)
	}
	numbers, err := b.Frames()
	if err != nil {
		return nil, err
	}
	for _, n := range numbers {
		file, err := b.Frame(n)
		if err != nil {
			continue // applied in this moment, or spoiled
		}
		for _, a := range sealed.PeekAnnounced(file) {
			note(a)
		}
	}
	all := make([]sealed.Announced, 0, len(order))
	for _, name := range order {
		all = append(all, newest[name])
	}
	return all, nil
}

// askedFor reads what the window left word of. A spoiled line is passed over: the window writes again.
func (b Box) askedFor() (all []sealed.Announced) {
	text, err := readBounded(b.wantedPath(), maxPaper)
	if err != nil {
		return nil
	}
	for line := range strings.Lines(string(text)) {
		var a sealed.Announced
		var hash string
		if _, err := fmt.Sscanf(line, "%s %d %d %d %s", &a.Kind, &a.Shard, &a.Epoch, &a.Seq, &hash); err != nil {
			continue
		}
		if a.Hash, err = hex.DecodeString(hash); err == nil && len(a.Hash) == sha256.Size {
			all = append(all, a)
		}
	}
	return all
}

// source is where objects come from: the line, or a stick. It answers nil for what it does not have.
type source func(ctx context.Context, a sealed.Announced, hash [32]byte) ([]byte, error)

// takeObjects gets the lists that are waited for, each with the pages that it names, and keeps them.
func takeObjects(ctx context.Context, box Box, from source) error {
	wanted, err := box.wanted()
	if err != nil {
		return err
	}
	for _, a := range wanted {
		raw, err := box.takeObject(ctx, a, a.ID(), from)
		if err != nil {
			return err
		}
		err = card.EachPart(raw, func(hash [32]byte) ([]byte, error) {
			return box.takeObject(ctx, sealed.Announced{}, hash, from)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (b Box) takeObject(ctx context.Context, a sealed.Announced, hash [32]byte, from source) ([]byte, error) {
	raw, err := b.Object(hash)
	if err != nil || raw != nil {
		return raw, err
	}
	if full, err := b.objectsFull(); err != nil || full {
		return nil, orFull(err)
	}
	raw, err = from(ctx, a, hash)
	if err != nil || raw == nil {
		return nil, err
	}
	if sum := sha256.Sum256(raw); sum != hash {
		return nil, app.Fail(app.PostHashDiffers)
	}
	return raw, b.putObject(raw)
}

func orFull(err error) error {
	if err != nil {
		return err
	}
	return app.Fail(app.PostInboxFull, "most", mostObjects)
}

// fetchObjects gets over the line what is waited for. Of a list whose earlier version lies here only what
// changed is asked for.
func fetchObjects(ctx context.Context, box Box, line Post) error {
	var held map[uint32][]byte
	return takeObjects(ctx, box, func(ctx context.Context, a sealed.Announced, hash [32]byte) ([]byte, error) {
		if held == nil {
			var err error
			if held, err = box.shards(); err != nil {
				return nil, err
			}
		}
		var before []byte
		if a.Kind == listStatus {
			before = held[a.Shard]
		}
		return fetchObject(ctx, box, line, hash, before)
	})
}

const listStatus = "status"

// shards are the status lists that lie here, by their shard.
func (b Box) shards() (map[uint32][]byte, error) {
	held := map[uint32][]byte{}
	hashes, err := b.Objects()
	for _, hash := range hashes {
		raw, err := b.Object(hash)
		if err != nil {
			return nil, err
		}
		if shard, ok := card.PeekShard(raw); ok {
			held[shard] = raw
		}
	}
	return held, err
}

func fetchObject(ctx context.Context, box Box, line Post, hash [32]byte, before []byte) ([]byte, error) {
	var held [32]byte
	if before != nil {
		held = sha256.Sum256(before)
	}
	raw, patch, err := line.Object(ctx, box.chain, hash, held)
	if refusedFor(err, app.NotFound) { // superseded meanwhile: the newer one is announced
		return nil, nil
	}
	if err != nil || !patch {
		return raw, err
	}
	if raw, err = card.Patched(before, raw); err == nil && sha256.Sum256(raw) == hash {
		return raw, nil
	}
	raw, _, err = line.Object(ctx, box.chain, hash, [32]byte{}) // another compressor: the whole then
	return raw, err
}
