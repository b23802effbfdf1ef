package card

import (
	"slices"
	"time"

	"loket/app"
	"loket/app/cose"
)

// CardMark vouches for one card of a replaced or revoked key: what vouches for it is not the signer's word
// about the day, but that head office had it in its books. It counts for its own serial alone.
type CardMark struct {
	Serial app.Serial
	Mark   [8]byte // see Mark
}

// MarksPage is how many serials one page of marks covers.
const MarksPage = 1024

const markPages = ShardSize / MarksPage

// Marks tells of marked cards; a *StatusList does for its shard.
type Marks interface {
	// Marked says whether a serial's card with this mark is vouched for. Known is false where the page is
	// not at hand, or the list is older than the moment since when its key needs a mark.
	Marked(serial app.Serial, mark [8]byte, since time.Time) (marked, known bool)
}

type wireMarks struct {
	_     struct{} `cbor:",toarray"`
	Kind  string
	Page  uint32   // serials from Page x 1,024
	Gaps  []uint32 // of serials, each behind the one before it; the first behind the page's beginning
	Marks []byte   // 8 bytes each
}

// layMarks lays the marks of a shard out in pages below one index; false where there are none.
func (o Objects) layMarks(shard uint32, marks []CardMark) (top [32]byte, any bool, err error) {
	ordered := slices.SortedFunc(slices.Values(marks), func(a, b CardMark) int { return int(int64(a.Serial) - int64(b.Serial)) })
	ordered = slices.CompactFunc(ordered, func(a, b CardMark) bool { return a.Serial == b.Serial })
	index := wireIndex{Kind: indexObject, Hashes: make([]byte, 32*markPages)}
	for len(ordered) > 0 {
		page := wireMarks{Kind: marksObject, Page: uint32(ordered[0].Serial) / MarksPage, Gaps: []uint32{}}
		if ShardOf(ordered[0].Serial) != shard {
			return top, false, app.Fail(app.StatusOutOfShard)
		}
		next := page.Page * MarksPage
		for len(ordered) > 0 && uint32(ordered[0].Serial)/MarksPage == page.Page {
			m := ordered[0]
			page.Gaps = append(page.Gaps, uint32(m.Serial)-next)
			page.Marks = append(page.Marks, m.Mark[:]...)
			next = uint32(m.Serial) + 1
			ordered = ordered[1:]
		}
		hash, err := o.add(page)
		if err != nil {
			return top, false, err
		}
		copy(index.Hashes[32*(page.Page%markPages):], hash[:])
		any = true
	}
	if !any {
		return top, false, nil
	}
	top, err = o.add(index)
	return top, true, err
}

// markPage is the marks of 1,024 serials, by serial.
type markPage map[app.Serial][8]byte

func readMarks(raw []byte, page uint32) (markPage, error) {
	var w wireMarks
	if err := cose.Unmarshal(raw, &w); err != nil {
		return nil, err
	}
	if w.Kind != marksObject || w.Page != page || len(w.Gaps) == 0 || len(w.Gaps) > MarksPage || len(w.Marks) != 8*len(w.Gaps) {
		return nil, app.Fail(app.StatusList)
	}
	marks := make(markPage, len(w.Gaps))
	next := uint64(page) * MarksPage
	for i, gap := range w.Gaps {
		serial := next + uint64(gap)
		if serial/MarksPage != uint64(page) {
			return nil, app.Fail(app.StatusList)
		}
		marks[app.Serial(serial)] = [8]byte(w.Marks[8*i:])
		next = serial + 1
	}
	return marks, nil
}

// readMarks reads the pages of marks that are at hand.
func (l *StatusList) readMarks(top []byte, objects Objects) error {
	if len(top) == 0 {
		return nil
	}
	l.named = make([]bool, markPages)
	for i := range l.named { // until the index says otherwise every page may have marks
		l.named[i] = true
	}
	raw, here := objects[[32]byte(top)]
	if !here {
		return nil
	}
	var w wireIndex
	if err := cose.Unmarshal(raw, &w); err != nil {
		return err
	}
	if !w.sound() || len(w.Hashes) != 32*markPages {
		return app.Fail(app.StatusList)
	}
	l.pages = map[uint32]markPage{}
	for i := range markPages {
		l.named[i] = w.at(i) != [32]byte{}
		raw, here := objects[w.at(i)]
		if !here || !l.named[i] {
			continue
		}
		page := l.Shard.Number*markPages + uint32(i)
		marks, err := readMarks(raw, page)
		if err != nil {
			return err
		}
		l.pages[page] = marks
	}
	return nil
}

// Marked looks a card up in the marks of the list's shard.
func (l *StatusList) Marked(serial app.Serial, mark [8]byte, since time.Time) (marked, known bool) {
	if l == nil || ShardOf(serial) != l.Shard.Number || serial == 0 {
		return false, false
	}
	page := uint32(serial) / MarksPage
	marks, here := l.pages[page]
	if is, found := marks[serial]; found && is == mark {
		return true, true
	}
	named := len(l.named) > 0 && l.named[page%markPages]
	return false, (here || !named) && !l.Issued.Before(since)
}

// AllMarks are the marks of the pages at hand, in no order, for whoever takes stock.
func (l *StatusList) AllMarks() (all []CardMark) {
	for _, page := range l.pages {
		for serial, mark := range page {
			all = append(all, CardMark{serial, mark})
		}
	}
	return all
}
