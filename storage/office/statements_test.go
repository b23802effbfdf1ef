package office

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
)

func TestAScriptIsTakenApart(t *testing.T) {
	for script, want := range map[string][]string{
		"":                                     nil,
		"-- only words\n":                      nil,
		"-- words;\n-- and more;\n":            nil,
		";\n;\n":                               nil,
		"A 1;\n-- ends here;\n":                {"A 1"},
		"-- first; then;\nA 1;\nB\n\t2;\n":     {"A 1", "B\n\t2"},
		"A (\n\tx, -- the first;\n\ty\n);\nB;": {"A (\n\tx,\n\ty\n)", "B"},
		"A 1;   \r\nB 2; -- why\nC 3":          {"A 1", "B 2", "C 3"},
		"A '--;' || \"--\";\nB 'it''s; -- here' ;\n": {"A '--;' || \"--\"", "B 'it''s; -- here' "},
	} {
		if got := statements(script); !slices.Equal(got, want) {
			t.Errorf("%q\n got %q\nwant %q", script, got, want)
		}
	}
}

// No migration holds a piece that says nothing, and none loses a word: what is left out are comments.
func TestMigrationsHoldStatements(t *testing.T) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		script, err := fs.ReadFile(migrations, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range statements(string(script)) {
			switch word, _, _ := strings.Cut(strings.TrimSpace(s), " "); word {
			case "CREATE", "ALTER", "DROP", "INSERT", "UPDATE", "DELETE":
			default:
				t.Errorf("%s: %q", name, s)
			}
		}
	}
}
