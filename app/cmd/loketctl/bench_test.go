package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"loket/app/words"
)

func benched(t *testing.T, lang words.Lang, args ...string) string {
	t.Helper()
	var out, complaint bytes.Buffer
	env := &Env{Out: &out, Err: &complaint, Lang: lang, Now: time.Now}
	if code := run(t.Context(), append([]string{"bench", "--quick"}, args...), env); code != exitDone {
		t.Fatalf("exit %d: %s", code, complaint.String())
	}
	return out.String()
}

// The benchmark runs through every figure; how fast this machine is, is no test's matter.
func TestTheBenchmarkMeasuresEveryPromise(t *testing.T) {
	var answer benchAnswer
	if err := json.Unmarshal([]byte(benched(t, words.ID, "--json")), &answer); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, f := range answer.Figures {
		seen[f.Name] = true
		if f.Measured <= 0 || f.Target <= 0 || f.OK != (f.Ratio <= 1) {
			t.Errorf("%+v", f)
		}
		for _, key := range []string{"bench." + f.Name, "bench.unit." + f.Unit} {
			if !words.Has(key) {
				t.Errorf("no words for %s", key)
			}
		}
		if f.Detail != nil && !words.Has("bench."+f.Name+".detail") {
			t.Errorf("no words for the details of %s", f.Name)
		}
	}
	for _, name := range []string{"bytes", "print1", "memory", "save", "card", "verify", "batch", "intake", "enrolment", "version", "workbook", "text", "import", "rekey", "search", "search_large", "index"} {
		if !seen[name] {
			t.Errorf("%s was not measured", name)
		}
	}
}

func TestTheBenchmarkSpeaksBothLanguages(t *testing.T) {
	for lang, want := range map[words.Lang]string{words.ID: "Kedua sisi satu kartu", words.EN: "Both sides of a card"} {
		if got := benched(t, lang, "--only", "print"); !strings.Contains(got, want) || strings.Contains(got, "{") {
			t.Errorf("%s: %s", lang, got)
		}
	}
}
