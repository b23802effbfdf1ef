package headoffice

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"loket/app"
	"loket/app/office/books"
)

// NumbersFile is the name of the file of numbers. It stands beside the keys and is part of no backup: it knows how far numbers were given out,
// whatever becomes of the books.
const NumbersFile = "numbers.ahead"

// aheadBy is how far beyond what was given out the file says.
var aheadBy = map[string]int64{books.MemberNumbers: 10_000, books.SerialShards: 1, books.KioskNumbers: 10}

// Numbers keeps, outside the books, how far numbers may have been given out: written ahead, so that the
// file is touched seldom and is never behind.
type Numbers struct {
	file string

	mu   sync.Mutex
	last map[string]int64 // what stands in the file, as far as we know
}

// Numbers is the file beside these keys.
func (k *Keys) Numbers() *Numbers { return NumbersIn(k.folder) }

// NumbersIn is the file in a folder of keys.
func NumbersIn(folder string) *Numbers { return &Numbers{file: filepath.Join(folder, NumbersFile)} }

// Read says what stands in the file; nil when there is none. A damaged one is headoffice.keys_broken.
func (n *Numbers) Read() (map[string]int64, error) {
	b, err := os.ReadFile(n.file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, app.Wrap("headoffice.Numbers", app.FileUnread, err)
	}
	all := map[string]int64{}
	if err := json.Unmarshal(b, &all); err != nil {
		return nil, &app.Error{Code: app.OfficeKeysBroken, Args: app.Args{"file": NumbersFile}, Op: "headoffice.Numbers", Err: err}
	}
	return all, nil
}

// Reached is told before a number is given out that it will be. It writes where the file does not say
// so yet; other programs beside the same keys write it too, and none takes back what another wrote.
func (n *Numbers) Reached(name string, value int64) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if last, ok := n.last[name]; ok && value <= last {
		return nil
	}
	all, err := n.Read()
	if err != nil {
		return err
	}
	if all == nil {
		all = map[string]int64{}
	}
	if last, ok := all[name]; !ok || value > last {
		all[name] = value + aheadBy[name]
		b, err := json.Marshal(all)
		if err != nil {
			return app.Wrap("headoffice.Numbers", app.Internal, err)
		}
		if err := replaceFile(n.file, append(b, '\n')); err != nil {
			return err
		}
	}
	n.last = all
	return nil
}
