package centre

import (
	"bytes"
	"image"
	"image/color"
	"image/png"

	"loket/app"
	"loket/printing/drawing"
)

// pixels a module, and white modules around, of a token's QR on the console.
const (
	pixels = 4
	quiet  = 4
)

// tokenQR draws an enrolment token in the smallest version that holds it.
func tokenQR(text string) ([]byte, error) {
	var matrix [][]bool
	err := error(app.Fail(app.PrintTextTooLong))
	for version := 8; version <= 30 && err != nil; version++ {
		matrix, err = drawing.QR{Text: text, Version: version}.Matrix()
	}
	if err != nil {
		return nil, err
	}
	side := (len(matrix) + 2*quiet) * pixels
	picture := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black})
	for y, row := range matrix {
		for x, black := range row {
			if black {
				fill(picture, (x+quiet)*pixels, (y+quiet)*pixels)
			}
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		return nil, app.Wrap("centre.tokenQR", app.Internal, err)
	}
	return out.Bytes(), nil
}

func fill(picture *image.Paletted, x, y int) {
	for dy := range pixels {
		for dx := range pixels {
			picture.SetColorIndex(x+dx, y+dy, 1)
		}
	}
}
