package widgets

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"loket/ui/theme"
)

func TestATableLeavesColumnsOutBeforeItCutsThem(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Look{}))
	l := cells{[]Head{{Share: 2}, {Fit: "6471 0145 1090 0003", Spare: 1}, {Share: 1, Spare: 2}, {Share: 2}}}
	for width, want := range map[float32]int{900: 4, 500: 3, 300: 2} {
		shown, sum := 0, float32(-cellGap)
		for _, w := range l.widths(width) {
			if w > 0 {
				shown++
				sum += w + cellGap
			}
		}
		if shown != want || sum > width+1 {
			t.Errorf("%v wide: %d columns of %d, %v in all", width, shown, want, sum)
		}
	}
}
