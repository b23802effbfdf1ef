package carrier

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"loket/app/durable"
	"loket/app/sealed"
)

// The window asks for head office's time with 16 random bytes that it lays beside the cursor; whoever
// carries the post takes them along and lays the signed answer beside them. Only the window, which
// remembers its bytes in the database, can tell whether an answer is the answer.

func (b Box) timeAskPath() string { return filepath.Join(b.dir, "inbox", "time-wanted") }
func (b Box) timePath() string    { return filepath.Join(b.dir, "inbox", "time") }

// AskTime lays the bytes out; the next answer must be signed for them.
func (b Box) AskTime(nonce [sealed.NonceSize]byte) error {
	err := durable.Remove(b.timePath()) // it answered others
	if err == nil {
		err = durable.Write(b.timeAskPath(), nonce[:], 0o600)
	}
	return unwritten("carrier.AskTime", err)
}

// Time reads head office's answer, nil when none has come. Nothing in it is proven.
func (b Box) Time() ([]byte, error) {
	answer, err := readBounded(b.timePath(), sealed.MaxTime)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return answer, err
}

// DropTime takes question and answer away: the answer was used, or is none.
func (b Box) DropTime() error {
	err := durable.Remove(b.timeAskPath())
	if err == nil {
		err = durable.Remove(b.timePath())
	}
	return unwritten("carrier.DropTime", err)
}

// timeWanted is what the window asks with, nil when it does not ask or has its answer.
func (b Box) timeWanted() ([]byte, error) {
	if _, err := os.Lstat(b.timePath()); err == nil {
		return nil, nil
	}
	nonce, err := readBounded(b.timeAskPath(), sealed.NonceSize)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(nonce) != sealed.NonceSize {
		return nil, nil
	}
	return nonce, err
}

func (b Box) keepTime(answer []byte) error {
	if len(answer) == 0 {
		return nil
	}
	return unwritten("carrier.keepTime", durable.Write(b.timePath(), answer, 0o600))
}
