package drawing

import (
	"fmt"
	"image"
	"slices"

	qrcode "github.com/skip2/go-qrcode"

	"loket/app"
)

// QuietModules of white belong around a QR code.
const QuietModules = 4

// QR is a QR code with error correction M, pure black. X and Y are the corner of the code itself;
// QuietModules of white around it are the composer's duty.
type QR struct {
	X, Y    float64
	Module  float64
	Text    string
	Version int
}

// Modules is the number of modules on a side of the code.
func (q QR) Modules() int { return 17 + 4*q.Version }

// Side is the length of a side of the code, without the quiet zone.
func (q QR) Side() float64 { return float64(q.Modules()) * q.Module }

// Matrix computes the modules, rows first; true is black. The encoder mixes numeric, alphanumeric
// and byte segments, so digits after an upper-case address cost 3.3 bits each.
func (q QR) Matrix() (m [][]bool, err error) {
	defer func() {
		if r := recover(); r != nil {
			m, err = nil, app.Wrap("drawing.QR", app.PrintTextTooLong, fmt.Errorf("encoder stopped at version %d", q.Version))
		}
	}()
	code, err := qrcode.NewWithForcedVersion(q.Text, q.Version, qrcode.Medium)
	if err != nil {
		return nil, app.Wrap("drawing.QR", app.PrintTextTooLong, err)
	}
	code.DisableBorder = true
	return code.Bitmap(), nil
}

// Blocks covers the black modules with rectangles: runs within a row, grown down as long as the
// next row has the same run. Surfaces fill them as one shape, because single squares would show
// hairlines between them. They come sorted by size, which compresses a sixth better.
func Blocks(m [][]bool) []image.Rectangle {
	done := make([]image.Rectangle, 0, len(m)*len(m)/4)
	var open, next []image.Rectangle // blocks that end at this row, and at the next one
	for y, row := range m {
		next = runs(next[:0], row, y)
		above := open
		for i, run := range next {
			for len(above) > 0 && above[0].Min.X < run.Min.X {
				done, above = append(done, above[0]), above[1:]
			}
			if len(above) > 0 && above[0].Min.X == run.Min.X && above[0].Max.X == run.Max.X {
				next[i].Min.Y, above = above[0].Min.Y, above[1:]
			}
		}
		done = append(done, above...)
		open, next = next, open
	}
	done = append(done, open...)
	sortBySize(done)
	return done
}

// sortBySize orders blocks by width, height, row and column, each below 256: packed into one
// number, which sorts twice as fast.
func sortBySize(blocks []image.Rectangle) {
	packed := make([]uint32, len(blocks))
	for i, b := range blocks {
		packed[i] = uint32(b.Dx()<<24 | b.Dy()<<16 | b.Min.Y<<8 | b.Min.X)
	}
	slices.Sort(packed)
	for i, p := range packed {
		x, y := int(p&0xff), int(p>>8&0xff)
		blocks[i] = image.Rect(x, y, x+int(p>>24), y+int(p>>16&0xff))
	}
}

// runs appends the black stretches of a row.
func runs(to []image.Rectangle, row []bool, y int) []image.Rectangle {
	for x := 0; x < len(row); x++ {
		if !row[x] {
			continue
		}
		start := x
		for x < len(row) && row[x] {
			x++
		}
		to = append(to, image.Rect(start, y, x, y+1))
	}
	return to
}
