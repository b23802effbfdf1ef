package roster

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"loket/app"
)

// readStrings reads the texts that cells share. Notes on how to pronounce a text are left out.
func (w *workbook) readStrings(part string) error {
	if part == "" || w.parts[part] == nil {
		return nil
	}
	closer, r, err := w.open(part)
	if err != nil {
		return unreadable(err)
	}
	all, err := sharedTexts(r)
	if err = errors.Join(err, closer.Close()); err != nil {
		return unreadable(err)
	}
	w.strings = all
	return nil
}

func sharedTexts(r io.Reader) ([]string, error) {
	var all []string
	var one strings.Builder
	t := texts{one: &one}
	x := xml.NewDecoder(r)
	left := maxStrings
	for {
		token, err := x.RawToken()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		t.take(token)
		end, ok := token.(xml.EndElement)
		if !ok || end.Name.Local != "si" {
			continue
		}
		if left -= one.Len() + 24; left < 0 {
			return nil, app.Fail(app.RosterBomb)
		}
		all = append(all, one.String())
		one.Reset()
	}
}

// texts gathers the <t> elements of a text, which may be in several runs.
type texts struct {
	one      *strings.Builder
	inText   bool
	phonetic bool
}

func (t *texts) take(token xml.Token) {
	switch token := token.(type) {
	case xml.StartElement:
		t.inText = t.inText || token.Name.Local == "t" && !t.phonetic
		t.phonetic = t.phonetic || token.Name.Local == "rPh"
	case xml.EndElement:
		t.inText = t.inText && token.Name.Local != "t"
		t.phonetic = t.phonetic && token.Name.Local != "rPh"
	case xml.CharData:
		if t.inText && t.one.Len() < maxCell*4 {
			t.one.Write(token)
		}
	}
}
