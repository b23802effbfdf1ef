package journal_test

import (
	"crypto/ed25519"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"loket/app"
	"loket/app/journal"
)

func chainOf(n int) (app.Chain, ed25519.PublicKey, [][]byte, []journal.Head) {
	chain := app.Chain{Kiosk: 417, Incarnation: 1}
	device := ed25519.NewKeyFromSeed(make([]byte, 32)).Public().(ed25519.PublicKey)
	head := journal.Genesis(chain, device)
	var entries [][]byte
	var heads []journal.Head
	for i := range n {
		body, err := journal.Body(journal.CardMoveBody{Serial: uint32(i + 1), How: "scan"})
		if err != nil {
			panic(err)
		}
		e := journal.Entry{
			V: 1, Kiosk: 417, Incarnation: 1, Seq: uint64(i + 1), At: 1795188900000 + int64(i), Boot: 1,
			Operator: "dl", Scope: app.ScopeSelfPayers, Kind: journal.CardConfirmed, Body: body,
		}
		b, err := e.Encode()
		if err != nil {
			panic(err)
		}
		head = head.Add(e, b)
		entries, heads = append(entries, b), append(heads, head)
	}
	return chain, device, entries, heads
}

func check(chain app.Chain, device ed25519.PublicKey, entries [][]byte, heads []journal.Head) error {
	c := journal.NewChecker(chain, device)
	for i, b := range entries {
		if err := c.Take(b, heads[i]); err != nil {
			return err
		}
	}
	if len(entries) > 0 && c.Head != heads[len(heads)-1] {
		return app.Fail(app.JournalChainBroken)
	}
	return nil
}

func TestAnyChangedRemovedOrInsertedEntryIsFound(t *testing.T) {
	chain, device, entries, heads := chainOf(12)
	if err := check(chain, device, entries, heads); err != nil {
		t.Fatal("the untouched chain must check:", err)
	}
	rapid.Check(t, func(t *rapid.T) {
		e := append([][]byte(nil), entries...)
		i := rapid.IntRange(0, len(e)-2).Draw(t, "at")
		switch rapid.SampledFrom([]string{"change", "remove", "insert", "swap"}).Draw(t, "how") {
		case "change":
			b := append([]byte(nil), e[i]...)
			b[rapid.IntRange(0, len(b)-1).Draw(t, "byte")] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
			e[i] = b
		case "remove":
			e = append(e[:i:i], e[i+1:]...)
		case "insert":
			e = append(e[:i+1:i+1], e[i:]...)
			e = e[:len(heads)]
		case "swap":
			e[i], e[i+1] = e[i+1], e[i]
		}
		if check(chain, device, e, heads) == nil {
			t.Fatal("a changed journal passed")
		}
	})
}

func TestOnlyCanonicalEntriesDecode(t *testing.T) {
	_, _, entries, _ := chainOf(1)
	if e, err := journal.Decode(entries[0]); err != nil || e.Kind.String() != "card.confirmed" {
		t.Fatal(e, err)
	}
	for name, b := range map[string][]byte{
		"empty": {}, "array": {0x80}, "trailing": append(append([]byte{}, entries[0]...), 0), "no fields": {0xa0},
	} {
		if _, err := journal.Decode(b); app.CodeOf(err) != app.JournalBadEntry {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	_, _, entries, _ := chainOf(1)
	f.Add(entries[0])
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := journal.Decode(b)
		if err != nil {
			return
		}
		if again, err := e.Encode(); err != nil || string(again) != string(b) {
			t.Fatal("what decodes must encode to the same bytes")
		}
	})
}

func TestRecordSurvivesPacking(t *testing.T) {
	yes := true
	full := app.Record{
		Person: app.Person{
			NIK: "6471014510900003", Name: "SITI AMINAH", BirthPlace: "Balikpapan", Sex: app.Female,
			BirthDate: app.Date{Year: 1990, Month: 10, Day: 5}, MotherName: "HALIMAH", Marital: "married", FamilyCard: "6471010101100001",
		},
		Address: app.Address{Street: "Jl. Mulawarman No. 12", RT: "014", RW: "003", Village: "64.71.01.1001"},
		Reach:   app.Reach{Phone: "+6281255667788", Email: "siti@contoh.id"},
		Work:    app.Work{Occupation: "trader", BusinessOwner: &yes, Income: 1_000_000, Place: "Pasar", Hours: "06-14"},
		Plan:    app.Plan{Programmes: app.WorkAccident | app.Death, FirstMonth: app.Month{Year: 2026, Month: 12}, Months: 3, Payer: app.PayerSelf},
		Family:  app.FamilyContact{Name: "ABDUL RAHMAN", Relation: "spouse", Phone: "+6281300000001"},
		Notice:  &app.Notice{Text: "2026-11", Read: true}, Consents: []app.Consent{{Purpose: "whatsapp", Given: true, Text: "1"}},
		Evidence: []app.Evidence{{Kind: "signature", Hash: [32]byte{1}, Size: 900}}, Source: app.SourceWalkIn,
	}
	younger := full
	younger.Person.NIK, younger.Person.BirthDate, younger.Person.Sex = "6471010510050003", app.Date{Year: 2005, Month: 10, Day: 5}, app.Male
	differs := full
	differs.Person.BirthDate, differs.Person.Sex = app.Date{Year: 1989, Month: 2, Day: 28}, app.Male
	sparse := app.Record{Person: app.Person{NIK: "6471014510900003", Name: "SARI"}, Source: app.SourceList, Plan: app.Plan{Payer: app.PayerRegency}}
	for name, r := range map[string]app.Record{"full": full, "born in 20xx": younger, "differs from the NIK": differs, "sparse": sparse} {
		packed, err := journal.PackRecord(r)
		if err != nil {
			t.Fatal(name, err)
		}
		part, err := journal.NewPart(packed)
		if err != nil {
			t.Fatal(name, err)
		}
		var back journal.RecordPart
		if err := part.Into(&back); err != nil {
			t.Fatal(name, err)
		}
		got, err := back.Record()
		if err != nil {
			t.Fatal(name, err)
		}
		if r.Plan.FirstMonth == (app.Month{}) {
			got.Plan.FirstMonth = app.Month{}
		}
		if d := cmp.Diff(r, got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}
