package theme

import (
	"math"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// The sizes by meaning.
const (
	Text    fyne.ThemeSizeName = fynetheme.SizeNameText
	Label   fyne.ThemeSizeName = "loket.label"   // words above fields
	Small   fyne.ThemeSizeName = "loket.small"   // hints, status bar, F-keys
	Section fyne.ThemeSizeName = "loket.section" // title of a card
	Large   fyne.ThemeSizeName = "loket.large"   // a name, a tile
	Title   fyne.ThemeSizeName = "loket.title"
	Number  fyne.ThemeSizeName = "loket.number" // a figure to see from afar
	Huge    fyne.ThemeSizeName = "loket.huge"   // an answer to see across the counter

	Field   fyne.ThemeSizeName = "loket.field"  // height of a field
	Button  fyne.ThemeSizeName = "loket.button" // height of a button
	Chip    fyne.ThemeSizeName = "loket.chip"   // height of a chip to press
	Key     fyne.ThemeSizeName = "loket.key"    // side of a key of the number pad
	Row     fyne.ThemeSizeName = "loket.row"    // height of a table's row
	NavItem fyne.ThemeSizeName = "loket.nav.item"
	NavWide fyne.ThemeSizeName = "loket.nav.wide"
	NavSlim fyne.ThemeSizeName = "loket.nav.slim"
	Status  fyne.ThemeSizeName = "loket.status" // height of the status bar
	Icon    fyne.ThemeSizeName = fynetheme.SizeNameInlineIcon

	Unit    fyne.ThemeSizeName = "loket.unit"   // the rhythm
	Gutter  fyne.ThemeSizeName = "loket.gutter" // between cards
	CardPad fyne.ThemeSizeName = "loket.card.pad"
	Radius  fyne.ThemeSizeName = fynetheme.SizeNameCardRadius
	Corner  fyne.ThemeSizeName = fynetheme.SizeNameInputRadius
)

// Sizes that grow with the text. Letters stand at whole pixels: at 12.5 the toolkit spaces them
// unevenly, so labels are 13.
var scaled = map[fyne.ThemeSizeName]float32{
	Text: 14, Label: 13, Small: 12, Section: 13, Large: 20, Title: 22, Number: 32, Huge: 44,
	Field: 36, Button: 38, Chip: 30, Key: 56, Row: 39, NavItem: 44, NavWide: 208, NavSlim: 76, Status: 32, Icon: 18,
	fynetheme.SizeNameHeadingText:    22,
	fynetheme.SizeNameSubHeadingText: 16,
	fynetheme.SizeNameCaptionText:    12,
	fynetheme.SizeNameInnerPadding:   8,
}

// Sizes that stay.
var fixed = map[fyne.ThemeSizeName]float32{
	Unit: 8, Gutter: 14, CardPad: 16, Radius: 10, Corner: 6,
	fynetheme.SizeNamePadding:            4,
	fynetheme.SizeNameInputBorder:        1,
	fynetheme.SizeNameLineSpacing:        4,
	fynetheme.SizeNameScrollBar:          12,
	fynetheme.SizeNameScrollBarSmall:     5,
	fynetheme.SizeNameButtonRadius:       6,
	fynetheme.SizeNameDialogRadius:       10,
	fynetheme.SizeNamePopupRadius:        10,
	fynetheme.SizeNameMenuRadius:         6,
	fynetheme.SizeNameSeparatorThickness: 1,
	fynetheme.SizeNameModalBlurRadius:    0,
}

// Sizes of what fingers press: 44 pixels or more.
var touch = map[fyne.ThemeSizeName]float32{Field: 44, Button: 48, Chip: 44, Row: 46, NavItem: 48, Key: 64}

// Size gives a size of the look.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if v, ok := fixed[name]; ok {
		return v
	}
	v, ok := scaled[name]
	if !ok {
		return fynetheme.DefaultTheme().Size(name)
	}
	if finger := touch[name]; t.look.Touch && finger > v {
		v = finger
	}
	return float32(math.Round(float64(v) * float64(t.look.Scale) / 100))
}
