// Package words makes every sentence that a person reads, in Indonesian and English: on screens,
// in the console, in commands and on paper. Sentences stand in assets/words, a file a room.
package words

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"loket/app"
	"loket/assets"
)

// Lang is a language of the screens.
type Lang string

// The languages. Indonesian comes first.
const (
	ID Lang = "id"
	EN Lang = "en"
)

// Langs lists the languages in the order in which they are offered.
var Langs = []Lang{ID, EN}

// Say gives the sentence of a key, its {placeholders} filled from pairs of name and value. A key
// that nobody wrote shows itself in brackets, so that a test or an eye finds it.
func Say(lang Lang, key string, pairs ...any) string {
	args := app.Args{}
	for i := 0; i+1 < len(pairs); i += 2 {
		args[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return fill(lang, key, args)
}

// Error gives the sentence of an error: what happened, why, and what to do now. A foreign error
// becomes the sentence of "internal"; its text goes to the log and not to people.
func Error(lang Lang, err error) string {
	if err == nil {
		return ""
	}
	var known *app.Error
	if !errors.As(err, &known) {
		known = app.Fail(app.Internal)
	}
	return fill(lang, string(known.Code), known.Args)
}

// Has says whether a key has a sentence in both languages.
func Has(key string) bool {
	both := table()[key]
	return both[ID] != "" && both[EN] != ""
}

// Keys lists every key, for tests.
func Keys() []string {
	var keys []string
	for k := range table() {
		keys = append(keys, k)
	}
	return keys
}

func fill(lang Lang, key string, args app.Args) string {
	s := table()[key][lang]
	if s == "" {
		return "[" + key + "]"
	}
	if len(args) == 0 || !strings.Contains(s, "{") {
		return s
	}
	pairs := make([]string, 0, 2*len(args))
	for name, value := range args {
		pairs = append(pairs, "{"+name+"}", fmt.Sprint(value))
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

var table = sync.OnceValue(func() map[string]map[Lang]string {
	all := map[string]map[Lang]string{}
	err := fs.WalkDir(assets.Words, "words", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(assets.Words, path)
		if err != nil {
			return err
		}
		var file map[string]map[Lang]string
		if err := json.Unmarshal(b, &file); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		for key, both := range file {
			if _, twice := all[key]; twice {
				return fmt.Errorf("%s: key %s stands in another file too", path, key)
			}
			all[key] = both
		}
		return nil
	})
	if err != nil {
		// The files are embedded and tested: a broken one cannot reach a user.
		panic(err)
	}
	return all
})
