package carrier

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"loket/app"
	"loket/app/durable"
)

// numbers lists this chain's numbered files of a folder.
func (b Box) numbers(folder, suffix string) ([]uint64, error) {
	names, err := b.names(folder, suffix)
	if err != nil {
		return nil, err
	}
	var out []uint64
	for _, name := range names {
		if n, err := strconv.ParseUint(name, 10, 64); err == nil && n > 0 {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out, nil
}

// names lists the files of this chain in a folder, without chain and suffix. Folders, links and
// anything with another name is passed over: a stick may hold whatever it likes.
func (b Box) names(folder, suffix string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(b.dir, folder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, app.Wrap("carrier.names", app.FileUnread, err)
	}
	var out []string
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), suffix)
		if !ok || !e.Type().IsRegular() {
			continue
		}
		if name, ok = strings.CutPrefix(name, b.chain.String()+"-"); ok {
			out = append(out, name)
		}
	}
	return out, nil
}

func readBounded(path string, limit int64) ([]byte, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, app.Wrap("carrier.read", app.FileUnread, err)
	}
	if !info.Mode().IsRegular() || info.Size() > limit {
		return nil, app.Fail(app.PostTooBig)
	}
	b, err := os.ReadFile(path)
	return b, app.Wrap("carrier.read", app.FileUnread, err)
}

// unwritten gives a failed write its code: a full disk or stick is told as such.
func unwritten(op string, err error) error {
	if durable.Full(err) {
		return app.Wrap(op, app.FileFull, err)
	}
	return app.Wrap(op, app.FileUnwritten, err)
}

// sumPath is where the checksum of a laid-out file stands: nobody here could open the file to see
// whether it is whole, and head office would refuse it for ever.
func sumPath(path string) string { return path + ".sum" }

func layOut(path string, file []byte) error {
	sum := sha256.Sum256(file)
	if err := durable.Write(sumPath(path), sum[:], 0o600); err != nil {
		return err
	}
	return durable.Write(path, file, 0o600)
}

func takeAway(path string) error {
	for _, name := range []string{path, sumPath(path), takenPath(path), laterPath(path)} {
		if err := durable.Remove(name); err != nil {
			return err
		}
	}
	return nil
}

func readLaidOut(path string, limit int64) ([]byte, error) {
	file, err := readBounded(path, limit)
	if app.CodeOf(err) == app.PostTooBig { // not as it was laid out, whatever it is
		return nil, app.Fail(app.PostChanged)
	}
	if err != nil {
		return nil, err
	}
	want, err := readBounded(sumPath(path), sha256.Size)
	if sum := sha256.Sum256(file); err != nil || !bytes.Equal(want, sum[:]) {
		return nil, &app.Error{Code: app.PostChanged, Op: "carrier.read", Err: err}
	}
	return file, nil
}
