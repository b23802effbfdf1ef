package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
)

// The colours by meaning. Every mode has each of them.
const (
	Nav       fyne.ThemeColorName = "loket.nav"       // navigation
	NavMuted  fyne.ThemeColorName = "loket.nav.muted" // F-keys in the navigation
	NavPlace  fyne.ThemeColorName = "loket.nav.place" // behind the selected place
	OnNav     fyne.ThemeColorName = "loket.nav.on"    // words in the navigation
	Teal      fyne.ThemeColorName = "loket.teal"      // the one primary action, focus, bars
	OnTeal    fyne.ThemeColorName = "loket.teal.on"   // words on it
	TealText  fyne.ThemeColorName = "loket.teal.text" // links, words on the teal tint
	TealSoft  fyne.ThemeColorName = "loket.teal.soft" // a bar that is still growing
	TealTint  fyne.ThemeColorName = "loket.teal.tint" // filled by itself, selected row
	Amber     fyne.ThemeColorName = "loket.amber"     // waiting, please look
	AmberTint fyne.ThemeColorName = "loket.amber.tint"
	Accent    fyne.ThemeColorName = "loket.accent" // the selected place
	Green     fyne.ThemeColorName = "loket.green"  // done, genuine
	GreenTint fyne.ThemeColorName = "loket.green.tint"
	Red       fyne.ThemeColorName = "loket.red" // refused, lost
	RedTint   fyne.ThemeColorName = "loket.red.tint"
	Ink       fyne.ThemeColorName = "loket.ink"   // text
	Muted     fyne.ThemeColorName = "loket.muted" // labels
	Line      fyne.ThemeColorName = "loket.line"  // borders
	Edge      fyne.ThemeColorName = "loket.edge"  // borders of fields, a little darker
	Ground    fyne.ThemeColorName = "loket.ground"
	Surface   fyne.ThemeColorName = "loket.surface" // cards and fields
	GreyTint  fyne.ThemeColorName = "loket.grey.tint"
)

type palette map[fyne.ThemeColorName]color.NRGBA

var palettes = map[Mode]palette{Light: light, Dark: dark, Contrast: contrast}

var light = palette{
	Nav: hex(0x0F4C5C), NavMuted: hex(0x9FC0C8), NavPlace: hex(0x33656F), OnNav: hex(0xEAF2F3),
	Teal: hex(0x0F4C5C), OnTeal: hex(0xFFFFFF), TealText: hex(0x0F4C5C), TealSoft: hex(0x9FBFC6), TealTint: hex(0xE3EEF0),
	Amber: hex(0xB4690E), AmberTint: hex(0xFFF3DD), Accent: hex(0xF2B35E),
	Green: hex(0x1F7A4D), GreenTint: hex(0xE4F3EA), Red: hex(0xB3261E), RedTint: hex(0xFBE9E7),
	Ink: hex(0x1C2B33), Muted: hex(0x5B6B73), Line: hex(0xD9E0E2), Edge: hex(0xC3CDD1),
	Ground: hex(0xF6F7F5), Surface: hex(0xFFFFFF), GreyTint: hex(0xE7EBED),
}

var dark = palette{
	Nav: hex(0x0A2A33), NavMuted: hex(0x87A9B2), NavPlace: hex(0x1C4550), OnNav: hex(0xE3EEF0),
	Teal: hex(0x1F7388), OnTeal: hex(0xFFFFFF), TealText: hex(0x86CBDB), TealSoft: hex(0x31525B), TealTint: hex(0x1B3A43),
	Amber: hex(0xF2B35E), AmberTint: hex(0x3A2C14), Accent: hex(0xF2B35E),
	Green: hex(0x6CCB98), GreenTint: hex(0x173627), Red: hex(0xF2938C), RedTint: hex(0x44201D),
	Ink: hex(0xE8EEF0), Muted: hex(0xA6B6BC), Line: hex(0x2F3E45), Edge: hex(0x465860),
	Ground: hex(0x10181C), Surface: hex(0x182329), GreyTint: hex(0x27343A),
}

var contrast = palette{
	Nav: hex(0x00232C), NavMuted: hex(0xFFFFFF), NavPlace: hex(0x005066), OnNav: hex(0xFFFFFF),
	Teal: hex(0x003A4A), OnTeal: hex(0xFFFFFF), TealText: hex(0x003A4A), TealSoft: hex(0x5E8791), TealTint: hex(0xD5ECF1),
	Amber: hex(0x6E3B00), AmberTint: hex(0xFFF0C8), Accent: hex(0xFFC15A),
	Green: hex(0x00502A), GreenTint: hex(0xD9F5E3), Red: hex(0x8C0009), RedTint: hex(0xFFE3E0),
	Ink: hex(0x000000), Muted: hex(0x26323A), Line: hex(0x3A474E), Edge: hex(0x000000),
	Ground: hex(0xFFFFFF), Surface: hex(0xFFFFFF), GreyTint: hex(0xE2E6E8),
}

func hex(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xFF}
}

func fade(c color.NRGBA, alpha uint8) color.NRGBA {
	c.A = alpha
	return c
}
