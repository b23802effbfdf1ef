package roster

import "strings"

// readStyles learns which cell styles show a number as a day. A workbook without readable styles
// has none: the judge takes serial numbers in a date column too.
func (w *workbook) readStyles(part string) {
	var styles struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := w.unmarshal(part, &styles); err != nil {
		return
	}
	own := map[int]bool{}
	for _, f := range styles.Formats {
		own[f.ID] = showsDay(f.Code)
	}
	for _, c := range styles.Cells {
		w.dates = append(w.dates, own[c.Format] || builtInDay(c.Format))
	}
}

// builtInDay lists the formats of days that every program knows (ECMA-376, 18.8.30).
func builtInDay(format int) bool {
	return format >= 14 && format <= 17 || format == 22 || format >= 27 && format <= 31 ||
		format == 36 || format >= 50 && format <= 58
}

// showsDay says whether a number format has a day or a year in it, outside of quoted text, colours
// and signs that stand for themselves.
func showsDay(code string) bool {
	code = strings.ToLower(code)
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"':
			i = skip(code, i, '"')
		case '[':
			i = skip(code, i, ']')
		case '\\', '_', '*':
			i++
		case 'd', 'y':
			return true
		}
	}
	return false
}

// skip finds the end of a quoted part.
func skip(code string, from int, end byte) int {
	n := strings.IndexByte(code[from+1:], end)
	if n < 0 {
		return len(code)
	}
	return from + 1 + n
}
