package widgets

import (
	"fyne.io/fyne/v2"

	"loket/ui/theme"
)

// Kind is the weight of a button.
type Kind int

// The kinds. A screen has one primary action.
const (
	Secondary Kind = iota
	Primary
	Link
	Danger
)

type kindFace struct {
	fill, stroke, ink fyne.ThemeColorName
	weight            fyne.Resource
}

var kindFaces = map[Kind]kindFace{
	Secondary: {theme.Surface, theme.Line, theme.Ink, nil},
	Primary:   {theme.Teal, "", theme.OnTeal, theme.SemiBold},
	Link:      {"", "", theme.TealText, nil},
	Danger:    {theme.Surface, theme.Red, theme.Red, theme.SemiBold},
}

// Button is a button with a word, perhaps an icon and the keys that do the same.
type Button struct {
	Press
	kind             Kind
	word, keys, icon string
	large            bool
}

// NewButton makes a button of a kind.
func NewButton(d Desk, kind Kind, word string, act func()) *Button {
	b := &Button{kind: kind, word: word}
	b.become(b, d, b.look(), b.words(), act)
	return b
}

// NewAction makes a button of a screen's action.
func NewAction(d Desk, kind Kind, a Action) *Button {
	b := &Button{kind: kind, word: a.Word, keys: a.Keys, icon: a.Icon}
	b.become(b, d, b.look(), b.words(), a.Act)
	b.Allow(!a.Off)
	return b
}

// WithIcon puts an icon before the word.
func (b *Button) WithIcon(name string) *Button { b.icon = name; return b.render() }

// Large makes it a button for fingers, 50 pixels high.
func (b *Button) Large() *Button { b.large = true; return b.render() }

// Word tells what stands on it.
func (b *Button) Word() string { return b.word }

// SetWord changes what stands on it.
func (b *Button) SetWord(word string) { b.word = word; b.render() }

func (b *Button) render() *Button {
	b.SetFace(b.look(), b.words())
	return b
}

func (b *Button) look() Face {
	k := kindFaces[b.kind]
	f := Face{Fill: k.fill, Stroke: k.stroke, Radius: 7, PadX: 16, PadY: 4, Least: fyne.NewSize(0, theme.Size(theme.Button))}
	if b.kind == Link {
		f.PadX, f.Least.Height = 4, theme.Size(theme.Chip)
	}
	if b.large {
		f.Least.Height = max(50*theme.Scale(), f.Least.Height)
	}
	return f
}

func (b *Button) words() fyne.CanvasObject {
	k := kindFaces[b.kind]
	style := Style{Size: theme.Text, Colour: k.ink, Weight: k.weight}
	parts := []fyne.CanvasObject{}
	if b.icon != "" {
		parts = append(parts, NewIcon(b.icon, k.ink, theme.Size(theme.Icon)))
	}
	if b.word != "" {
		parts = append(parts, NewText(style, b.word))
	}
	if b.keys != "" {
		parts = append(parts, NewText(Style{Size: theme.Small, Colour: k.ink}, b.keys))
	}
	return Row(8, parts...)
}
