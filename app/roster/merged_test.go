package roster

import (
	"slices"
	"strings"
	"testing"
)

func TestFindSpans(t *testing.T) {
	xml := `<worksheet><sheetData><row r="1"><c r="A1"><v>&lt;mergeCell ref="A1:A9"/></v></c></row></sheetData>` +
		`<mergeCells count="4"><mergeCell ref="B2:B5"/><mergeCell ref="A1:J1"/><mergeCell ref="AA10:AA12"/><mergeCell ref="x"/><mergeCell ref="C9:C2"/></mergeCells></worksheet>`
	want := []span{{1, 2, 5}, {26, 10, 12}}
	if got := findSpans(strings.NewReader(xml)); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

// A village that is merged over several people is theirs all.
func TestUnmerge(t *testing.T) {
	at := layoutOf([]Column{{"NIK", NIK}, {"Desa", Village}})
	u := places([]span{{1, 2, 4}, {0, 2, 4}}, at)
	for number, want := range map[int]string{2: "Sepaso", 3: "Sepaso", 4: "Sepaso", 5: ""} {
		u.texts[0] = cell{text: "Sepaso"}
		cells := []cell{{text: "1"}}
		if number == 2 {
			cells = append(cells, cell{text: "Sepaso"})
		}
		if got := at.get(u.fill(number, cells), Village).text; got != want {
			t.Errorf("line %d: %q", number, got)
		}
	}
}
