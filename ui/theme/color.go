package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// The toolkit's own names, said in ours.
var sameAs = map[fyne.ThemeColorName]fyne.ThemeColorName{
	fynetheme.ColorNameBackground:          Ground,
	fynetheme.ColorNameButton:              GreyTint,
	fynetheme.ColorNameDisabledButton:      GreyTint,
	fynetheme.ColorNameDisabled:            Muted,
	fynetheme.ColorNameError:               Red,
	fynetheme.ColorNameForeground:          Ink,
	fynetheme.ColorNameForegroundOnError:   Surface,
	fynetheme.ColorNameForegroundOnPrimary: OnTeal,
	fynetheme.ColorNameForegroundOnSuccess: Surface,
	fynetheme.ColorNameForegroundOnWarning: Surface,
	fynetheme.ColorNameHeaderBackground:    Surface,
	fynetheme.ColorNameHyperlink:           TealText,
	fynetheme.ColorNameMenuBackground:      Surface,
	fynetheme.ColorNameOverlayBackground:   Surface,
	fynetheme.ColorNamePlaceHolder:         Muted,
	fynetheme.ColorNamePrimary:             Teal,
	fynetheme.ColorNameSelection:           TealSoft,
	fynetheme.ColorNameSeparator:           Line,
	fynetheme.ColorNameSuccess:             Green,
	fynetheme.ColorNameWarning:             Amber,
}

// Color gives a colour of the look; the variant of the desktop is not asked.
func (t *Theme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if c, ok := t.colours[name]; ok {
		return c
	}
	if ours, ok := sameAs[name]; ok {
		return t.colours[ours]
	}
	switch name {
	case fynetheme.ColorNameInputBackground, fynetheme.ColorNameInputBorder:
		return color.Transparent // our fields draw their own
	case fynetheme.ColorNameHover:
		return fade(t.colours[Ink], 0x0F)
	case fynetheme.ColorNamePressed:
		return fade(t.colours[Ink], 0x24)
	case fynetheme.ColorNameFocus:
		return fade(t.colours[Teal], 0x55)
	case fynetheme.ColorNameScrollBar:
		return fade(t.colours[Muted], 0x88)
	case fynetheme.ColorNameScrollBarBackground:
		return color.Transparent
	case fynetheme.ColorNameShadow:
		return color.NRGBA{A: 0x33}
	}
	return fynetheme.DefaultTheme().Color(name, v)
}
