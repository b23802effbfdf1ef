package journal_test

import (
	"encoding/hex"
	"testing"

	"loket/app"
	"loket/app/journal"
)

// The bytes are settled: payers hold rows and salts for years.
func TestTheCommitmentToARow(t *testing.T) {
	p := app.Person{NIK: "6408040505800001", Name: "ANDI SAPUTRA", BirthDate: app.Date{Year: 1980, Month: 5, Day: 5}}
	salt := [16]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}
	got, err := journal.CommitRow(salt, p, "64.08.09.2001")
	if err != nil {
		t.Fatal(err)
	}
	const want = "8101bf85e2464a8b9f2d5783b04976bbcabaa629816aa074e4d71e964bc63a98"
	if hex.EncodeToString(got[:]) != want {
		t.Errorf("%x", got)
	}
	seen := map[[32]byte]bool{got: true}
	for _, change := range []func(){
		func() { p.NIK = "6408040505800002" }, func() { p.Name = "ANDI" }, func() { p.BirthDate.Day = 6 }, func() { salt[0] = 0 },
	} {
		change()
		c, err := journal.CommitRow(salt, p, "64.08.09.2001")
		if err != nil || seen[c] {
			t.Error("another row, the same commitment", err)
		}
		seen[c] = true
	}
}
