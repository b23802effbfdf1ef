package program

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"loket/app"
	"loket/app/region"
	"loket/app/roster"
	"loket/app/sponsor"
	"loket/app/words"
	"loket/ui/theme"
	"loket/ui/widgets/widgetstest"
)

func TestAFormOfAProgrammeIsThatProgrammeAgain(t *testing.T) {
	f := formOf(kutim)
	if got, wrong := f.Programme(); got != kutim || len(wrong) > 0 {
		t.Errorf("%+v %v", got, wrong)
	}
}

func TestAnEmptyFormMissesWhatMustBeThere(t *testing.T) {
	var f Form
	_, wrong := f.Programme()
	for _, in := range Inputs {
		want := TroubleEmpty
		if may[in] {
			want = ""
		}
		if wrong[in] != want {
			t.Errorf("%s: %q", in, wrong[in])
		}
	}
}

func TestWhatCannotBeReadIsSaidAtItsField(t *testing.T) {
	for _, c := range []struct {
		in   Input
		text string
		want Trouble
	}{
		{InDecreeDay, "31-02-2026", TroubleDay},
		{InDecreeDay, "15/1/2026", ""},
		{InFirst, "13-2026", TroubleMonth},
		{InFirst, "12-2026", ""},
		{InFirst, "3/2027", ""},
		{InMonths, "0", TroubleMonths},
		{InMonths, "61", TroubleMonths},
		{InMonths, "dua belas", TroubleMonths},
		{InTarget, "98 ribu", TroubleNumber},
		{InTarget, "-1", TroubleNumber},
		{InTarget, "98.5", TroubleNumber},
		{InTarget, "98.000", ""},
		{InBudget, "1,9 miliar", TroubleAmount},
		{InBudget, "1.9.0", TroubleAmount},
		{InBudget, "9999999999999999999", TroubleAmount},
		{InBudget, "Rp 1.900.000.000", ""},
		{InBudget, "Rp1.900.000.000,00", ""},
		{InBudget, "1900000000", ""},
		{InProgrammes, "JHT", TroubleChoose},
		{InLevel, "4", TroubleChoose},
	} {
		f := formOf(kutim)
		f.Put(c.in, c.text)
		if _, wrong := f.Programme(); wrong[c.in] != c.want {
			t.Errorf("%s %q: %q, not %q", c.in, c.text, wrong[c.in], c.want)
		}
	}
}

func TestALargeAmountIsReadAloud(t *testing.T) {
	w := widgetstest.New(t, theme.Look{})
	for amount, want := range map[app.Rupiah]string{
		1_900_000_000:     "Rp1,9 miliar",
		19_756_800_000:    "± Rp19,756 miliar",
		11_000_000:        "Rp11 juta",
		2_000_000_000_000: "Rp2 triliun",
		1_005_000_000:     "Rp1,005 miliar",
	} {
		if got := inWords(w, amount); got != want {
			t.Errorf("%d: %q, not %q", amount, got, want)
		}
	}
}

func TestSharesAreHonestAtTheirEnds(t *testing.T) {
	for _, c := range []struct {
		part, whole int64
		want        string
	}{{0, 100, "0%"}, {1, 1000, "<1%"}, {999, 1000, "99%"}, {1000, 1000, "100%"}, {1500, 1000, "150%"}, {5, 0, ""}} {
		if got := percent(c.part, c.whole); got != c.want {
			t.Errorf("%d of %d: %q", c.part, c.whole, got)
		}
	}
}

