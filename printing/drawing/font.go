package drawing

import (
	"sync"
	"sync/atomic"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"loket/assets"
)

// Font is a weight of Inter.
type Font uint8

// The weights.
const (
	Regular Font = iota
	SemiBold
	Bold
)

// Fonts lists the weights.
var Fonts = []Font{Regular, SemiBold, Bold}

// Replacement stands where the font has no glyph: visible, so that somebody asks.
const Replacement = '□'

// Data is the TrueType file of the weight. It is shared: copy it before giving it to anything that
// could write to it.
func (f Font) Data() []byte {
	return [][]byte{assets.InterRegular, assets.InterSemiBold, assets.InterBold}[f]
}

// Has says whether the font can draw a character.
func (f Font) Has(r rune) bool { return f.glyph(r).index != 0 }

// Advance is the width of a character in ems.
func (f Font) Advance(r rune) float64 { return f.glyph(r).advance }

// Outline is the shape of a character in ems, y downwards from the baseline.
func (f Font) Outline(r rune) []Step { return f.glyph(r).outline() }

type glyph struct {
	index   sfnt.GlyphIndex
	advance float64
	outline func() []Step
}

// face is a parsed font and the glyphs that were asked for so far: those of Latin letters, which
// measuring asks for most of the time, by their place, others by name.
type face struct {
	sfnt   *sfnt.Font
	latin  [0x180]atomic.Pointer[glyph]
	others sync.Map // rune to *glyph
}

var faces = sync.OnceValue(func() []*face {
	var all []*face
	for _, f := range Fonts {
		parsed, err := sfnt.Parse(f.Data())
		if err != nil {
			// The files are embedded and tested: a broken one cannot reach a user.
			panic(err)
		}
		all = append(all, &face{sfnt: parsed})
	}
	return all
})

func (f Font) glyph(r rune) *glyph {
	face := faces()[f]
	if r >= 0 && int(r) < len(face.latin) {
		g := face.latin[r].Load()
		if g == nil {
			g = face.load(r)
			face.latin[r].Store(g)
		}
		return g
	}
	if g, known := face.others.Load(r); known {
		return g.(*glyph)
	}
	g := face.load(r)
	face.others.Store(r, g)
	return g
}

// load measures at one pixel a unit, so that nothing is rounded.
func (f *face) load(r rune) *glyph {
	var buf sfnt.Buffer
	units := fixed.I(int(f.sfnt.UnitsPerEm()))
	index, err := f.sfnt.GlyphIndex(&buf, r)
	if err != nil {
		index = 0
	}
	advance, err := f.sfnt.GlyphAdvance(&buf, index, units, font.HintingNone)
	if err != nil {
		advance = 0
	}
	return &glyph{index, float64(advance) / float64(units), sync.OnceValue(func() []Step {
		return f.outline(index, units)
	})}
}

func (f *face) outline(index sfnt.GlyphIndex, units fixed.Int26_6) []Step {
	var buf sfnt.Buffer
	segments, err := f.sfnt.LoadGlyph(&buf, index, units, nil)
	if err != nil {
		return nil
	}
	var steps []Step
	var at [2]float64
	for _, s := range segments {
		step := toStep(s, at, 1/float64(units))
		if s.Op == sfnt.SegmentOpMoveTo && steps != nil {
			steps = append(steps, Step{Kind: ClosePath})
		}
		at[0], at[1] = end(step)
		steps = append(steps, step)
	}
	return append(steps, Step{Kind: ClosePath})
}

// toStep scales one piece of a glyph; TrueType's quadratic curves become cubic ones.
func toStep(s sfnt.Segment, at [2]float64, scale float64) Step {
	p := func(i int) (float64, float64) { return float64(s.Args[i].X) * scale, float64(s.Args[i].Y) * scale }
	x0, y0 := p(0)
	switch s.Op {
	case sfnt.SegmentOpMoveTo:
		return move(x0, y0)
	case sfnt.SegmentOpLineTo:
		return line(x0, y0)
	case sfnt.SegmentOpQuadTo:
		x1, y1 := p(1)
		return curve(at[0]+(x0-at[0])*2/3, at[1]+(y0-at[1])*2/3, x1+(x0-x1)*2/3, y1+(y0-y1)*2/3, x1, y1)
	}
	x1, y1 := p(1)
	x2, y2 := p(2)
	return curve(x0, y0, x1, y1, x2, y2)
}
