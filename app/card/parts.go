package card

import "loket/app/cose"

// PartsOf names the objects, by SHA-256, that a published list or object needs beside itself: what its head
// names, or an index, each once. Those may name others in turn, so it is asked of each that arrives. It
// proves nothing; whoever takes the list in does. nil: it is whole.
func PartsOf(raw []byte) [][32]byte {
	if kind := kindOf(raw); kind != "" {
		return partsOfObject(kind, raw)
	}
	m, err := cose.Peek(raw)
	if err != nil {
		return nil
	}
	var named [][]byte
	switch m.Typ {
	case TrustTyp:
		var w wireHead
		if cose.Unmarshal(m.Payload, &w) == nil && w.Format == 2 {
			named = [][]byte{w.Branches, w.Keys}
		}
	case StatusTyp:
		var w wireStatus
		if cose.Unmarshal(m.Payload, &w) == nil {
			named = [][]byte{w.Marks}
		}
	}
	var parts [][32]byte
	for _, hash := range named {
		if len(hash) == 32 {
			parts = append(parts, [32]byte(hash))
		}
	}
	return parts
}

func partsOfObject(kind string, raw []byte) (parts [][32]byte) {
	var w wireIndex
	if kind != indexObject || cose.Unmarshal(raw, &w) != nil || !w.sound() {
		return nil
	}
	seen := map[[32]byte]bool{{}: true}
	for i := range len(w.Hashes) / 32 {
		if hash := w.at(i); !seen[hash] {
			seen[hash] = true
			parts = append(parts, hash)
		}
	}
	return parts
}

// EachPart walks over all objects that a list needs, those that its pages name included, each once. Get
// gives an object's bytes, nil where it is not at hand: then what it names is not known. It stops after
// MaxParts: a list that names more is nobody's.
func EachPart(raw []byte, get func(hash [32]byte) ([]byte, error)) error {
	seen := map[[32]byte]bool{}
	for waiting := PartsOf(raw); len(waiting) > 0 && len(seen) < MaxParts; {
		hash := waiting[0]
		waiting = waiting[1:]
		if seen[hash] {
			continue
		}
		seen[hash] = true
		part, err := get(hash)
		if err != nil {
			return err
		}
		if part != nil {
			waiting = append(waiting, PartsOf(part)...)
		}
	}
	return nil
}

// MaxParts is how many objects one list may name, with all that they name.
const MaxParts = 4096
