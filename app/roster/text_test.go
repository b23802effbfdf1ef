package roster

import (
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"

	"loket/app/identity"
)

func utf16Bytes(s string, big, mark bool) []byte {
	units := utf16.Encode([]rune(s))
	if mark {
		units = append([]uint16{0xFEFF}, units...)
	}
	var b []byte
	for _, u := range units {
		low, high := byte(u), byte(u>>8)
		if big {
			low, high = high, low
		}
		b = append(b, low, high)
	}
	return b
}

func TestDecode(t *testing.T) {
	const s = "No;NIK;Nama\r\n1;6408040101800001;René D’Angelo\r\n"
	latin := []byte("No;NIK;Nama\r\n1;6408040101800001;Ren\xe9 D\x92Angelo\r\n")
	for name, b := range map[string][]byte{
		"UTF-8": []byte(s), "UTF-8 with a mark": []byte("\uFEFF" + s), "Windows-1252": latin,
		"UTF-16LE": utf16Bytes(s, false, true), "UTF-16BE": utf16Bytes(s, true, true),
		"UTF-16LE without a mark": utf16Bytes(s, false, false), "UTF-16BE without a mark": utf16Bytes(s, true, false),
	} {
		if got := decode(b); got != s {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// cut gives all rows of a text, for comparison.
func cut(t *testing.T, s string, sep byte) (rows [][]string, lines []int) {
	t.Helper()
	err := separated{s, sep}.rows(0, func(number int, cells []cell) error {
		var row []string
		for _, c := range cells {
			row = append(row, c.text)
		}
		rows, lines = append(rows, row), append(lines, number)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows, lines
}

func TestRowsOfText(t *testing.T) {
	for s, want := range map[string]string{
		"a;b\nc;d":                    "1:a|b 2:c|d",
		"a;b\r\nc;d\r\n":              "1:a|b 2:c|d",
		"a;b\rc;d\r":                  "1:a|b 2:c|d",
		"a;b\n\n;;\nc;d":              "1:a|b 4:c|d",
		"\"a;x\";b\nc;d":              "1:a;x|b 2:c|d",
		"\"a\nx\";b\nc;d":             "1:a\nx|b 3:c|d",
		"\"a\"\"x\";b":                "1:a\"x|b",
		"\"Abdul\" Rahman;b\nc;d":     "1:\"Abdul\" Rahman|b 2:c|d",
		"\"never closed;b\nc;d\ne;f":  "1:\"never closed|b 2:c|d 3:e|f",
		"Nur \"Tatik\";b":             "1:Nur \"Tatik\"|b",
		"sep=;\na;b":                  "2:a|b",
		"a;":                          "1:a|",
		strings.Repeat("\n", 9) + "a": "10:a",
	} {
		rows, lines := cut(t, s, ';')
		var got []string
		for i, row := range rows {
			got = append(got, strings.TrimSpace(string(rune('0'+lines[i]/10))+string(rune('0'+lines[i]%10))+":"+strings.Join(row, "|")))
		}
		if text := strings.ReplaceAll(" "+strings.Join(got, " "), " 0", " "); strings.TrimSpace(text) != want {
			t.Errorf("%q: %q, want %q", s, text, want)
		}
	}
}

func TestFindSeparator(t *testing.T) {
	for s, want := range map[string]byte{
		"no;nik;nama\n1;64;A\n":                               ';',
		"no,nik,nama\n1,64,A\n":                               ',',
		"no\tnik\tnama\n1\t64\tA\n":                           '\t',
		"no|nik|nama\n1|64|A\n":                               '|',
		"DAFTAR, DESA\nno;nik;ttl\n1;64;Sangatta, 1-1-1980\n": ';',
		"no,nik,\"ttl\"\n1,64,\"a;b;c;d;e\"\n2,64,x\n":        ',',
		"sep=|\nno|nik\n":                                     '|',
	} {
		if got := findSeparator(s); got != want {
			t.Errorf("%q: %q", s, got)
		}
	}
}

// What is written as a cell comes back as the same cell.
func TestTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		values := rapid.SliceOfN(rapid.StringMatching(`[a-z;",\n'=+ ]{0,12}`), 1, 6).Draw(r, "values")
		w := textWriter{sep: ";"}
		var line []string
		for _, v := range values {
			line = append(line, w.quoted(v))
		}
		c := cutter{rest: strings.Join(line, ";") + "\r\n", sep: ';'}
		cells, _, err := c.row()
		if err != nil || len(cells) != len(values) {
			r.Fatalf("%q: %d cells, %v", values, len(cells), err)
		}
		for i := range cells {
			if cells[i].text != values[i] {
				r.Fatalf("%q came back as %q", values[i], cells[i].text)
			}
		}
	})
}

// The quick answers agree with the room that knows.
func TestShortcutsAgreeWithIdentity(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.OneOf(rapid.StringMatching(`[0+ 8x/.-]{0,5}[0-9]{0,14}`), rapid.StringMatching(`[ tTiIdakxXn/0?'-]{0,12}`), rapid.String()).Draw(r, "s")
		if filler(s) != identity.Filler(s) {
			r.Fatalf("filler %q: %v", s, filler(s))
		}
		got, code := phoneOf(s)
		want, wantCode := identity.CleanPhone(s)
		if got != want || code != wantCode {
			r.Fatalf("phone %q: %q %q, want %q %q", s, got, code, want, wantCode)
		}
		if name := nameOf(s); len(s) < maxValue && name != identity.CleanName(strings.TrimPrefix(identity.CleanSpaces(s), "'")) {
			r.Fatalf("name %q: %q", s, name)
		}
		if len(s) < maxValue && plain(s) && identity.CleanSpaces(s) != s {
			r.Fatalf("%q is not plain", s)
		}
	})
}

// "Unicode Text" of a spreadsheet program: tabs, UTF-16 with a mark.
func TestOpenUnicodeText(t *testing.T) {
	list := "NIK\tNama\tTgl Lahir\tDesa\r\n6408040505800001\tRené\t05-05-1980\tSepaso\r\n"
	b, err := Open(utf16Bytes(list, false, true))
	if err != nil || b.Kind != TSV || !b.Sheets[0].Found {
		t.Fatalf("%+v, %v", b, err)
	}
	r, err := Judge(t.Context(), b, Options{Region: "64.08", AsOf: judged})
	if err != nil || r.Accepted() != 1 || r.Rows[0].Person.Name != "RENÉ" {
		t.Errorf("%+v, %v", r, err)
	}
}
