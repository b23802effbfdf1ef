package main

import (
	"testing"

	"github.com/alecthomas/kong"

	"loket/app/words"
)

// Every command, flag and argument explains itself in both languages.
func TestEveryHelpIsAKeyOfWords(t *testing.T) {
	parser, err := kong.New(&commands{}, kong.NoDefaultHelp(), kong.Description("cli.about"))
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	look := func(what, key string) {
		seen++
		if !words.Has(key) {
			t.Errorf("%s: no sentence in both languages for its help %q", what, key)
		}
	}
	err = kong.Visit(parser.Model, func(part kong.Visitable, next kong.Next) error {
		switch part := part.(type) {
		case *kong.Application:
			look("loketctl", part.Help)
		case *kong.Node:
			look(part.FullPath(), part.Help)
		case *kong.Value:
			look(part.Summary(), part.Help)
		case *kong.Flag:
			look("--"+part.Name, part.Help)
		}
		return next(nil)
	})
	if err != nil || seen < 5 {
		t.Fatalf("%d helps seen, %v", seen, err)
	}
}

func TestTheLanguageIsChosenBeforeTheLineIsRead(t *testing.T) {
	for _, c := range []struct {
		args   []string
		locale string
		want   words.Lang
	}{
		{nil, "", words.ID},
		{nil, "C.UTF-8", words.ID},
		{nil, "en_GB.UTF-8", words.EN},
		{[]string{"version", "--lang", "en"}, "id_ID.UTF-8", words.EN},
		{[]string{"--lang=id", "version"}, "en_US.UTF-8", words.ID},
		{[]string{"version", "--lang"}, "en_US.UTF-8", words.EN},
	} {
		if got := chosenLang(c.args, langOf(c.locale)); got != c.want {
			t.Errorf("%v under %q: %s, want %s", c.args, c.locale, got, c.want)
		}
	}
}