func TestPlacesOfTheOfficeAreOfferedFirst(t *testing.T) {
	table, near := region.Load(), []string{"64.08"}
	for text, want := range map[string]string{
		"": "64.08", "kutai timur": "64.08", "sangatta ut": "64.08.04", "balikpapan": "64.71", "64.08.04.2001": "64.08.04.2001",
	} {
		got := placesFor(table, text, near)
		if len(got) == 0 || len(got) > placesMost || got[0].Value != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	if got := placesFor(table, "xqzvw", near); len(got) != 0 {
		t.Error(got)
	}
}

// a list of two sheets alike, one hidden, and one that is none.
func book() *roster.Book {
	columns := func() []roster.Column {
		return []roster.Column{{Title: "nik", Field: roster.NIK}, {Title: "nama", Field: roster.Name}, {Title: "nama ibu", Field: roster.Ignored}}
	}
	return &roster.Book{Sheets: []roster.Sheet{
		{Name: "Arsip", Hidden: true, Found: true, Columns: columns()},
		{Name: "Sepaso", Found: true, Columns: columns(), Sample: [][]string{{"6408040505800001", "SITI"}, {"", "BUDI"}}},
		{Name: "Kolek", Found: true, Columns: columns()},
		{Name: "Panitia"},
	}}
}

func opening2(t *testing.T) *Model {
	t.Helper()
	m := &Model{Page: PageFile}
	m.Opened(List{Name: "daftar.xlsx", Book: book()}, app.DateOf(now), nil)
	return m
}

func TestAColumnIsCorrectedOnAllSheetsAlike(t *testing.T) {
	m := opening2(t)
	i := &m.Import
	if i.Sheet != 1 {
		t.Fatalf("sheet %d is in sight, not the first that will be judged", i.Sheet)
	}
	i.Correct(2, roster.Name)
	for _, s := range i.List.Book.Sheets[:3] {
		if s.Columns[1].Field != roster.Ignored || s.Columns[2].Field != roster.Name {
			t.Errorf("%s: %v", s.Name, s.Columns)
		}
	}
	if !i.Ready() {
		t.Error("a list with NIK and name cannot be judged")
	}
	i.Correct(0, roster.Ignored)
	i.Correct(2, roster.Ignored)
	if i.Ready() {
		t.Error("a list without NIK and name can be judged")
	}
}

func TestSheetsThatAreLeftOutAreNamed(t *testing.T) {
	i := &opening2(t).Import
	if got := i.HiddenSheets(); !slices.Equal(got, []string{"Arsip"}) {
		t.Error(got)
	}
	if got := i.OtherSheets(); !slices.Equal(got, []string{"Panitia"}) {
		t.Error(got)
	}
}

func TestAPreviewHidesNumbersOfPeople(t *testing.T) {
	i := &opening2(t).Import
	if got := Sample(i.Current(), 0, 3); !slices.Equal(got, []string{"640804••••••0001"}) {
		t.Error(got)
	}
	for nik, want := range map[string]string{"": "", "123": "•••", "6408040505800001": "640804••••••0001", "12345678901": "123456•8901"} {
		if got := Masked(nik); got != want {
			t.Errorf("%q: %q", nik, got)
		}
	}
}

func TestAListThatIsNoneChangesNothing(t *testing.T) {
	m := opening2(t)
	m.Opened(List{}, app.DateOf(now), app.Fail(app.RosterPDF))
	if app.CodeOf(m.Err) != app.RosterPDF || m.Import.List.Name != "daftar.xlsx" {
		t.Errorf("%v %q", m.Err, m.Import.List.Name)
	}
}

// judged is a result of many rows: each third is rejected, each fifth is warned of.
func judgedRows(n int) *roster.Result {
	r := &roster.Result{Rows: make([]roster.Row, n)}
	for i := range r.Rows {
		row := &r.Rows[i]
		row.Line, row.Village = i+2, "Sangata Utr."
		if i%3 == 0 {
			row.Reasons = []app.Code{app.NIKLength}
		}
		if i%5 == 0 {
			row.Warnings = []app.Code{app.VillageGuessed}
			row.Address.Village = "64.08.04.2001"
		}
	}
	return r
}

func TestAVerdictCountsWhatTheListCounts(t *testing.T) {
	r := judgedRows(150_000)
	v := Judged(r)
	if v.Accepted != r.Accepted() || v.Accepted+v.Rejected != len(r.Rows) || v.Warned != 20_000 {
		t.Errorf("%d %d %d", v.Accepted, v.Rejected, v.Warned)
	}
	for code, n := range r.Codes() {
		if len(v.Of(code).Rows) != n {
			t.Errorf("%s: %d, not %d", code, len(v.Of(code).Rows), n)
		}
	}
	if !v.Codes[0].Rejects || v.Codes[len(v.Codes)-1].Rejects {
		t.Error("what rejects does not stand first")
	}
}

func TestRowsComeByPages(t *testing.T) {
	v := Judged(judgedRows(150_000))
	rows, total := v.Page(app.NIKLength, 49_900, 200)
	if total != 50_000 || len(rows) != 100 || rows[0].Line != 49_900*3+2 {
		t.Errorf("%d of %d, from line %d", len(rows), total, rows[0].Line)
	}
	if rows, total := v.Page("unheard", 0, 200); len(rows) != 0 || total != 0 {
		t.Error(len(rows), total)
	}
}

func TestDecidedSpellingsStayInSight(t *testing.T) {
	m := opening2(t)
	m.Took(Judged(judgedRows(30)), nil)
	if m.Import.Undecided() != 1 || m.Import.Stale() {
		t.Fatalf("%d to decide, stale %v", m.Import.Undecided(), m.Import.Stale())
	}
	m.Import.Decide("Sangata Utr.", "64.08.04.2001")
	if !m.Import.Stale() || m.Import.Undecided() != 0 {
		t.Error("a decision does not ask for another look")
	}
	again := judgedRows(30)
	for i := range again.Rows {
		again.Rows[i].Warnings = nil
	}
	m.Took(Judged(again), map[string]string{"Sangata Utr.": "64.08.04.2001"})
	if len(m.Import.Verdict.Spellings) != 1 || m.Import.Stale() {
		t.Errorf("%v, stale %v", m.Import.Verdict.Spellings, m.Import.Stale())
	}
}

func TestHowAnImportEnded(t *testing.T) {
	before := []sponsor.Version{{Number: 2, At: now}}
	for name, c := range map[string]struct {
		o       sponsor.Outcome
		err     error
		page    Page
		same    bool
		stopped bool
	}{
		"new people":          {o: sponsor.Outcome{Version: sponsor.Version{Number: 3, New: 4}}, page: PageDone},
		"only somebody left":  {o: sponsor.Outcome{Version: sponsor.Version{Number: 3, Left: 1}}, page: PageDone},
		"nothing is new":      {o: sponsor.Outcome{Version: sponsor.Version{Number: 3, Unchanged: 9}}, page: PageDone, same: true},
		"the same file again": {o: sponsor.Outcome{Version: sponsor.Version{Number: 2, Unchanged: 9, Left: 3}}, page: PageDone, same: true},
		"stopped":             {o: sponsor.Outcome{Version: sponsor.Version{Number: 3, New: 2}, Stopped: true}, page: PageDone, stopped: true},
		"stopped by a word":   {err: app.Fail(app.Cancelled), page: PageDone, stopped: true},
		"refused":             {err: app.Fail(app.NotAllowed), page: PageVerdict},
	} {
		m := Model{Page: PageVerdict, Chosen: Chosen{Versions: before}}
		m.Ended(c.o, 2, c.err)
		if m.Page != c.page || m.Import.Same != c.same || m.Import.Outcome.Stopped != c.stopped {
			t.Errorf("%s: %s, same %v, stopped %v", name, m.Page, m.Import.Same, m.Import.Outcome.Stopped)
		}
		if (m.Err != nil) != (c.page == PageVerdict) {
			t.Errorf("%s: %v", name, m.Err)
		}
	}
}

func TestEscStepsBackAndEndsAtTheList(t *testing.T) {
	m := Model{Page: PageVerdict}
	var way []string
	for m.Back() {
		way = append(way, string(m.Page))
	}
	if got := strings.Join(way, " "); got != "file programme list" {
		t.Error(got)
	}
	m = Model{Page: PageVerdict, Work: Importing}
	if !m.Back() || m.Page != PageVerdict {
		t.Error("Esc leaves an import")
	}
}

// Every code, field trouble, page and tab has its words.
func TestEverythingHasItsWords(t *testing.T) {
	var keys []string
	for _, code := range []app.Code{
		app.NIKMissing, app.NIKLength, app.NIKSuspect, app.NIKImpossible, app.NameMissing, app.AgeOver, app.AgeUnder, app.VillageUnknown,
		app.DuplicateInList, app.AlreadyInProgramme, app.NotVulnerableWorker, app.Deceased, app.NIKBirthDateDiffers, app.NIKSexDiffers,
		app.BirthDateFromNIK, app.NIKRegionOld, app.PhoneShared, app.PhoneInvalid, app.VillageGuessed, app.OtherPayer,
	} {
		keys = append(keys, "code."+string(code))
	}
	for _, in := range Inputs {
		keys = append(keys, "in."+string(in))
	}
	for _, tab := range Tabs {
		keys = append(keys, "tab."+string(tab), "empty."+string(tab))
	}
	for _, p := range []Page{PageForm, PageBudget, PageFile, PageVerdict, PageDone} {
		keys = append(keys, "title."+string(p))
	}
	for _, w := range []Work{Opening, Judging, Importing} {
		keys = append(keys, "work."+string(w), "work."+string(w)+".more")
	}
	for _, trouble := range []Trouble{TroubleEmpty, TroubleDay, TroubleMonth, TroubleMonths, TroubleNumber, TroubleAmount, TroubleChoose} {
		keys = append(keys, "trouble."+string(trouble))
	}
	for level := 1; level <= 3; level++ {
		keys = append(keys, fmt.Sprintf("level.%d", level), fmt.Sprintf("level.%d.more", level))
	}
	for _, key := range keys {
		if !words.Has("ui.program." + key) {
			t.Error(key)
		}
	}
}
