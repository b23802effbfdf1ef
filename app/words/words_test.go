package words_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"loket/app"
	"loket/app/words"
)

// Every code of the closed list has a sentence in both languages.
func TestEveryCodeHasItsSentence(t *testing.T) {
	files, err := filepath.Glob("../codes*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no code lists found", err)
	}
	codes := 0
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			code, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			codes++
			if !words.Has(code) {
				t.Errorf("%s: no sentence in both languages for %q", filepath.Base(file), code)
			}
			return true
		})
	}
	if codes < 5 {
		t.Errorf("only %d codes found: the test looks at the wrong place", codes)
	}
}

// Both languages of a sentence name the same arguments.
func TestBothLanguagesUseTheSameArguments(t *testing.T) {
	hole := regexp.MustCompile(`\{[a-z_]+\}`)
	for _, key := range words.Keys() {
		if !words.Has(key) {
			t.Errorf("%s: a language is missing", key)
			continue
		}
		id, en := hole.FindAllString(words.Say(words.ID, key), -1), hole.FindAllString(words.Say(words.EN, key), -1)
		slices.Sort(id)
		slices.Sort(en)
		if !slices.Equal(slices.Compact(id), slices.Compact(en)) {
			t.Errorf("%s: %v in Indonesian, %v in English", key, id, en)
		}
	}
}

func TestErrorSpeaksOfTheCode(t *testing.T) {
	err := app.Wrap("somewhere", app.Internal, app.Fail(app.NotFound))
	if got := words.Error(words.EN, err); strings.HasPrefix(got, "[") || got == words.Error(words.EN, app.Fail(app.Internal)) {
		t.Errorf("the inner code should speak, got %q", got)
	}
}
