// Package pdf renders drawings as a PDF file. It is the only place that knows gofpdf, and guards
// against that library's habits: panics become errors, font bytes are copied for every file, and
// shapes are written as page content directly.
package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"time"

	"github.com/jung-kurt/gofpdf"

	"loket/app"
	"loket/printing/drawing"
)

// MaxPages keeps a file's making in memory small: 500 cards with both sides.
const MaxPages = 1000

// Options of a file.
type Options struct {
	Title   string    // shown by viewers; never personal data
	Created time.Time // zero means now; a fixed time makes a repeatable file
	Bleed   bool      // pages include the drawing's bleed, and a trim box says where to cut
	OffsetX float64   // moves everything, in mm, to make up for a printer's feed
	OffsetY float64
}

// Write renders each drawing as one page. Codes are computed on all cores while pages are written.
func Write(w io.Writer, pages []drawing.Drawing, o Options) (err error) {
	switch {
	case len(pages) == 0:
		return app.Fail(app.PrintNothing)
	case len(pages) > MaxPages:
		return app.Fail(app.PrintTooManyPages, "pages", len(pages), "most", MaxPages)
	}
	defer func() {
		if r := recover(); r != nil {
			err = app.Wrap("pdf.Write", app.PrintDocument, panicked(r))
		}
	}()
	doc := newDocument(pages, o)
	codes := computeCodes(pages)
	defer codes.stop()
	for _, page := range pages {
		if err := doc.addPage(page, o, codes); err != nil {
			return err
		}
	}
	var plain bytes.Buffer
	if err := doc.Output(&plain); err != nil {
		return app.Wrap("pdf.Write", app.PrintDocument, err)
	}
	return app.Wrap("pdf.Write", app.PrintDocument, squeeze(w, plain.Bytes()))
}

// panicked keeps a library's panic without its text, which can quote what was to be printed.
func panicked(r any) error {
	if e, ok := r.(runtime.Error); ok {
		return e
	}
	return errors.New("the library stopped (" + fmt.Sprintf("%T", r) + ")")
}

type document struct {
	*gofpdf.Fpdf
	font     drawing.Style // what the page content was last told
	pictures int
}

const family = "Inter"

// styles are the names by which gofpdf tells the weights apart.
var styles = map[drawing.Font]string{drawing.Regular: "", drawing.SemiBold: "I", drawing.Bold: "B"}

func newDocument(pages []drawing.Drawing, o Options) *document {
	f := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "mm", OrientationStr: "P", Size: gofpdf.SizeType{Wd: pages[0].Width, Ht: pages[0].Height}})
	f.SetAutoPageBreak(false, 0)
	f.SetMargins(0, 0, 0)
	f.SetCatalogSort(true)
	f.SetCompression(false) // squeeze does it
	f.SetCreationDate(o.Created)
	f.SetModificationDate(o.Created)
	f.SetProducer("Loket", true)
	f.SetTitle(o.Title, true)
	for _, font := range usedFonts(pages) {
		f.AddUTF8FontFromBytes(family, styles[font], bytes.Clone(font.Data()))
	}
	return &document{Fpdf: f}
}

// usedFonts spares a file the weights that it does not need.
func usedFonts(pages []drawing.Drawing) []drawing.Font {
	var used []drawing.Font
	for _, page := range pages {
		for _, op := range page.Ops {
			if t, ok := op.(drawing.Text); ok && !slices.Contains(used, t.Style.Font) {
				used = append(used, t.Style.Font)
			}
		}
	}
	slices.Sort(used)
	return used
}

func (d *document) addPage(page drawing.Drawing, o Options, codes *codes) error {
	bleed := 0.0
	if o.Bleed {
		bleed = page.Bleed
	}
	w, h := page.Width+2*bleed, page.Height+2*bleed
	if bleed > 0 {
		d.SetPageBox("trim", bleed, bleed, page.Width, page.Height)
	}
	d.AddPageFormat("P", gofpdf.SizeType{Wd: w, Ht: h})
	d.font = drawing.Style{}
	c := content{document: d, x: bleed + o.OffsetX, y: bleed + o.OffsetY, height: h}
	for _, op := range page.Ops {
		if err := c.add(op, codes); err != nil {
			return err
		}
	}
	c.flush()
	return app.Wrap("pdf.Write", app.PrintDocument, d.Error())
}
