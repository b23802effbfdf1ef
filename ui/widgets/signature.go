package widgets

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"loket/app"
	"loket/ui/theme"
)

// Signature sizes, in pixels of the picture that is kept.
const (
	signatureWide = 600
	signatureHigh = 200
	signaturePen  = 4
)

// SignatureWords are the words around a signature pad, in the language of the screen.
type SignatureWords struct {
	Here, Clear, Undo string
}

// Signature is a field to sign in with mouse, pen or finger. Clearing can be undone.
type Signature struct {
	widget.BaseWidget
	OnChanged func()

	strokes, cleared [][]point
	pad              *signPad
	words            SignatureWords
	desk             Desk
	tools            *fyne.Container
	root             *fyne.Container
}

// NewSignature makes an empty pad.
func NewSignature(d Desk, words SignatureWords) *Signature {
	s := &Signature{desk: d, words: words, tools: Row(4)}
	s.pad = newSignPad(s)
	s.root = Column(4, s.pad, s.tools)
	s.ExtendBaseWidget(s)
	s.render()
	return s
}

// Empty says whether nobody signed yet.
func (s *Signature) Empty() bool { return len(s.strokes) == 0 }

// Clear takes the signature away; Undo brings it back.
func (s *Signature) Clear() {
	if !s.Empty() {
		s.cleared, s.strokes = s.strokes, nil
		s.changed()
	}
}

// Undo brings back what was cleared.
func (s *Signature) Undo() {
	if s.Empty() && s.cleared != nil {
		s.strokes, s.cleared = s.cleared, nil
		s.changed()
	}
}

// Image is the signature, black on white.
func (s *Signature) Image() image.Image {
	return paletted(drawStrokes(s.strokes, signatureWide, signatureHigh, signaturePen))
}

// PNG is the signature as a small file: a few kilobytes.
func (s *Signature) PNG() ([]byte, error) {
	b, err := encodePNG(s.Image())
	return b, app.Wrap("signature", app.Internal, err)
}

func (s *Signature) changed() {
	s.render()
	if s.OnChanged != nil {
		s.OnChanged()
	}
}

func (s *Signature) render() {
	s.tools.Objects = nil
	switch {
	case !s.Empty():
		s.tools.Add(NewButton(s.desk, Link, s.words.Clear, s.Clear))
	case s.cleared != nil:
		s.tools.Add(NewButton(s.desk, Link, s.words.Undo, s.Undo))
	}
	s.tools.Refresh()
	s.pad.Refresh()
	s.root.Refresh()
}

// CreateRenderer is the toolkit's way to ask for what to draw.
func (s *Signature) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.root) }

// signPad is the paper.
type signPad struct {
	widget.BaseWidget
	of      *Signature
	drawing bool
	ink     *canvas.Raster
	hint    *Text
	root    *fyne.Container
}

func newSignPad(of *Signature) *signPad {
	p := &signPad{of: of, hint: NewPara(LabelStyle.Centred(), of.words.Here)}
	p.ink = canvas.NewRaster(p.draw)
	p.root = container.NewStack(board(theme.Surface, theme.Edge), Column(0, Gap(), Pad(8, 0, p.hint), Gap()), p.ink,
		Sized(110*theme.Scale(), 118*theme.Scale(), canvas.NewRectangle(color.Transparent)))
	p.ExtendBaseWidget(p)
	return p
}

// draw shows the strokes at the proportions of the kept picture, in the ink of the theme.
func (p *signPad) draw(w, h int) image.Image {
	pen := max(float32(h)/signatureHigh*signaturePen, 2)
	mask := drawStrokes(p.of.strokes, w, h, pen)
	ink := color.NRGBAModel.Convert(theme.Color(theme.Ink)).(color.NRGBA)
	img := image.NewNRGBA(mask.Bounds())
	for i, a := range mask.Pix {
		if a > 0 {
			img.Pix[4*i], img.Pix[4*i+1], img.Pix[4*i+2], img.Pix[4*i+3] = ink.R, ink.G, ink.B, a
		}
	}
	return img
}

func (p *signPad) at(pos fyne.Position) point {
	size := p.Size()
	return point{pos.X / max(size.Width, 1), pos.Y / max(size.Height, 1)}
}

func (p *signPad) add(pos fyne.Position) {
	s := p.of
	if !p.drawing {
		p.drawing = true
		s.cleared = nil
		s.strokes = append(s.strokes, nil)
	}
	last := len(s.strokes) - 1
	s.strokes[last] = append(s.strokes[last], p.at(pos))
	p.Refresh()
}

// MouseDown sets the pen down: a dot is a stroke too.
func (p *signPad) MouseDown(ev *desktop.MouseEvent) { p.add(ev.Position) }

// MouseUp lifts the pen.
func (p *signPad) MouseUp(*desktop.MouseEvent) { p.lift() }

// Dragged draws on.
func (p *signPad) Dragged(ev *fyne.DragEvent) { p.add(ev.Position) }

// DragEnd lifts the pen.
func (p *signPad) DragEnd() { p.lift() }

func (p *signPad) lift() {
	if p.drawing {
		p.drawing = false
		p.of.changed()
	}
}

// Cursor is a cross.
func (p *signPad) Cursor() desktop.Cursor { return desktop.CrosshairCursor }

// Refresh draws the ink again.
func (p *signPad) Refresh() {
	if p.of.Empty() {
		p.hint.Show()
	} else {
		p.hint.Hide()
	}
	p.ink.Refresh()
	p.BaseWidget.Refresh()
}

// CreateRenderer is the toolkit's way to ask for what to draw.
func (p *signPad) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.root) }
