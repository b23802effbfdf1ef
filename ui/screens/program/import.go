package program

import (
	"crypto/sha256"
	"maps"
	"slices"

	"loket/app"
	"loket/app/roster"
	"loket/app/sponsor"
)

// List is a file that was opened as a list.
type List struct {
	Name string // of the file, without its folder
	Hash [32]byte
	Book *roster.Book
}

// openList finds out what a file is. A list without a header comes along with the error, because a
// person can say what its columns are.
func openList(name string, file []byte) (List, error) {
	book, err := roster.Open(file)
	return List{Name: name, Hash: sha256.Sum256(file), Book: book}, err
}

// Import is a list on its way into a programme.
type Import struct {
	List     List
	Headless bool // no header was found: a person says where the rows begin and what the columns are
	Sheet    int  // that is in sight
	AsOf     string
	Hidden   bool              // hidden sheets are judged too
	Decided  map[string]string // spelling -> village code, "" for no village here
	Verdict  *Verdict
	Judged   map[string]string // the decisions that the verdict knows
	Code     app.Code          // whose rows are shown
	Villages bool              // the spellings of villages are shown instead of the codes
	Spelling int               // of the verdict's, the one that is decided; -1 for none
	First    int               // of the rows that are shown
	Rejects  string            // the file that the rejects were written to
	Outcome  sponsor.Outcome
	Stopped  int  // rows that were done when somebody stopped it
	Same     bool // nothing has changed by it
}

// Opened takes a list in, or says why not.
func (m *Model) Opened(l List, asOf app.Date, err error) {
	headless := app.CodeOf(err) == app.RosterNoHeader && l.Book != nil
	if err != nil && !headless {
		m.Err = err
		return
	}
	m.Import = Import{List: l, Headless: headless, AsOf: asOf.String(), Spelling: -1}
	m.Import.Sheet = m.Import.firstSheet()
	m.Page, m.Err = PageFile, nil
}

// firstSheet is the first one that will be judged.
func (i *Import) firstSheet() int {
	for n, s := range i.List.Book.Sheets {
		if s.Found && !s.Hidden {
			return n
		}
	}
	return 0
}

// Has says whether a list was opened.
func (i *Import) Has() bool { return i.List.Book != nil }

// Current is the sheet in sight.
func (i *Import) Current() *roster.Sheet { return &i.List.Book.Sheets[i.Sheet] }

// Correct says what a column of the sheet in sight holds, and the same in sheets with the same
// titles. A field stands in one column: where it stood before is not used any more.
func (i *Import) Correct(column int, f roster.Field) {
	like := titlesOf(i.Current())
	for n := range i.List.Book.Sheets {
		s := &i.List.Book.Sheets[n]
		if n != i.Sheet && !slices.Equal(titlesOf(s), like) {
			continue
		}
		if old := s.Column(f); f != roster.Ignored && old >= 0 {
			s.Columns[old].Field = roster.Ignored
		}
		s.Columns[column].Field = f
	}
	i.Verdict = nil
}

func titlesOf(s *roster.Sheet) (titles []string) {
	for _, c := range s.Columns {
		titles = append(titles, c.Title)
	}
	return titles
}

// Sample are the first values of a column, masked where they are long numbers.
func Sample(s *roster.Sheet, column, most int) (values []string) {
	for _, row := range s.Sample {
		if column < len(row) && row[column] != "" && len(values) < most {
			values = append(values, MaskedCell(row[column]))
		}
	}
	return values
}

// HiddenSheets and OtherSheets name what is left out: hidden sheets, and those without a header.
func (i *Import) HiddenSheets() []string {
	return i.names(func(s roster.Sheet) bool { return s.Hidden })
}

// OtherSheets are sheets that are no list of people.
func (i *Import) OtherSheets() []string {
	return i.names(func(s roster.Sheet) bool { return !s.Hidden && !s.Found && s.Name != "" })
}

func (i *Import) names(which func(roster.Sheet) bool) (names []string) {
	for _, s := range i.List.Book.Sheets {
		if which(s) {
			names = append(names, s.Name)
		}
	}
	return names
}

// Ready says whether rows can be found: a column holds the NIK or the name.
func (i *Import) Ready() bool {
	return i.Has() && slices.ContainsFunc(i.List.Book.Sheets, func(s roster.Sheet) bool {
		return (!s.Hidden || i.Hidden) && (s.Has(roster.NIK) || s.Has(roster.Name))
	})
}

// Decide notes what a spelling means; "" says that it is no village here.
func (i *Import) Decide(typed, village string) {
	if i.Decided == nil {
		i.Decided = map[string]string{}
	}
	i.Decided[typed] = village
}

// Undecide takes a decision back.
func (i *Import) Undecide(typed string) { delete(i.Decided, typed) }

// Stale says whether decisions were made that the verdict does not know.
func (i *Import) Stale() bool { return !maps.Equal(i.Decided, i.Judged) }

// Took takes a verdict in. What somebody was looking at stays, where it still is.
func (m *Model) Took(v *Verdict, decided map[string]string) {
	i := &m.Import
	i.keep(v)
	i.Verdict, i.Judged, i.First, i.Spelling, i.Rejects = v, decided, 0, -1, ""
	if len(v.Of(i.Code).Rows) == 0 {
		i.Code = ""
		if len(v.Codes) > 0 {
			i.Code = v.Codes[0].Code
		}
	}
	i.Villages = i.Villages && len(v.Spellings) > 0
	m.Page = PageVerdict
}

// keep keeps in sight what was decided: a spelling that is settled is no guess any more.
func (i *Import) keep(v *Verdict) {
	if i.Verdict == nil {
		return
	}
	for _, old := range i.Verdict.Spellings {
		_, decided := i.Decided[old.Typed]
		if decided && !slices.ContainsFunc(v.Spellings, func(s Spelling) bool { return s.Typed == old.Typed }) {
			v.Spellings = append(v.Spellings, old)
		}
	}
}

// Undecided counts the spellings that were guessed and that nobody has looked at.
func (i *Import) Undecided() (n int) {
	for _, s := range i.Verdict.Spellings {
		if _, ok := i.Decided[s.Typed]; !ok {
			n++
		}
	}
	return n
}

// Ended takes in how an import ended. Stopped by a person it is no failure: it goes on when the same
// file is imported again.
func (m *Model) Ended(o sponsor.Outcome, done int, err error) {
	stopped := app.CodeOf(err) == app.Cancelled || o.Stopped
	if err != nil && !stopped {
		m.Err = err
		return
	}
	o.Stopped = stopped
	m.Import.Outcome, m.Import.Stopped, m.Import.Same = o, done, !stopped && (m.took(o.Number) || o.New+o.Corrected+o.Left == 0)
	m.Page, m.Err = PageDone, nil
}

// took says whether a version had been taken in to its end before.
func (m *Model) took(number int) bool {
	return slices.ContainsFunc(m.Chosen.Versions, func(v sponsor.Version) bool { return v.Number == number && !v.At.IsZero() })
}
