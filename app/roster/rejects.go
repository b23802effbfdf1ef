package roster

import (
	"io"
	"slices"
	"strings"

	"loket/app"
	"loket/app/words"
)

// How large a workbook may be to be changed in place, which keeps its looks. Changing one of 150,000
// rows takes 2.7 GB of memory; a larger one is copied row by row, values only.
const (
	inPlaceRows  = 20_000
	inPlaceBytes = 128 << 20 // unpacked
)

// WriteRejects writes the sender's list with two more columns: why each row is rejected and what a
// person should look at, in Indonesian. The cells at fault are coloured where the kind of file has
// colours. What begins like a formula goes out as text.
func (b *Book) WriteRejects(w io.Writer, r *Result) error {
	switch book, ok := b.source.(*workbook); {
	case !ok:
		return b.writeText(w, r)
	case len(r.Rows) <= inPlaceRows && book.unpacked() <= inPlaceBytes:
		if changed, err := b.inPlace(r); err == nil {
			_, err = w.Write(changed)
			return app.Wrap("roster.rejects", app.FileUnwritten, err)
		}
		// A workbook that excelize cannot change can still be copied.
	}
	return b.writeCopy(w, r)
}

func (w *workbook) unpacked() (n uint64) {
	for _, p := range w.parts {
		n += p.UncompressedSize64
	}
	return n
}

// bySheet finds the judged rows of a sheet by their line.
func (r *Result) bySheet(name string) map[int]*Row {
	rows := map[int]*Row{}
	for i := range r.Rows {
		if r.Rows[i].Sheet == name {
			rows[r.Rows[i].Line] = &r.Rows[i]
		}
	}
	return rows
}

// width is the number of columns of a sheet, so that the remarks stand behind all of them. A list
// that comes back with remarks keeps them where they are.
func (b *Book) width(sheet int) (int, error) {
	columns := b.Sheets[sheet].Columns
	title, _ := remarkTitles()
	if i := slices.IndexFunc(columns, func(c Column) bool { return c.Title == title }); i >= 0 {
		return i, nil
	}
	widest := len(columns)
	err := b.source.rows(sheet, func(_ int, cells []cell) error {
		widest = max(widest, len(cells))
		return nil
	})
	return widest, err
}

// remarks are the texts of the two columns.
func remarks(r *Row) (reasons, warnings string) {
	return sentences(r.Reasons), sentences(r.Warnings)
}

func remarkTitles() (reasons, warnings string) {
	return words.Say(words.ID, "roster.reasons_title"), words.Say(words.ID, "roster.warnings_title")
}

func sentences(codes []app.Code) string {
	all := make([]string, len(codes))
	for i, c := range codes {
		all[i] = words.Say(words.ID, string(c))
	}
	return strings.Join(all, " ")
}

// faults says in which fields what a code complains about can stand.
var faults = map[app.Code][]Field{
	app.NIKMissing: {NIK}, app.NIKLength: {NIK}, app.NIKSuspect: {NIK}, app.NIKImpossible: {NIK},
	app.DuplicateInList: {NIK}, app.AlreadyInProgramme: {NIK}, app.OtherPayer: {NIK}, app.NIKRegionOld: {NIK},
	app.NameMissing: {Name},
	app.AgeOver:     birthFields, app.AgeUnder: birthFields, app.NIKBirthDateDiffers: birthFields, app.BirthDateFromNIK: birthFields,
	app.NIKSexDiffers:  {Sex, IsMale, IsFemale},
	app.VillageUnknown: {Village}, app.VillageGuessed: {Village},
	app.NotVulnerableWorker: {Occupation},
	app.Deceased:            {Note},
	app.PhoneShared:         {Phone}, app.PhoneInvalid: {Phone},
}

var birthFields = []Field{BirthDate, Birth, BirthDay, BirthMonth, BirthYear}

// paint says how a cell is shown.
type paint int

const (
	asItIs paint = iota
	yellow       // to be looked at
	red          // the reason for a rejection
	bold
)

// paints says which columns of a row are coloured.
func paints(r *Row, s *Sheet) map[int]paint {
	if len(r.Reasons)+len(r.Warnings) == 0 {
		return nil
	}
	found := map[int]paint{}
	mark := func(codes []app.Code, p paint) {
		for _, code := range codes {
			for _, f := range faults[code] {
				if i := s.Column(f); i >= 0 {
					found[i] = max(found[i], p)
				}
			}
		}
	}
	mark(r.Warnings, yellow)
	mark(r.Reasons, red)
	return found
}
