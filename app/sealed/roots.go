package sealed

import (
	"loket/app"
	"loket/app/cose"
	"loket/app/office"
)

// FrameRoots tells of rotations of head office's root. It is signed and not sealed, and its content proves
// itself: who pins the roots of before follows it before the frame around it can be proven. Content: CBOR
// array of signed rotations, oldest first.
const FrameRoots FrameKind = "roots"

// ParseRotations reads the content of a FrameRoots. The rotations are proven by who follows them.
func ParseRotations(content []byte) (all [][]byte, err error) {
	if err := cose.Unmarshal(content, &all); err != nil {
		return nil, malformed(err)
	}
	if len(all) == 0 || len(all) > office.MaxRotations {
		return nil, app.Fail(app.PostMalformed)
	}
	return all, nil
}

// PeekRotations reads the rotations of an open frame. Nothing around them is proven; nil where the frame
// tells of none.
func PeekRotations(file []byte) [][]byte {
	o, _, body, err := frameOutside(file)
	if err != nil || o.Kind != FrameRoots {
		return nil
	}
	_, _, w, err := frameParts(body)
	if err != nil {
		return nil
	}
	all, err := ParseRotations(w.Content)
	if err != nil {
		return nil
	}
	return all
}
