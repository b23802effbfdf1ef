package roster

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"loket/app"
)

// writeCopy writes a new workbook with the values of the old one, row by row, no formula among them:
// the smallest file that ECMA-376 calls a workbook. excelize's own streaming keeps large sheets in
// temporary files, which personal data must not be in.
func (b *Book) writeCopy(w io.Writer, r *Result) error {
	z := zip.NewWriter(w)
	err := copyFrame(z, b.Sheets)
	for i := range b.Sheets {
		if err == nil {
			err = b.copySheet(z, i, r)
		}
	}
	return app.Wrap("roster.rejects", app.FileUnwritten, errors.Join(err, z.Close()))
}

const (
	xmlHead    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace  = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	officeKind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	mainKind   = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// copyStyles are the looks in the order of the paints: text, yellow, red, bold.
const copyStyles = xmlHead + `<styleSheet ` + mainSpace + `>` +
	`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
	`<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
	`<fill><patternFill patternType="solid"><fgColor rgb="FFFFF2CC"/></patternFill></fill>` +
	`<fill><patternFill patternType="solid"><fgColor rgb="FFF8CBAD"/></patternFill></fill></fills>` +
	`<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>` +
	`<cellXfs count="4"><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fillId="2" applyFill="1" applyNumberFormat="1"/>` +
	`<xf numFmtId="49" fillId="3" applyFill="1" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyFont="1" applyNumberFormat="1"/></cellXfs></styleSheet>`

// copyFrame writes the parts around the sheets.
func copyFrame(z *zip.Writer, sheets []Sheet) error {
	var list, relations, kinds strings.Builder
	for i, s := range sheets {
		state := ""
		if s.Hidden {
			state = ` state="hidden"`
		}
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, escaped(s.Name), i+1, state, i+1)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, officeKind, i+1)
		fmt.Fprintf(&kinds, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, mainKind)
	}
	const packageSpace = `xmlns="http://schemas.openxmlformats.org/package/2006/`
	var err error
	write := func(name, content string) {
		if err == nil {
			var w io.Writer
			if w, err = z.Create(name); err == nil {
				_, err = io.WriteString(w, xmlHead+content)
			}
		}
	}
	write("[Content_Types].xml", `<Types `+packageSpace+`content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`+
		`<Override PartName="/xl/workbook.xml" ContentType="`+mainKind+`sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="`+mainKind+`styles+xml"/>`+kinds.String()+`</Types>`)
	write("_rels/.rels", `<Relationships `+packageSpace+`relationships"><Relationship Id="rId1" Type="`+officeKind+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	write("xl/_rels/workbook.xml.rels", `<Relationships `+packageSpace+`relationships">`+relations.String()+
		fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/></Relationships>`, len(sheets)+1, officeKind))
	write("xl/workbook.xml", `<workbook `+mainSpace+` xmlns:r="`+officeKind+`"><sheets>`+list.String()+`</sheets></workbook>`)
	write("xl/styles.xml", strings.TrimPrefix(copyStyles, xmlHead))
	return err
}

// copySheet writes the rows of one sheet with their remarks.
func (b *Book) copySheet(z *zip.Writer, i int, r *Result) error {
	width, err := b.width(i)
	if err != nil {
		return err
	}
	part, err := z.Create(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1))
	if err != nil {
		return err
	}
	s, judged := &b.Sheets[i], r.bySheet(b.Sheets[i].Name)
	c := cellWriter{w: bufio.NewWriterSize(part, 1<<16)}
	c.write(xmlHead + `<worksheet ` + mainSpace + `><sheetData>`)
	err = b.source.rows(i, func(number int, cells []cell) error {
		c.write(fmt.Sprintf(`<row r="%d">`, number))
		row := judged[number]
		var colours map[int]paint
		if row != nil {
			colours = paints(row, s)
		}
		for column, v := range cells {
			if row != nil && (column == width || column == width+1) {
				continue // an earlier remark
			}
			c.value(column, number, v, colours[column])
		}
		switch {
		case row != nil:
			reasons, warnings := remarks(row)
			c.cell(width, number, reasons, asItIs)
			c.cell(width+1, number, warnings, asItIs)
		case number == s.Header && len(judged) > 0:
			reasons, warnings := remarkTitles()
			c.cell(width, number, reasons, bold)
			c.cell(width+1, number, warnings, bold)
		}
		c.write(`</row>`)
		return c.err
	})
	c.write(`</sheetData></worksheet>`)
	return errors.Join(err, c.err, c.w.Flush())
}

// cellWriter writes cells as inline texts, which no program takes for a formula.
type cellWriter struct {
	w   *bufio.Writer
	err error
}

func (c *cellWriter) write(s string) {
	if c.err == nil {
		_, c.err = c.w.WriteString(s)
	}
}

// value keeps a number a number: a NIK that lost its digits must not look whole when it comes back.
func (c *cellWriter) value(column, line int, v cell, colour paint) {
	if v.kind != number {
		c.cell(column, line, v.text, colour)
		return
	}
	c.write(fmt.Sprintf(`<c r="%s%d" s="%d"><v>%s</v></c>`, letters(column), line, colour, v.text))
}

func (c *cellWriter) cell(column, line int, s string, colour paint) {
	if s == "" && colour == asItIs || c.err != nil {
		return
	}
	c.write(fmt.Sprintf(`<c r="%s%d" s="%d" t="inlineStr"><is><t xml:space="preserve">`, letters(column), line, colour))
	if c.err == nil {
		c.err = xml.EscapeText(c.w, []byte(s))
	}
	c.write(`</t></is></c>`)
}

// letters names a column: A, B ... Z, AA.
func letters(column int) string {
	s := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}

func escaped(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return ""
	}
	return b.String()
}
