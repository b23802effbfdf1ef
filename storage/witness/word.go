// Package witness keeps, outside a kiosk's database, how far its journal was: head, last batch, and numbers
// reserved ahead. A database that a failing disk, a copy or a backup has taken back does not know what it
// lacks; the witness does. One copy lies in the data folder, one beside the machine secret, where a
// restored folder brings none along. Both are under a MAC of that secret.
package witness

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"

	"loket/app"
	"loket/app/cose"
	"loket/app/vault"
)

// Word is what the witness says.
type Word struct {
	Kiosk       app.Kiosk       `cbor:"1,keyasint"`
	Incarnation app.Incarnation `cbor:"2,keyasint"`
	Genesis     []byte          `cbor:"3,keyasint"` // head before the first entry: which journal it is
	Seq         uint64          `cbor:"4,keyasint"` // the newest entry
	Head        []byte          `cbor:"5,keyasint"`
	Batch       uint64          `cbor:"6,keyasint"`           // the newest sealed batch
	Covered     uint64          `cbor:"7,keyasint"`           // its last entry
	Identity    []byte          `cbor:"8,keyasint,omitempty"` // its identity
	Counter     uint64          `cbor:"9,keyasint"`           // provisional numbers up to here may have been given out
	Leases      []Lease         `cbor:"10,keyasint,omitempty"`
	Folder      []byte          `cbor:"11,keyasint"`           // hash of the data folder's path
	Over        bool            `cbor:"12,keyasint,omitempty"` // this life has ended: the next one went on
	Turn        uint64          `cbor:"13,keyasint"`           // rises with each word
	Lookup      uint64          `cbor:"14,keyasint,omitempty"` // numbers of families' questions, likewise
}

// Lease says how far a range of lent numbers may have been given out.
type Lease struct {
	_     struct{} `cbor:",toarray"`
	Kind  string
	First uint64
	Next  uint64 // the first number that was surely not given out
}

// Chain is the life of which the word is.
func (w Word) Chain() app.Chain { return app.Chain{Kiosk: w.Kiosk, Incarnation: w.Incarnation} }

// slotSize is what a disk writes at once, and holds a word with all its leases. A file is two slots, so that
// a torn write spoils one at most.
const slotSize = 4096

func macKey(secret vault.Machine) ([]byte, error) {
	if len(secret) < vault.MachineSize {
		return nil, app.Fail(app.VaultMachineWrong)
	}
	key, err := hkdf.Key(sha256.New, secret, nil, "loket/witness/1", sha256.Size)
	return key, app.Wrap("witness.macKey", app.Internal, err)
}

func (w Word) encode(key []byte) ([]byte, error) {
	body, err := cose.Marshal(w)
	if err != nil {
		return nil, app.Wrap("witness.encode", app.Internal, err)
	}
	slot := make([]byte, slotSize)
	if 2+len(body)+sha256.Size > slotSize {
		return nil, app.Fail(app.Internal)
	}
	binary.BigEndian.PutUint16(slot, uint16(len(body)))
	copy(slot[2:], body)
	copy(slot[2+len(body):], sum(key, slot[:2+len(body)]))
	return slot, nil
}

func sum(key, content []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(content)
	return h.Sum(nil)
}

// decode reads one slot; ok is false for one that is torn, changed, or another machine's.
func decode(slot, key []byte) (w Word, ok bool) {
	if len(slot) < slotSize {
		return w, false
	}
	n := 2 + int(binary.BigEndian.Uint16(slot))
	if n+sha256.Size > slotSize || !hmac.Equal(sum(key, slot[:n]), slot[n:n+sha256.Size]) {
		return w, false
	}
	err := cose.Unmarshal(slot[2:n], &w)
	return w, err == nil
}

// newest reads a file's two slots; at is the slot of the newest word.
func newest(file, key []byte) (w Word, at int, ok bool) {
	for i := range 2 {
		if len(file) < (i+1)*slotSize {
			break
		}
		if other, good := decode(file[i*slotSize:(i+1)*slotSize], key); good && (!ok || other.Turn > w.Turn) {
			w, at, ok = other, i, true
		}
	}
	return w, at, ok
}

// FolderHash names a data folder without telling its path.
func FolderHash(path string) []byte {
	hash := sha256.Sum256([]byte("loket/folder\x00" + path))
	return hash[:8]
}
