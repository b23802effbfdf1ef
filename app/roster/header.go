package roster

import (
	"strings"
)

// Column is a column of a sheet: its title as it stands, and what it holds. A person may correct
// the field before the list is judged.
type Column struct {
	Title string
	Field Field
}

// table is a header that was found: the lines it takes, and its columns.
type table struct {
	first, last int
	columns     []Column
}

// line is a row of the beginning of a sheet, kept to look at.
type line struct {
	number int
	cells  []cell
}

// Among how many rows the header is looked for, and how many lines it may take.
const (
	headRows   = 60
	headerDeep = 3
)

// findTable finds the header: the first row with the NIK or the name and at least two columns more.
func findTable(rows []line) (table, bool) {
	for i, row := range rows {
		if !isHeader(row.cells) {
			continue
		}
		t := table{first: row.number, last: row.number, columns: titles(row.cells)}
		if i > 0 && rows[i-1].number == row.number-1 && above(rows[i-1].cells) {
			t.under(rows[i-1].cells)
			t.first--
		}
		for deep := i + 1; deep < len(rows) && deep < i+headerDeep; deep++ {
			if !t.continues(rows[deep].cells) {
				break
			}
			t.over(rows[deep].cells)
			t.last = rows[deep].number
		}
		t.once()
		t.split(rows)
		return t, true
	}
	return table{}, false
}

// isHeader says whether the cells are column titles.
func isHeader(cells []cell) bool {
	seen := map[Field]bool{}
	for _, c := range cells {
		if c.kind == text && c.text != "" {
			seen[FieldOf(c.text)] = true
		}
	}
	delete(seen, Ignored)
	return len(seen) >= 3 && (seen[NIK] || seen[Name])
}

// above says whether a row over the header groups its columns: two titles or more, nothing long.
func above(cells []cell) bool {
	filled := 0
	for _, c := range cells {
		if c.text == "" {
			continue
		}
		if c.kind != text || len(c.text) > longTitle {
			return false
		}
		filled++
	}
	return filled >= 2
}

func titles(cells []cell) []Column {
	columns := make([]Column, len(cells))
	for i, c := range cells {
		title := tidy(c.text)
		columns[i] = Column{title, FieldOf(title)}
	}
	return columns
}

// under takes the titles that stand only in the row above: "No" and "Ket" over two rows, and
// "Alamat" over "Desa" and "Kecamatan".
func (t *table) under(cells []cell) {
	t.grow(len(cells))
	groups := spread(cells)
	for i := range t.columns {
		c := &t.columns[i]
		switch {
		case c.Title == "" && i < len(cells) && cells[i].text != "":
			c.Title = tidy(cells[i].text)
			c.Field = FieldOf(c.Title)
		case c.Field == Ignored && c.Title != "" && i < len(groups) && groups[i] != "":
			if both := FieldOf(groups[i] + " " + c.Title); both != Ignored {
				c.Title, c.Field = groups[i]+" "+c.Title, both
			}
		}
	}
}

// spread repeats a title over the empty cells right of it, as merged cells look.
func spread(cells []cell) []string {
	out := make([]string, len(cells)+headerDeep)
	last := ""
	for i := range out {
		if i < len(cells) && cells[i].text != "" {
			last = tidy(cells[i].text)
		}
		out[i] = last
	}
	return out
}

// continues says whether a row below the header still belongs to it: it has a title that says more
// than the one above it, no numbers, and nobody's NIK or name.
func (t *table) continues(cells []cell) bool {
	found := false
	for i, c := range cells {
		if c.text == "" {
			continue
		}
		above, own := t.field(i), FieldOf(c.text)
		if c.kind != text || digits(c.text) > 3 || allDigits(tidy(c.text)) || (above == NIK || above == Name) && own != above {
			return false
		}
		group := t.group(i)
		both := FieldOf(group + " " + c.text)
		found = found || own != Ignored && own != above || both != Ignored && both != FieldOf(group)
	}
	return found
}

// over takes the titles of a second header row: they are nearer to the data.
func (t *table) over(cells []cell) {
	groups := make([]cell, len(t.columns))
	for i, c := range t.columns {
		groups[i].text = c.Title
	}
	t.grow(len(cells))
	names := spread(groups)
	for i, c := range cells {
		if c.text == "" {
			continue
		}
		title := tidy(c.text)
		field := FieldOf(title)
		if i < len(names) && (field == Ignored || field == Number || field == BirthDate) {
			if both := FieldOf(names[i] + " " + title); both != Ignored {
				field = both
			}
		}
		t.columns[i] = Column{strings.TrimSpace(t.columns[i].Title + " " + title), field}
	}
}

// group is the title that stands over a column, its own or one to the left as merged cells look.
func (t *table) group(i int) string {
	for i = min(i, len(t.columns)-1); i >= 0; i-- {
		if t.columns[i].Title != "" {
			return t.columns[i].Title
		}
	}
	return ""
}

func (t *table) grow(n int) {
	for len(t.columns) < n {
		t.columns = append(t.columns, Column{})
	}
}

func (t *table) field(i int) Field {
	if i >= len(t.columns) {
		return Ignored
	}
	return t.columns[i].Field
}

// split takes a title "Tempat, Tgl Lahir" that is merged over two columns for both of them: the
// second has no title of its own, and dates below it.
func (t *table) split(rows []line) {
	for i := range t.columns {
		if t.columns[i].Field != Birth || i+1 < len(t.columns) && t.columns[i+1].Title != "" {
			continue
		}
		for _, row := range rows {
			if row.number <= t.last || i+1 >= len(row.cells) {
				continue
			}
			if c := row.cells[i+1]; c.kind == date || digits(c.text) >= 4 {
				t.grow(i + 2)
				t.columns[i].Field, t.columns[i+1].Field = BirthPlace, BirthDate
				return
			}
		}
	}
}

// once leaves each field to its first column.
func (t *table) once() {
	seen := map[Field]bool{}
	for i := range t.columns {
		f := t.columns[i].Field
		if f != Ignored && seen[f] {
			t.columns[i].Field = Ignored
		}
		seen[f] = true
	}
}

func digits(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}
