package drawing

import (
	"strings"

	"loket/app"
)

// Barcode is a Code 128 of digits, in set C (two digits a symbol). X and Y are the corner of its
// first bar; ten modules of white belong at either end.
type Barcode struct {
	X, Y, Height float64
	Module       float64
	Digits       string
}

// BarcodeQuiet is the number of white modules at either end of a barcode.
const BarcodeQuiet = 10

// Width is the length of the bars, without white ends; 0 when the digits cannot be encoded.
func (b Barcode) Width() float64 {
	widths, err := b.Bars()
	if err != nil {
		return 0
	}
	sum := 0
	for _, w := range widths {
		sum += w
	}
	return float64(sum) * b.Module
}

// Code 128 symbols with a meaning of their own.
const (
	startB   = 104
	startC   = 105
	switchC  = 99
	stopCode = 106
)

// Bars gives the widths in modules of bar, space, bar ... A first odd digit is encoded in set B.
func (b Barcode) Bars() ([]int, error) {
	digits := b.Digits
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return nil, app.Fail(app.PrintBarcode)
	}
	symbols := []int{startC}
	if len(digits)%2 == 1 {
		symbols = []int{startB, int(digits[0]-'0') + 16, switchC}
		digits = digits[1:]
	}
	for i := 0; i < len(digits); i += 2 {
		symbols = append(symbols, int(digits[i]-'0')*10+int(digits[i+1]-'0'))
	}
	check := symbols[0]
	for i, s := range symbols {
		check += i * s
	}
	var widths []int
	for _, s := range append(symbols, check%103, stopCode) {
		for _, w := range code128[s] {
			widths = append(widths, int(w-'0'))
		}
	}
	return widths, nil
}

// code128 is the table of ISO/IEC 15417: widths of bar, space, bar, space, bar, space.
var code128 = strings.Fields(`
212222 222122 222221 121223 121322 131222 122213 122312 132212 221213
221312 231212 112232 122132 122231 113222 123122 123221 223211 221132
221231 213212 223112 312131 311222 321122 321221 312212 322112 322211
212123 212321 232121 111323 131123 131321 112313 132113 132311 211313
231113 231311 112133 112331 132131 113123 113321 133121 313121 211331
231131 213113 213311 213131 311123 311321 331121 312113 312311 332111
314111 221411 431111 111224 111422 121124 121421 141122 141221 112214
112412 122114 122411 142112 142211 241211 221114 413111 241112 134111
111242 121142 121241 114212 124112 124211 411212 421112 421211 212141
214121 412121 111143 111341 131141 114113 114311 411113 411311 113141
114131 311141 411131 211412 211214 211232 2331112`)
