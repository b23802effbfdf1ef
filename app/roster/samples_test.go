package roster_test

import (
	"context"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"loket/app"
	"loket/app/roster"
)

var asOf = app.Date{Year: 2026, Month: 11, Day: 20}

// expected is a verdict file that stands beside a sample.
type expected struct {
	Rows     int              `json:"rows"`
	Accepted int              `json:"accepted"`
	Codes    map[app.Code]int `json:"codes"`
	Verdicts []struct {
		Sheet    string     `json:"sheet"`
		Line     int        `json:"line"`
		Reasons  []app.Code `json:"reasons"`
		Warnings []app.Code `json:"warnings"`
	} `json:"verdicts"`
}

// Every row of every sample gets the verdict that the people who made the samples expect.
func TestSamples(t *testing.T) {
	for _, c := range []struct{ file, region string }{
		{"kutim-per-desa.xlsx", "64.08"}, {"balikpapan-difabel.xlsx", "64.71"}, {"bengalon.csv", "64.08"},
	} {
		t.Run(c.file, func(t *testing.T) {
			want := readExpected(t, c.file)
			got := judge(t, read(t, "testdata/"+c.file), roster.Options{Region: c.region, AsOf: asOf})
			if len(got.Rows) != want.Rows || got.Accepted() != want.Accepted {
				t.Errorf("%d rows, %d accepted; want %d, %d", len(got.Rows), got.Accepted(), want.Rows, want.Accepted)
			}
			for code, n := range want.Codes {
				if got.Codes()[code] != n {
					t.Errorf("%s: %d times, want %d", code, got.Codes()[code], n)
				}
			}
			for i, v := range want.Verdicts {
				if i >= len(got.Rows) {
					break
				}
				r := got.Rows[i]
				if r.Sheet != v.Sheet || r.Line != v.Line || !slices.Equal(r.Reasons, v.Reasons) || !slices.Equal(r.Warnings, v.Warnings) {
					t.Errorf("%s line %d: %v %v; want %s line %d: %v %v", r.Sheet, r.Line, r.Reasons, r.Warnings, v.Sheet, v.Line, v.Reasons, v.Warnings)
				}
			}
		})
	}
}

func readExpected(t *testing.T, file string) expected {
	t.Helper()
	var want expected
	name := "testdata/" + file[:slices.Index([]byte(file), '.')] + ".expected.json"
	if err := json.Unmarshal(read(t, name), &want); err != nil {
		t.Fatal(err)
	}
	return want
}

func read(t testing.TB, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func judge(t testing.TB, file []byte, o roster.Options) *roster.Result {
	t.Helper()
	b, err := roster.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	got, err := roster.Judge(context.Background(), b, o)
	if err != nil {
		t.Fatal(err)
	}
	return got
}
