package words_test

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"loket/app/scheme"
	"loket/app/words"
)

// People agreed to these very words: other words are another version.
func TestTheWordsOfAVersionNeverChange(t *testing.T) {
	for version, want := range map[string]string{
		"notice-2026.1":      "0df70e0546048562",
		"whatsapp-2026.1":    "6c9deace2d69a9cc",
		"event_photo-2026.1": "5b738665e6a13f90",
	} {
		var all strings.Builder
		for _, lang := range words.Langs {
			text, _ := words.Question(lang, "", version)
			if strings.HasPrefix(version, "notice-") {
				text = words.NoticeOf(lang, version).Whole()
			}
			all.WriteString(text + "\n")
		}
		sum := sha256.Sum256([]byte(all.String()))
		if got := hex.EncodeToString(sum[:8]); got != want {
			t.Errorf("%s has other words than before (%s): give them a version of their own\n%s", version, got, all.String())
		}
	}
}

func TestTheRulesAskInWordsThatWeHave(t *testing.T) {
	asking := scheme.Embedded().Asking
	if n := words.NoticeOf(words.ID, asking.NoticeText); n.Version != asking.NoticeText || strings.Contains(n.Whole(), "[") {
		t.Error(n)
	}
	for _, c := range asking.Consents {
		if text, of := words.Question(words.ID, c.Purpose, c.Text); of != c.Text || strings.Contains(text, "[") {
			t.Error(c, text, of)
		}
	}
}

func TestAVersionWithoutWordsIsNotClaimed(t *testing.T) {
	if n := words.NoticeOf(words.EN, "notice-2099.1"); n.Version == "notice-2099.1" || strings.Contains(n.Whole(), "[") {
		t.Error("other words under this version", n)
	}
	if text, of := words.Question(words.ID, "whatsapp", "whatsapp-2099.1"); of == "whatsapp-2099.1" || strings.Contains(text, "[") {
		t.Error(text, of)
	}
	if text, _ := words.Question(words.ID, "shoe_size", "x"); !strings.HasPrefix(text, "[") {
		t.Error("a purpose that nobody wrote words for has words", text)
	}
}
