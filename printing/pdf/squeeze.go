package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/klauspost/compress/zlib"
)

// squeeze compresses the page contents of a file that gofpdf wrote plainly, and writes it. gofpdf
// would do so on one core with a fresh compressor (1.2 MB) for every page, a fifth of all its cost.
func squeeze(w io.Writer, file []byte) error {
	objects, trailer, err := split(file)
	if err != nil {
		return err
	}
	if err := compressAll(objects); err != nil {
		return err
	}
	out := &counter{w: w}
	offsets := make([]int, len(objects))
	for _, o := range objects {
		offsets[o.number] = out.n
		out.write(o.bytes)
	}
	start := out.n
	out.write(fmt.Appendf(nil, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)))
	for _, at := range offsets[1:] {
		out.write(fmt.Appendf(nil, "%010d 00000 n \n", at))
	}
	out.write(fmt.Appendf(nil, "%sstartxref\n%d\n%%%%EOF\n", trailer, start))
	return out.err
}

// object is one object of the file. Number 0 is the file's head.
type object struct {
	number int
	offset int
	bytes  []byte
}

var errShape = errors.New("the file has an unexpected shape")

// split cuts the file at its own table of offsets.
func split(file []byte) (objects []object, trailer []byte, err error) {
	table := bytes.LastIndex(file, []byte("\nxref\n")) + 1
	end := bytes.LastIndex(file, []byte("startxref\n"))
	begin := bytes.LastIndex(file, []byte("trailer\n"))
	if table <= 0 || begin < table || end < begin {
		return nil, nil, errShape
	}
	lines := bytes.Split(bytes.TrimSpace(file[table:begin]), []byte("\n"))
	const head = 3 // xref, range, the free entry
	if len(lines) <= head {
		return nil, nil, errShape
	}
	objects = []object{{number: 0}}
	for i, line := range lines[head:] {
		offset, err := strconv.Atoi(string(line[:min(10, len(line))]))
		if err != nil || offset < 0 || offset > table {
			return nil, nil, errShape
		}
		objects = append(objects, object{number: i + 1, offset: offset})
	}
	slices.SortFunc(objects, func(a, b object) int { return a.offset - b.offset })
	for i := range objects {
		until := table
		if i+1 < len(objects) {
			until = objects[i+1].offset
		}
		objects[i].bytes = file[objects[i].offset:until]
	}
	return objects, file[begin:end], nil
}

// level is where a smaller file still costs next to nothing.
const level = 5

// compressAll works on all cores, each with one compressor for all its pages.
func compressAll(objects []object) error {
	var next atomic.Int64
	var all sync.WaitGroup
	failed := make([]error, runtime.GOMAXPROCS(0))
	for core := range failed {
		all.Go(func() {
			var z *zlib.Writer
			z, failed[core] = zlib.NewWriterLevel(io.Discard, level)
			for failed[core] == nil {
				i := int(next.Add(1)) - 1
				if i >= len(objects) {
					return
				}
				failed[core] = objects[i].compress(z)
			}
		})
	}
	all.Wait()
	return errors.Join(failed...)
}

// compress deflates the object if it is a plain stream; others stay as they are.
func (o *object) compress(z *zlib.Writer) error {
	var length int
	start := fmt.Sprintf("%d 0 obj\n<</Length ", o.number)
	if !bytes.HasPrefix(o.bytes, []byte(start)) {
		return nil
	}
	rest := o.bytes[len(start):]
	if n, err := fmt.Sscanf(string(rest[:min(12, len(rest))]), "%d>>", &length); n != 1 || err != nil {
		return nil // a stream that says more of itself is compressed already
	}
	head := fmt.Sprintf("%d>>\nstream\n", length)
	if !bytes.HasPrefix(rest, []byte(head)) || len(rest) < len(head)+length {
		return errShape
	}
	body, foot := rest[len(head):len(head)+length], rest[len(head)+length:]
	var packed bytes.Buffer
	z.Reset(&packed)
	if _, err := z.Write(body); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	o.bytes = fmt.Appendf(nil, "%d 0 obj\n<</Filter /FlateDecode /Length %d>>\nstream\n", o.number, packed.Len())
	o.bytes = append(append(o.bytes, packed.Bytes()...), foot...)
	return nil
}

// counter counts what was written and keeps the first error.
type counter struct {
	w   io.Writer
	n   int
	err error
}

func (c *counter) write(b []byte) {
	if c.err != nil {
		return
	}
	var n int
	n, c.err = c.w.Write(b)
	c.n += n
}
