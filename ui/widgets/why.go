package widgets

import "fyne.io/fyne/v2"

// Why is a reason that somebody chooses, and own words; what is said about it stands below.
type Why struct {
	Reason, Note string
	Problem      string
}

// WhyWords are the sentences around a reason.
type WhyWords struct {
	Title, More string // what is about to be done, and what it means
	Ask, Note   string // labels
	Yes, No     string // the two ways out
}

// WhyPanel asks for a reason before something that weighs is done. Nothing is preselected; what is
// chosen and typed is kept in the model at each change, so that drawing again loses nothing.
func WhyPanel(w Window, words WhyWords, options []Option, into *Why, yes, no func()) (panel fyne.CanvasObject, focus func()) {
	choice := NewChoice(w, words.Ask, options...).Required()
	choice.SetValue(into.Reason)
	choice.OnChosen = func(value string) {
		into.Reason, into.Problem = value, ""
		choice.Say(Plain, "")
	}
	if into.Problem != "" {
		choice.Say(Bad, into.Problem)
	}
	note := NewField(w, words.Note)
	note.SetText(into.Note)
	note.OnChanged = func(text string) { into.Note = text }
	parts := []fyne.CanvasObject{NewPara(Strong, words.Title)}
	if words.More != "" {
		parts = append(parts, NewPara(Body, words.More))
	}
	parts = append(parts, choice, note, Flow(10, NewButton(w, Danger, words.Yes, yes), NewButton(w, Secondary, words.No, no)))
	return StatePanel(Waiting, "", parts...), choice.Focus
}
