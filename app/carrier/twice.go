package carrier

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"os"

	"loket/app/durable"
)

// What the carrier cannot do without stands twice: how to reach head office, and the transport key. A disk
// that spoils one of the two takes nothing away.

// secondPath is where the second copy stands; its last 32 bytes are the SHA-256 of those before.
func secondPath(path string) string { return path + ".second" }

// writeTwice writes a file and its second copy.
func writeTwice(path string, content []byte) error {
	if err := durable.Write(path, content, 0o600); err != nil {
		return err
	}
	return writeSecond(path, content)
}

func writeSecond(path string, content []byte) error {
	sum := sha256.Sum256(content)
	return durable.Write(secondPath(path), append(bytes.Clone(content), sum[:]...), 0o600)
}

// readTwice reads a file that good says is as it should be, or else its second copy, with which the file is
// written anew. A file from before there were two copies gets its second one. It fails with what kept the
// first from being read.
func readTwice(path string, good func([]byte) bool) ([]byte, error) {
	content, err := os.ReadFile(path)
	whole := err == nil && good(content)
	second, proven := readSecond(path)
	switch {
	case whole && !proven:
		return content, unlessReadOnly(writeSecond(path, content))
	case whole:
		return content, nil
	case proven && good(second):
		return second, unlessReadOnly(durable.Write(path, second, 0o600))
	case err == nil:
		err = errSpoiled
	}
	return nil, err
}

var errSpoiled = errors.New("the file is not as it was written, and neither is its second copy")

func readSecond(path string) (content []byte, proven bool) {
	b, err := os.ReadFile(secondPath(path))
	if err != nil || len(b) <= sha256.Size {
		return nil, false
	}
	content, want := b[:len(b)-sha256.Size], b[len(b)-sha256.Size:]
	sum := sha256.Sum256(content)
	return content, bytes.Equal(sum[:], want)
}

// unlessReadOnly passes over that nothing can be written: reading goes on.
func unlessReadOnly(err error) error {
	if durable.ReadOnly(err) || durable.Full(err) {
		return nil
	}
	return err
}
