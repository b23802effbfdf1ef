package card_test

import (
	"path/filepath"
	"testing"

	"loket/app"
	"loket/app/card"
)

type scanVector struct {
	Text    string   `json:"text"`
	Kind    string   `json:"kind,omitempty"` // the type digit
	Reading string   `json:"reading,omitempty"`
	Want    app.Code `json:"want"`
}

// 4 00417 01 000123 84, reckoned apart: 98 - (40041701000123 x 100 mod 97).
func TestScanVectors(t *testing.T) {
	path := filepath.Join(vectors, "scans.json")
	if *update {
		write(t, path, map[string]any{
			"about": "Scan texts: type digit, number, two check digits (ISO 7064 MOD 97-10). want is empty where a text is accepted.",
			"cases": makeScanVectors(t),
		})
	}
	var file struct{ Cases []scanVector }
	read(t, path, &file)
	for _, c := range file.Cases {
		s, err := card.ParseScan(c.Text)
		if app.CodeOf(err) != c.Want {
			t.Errorf("%s: %v, want %q", c.Text, err, c.Want)
		}
		if c.Want != "" {
			continue
		}
		if again, err := s.Text(); err != nil || again != c.Text || s.String() != c.Reading || string(s.Kind) != c.Kind {
			t.Errorf("%s: read as %s, written as %s, %v", c.Text, s, again, err)
		}
	}
}

func makeScanVectors(t *testing.T) []scanVector {
	var out []scanVector
	chain := app.Chain{Kiosk: 417, Incarnation: 1}
	for _, s := range []card.Scan{
		{Kind: card.ScanProvisional, Chain: chain, Counter: 123},
		{Kind: card.ScanArchiveSheet, Chain: chain, Counter: 123},
		{Kind: card.ScanSerial, Serial: 98412},
		{Kind: card.ScanSerial, Serial: 1<<32 - 1},
		{Kind: card.ScanBundle, Chain: app.Chain{Kiosk: 99999, Incarnation: 99}, Counter: 999999},
		{Kind: card.ScanConsignment, Chain: app.Chain{Kiosk: app.HeadOffice, Incarnation: 1}, Counter: 7},
		{Kind: card.ScanSheet, Chain: chain, Counter: 1},
	} {
		text, err := s.Text()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, scanVector{Text: text, Kind: string(s.Kind), Reading: s.String()})
	}
	return append(
		out,
		scanVector{Text: "4004170100012300", Want: app.ScanCheckDigits},
		scanVector{Text: out[0].Text[:14] + "99", Want: app.ScanCheckDigits},
		scanVector{Text: "14" + out[0].Text[2:], Want: app.ScanUnknown},
		scanVector{Text: out[0].Text + "0", Want: app.ScanUnreadable},
		scanVector{Text: "", Want: app.ScanUnreadable},
		scanVector{Text: "PS00417", Want: app.ScanUnreadable},
		scanVector{Text: "29999999999952", Want: app.ScanCheckDigits},
	)
}

// Every slip of one digit, and every swap of two neighbours, is seen.
func TestCheckDigitsFindSlips(t *testing.T) {
	text, err := card.Scan{Kind: card.ScanProvisional, Chain: app.Chain{Kiosk: 417, Incarnation: 1}, Counter: 123}.Text()
	if err != nil || text != "4004170100012384" {
		t.Fatal(text, err)
	}
	for i := 1; i < len(text); i++ {
		for d := byte('0'); d <= '9'; d++ {
			slip := []byte(text)
			slip[i] = d
			if _, err := card.ParseScan(string(slip)); (err == nil) != (string(slip) == text) {
				t.Errorf("%s: %v", slip, err)
			}
		}
		swap := []byte(text)
		swap[i-1], swap[i] = swap[i], swap[i-1]
		if _, err := card.ParseScan(string(swap)); (err == nil) != (string(swap) == text) {
			t.Errorf("%s: %v", swap, err)
		}
	}
}

func TestPeopleTypeNumbersInGroups(t *testing.T) {
	s, err := card.ParseScan(" 4 00417 01 000123 84 ")
	if err != nil || s.Provisional() != (app.ProvisionalNumber{Chain: app.Chain{Kiosk: 417, Incarnation: 1}, Counter: 123}) {
		t.Error(s, err)
	}
}

func TestNumbersThatDoNotFitAreNotPrinted(t *testing.T) {
	for _, s := range []card.Scan{
		{Kind: card.ScanBundle, Chain: app.Chain{Kiosk: 100000, Incarnation: 1}},
		{Kind: card.ScanBundle, Chain: app.Chain{Kiosk: 1, Incarnation: 100}},
		{Kind: card.ScanBundle, Counter: 1000000},
		{Kind: '9'},
	} {
		if text, err := s.Text(); err == nil {
			t.Errorf("%+v was written as %s", s, text)
		}
	}
}

func FuzzParseScan(f *testing.F) {
	f.Add("4004170100012384")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := card.ParseScan(text)
		if err != nil {
			return
		}
		again, err := s.Text()
		if back, err2 := card.ParseScan(again); err != nil || err2 != nil || back != s {
			t.Errorf("%q became %+v became %q", text, s, again)
		}
	})
}
