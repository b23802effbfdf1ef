// Package document composes what Loket prints: cards and slips, as drawings. It only draws; the
// surfaces make files and pictures of it. Documents are Indonesian unless Lang says otherwise.
package document

import (
	"strings"

	"loket/app/words"
	"loket/printing/drawing"
)

// The look: deep teal and warm amber on white.
const (
	teal      drawing.Colour = 0x0F4C5C
	tealTint  drawing.Colour = 0xE3EEF0
	tealPale  drawing.Colour = 0xCFE1E5 // small text on teal
	amber     drawing.Colour = 0xB4690E
	amberTint drawing.Colour = 0xFFF3DD
	amberPale drawing.Colour = 0xFBEEDA // watermark under text
	amberLine drawing.Colour = 0xF2B35E
	green     drawing.Colour = 0x1F7A4D
	ink       drawing.Colour = 0x1C2B33
	muted     drawing.Colour = 0x5B6B73
	hairline  drawing.Colour = 0xD9E0E2
)

// speech says words in the language of a document.
type speech struct{ lang words.Lang }

func speak(lang words.Lang) speech {
	if lang == "" {
		return speech{words.ID}
	}
	return speech{lang}
}

func (s speech) say(key string, pairs ...any) string {
	return words.Say(s.lang, "print."+key, pairs...)
}

// literal keeps what people typed from being taken for the marks of bold text.
func literal(fields ...*string) {
	for _, f := range fields {
		*f = strings.ReplaceAll(*f, "**", "* *")
	}
}

// shrink makes text smaller until it wraps into at most so many lines; below the smallest size it
// wraps into more.
func shrink(text string, s drawing.Style, width float64, lines int, smallest float64) drawing.Style {
	for s.Size-0.25 >= smallest && len(drawing.Wrap(text, s, width)) > lines {
		s.Size -= 0.25
	}
	return s
}

// oneOrTwo makes text a little smaller if it then fits one line, and leaves it large in two if not.
func oneOrTwo(text string, s drawing.Style, width, smallest float64) drawing.Style {
	small := shrink(text, s, width, 1, smallest)
	if len(drawing.Wrap(text, small, width)) == 1 {
		return small
	}
	return shrink(text, s, width, 2, smallest)
}
