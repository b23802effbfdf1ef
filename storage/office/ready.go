package office

import (
	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
)

// ready is a delivery with everything worked out that needs no database, so that the one writer is not
// kept waiting for it: encoding, hiding, judging, blind indexes.
type ready struct {
	books.Delivery
	items []readyItem // of each entry of the batch
}

type readyItem struct {
	raw    []byte   // the entry
	hidden []byte   // its personal part; nil: none
	code   app.Code // why it is set aside; "" when it is good
	person person   // of a good registration
	files  []app.Evidence
}

// person is what the books need of a registration's personal part.
type person struct {
	record app.Record
	nik    []byte // blind index
	key    []byte // blind index of name and birth date
}

// Prepare works out ahead of Take what needs no database. Doing it again changes nothing.
func (s *Store) Prepare(d *books.Delivery) error {
	if d.Ready != nil {
		return nil
	}
	items := make([]readyItem, len(d.Batch.Items))
	for i, it := range d.Batch.Items {
		if err := items[i].workOut(s.clerk, it); err != nil {
			return s.engine.failed("office.Prepare", err)
		}
	}
	d.Ready = items
	return nil
}

func (r *readyItem) workOut(clerk books.Clerk, it sealed.Item) (err error) {
	if r.raw, err = it.Entry.Encode(); err != nil {
		return err
	}
	r.code = judge(it)
	if it.Part == nil {
		r.files = filesOf(it, nil)
		return nil
	}
	plain := append(append(make([]byte, 0, 16+len(it.Part.Body)), it.Part.Salt[:]...), it.Part.Body...)
	if r.hidden, err = clerk.Hide(partPlace(it.Entry.ID()), plain); err != nil {
		return err
	}
	if r.code == "" && it.Entry.Kind == journal.RegistrationCaptured {
		r.person, err = personOf(clerk, *it.Part)
		r.files = filesOf(it, &r.person)
		return err
	}
	r.files = filesOf(it, nil)
	return nil
}

func personOf(clerk books.Clerk, part journal.Part) (p person, err error) {
	var packed journal.RecordPart
	if err := part.Into(&packed); err != nil {
		return p, err
	}
	if p.record, err = packed.Record(); err != nil {
		return p, err
	}
	p.nik = clerk.Index("nik", p.record.Person.NIK)
	p.key = clerk.Index("person", personKey(p.record.Person.Name, p.record.Person.BirthDate))
	return p, nil
}

// entries are those that are to be applied at once, in their order.
func (r *ready) entries() (entries []journal.Entry) {
	for i, it := range r.Batch.Items {
		if r.items[i].code == "" {
			entries = append(entries, it.Entry)
		}
	}
	return entries
}

// of is what was worked out of an entry; nil when it came with another batch.
func (r *ready) of(id app.EntryID) *readyItem {
	if r == nil || id.Chain != r.Batch.Header.Chain || id.Seq < r.Batch.Header.First || id.Seq > r.Batch.Header.Last {
		return nil
	}
	return &r.items[id.Seq-r.Batch.Header.First]
}
