package card

import (
	"crypto/sha256"

	"loket/app"
	"loket/app/cose"
)

// A published list is a small signed head and objects beside it. An object is one CBOR array that begins
// with what it is; it bears no signature, because the head, or an object that the head names, names it by
// the SHA-256 of its bytes. So an object that did not change is the same object in every version.
const (
	keysObject  = "loket/keys"  // issuing keys
	indexObject = "loket/index" // hashes of objects
	namesObject = "loket/names" // names of branch codes
	marksObject = "loket/marks" // marks of the cards of replaced and revoked keys
)

// Objects are objects by their hash.
type Objects map[[32]byte][]byte

// add keeps an object and returns its hash.
func (o Objects) add(object any) ([32]byte, error) {
	raw, err := cose.Marshal(object)
	if err != nil {
		return [32]byte{}, err
	}
	hash := sha256.Sum256(raw)
	o[hash] = raw
	return hash, nil
}

// Split takes a list apart that stands in one file: a CBOR sequence of its head, and of objects in any
// order. A head alone is a file too.
func Split(file []byte) (head []byte, objects [][]byte, err error) {
	head, rest, err := cose.First(file)
	if err != nil {
		return nil, nil, err
	}
	for len(rest) > 0 {
		var object []byte
		if object, rest, err = cose.First(rest); err != nil {
			return nil, nil, err
		}
		objects = append(objects, object)
	}
	return head, objects, nil
}

func split(file []byte) (head []byte, at Objects, err error) {
	head, objects, err := Split(file)
	if err != nil {
		return nil, nil, err
	}
	at = make(Objects, len(objects))
	for _, o := range objects {
		at[sha256.Sum256(o)] = o
	}
	return head, at, nil
}

// below are the objects that a head needs, from the top down, each once.
func (o Objects) below(head []byte) (all [][]byte, err error) {
	seen := map[[32]byte]bool{}
	for next := PartsOf(head); len(next) > 0; {
		var behind [][32]byte
		for _, hash := range next {
			raw, here := o[hash]
			if seen[hash] {
				continue
			}
			if !here {
				return nil, app.Fail(app.TrustList)
			}
			seen[hash] = true
			all = append(all, raw)
			behind = append(behind, PartsOf(raw)...)
		}
		next = behind
	}
	return all, nil
}

type wireIndex struct {
	_      struct{} `cbor:",toarray"`
	Kind   string
	Hashes []byte // 32 bytes each; zeros stand for nothing
}

func (w wireIndex) sound() bool {
	return w.Kind == indexObject && len(w.Hashes) > 0 && len(w.Hashes)%32 == 0 && len(w.Hashes) <= 32*maxIndex
}

func (w wireIndex) at(i int) [32]byte { return [32]byte(w.Hashes[32*i : 32*i+32]) }

// maxIndex is how many objects one index names.
const maxIndex = 128

// kindOf peeks at what an object is, "" when it is none.
func kindOf(raw []byte) string {
	// An array of two to four, then a text of 10 or 11 letters.
	if len(raw) < 13 || raw[0] < 0x82 || raw[0] > 0x84 || raw[1] != 0x6a && raw[1] != 0x6b {
		return ""
	}
	switch kind := string(raw[2 : 2+int(raw[1]-0x60)]); kind {
	case keysObject, indexObject, namesObject, marksObject:
		return kind
	}
	return ""
}
