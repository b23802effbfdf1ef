package card

// PartsOf names the objects, by SHA-256, that a published list needs beside itself: pages that its head
// names. It proves nothing; whoever takes the list in does. nil: the list is whole.
func PartsOf(raw []byte) [][32]byte {
	return nil
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

// MaxParts is how many objects one list may name.
const MaxParts = 4096
