package roster_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"loket/app/roster"
	"loket/app/words"
)

// rejected judges a list and writes its rejects file.
func rejected(t *testing.T, file []byte, o roster.Options) (*roster.Result, []byte) {
	t.Helper()
	return written(t, file, o, (*roster.Book).WriteRejects)
}

// copied is the same with the copy that is meant for large lists.
func copied(t *testing.T, file []byte, o roster.Options) (*roster.Result, []byte) {
	t.Helper()
	return written(t, file, o, (*roster.Book).WriteCopy)
}

func written(t *testing.T, file []byte, o roster.Options, write func(*roster.Book, io.Writer, *roster.Result) error) (*roster.Result, []byte) {
	t.Helper()
	b, err := roster.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	r, err := roster.Judge(context.Background(), b, o)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := write(b, &out, r); err != nil {
		t.Fatal(err)
	}
	return r, out.Bytes()
}

// The rejects file is the sender's list again: it gets the same verdicts, row by row, and so does
// the rejects file of the rejects file.
func TestRejectsAreTheSameList(t *testing.T) {
	balikpapan := roster.Options{Region: "64.71", AsOf: asOf}
	two := asWorkbook(t, testSheet{name: "Data", rows: people(300, 5)}, testSheet{name: "Lama", state: "hidden", rows: people(3, 6)})
	for name, c := range map[string]struct {
		file  []byte
		o     roster.Options
		write func(*testing.T, []byte, roster.Options) (*roster.Result, []byte)
	}{
		"in place": {read(t, "testdata/kutim-per-desa.xlsx"), kutim, rejected}, "dates": {read(t, "testdata/balikpapan-difabel.xlsx"), balikpapan, rejected},
		"text": {read(t, "testdata/bengalon.csv"), kutim, rejected}, "hidden": {two, kutim, rejected}, "copy": {two, kutim, copied},
		"copied text numbers": {read(t, "testdata/kutim-per-desa.xlsx"), kutim, copied},
	} {
		first, out := c.write(t, c.file, c.o)
		for range 2 {
			var again *roster.Result
			again, out = c.write(t, out, c.o)
			if len(again.Rows) != len(first.Rows) {
				t.Fatalf("%s: %d rows became %d", name, len(first.Rows), len(again.Rows))
			}
			before, after := codes(first), codes(again)
			for i := range first.Rows {
				a, b := first.Rows[i], again.Rows[i]
				if a.Line != b.Line || a.Sheet != b.Sheet || before[i] != after[i] {
					t.Fatalf("%s: row %d became %d, %s became %s", name, a.Line, b.Line, before[i], after[i])
				}
			}
		}
	}
}

func TestRejectsSayWhy(t *testing.T) {
	_, out := rejected(t, read(t, "testdata/kutim-per-desa.xlsx"), kutim)
	f, err := excelize.OpenReader(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	value := func(at string) string {
		v, err := f.GetCellValue("Kolek", at)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if got := value("K21"); got != words.Say(words.ID, "nik_length") {
		t.Errorf("the reason of row 21: %q", got)
	}
	if value("K5") != "ALASAN DITOLAK" || value("K6") != "" || value("L16") == "" || value("A2") == "" {
		t.Errorf("titles and rows: %q %q %q", value("K5"), value("K6"), value("L16"))
	}
	for at, want := range map[string]string{"C21": "F8CBAD", "I16": "FFF2CC"} {
		id, err := f.GetCellStyle("Kolek", at)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil || len(style.Fill.Color) != 1 || style.Fill.Color[0] != want {
			t.Errorf("%s is coloured %v, %v", at, style.Fill.Color, err)
		}
	}
}

// What begins like a formula goes out as text.
func TestRejectsAreHarmless(t *testing.T) {
	list := "NIK,Nama,Tgl Lahir,Desa,HP\n6408040505800001,\"=HYPERLINK(\"\"http://x\"\")\",05-05-1980,Sepaso,+6281255667788\n,@SUM(A1),-,-1+1,-\n"
	_, out := rejected(t, []byte(list), kutim)
	for _, want := range []string{`"'=HYPERLINK(""http://x"")"`, ",'+6281255667788", ",'@SUM(A1),-,'-1+1,-,"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("%s is missing in\n%s", want, out)
		}
	}
}

// The copy of a large list is a workbook for the spreadsheet library too, and holds no formula.
func TestCopyIsAWorkbook(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 20,001 rows")
	}
	rows := people(20_001, 9)
	rows[1][2] = "=cmd|' /C calc'!A1"
	_, out := rejected(t, asWorkbook(t, testSheet{name: "A & B", rows: rows}), kutim)
	f, err := excelize.OpenReader(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	if v, err := f.GetCellValue("A & B", "P1"); err != nil || v != "ALASAN DITOLAK" {
		t.Errorf("%q %v", v, err)
	}
	if v, err := f.GetCellValue("A & B", "C2"); err != nil || v != rows[1][2] {
		t.Errorf("%q %v", v, err)
	}
	if v, err := f.GetCellFormula("A & B", "C2"); err != nil || v != "" {
		t.Errorf("a formula went out: %q %v", v, err)
	}
}

// Fills without a pattern, as some programs write them, do not cost the sender the looks of the list.
func TestRejectsKeepTheLooksOfOtherPrograms(t *testing.T) {
	file := restyled(t, read(t, "testdata/kutim-per-desa.xlsx"), `<patternFill patternType="none"`, `<patternFill`)
	_, out := rejected(t, file, kutim)
	if before, after := merges(t, file), merges(t, out); before == 0 || after != before {
		t.Errorf("of %d merged cells %d are left", before, after)
	}
}

// restyled is a workbook with something in its styles replaced.
func restyled(t *testing.T, file []byte, old, with string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[part.Name] = string(content)
	}
	styles := strings.ReplaceAll(parts["xl/styles.xml"], old, with)
	if styles == parts["xl/styles.xml"] {
		t.Fatal("nothing to replace in the styles")
	}
	parts["xl/styles.xml"] = styles
	return zipOf(t, parts)
}

func merges(t *testing.T, file []byte) (n int) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	for _, sheet := range f.GetSheetList() {
		cells, err := f.GetMergeCells(sheet)
		if err != nil {
			t.Fatal(err)
		}
		n += len(cells)
	}
	return n
}
