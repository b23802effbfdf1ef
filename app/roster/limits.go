package roster

import (
	"errors"
	"io"

	"loket/app"
)

// MaxRows is how many people one list may hold. The largest list known has 150,000.
const MaxRows = 200_000

// What a list may be at most. Beyond it a file is refused with a sentence instead of filling the memory.
const (
	MaxFile    = 256 << 20 // bytes of the file
	maxUnpack  = 1 << 30   // bytes of all parts that are read out of a workbook
	maxStrings = 256 << 20 // bytes of the shared texts of a workbook
	maxParts   = 10_000    // parts of a workbook
	maxRatio   = 400       // how many times its packed size a large part may have
	maxColumns = 512
	maxCell    = 32_767 // characters; the spreadsheet programs' own limit
	maxLine    = 1 << 18
	maxSheets  = 1_000
)

// errTooMuch is what a bounded reader answers when a part unpacks to more than it may.
var errTooMuch = errors.New("more than a list can hold")

// bounded reads at most left bytes and then fails, unlike io.LimitReader, which pretends an end.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooMuch
	}
	if int64(len(p)) > b.left {
		p = p[:b.left]
	}
	n, err := b.r.Read(p)
	b.left -= int64(n)
	return n, err
}

// unreadable gives an error from inside a file its code. No error stays none.
func unreadable(err error) error {
	if errors.Is(err, errTooMuch) {
		return app.Fail(app.RosterBomb)
	}
	return app.Wrap("roster.read", app.RosterDamaged, err)
}
