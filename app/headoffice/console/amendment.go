package console

import (
	"slices"
	"strings"

	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/words"
)

// amendedText says what was done about a registration afterwards: what, why, and which fields.
func amendedText(lang words.Lang, a books.Amendment) string {
	text := words.Say(lang, "console.amended."+a.Kind.String())
	switch a.Kind {
	case journal.RegistrationReviewed:
		key := "console.amended.sent_back"
		if slices.Contains(a.Fields, "approved") {
			key = "console.amended.approved"
		}
		return joined(words.Say(lang, key), known(lang, "sendback.", a.Reason))
	case journal.RegistrationWithdrawn:
		return joined(text, known(lang, "withdraw.", a.Reason))
	case journal.ConsentGiven, journal.ConsentWithdrawn:
		return joined(text, consented(lang, a.Fields))
	}
	var fields []string
	for _, f := range a.Fields {
		for _, prefix := range []string{"field.", "lack."} {
			if word := known(lang, prefix, f); word != "" {
				fields = append(fields, word)
				break
			}
		}
	}
	return joined(text, known(lang, "correct.", a.Reason), strings.Join(fields, ", "))
}

// consented is the question that was answered, "" where we do not know its purpose.
func consented(lang words.Lang, purposes []string) string {
	text, _ := words.Question(lang, strings.Join(purposes, " "), "")
	if strings.HasPrefix(text, "[") {
		return ""
	}
	return text
}

// known is the sentence of a word that came from a kiosk, "" where we do not know it.
func known(lang words.Lang, prefix, word string) string {
	if word == "" || !words.Has(prefix+word) {
		return ""
	}
	return words.Say(lang, prefix+word)
}

func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}
