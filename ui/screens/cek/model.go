package cek

import (
	"slices"
	"strings"

	"loket/app"
	"loket/app/card"
	"loket/app/checking"
	"loket/ui/widgets"
)

// Model is the state of the screen that checks cards.
type Model struct {
	Text   string // typed or pasted
	Busy   bool
	Answer *checking.Answer // nil: nothing was checked yet
	Err    error            // why there is no answer
}

// Answered takes an answer in.
func (m *Model) Answered(a checking.Answer, err error) {
	m.Busy, m.Err, m.Answer = false, err, nil
	if err == nil {
		m.Answer, m.Text = &a, ""
	}
}

// Clear is ready for the next card; false when it already is.
func (m *Model) Clear() bool {
	if m.Answer == nil && m.Err == nil && m.Text == "" {
		return false
	}
	*m = Model{}
	return true
}

// stateOf is an answer's colour as a state of widgets.
func stateOf(c card.Colour) widgets.State {
	switch c {
	case card.Green:
		return widgets.Good
	case card.Amber:
		return widgets.Waiting
	case card.Red:
	}
	return widgets.Bad
}

// headlines are the few large words over the sentence of an answer, by the key of that sentence.
var headlines = map[string]string{
	"check.active":                "active",
	"check.inactive":              "inactive",
	"check.not_yet_accepted":      "waiting",
	"check.own_waiting":           "waiting",
	"check.own_accepted":          "inactive",
	"check.own_begun":             "look",
	"check.unknown":               "look",
	string(app.TrustStale):        "look",
	string(app.CardExpired):       "expired",
	string(app.CardForeignHost):   "address",
	"check.invalid":               "ended",
	"check.ended_here":            "ended",
	"check.not_accepted_here":     "refused",
	string(app.CardUnreadable):    "unreadable",
	string(app.TrustMissing):      "cannot",
	string(app.TrustMarksMissing): "cannot",
	string(app.CardUnknownKey):    "unknown",
	string(app.CardNotMember):     "not_card",
	string(app.CardNotOurs):       "not_card",
	string(app.CardSignature):     "forged",
	string(app.CardOutsideWindow): "false",
	string(app.CardOutlivesKey):   "false",
	string(app.CardSerialForeign): "false",
	string(app.CardKeyRevoked):    "false",
	string(app.CardKeyReplaced):   "false",
}

// Headline is the key of the large words of an answer. Practice comes before everything that sounds
// good: such a card covers nobody.
func Headline(a checking.Answer) string {
	if a.Practice && a.Colour != card.Red {
		return "ui.check.head.practice"
	}
	if head := headlines[a.Key]; head != "" {
		return "ui.check.head." + head
	}
	return "ui.check.head.look"
}

// Sentences are the keys of what stands below the headline; what weighs more comes first.
func Sentences(a checking.Answer) []string {
	if a.Practice && a.Colour != card.Red {
		return append(slices.Clone(a.Notes), a.Key)
	}
	return append([]string{a.Key}, a.Notes...)
}

// Advice is the key of what to do now.
func Advice(a checking.Answer) string { return "ui.check.do." + string(a.Colour) }

// Shown says whether name and number of an answer may be compared with an e-KTP: what nobody vouches
// for is not shown as if somebody did.
func Shown(a checking.Answer) bool { return a.Claims != nil && (a.Genuine || a.Own) }

// LooksLikeCode says whether a text can come from a code at all, and not from quick fingers.
func LooksLikeCode(text string) bool {
	text = strings.TrimSpace(text)
	return len(text) >= 8 && !strings.ContainsAny(text, " \t") || card.IsCard(text)
}
