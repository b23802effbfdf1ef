package roster

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"loket/app"
)

// No file makes us panic or run on; what is refused has a code of its own.
func FuzzOpen(f *testing.F) {
	list := "DAFTAR DESA SEPASO\nNo;NIK;Nama;TTL;HP\n1;6408040505800001;Andi;Sangatta, 05-05-1980;081255667788\n2;xx;-;;\n"
	f.Add([]byte(list))
	b, err := Open([]byte(list))
	if err != nil {
		f.Fatal(err)
	}
	var book bytes.Buffer
	if err := b.writeCopy(&book, &Result{}); err != nil {
		f.Fatal(err)
	}
	f.Add(book.Bytes())
	f.Add([]byte("NIK;Nama;Desa\n\"a\n\n\"\"b;=1;+2\r\n6,4E+15;x;y"))
	f.Fuzz(func(t *testing.T, file []byte) {
		b, err := Open(file)
		if err == nil {
			var r *Result
			r, err = Judge(context.Background(), b, Options{Region: "64.08", AsOf: judged})
			if err == nil {
				err = b.WriteRejects(&bytes.Buffer{}, r)
			}
		}
		if code := app.CodeOf(err); code == app.Internal {
			t.Fatalf("no code: %v", err)
		}
	})
}

// Every line of a text is cut into a row whose number is its own, and the cutting ends.
func FuzzRows(f *testing.F) {
	f.Add("a;b\n\"c\nd\";e\r\nf", byte(';'))
	f.Add("\"\"\"", byte(','))
	f.Fuzz(func(t *testing.T, s string, sep byte) {
		last := 0
		err := separated{s, sep}.rows(0, func(number int, cells []cell) error {
			if number <= last || number > strings.Count(s, "\n")+strings.Count(s, "\r")+1 {
				t.Fatalf("line %d after %d", number, last)
			}
			last = number
			return nil
		})
		if err != nil && app.CodeOf(err) != app.RosterLineTooLong {
			t.Fatal(err)
		}
	})
}

// A date that is read can be somebody's birth.
func FuzzBirthDate(f *testing.F) {
	for _, s := range []string{"12-05-1980", "12 Mei 80", "05/25/1980", "29353", "1980-05-12T00:00:00Z", "Sangatta, 12-05-1980", "٣-٥-١٩٨٠"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		_, day := splitBirth(s)
		for _, text := range []string{s, day} {
			if d, ok := birthDate(cell{text: text}, app.Date{}, judged); ok && !lives(d, judged) {
				t.Fatalf("%q was read as %s", text, d)
			}
		}
	})
}

// A header that is found has the NIK or the name, each field once, and ends before the next rows.
func FuzzHeader(f *testing.F) {
	f.Add("No;NIK;Nama;TTL;Desa\n1;64;A;B;C")
	f.Add("No;Data Diri;;Alamat;\n;NIK;Nama;Desa;Kec\n1;2;3;4;5")
	f.Fuzz(func(t *testing.T, s string) {
		var rows []line
		err := separated{s, ';'}.rows(0, func(number int, cells []cell) error {
			if len(rows) == headRows {
				return errSeenEnough
			}
			rows = append(rows, line{number, append([]cell(nil), cells...)})
			return nil
		})
		found, ok := findTable(rows)
		if err != nil || !ok {
			return
		}
		seen := map[Field]bool{}
		for _, c := range found.columns {
			if c.Field != Ignored && seen[c.Field] {
				t.Fatalf("%s twice", c.Field.Key())
			}
			seen[c.Field] = true
		}
		if !seen[NIK] && !seen[Name] || found.first > found.last {
			t.Fatalf("%+v", found)
		}
	})
}
