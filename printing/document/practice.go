package document

import "loket/printing/drawing"

// watermark writes a large pale word of some width under everything else; x and y are the middle
// of its baseline. It is drawn first, and never reaches a code.
func watermark(d *drawing.Drawing, word string, x, y, width, angle float64) {
	style := drawing.Style{Font: drawing.Bold, Size: 10, Colour: amberPale, Align: drawing.Centre}
	style.Size *= width / (style.Width(word) * 1.1)
	style.Spacing = 0.1 * width / float64(len(word))
	d.Add(drawing.Text{X: x, Y: y, Angle: angle, Style: style, Content: word})
}

// badge is an amber plate whose right end stands at x.
func badge(d *drawing.Drawing, word string, x, y float64) {
	const height, pad = 4.2, 2.0
	style := drawing.Style{Font: drawing.Bold, Size: 6.25, Colour: ink}
	w := style.Width(word) + 2*pad
	d.Add(drawing.Rect{X: x - w, Y: y, W: w, H: height, Radius: height / 2, Fill: amberLine})
	d.Write(x-w+pad, y+2.86, style, word)
}
