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
	note := fmt.Sprintf("%s %x", out.Name(), sum)
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

func laterPath(path string) string { return path + ".later" }

// mostSkipped is how many rounds an attachment rests at most that head office has refused again and again:
// pictures are most of what a thin line carries.
const mostSkipped = 16

// postpone lets an attachment rest that was refused for what it is: not at all the first time, then 1, 3, 7
// and 15 rounds. The note holds the rounds left and the refusals so far.
func (b Box) postpone(hash [32]byte) error {
	_, refusals := b.rest(hash)
	left := min(1<<min(refusals, 10), mostSkipped) - 1
	return b.noteRest(hash, left, refusals+1)
}

// resting says whether an attachment sits this round out.
func (b Box) resting(hash [32]byte) (bool, error) {
	left, refusals := b.rest(hash)
	if left <= 0 {
		return false, nil
	}
	return true, b.noteRest(hash, left-1, refusals)
}

func (b Box) rest(hash [32]byte) (left, refusals int) {
	note, err := readBounded(laterPath(b.attachmentPath(hash)), 64)
	if err != nil {
		return 0, 0
	}
	if n, err := fmt.Sscanf(string(note), "%d %d", &left, &refusals); err != nil || n != 2 || left > mostSkipped || refusals < 0 {
		return 0, 0 // spoiled: it is sent
	}
	return left, refusals
}

func (b Box) noteRest(hash [32]byte, left, refusals int) error {
	return unwritten("carrier.postpone", durable.Write(laterPath(b.attachmentPath(hash)), fmt.Appendf(nil, "%d %d", left, refusals), 0o600))
}
