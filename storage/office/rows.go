package office

import (
	"strings"
)

// rows are rows of one table that are inserted together: a list of tens of thousands must not be as
// many statements.
type rows struct {
	into   string // "cards (kiosk, serial)"
	then   string // "ON CONFLICT ...", "" none
	width  int
	values []any
}

func rowsFor(into, then string) *rows {
	return &rows{into: into, then: then, width: strings.Count(into, ",") + 1}
}

func (r *rows) add(values ...any) { r.values = append(r.values, values...) }

// pieces are how many rows one statement takes. Few different statements are prepared once each.
var pieces = []int{64, 16, 4, 1}

// insert writes the rows and says how many there are now.
func (t *tx) insert(r *rows) (n int64, err error) {
	err = r.each(t.engine, func(query string, values []any) error {
		some, err := t.do(query, values...)
		n += some
		return err
	})
	return n, err
}

// insertMust is insert where every row must be new or may be known.
func (t *tx) insertMust(r *rows) error {
	_, err := t.insert(r)
	return err
}

// insertReturning writes the rows and visits those that were new.
func (t *tx) insertReturning(r *rows, visit func(scan func(...any) error) error) error {
	return r.each(t.engine, func(query string, values []any) error { return t.each(query, values, visit) })
}

func (r *rows) each(by engine, do func(query string, values []any) error) error {
	for _, n := range pieces {
		query := "INSERT INTO " + r.into + " VALUES " + places(by, n, r.width) + " " + r.then
		for len(r.values) >= n*r.width {
			if err := do(query, r.values[:n*r.width]); err != nil {
				return err
			}
			r.values = r.values[n*r.width:]
		}
	}
	return nil
}

// places is "(?, ?), (?, ?)", with numbers where the engine wants them.
func places(by engine, rows, width int) string {
	var b strings.Builder
	for i := range rows * width {
		switch {
		case i == 0:
			b.WriteString("(")
		case i%width == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		b.WriteString(by.place(i + 1))
	}
	return b.String() + ")"
}

// asked runs a query for many keys, some at a time: the query ends before the list of places.
func (t *tx) asked(query string, keys [][]byte, row func(scan func(...any) error) error) error {
	for _, n := range pieces {
		for len(keys) >= n {
			args := make([]any, n)
			for i, k := range keys[:n] {
				args[i] = k
			}
			if err := t.each(query+" IN "+places(t.engine, 1, n), args, row); err != nil {
				return err
			}
			keys = keys[n:]
		}
	}
	return nil
}
