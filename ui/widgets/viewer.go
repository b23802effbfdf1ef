package widgets

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"loket/ui/theme"
)

// ViewerWords are the words of a viewer's buttons.
type ViewerWords struct{ In, Out, Whole string }

// Zoom of a viewer: 0 shows the whole picture, each step half as much more.
const mostZoom = 6

// NewViewer shows a picture in a frame of a height: whole at zoom 0, larger and to be moved about above.
// The zoom is the caller's, who hears of a wish for another.
func NewViewer(d Desk, img image.Image, high float32, zoom int, words ViewerWords, wish func(zoom int)) fyne.CanvasObject {
	high *= theme.Scale()
	to := func(z int) func() { return func() { wish(min(max(z, 0), mostZoom)) } }
	in, out := NewButton(d, Secondary, words.In, to(zoom+1)), NewButton(d, Secondary, words.Out, to(zoom-1))
	whole := NewButton(d, Secondary, words.Whole, to(0))
	in.Allow(zoom < mostZoom)
	out.Allow(zoom > 0)
	whole.Allow(zoom > 0)
	return Column(8, Sized(0, high, framedPicture(img, high, zoom)), Flow(8, in, out, whole))
}

func framedPicture(img image.Image, high float32, zoom int) fyne.CanvasObject {
	c := canvas.NewImageFromImage(img)
	c.FillMode = canvas.ImageFillContain
	if zoom == 0 {
		return container.NewStack(board(theme.GreyTint, theme.Line), Pad(2, 2, c))
	}
	b := img.Bounds()
	grown := high * (1 + float32(zoom)/2)
	c.SetMinSize(fyne.NewSize(grown*float32(b.Dx())/float32(max(b.Dy(), 1)), grown))
	return container.NewStack(board(theme.GreyTint, theme.Line), Pad(2, 2, container.NewScroll(c)))
}
