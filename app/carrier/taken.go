package carrier

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"loket/app/durable"
	"loket/app/sealed"
)

// A carrier has no key of the vault, and a receipt is sealed: it cannot prove one that lies in the
// inbox. So nothing there is by itself a reason not to send. What it may rest on is the answer that
// head office gave it over its own pinned line: beside the batch it notes which frame that was, and
// the note counts only as long as the very same bytes wait in the inbox. What comes by stick leaves no
// such note; when the window has applied the receipt, the batch leaves the outbox.

// takenPath is where the note of a laid-out file stands.
func takenPath(path string) string { return path + ".taken" }

// markTaken notes the frame with which head office answered for a laid-out file: a receipt, of the
// batch with the number, 0 for an attachment. Another answer leaves no note.
func (b Box) markTaken(path string, frame []byte, batch uint64) error {
	out, err := sealed.PeekFrame(frame)
	if err != nil || out.Kind != sealed.FrameReceipt || out.Batch != batch {
		return nil //nolint:nilerr // no receipt: it is sent again
	}
	sum := sha256.Sum256(frame)
	note := fmt.Sprintf("%s %x", out.Place.Name(), sum)
	return unwritten("carrier.markTaken", durable.Write(takenPath(path), []byte(note), 0o600))
}

// taken says whether head office answered for a laid-out file and its answer still waits to be applied.
func (b Box) taken(path string) bool {
	note, err := readBounded(takenPath(path), 128)
	if err != nil {
		return false
	}
	name, text, _ := strings.Cut(string(note), " ")
	place, ok := sealed.ParsePlace(name)
	if !ok {
		return false
	}
	want, err := hex.DecodeString(text)
	if err != nil {
		return false
	}
	frame, err := b.Frame(place)
	if err != nil {
		return false
	}
	sum := sha256.Sum256(frame)
	return slices.Equal(want, sum[:])
}

// waitingAttachments are those that head office itself has not answered for.
func (b Box) waitingAttachments() ([][32]byte, error) {
	hashes, err := b.Attachments()
	return slices.DeleteFunc(hashes, func(hash [32]byte) bool { return b.taken(b.attachmentPath(hash)) }), err
}
