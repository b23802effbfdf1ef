package roster

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"loket/app"
)

// workbook is an .xlsx file (ECMA-376): a zip of XML parts. It is read here and not by excelize,
// which does not say of a cell whether it is a number or text while it streams, and which unpacks
// large sheets into temporary files.
type workbook struct {
	parts   map[string]*zip.File
	sheets  []sheetPart
	strings []string
	dates   []bool // by cell style: the number is a day
	epoch   time.Time
}

type sheetPart struct {
	name   string
	hidden bool
	part   string
}

func openWorkbook(b []byte) (*workbook, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, unreadable(err)
	}
	w := &workbook{parts: map[string]*zip.File{}, epoch: epoch1900}
	if err := w.addParts(z.File); err != nil {
		return nil, err
	}
	main := w.mainPart()
	if w.parts[main] == nil || strings.HasSuffix(main, ".bin") { // .xlsb
		return nil, app.Fail(foreignZip(w.parts))
	}
	if err := w.readMain(main); err != nil {
		return nil, err
	}
	if len(w.sheets) == 0 {
		return nil, app.Fail(app.RosterEmpty)
	}
	return w, nil
}

// addParts refuses what unpacks to far more than a list can hold, by what the zip itself declares.
// Reading is bounded too, since a zip can lie.
func (w *workbook) addParts(files []*zip.File) error {
	if len(files) > maxParts {
		return app.Fail(app.RosterBomb)
	}
	var all uint64
	for _, f := range files {
		packed, unpacked := f.CompressedSize64, f.UncompressedSize64
		all += unpacked
		if unpacked > maxUnpack || all > maxUnpack || unpacked > 10<<20 && unpacked/(packed+1) > maxRatio {
			return app.Fail(app.RosterBomb)
		}
		w.parts[strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")] = f
	}
	return nil
}

// foreignZip says what a zip without a workbook is.
func foreignZip(parts map[string]*zip.File) app.Code {
	if parts["content.xml"] != nil && parts["mimetype"] != nil {
		return app.RosterOpenOffice
	}
	return app.RosterNotList
}

// relation is one line of a .rels part: what a part refers to.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// relations lists what a part refers to, with whole paths. A part without a list refers to nothing.
func (w *workbook) relations(part string) []relation {
	dir, file := path.Split(part)
	var list struct {
		All []relation `xml:"Relationship"`
	}
	if err := w.unmarshal(dir+"_rels/"+file+".rels", &list); err != nil {
		return nil
	}
	for i, r := range list.All {
		if strings.HasPrefix(r.Target, "/") {
			list.All[i].Target = strings.TrimPrefix(r.Target, "/")
			continue
		}
		list.All[i].Target = path.Join(dir, r.Target)
	}
	return list.All
}

func (w *workbook) mainPart() string {
	if part := target(w.relations(""), "/officeDocument"); strings.HasPrefix(part, "xl/") {
		return part
	}
	return "xl/workbook.xml"
}

// target finds the part of a kind; the strict and the usual files name the kinds differently, but
// with the same ending.
func target(all []relation, ending string) string {
	i := slices.IndexFunc(all, func(r relation) bool { return strings.HasSuffix(r.Type, ending) })
	if i < 0 {
		return ""
	}
	return all[i].Target
}

func (w *workbook) readMain(part string) error {
	var main struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := w.unmarshal(part, &main); err != nil {
		return unreadable(err)
	}
	if v := main.Properties.Date1904; v == "1" || v == "true" {
		w.epoch = epoch1904
	}
	relations := w.relations(part)
	for _, s := range main.Sheets[:min(len(main.Sheets), maxSheets)] {
		i := slices.IndexFunc(relations, func(r relation) bool { return r.ID == s.ID })
		if i < 0 || !strings.HasSuffix(relations[i].Type, "/worksheet") {
			continue // a chart has no rows
		}
		w.sheets = append(w.sheets, sheetPart{s.Name, s.State != "" && s.State != "visible", relations[i].Target})
	}
	w.readStyles(target(relations, "/styles"))
	return w.readStrings(target(relations, "/sharedStrings"))
}

// open begins to read a part, bounded.
func (w *workbook) open(part string) (io.ReadCloser, io.Reader, error) {
	f := w.parts[part]
	if f == nil {
		return nil, nil, errors.New("a part of the workbook is missing")
	}
	r, err := f.Open()
	if err != nil {
		return nil, nil, err
	}
	return r, bufio.NewReaderSize(&bounded{r, maxUnpack}, 1<<16), nil
}

// unmarshal reads a small part at once.
func (w *workbook) unmarshal(part string, into any) error {
	closer, r, err := w.open(part)
	if err != nil {
		return err
	}
	err = xml.NewDecoder(&bounded{r, 16 << 20}).Decode(into)
	return errors.Join(err, closer.Close())
}
