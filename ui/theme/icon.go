package theme

import (
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"

	"loket/assets"
)

// IconOf is one of our icons in the colour of the theme that is set now; nil when there is none
// of that name, which a test of the caller finds.
func IconOf(name string, colour fyne.ThemeColorName) fyne.Resource {
	svg, err := assets.Icons.ReadFile("icons/" + name + ".svg")
	if err != nil {
		return nil
	}
	c := color.NRGBAModel.Convert(Color(colour)).(color.NRGBA)
	ink := fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
	painted := strings.ReplaceAll(string(svg), "#000000", ink)
	return fyne.NewStaticResource(name+ink+".svg", []byte(painted))
}
