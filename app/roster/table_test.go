package roster_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"loket/app/roster"
)

// What begins like a formula is text, in both kinds of tables.
func TestATableHoldsNoFormula(t *testing.T) {
	rows := [][]string{{"Nama", "Catatan"}, {"=1+1", "@SUM(A1)"}, {"+62", "-2\u0007"}, {"O'NEIL; \"X\"", "dua\nbaris"}, {"", "-"}}
	for kind, check := range map[roster.Kind]func(*testing.T, []byte){
		roster.CSV: func(t *testing.T, b []byte) {
			want := "\uFEFFNama;Catatan\r\n'=1+1;'@SUM(A1)\r\n'+62;'-2\u0007\r\n\"O'NEIL; \"\"X\"\"\";\"dua\nbaris\"\r\n;-\r\n"
			if string(b) != want {
				t.Errorf("%q", b)
			}
		},
		roster.Excel: func(t *testing.T, b []byte) {
			f, err := excelize.OpenReader(bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			got, err := f.GetRows("Daftar")
			formula, wrong := f.GetCellFormula("Daftar", "A2")
			if err != nil || wrong != nil || len(got) != len(rows) || got[1][0] != "=1+1" || formula != "" || !strings.HasPrefix(got[2][1], "-2") || got[3][1] != "dua\nbaris" {
				t.Errorf("%q %q %v", got, formula, err)
			}
		},
	} {
		var out bytes.Buffer
		table, err := roster.NewTable(&out, kind, "Daftar")
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if err := table.Row(row); err != nil {
				t.Fatal(err)
			}
		}
		if err := table.Close(); err != nil {
			t.Fatal(err)
		}
		check(t, out.Bytes())
	}
}
