package words

import (
	"slices"
	"strings"
)

// Notice is the legal notice of a version in one language. Whoever shows it, reads it aloud or prints it
// has the same words for the same version, and a version's words never change.
type Notice struct {
	Version string
	Lead    string // the notice in one sentence
	Parts   []NoticePart
}

// NoticePart is one of its points; Sign names the pictogram.
type NoticePart struct{ Sign, Head, Text string }

var noticeSigns = []string{"data", "shield", "eye", "nocash", "choice", "phone"}

// NoticeOf is the notice of a version. A version that this program has no words for becomes the newest
// that it has: what is shown and what is called its version stay one.
func NoticeOf(lang Lang, version string) Notice {
	if !Has(version + ".lead") {
		version = strings.TrimSuffix(newest("notice-", ".lead"), ".lead")
	}
	n := Notice{Version: version, Lead: Say(lang, version+".lead")}
	for _, sign := range noticeSigns {
		key := version + "." + sign
		n.Parts = append(n.Parts, NoticePart{Sign: sign, Head: Say(lang, key), Text: Say(lang, key+".text")})
	}
	return n
}

// Whole is the notice in one paragraph, for paper.
func (n Notice) Whole() string {
	parts := []string{n.Lead}
	for _, p := range n.Parts {
		parts = append(parts, p.Head+": "+p.Text)
	}
	return strings.Join(parts, " ")
}

// Question is what is asked for a purpose in the words of a version, and that version; the newest that
// there is where this program has no words for it.
func Question(lang Lang, purpose, version string) (text, of string) {
	if !Has("consent." + version) {
		version = strings.TrimPrefix(newest("consent."+purpose+"-", ""), "consent.")
	}
	return Say(lang, "consent."+version), version
}

// newest is the last key between a beginning and an end; versions are a year and a number, and sort.
func newest(begin, end string) string {
	var keys []string
	for key := range table() {
		if strings.HasPrefix(key, begin) && strings.HasSuffix(key, end) {
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 {
		return begin + end
	}
	return slices.Max(keys)
}
