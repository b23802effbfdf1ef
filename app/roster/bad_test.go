package roster_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"loket/app"
	"loket/app/roster"
)

// zipOf packs parts by hand.
func zipOf(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, content := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// ole is the beginning of a file in Office's old container, with a name in its directory.
func ole(name string) []byte {
	b := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 600)...)
	for _, u := range utf16.Encode([]rune(name)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return append(b, make([]byte, 100)...)
}

// Every file that is no list is refused with its own sentence.
func TestBadFiles(t *testing.T) {
	book := asWorkbook(t, testSheet{name: "Data", rows: people(50, 3)})
	for name, c := range map[string]struct {
		file []byte
		want app.Code
	}{
		"nothing":            {nil, app.RosterEmpty},
		"only spaces":        {[]byte(" \r\n\r\n"), app.RosterEmpty},
		"only a mark":        {[]byte("\uFEFF"), app.RosterEmpty},
		"empty cells":        {[]byte(";;;\r\n;;;\r\n"), app.RosterEmpty},
		"empty workbook":     {asWorkbook(t, testSheet{name: "Sheet1"}), app.RosterEmpty},
		"locked":             {ole("EncryptedPackage"), app.RosterLocked},
		"old Excel":          {ole("Workbook"), app.RosterOldExcel},
		"old Word":           {ole("WordDocument"), app.RosterNotList},
		"PDF":                {[]byte("%PDF-1.7\n%..."), app.RosterPDF},
		"web page":           {[]byte("<html><table><tr><td>NIK</td></tr></table>"), app.RosterWebPage},
		"OpenDocument":       {zipOf(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), app.RosterOpenOffice},
		"Word":               {zipOf(t, map[string]string{"word/document.xml": "<x/>"}), app.RosterNotList},
		"picture":            {[]byte("\x89PNG\r\n\x1a\n...."), app.RosterNotList},
		"binary":             {bytes.Repeat([]byte{0, 1, 2, 3, 0, 200}, 100), app.RosterNotList},
		"half a workbook":    {book[:len(book)/2], app.RosterDamaged},
		"broken XML":         {zipOf(t, map[string]string{"xl/workbook.xml": "<workbook><sheets><sheet"}), app.RosterDamaged},
		"no sheets":          {zipOf(t, map[string]string{"xl/workbook.xml": "<workbook/>"}), app.RosterEmpty},
		"a letter":           {[]byte("Kepada Yth.\nBapak Bupati\n"), app.RosterNoHeader},
		"an endless line":    {[]byte("NIK;Nama;Desa\n" + strings.Repeat("A;", 300_000)), app.RosterLineTooLong},
		"an endless heading": {[]byte(strings.Repeat("A", 400_000)), app.RosterLineTooLong},
	} {
		b, err := roster.Open(c.file)
		if err == nil {
			_, err = roster.Judge(context.Background(), b, kutim)
		}
		if app.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func TestNoRows(t *testing.T) {
	b, err := roster.Open([]byte("NIK;Nama;Desa\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := roster.Judge(context.Background(), b, kutim); app.CodeOf(err) != app.RosterNoRows {
		t.Error(err)
	}
}

// A zip bomb is refused by what it declares, before anything is unpacked.
func TestZipBomb(t *testing.T) {
	zeros := strings.Repeat(" ", 64<<20)
	bomb := zipOf(t, map[string]string{"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": zeros})
	if _, err := roster.Open(bomb); app.CodeOf(err) != app.RosterBomb {
		t.Error(err)
	}
	many := map[string]string{}
	for i := range 10_001 {
		many[fmt.Sprint("part", i)] = ""
	}
	if _, err := roster.Open(zipOf(t, many)); app.CodeOf(err) != app.RosterBomb {
		t.Error(err)
	}
}

func TestTooManyRows(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 200,001 rows")
	}
	row := ";A;Sepaso;Bengalon;x\n"
	for n, want := range map[int]app.Code{roster.MaxRows: "", roster.MaxRows + 1: app.RosterTooManyRows} {
		b, err := roster.Open([]byte("NIK;Nama;Desa;Kec;Ket\n" + strings.Repeat(row, n)))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := roster.Judge(context.Background(), b, kutim); app.CodeOf(err) != want {
			t.Errorf("%d rows: %v", n, err)
		}
	}
}
