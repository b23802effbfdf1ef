package window

import (
	"encoding/json"
	"strings"

	"fyne.io/fyne/v2/lang"

	"loket/app/words"
)

// toolkitWords are the sentences of the toolkit's own dialogs, as it names them. It follows the
// computer's locale and ships no Indonesian, so it is given ours for whatever that locale is, each
// time the language of the screens changes.
var toolkitWords = []string{
	"Advanced", "Cancel", "Confirm", "Copy", "Create Folder", "Cut", "Enter filename", "Error", "Favourites", "File",
	"Folder", "New Folder", "No", "OK", "Open", "Paste", "Quit", "Redo", "Save", "Select all", "Show Hidden Files",
	"Undo", "Yes", "file.name", "file.parent",
}

func (w *Window) toolkitSpeaks(l words.Lang) {
	said := map[string]any{}
	for _, name := range toolkitWords {
		sentence := words.Say(l, "toolkit."+strings.ToLower(strings.ReplaceAll(name, " ", "_")))
		if strings.HasPrefix(name, "file.") {
			said[name] = map[string]string{"other": sentence}
			continue
		}
		said[name] = sentence
	}
	b, err := json.Marshal(said)
	if err == nil {
		err = lang.AddTranslationsForLocale(b, lang.SystemLocale())
	}
	if err != nil {
		w.log.Warn("toolkit's words", "err", err)
	}
}
