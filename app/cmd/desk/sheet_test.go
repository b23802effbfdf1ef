package desk_test

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/app"
	"loket/app/card"
)

// The archive sheet is printed in one page, and the code on it opens its registration.
func TestTheArchiveSheetNamesItsRegistration(t *testing.T) {
	k := enrolled(t)
	r := k.again(t, k.registered(t).ID)
	r.Record.Consents = []app.Consent{{Purpose: "whatsapp", Given: true, Text: "whatsapp-2026.1"}}
	file, err := k.Paper.Sheet(t.Context(), r)
	must(t, err)
	if !strings.HasSuffix(file, ".pdf") {
		t.Error(file)
	}
	text, err := card.Scan{Kind: card.ScanArchiveSheet, Chain: r.Number.Chain, Counter: r.Number.Counter}.Text()
	must(t, err)
	scanned, err := card.ParseScan(text)
	must(t, err)
	hits, err := k.Counter.Find(t.Context(), scanned.Provisional().String())
	must(t, err)
	if len(hits) != 1 || hits[0].ID != r.ID {
		t.Errorf("%v", hits)
	}
	r.Record.Person.Name = strings.Repeat("KUSUMADIPUTRA NOTOHADININGRAT ", 4)
	r.Record.Address.Street = strings.Repeat("Jl. Jenderal Sudirman Gang Mufakat ", 4)
	img, err := k.Paper.PreviewSheet(r, 110)
	must(t, err)
	if dir := os.Getenv("LOKET_SHOTS"); dir != "" {
		f, err := os.Create(filepath.Join(dir, "archive.png"))
		must(t, err)
		must(t, png.Encode(f, img))
		must(t, f.Close())
	}
}
