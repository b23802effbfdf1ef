package drawing_test

import (
	"io/fs"
	"math"
	"strings"
	"testing"

	"loket/app"
	"loket/assets"
	"loket/printing/drawing"
)

// Every icon of ours can be drawn, and stays within its square.
func TestEveryIconIsDrawnWithinItsSquare(t *testing.T) {
	files, err := fs.Glob(assets.Icons, "icons/*.svg")
	if err != nil || len(files) < 40 {
		t.Fatal(len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "icons/"), ".svg")
		ops, err := drawing.Sign(name, 10, 20, 12, 1, 2)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, op := range ops {
			steps := op.(drawing.Path).Steps
			if len(steps) < 4 {
				t.Errorf("%s: nothing is drawn", name)
			}
			for _, s := range steps {
				if n := s.Kind.Points(); n == 2 && (math.Abs(s.P[0]-16) > 6.01 || math.Abs(s.P[1]-26) > 6.01) {
					t.Fatalf("%s runs out of its square: %v", name, s.P[:n])
				}
			}
		}
	}
	if _, err := drawing.Sign("no-such-icon", 0, 0, 1, 1, 2); app.CodeOf(err) != app.NotFound {
		t.Error(err)
	}
}
