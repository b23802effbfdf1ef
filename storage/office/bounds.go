package office

import (
	"slices"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
)

// What a kiosk may lay into the books, whoever has got hold of it.
const (
	mostAhead       = 64             // batches ahead of a gap, over the line
	mostAheadBytes  = 100 << 20      // and from sticks
	filesADay       = 500            // attachments of a kiosk
	fileBytesADay   = 500 * 60 << 10 // and their bytes
	namedLife       = 90 * 24 * time.Hour
	answersADay     = 50 // to families' questions, without a person
	day             = 24 * time.Hour
	mostDrawn       = 4 << 20 // a drawn signature of an older program
	evidenceDrawing = app.EvidenceSignature
)

// roomAhead says whether a batch may wait for what comes before it. Over the line a kiosk sends in order, so
// a few are enough; a stick brings all that a kiosk has. Behind is the last batch that was applied.
func (t *tx) roomAhead(d books.Delivery, behind uint64) error {
	h := d.Batch.Header
	var waiting, bytes int64
	_, err := t.get("SELECT count(*), COALESCE(SUM(length(raw)), 0) FROM batches WHERE kiosk = $1 AND incarnation = $2 AND number > $3",
		[]any{h.Chain.Kiosk, h.Chain.Incarnation, behind}, &waiting, &bytes)
	if err != nil {
		return err
	}
	if !d.Stick && waiting >= mostAhead || bytes+int64(len(d.Raw)) > mostAheadBytes {
		return app.Fail(app.OfficeTooFarAhead, "number", h.Number)
	}
	return nil
}

// filesOf are the files that an entry names, if it can be read at all: also one that is set aside names its
// pictures, which must not stay on the kiosk for ever.
func filesOf(it sealed.Item, known *person) []app.Evidence {
	switch {
	case known != nil:
		return known.record.Evidence
	case it.Entry.Kind == journal.HandoverDone:
		var b journal.HandoverBody
		if it.Entry.Into(&b) != nil {
			return nil
		}
		return evidenceOf(b.Evidence)
	case it.Part != nil && slices.Contains(recordKinds, it.Entry.Kind):
		var p journal.RecordPart
		if it.Part.Into(&p) != nil {
			return nil
		}
		return evidenceOf(p.Evidence)
	}
	return nil
}

func evidenceOf(bodies []journal.FileBody) (files []app.Evidence) {
	for _, f := range bodies {
		if len(f.Hash) == 32 {
			files = append(files, app.Evidence{Kind: f.Kind, Hash: [32]byte(f.Hash), Size: f.Size})
		}
	}
	return files
}

// recordKinds are the entries whose personal part is a person's whole record.
var recordKinds = []journal.Kind{journal.RegistrationCaptured, journal.RegistrationCompleted, journal.RegistrationCorrected}

// nameFiles remembers that entries speak of files, which may be here or still to come.
func (t *tx) nameFiles(d *ready) error {
	names := rowsFor("attachments (kiosk, incarnation, hash, size, named_by, hidden, received_at, receipt, kind, named_at)",
		`ON CONFLICT (kiosk, incarnation, hash) DO UPDATE SET named_by = EXCLUDED.named_by, kind = EXCLUDED.kind,
			size = CASE WHEN attachments.received_at = 0 THEN EXCLUDED.size ELSE attachments.size END,
			named_at = CASE WHEN attachments.named_at = 0 THEN EXCLUDED.named_at ELSE attachments.named_at END`)
	seen := map[[32]byte]bool{}
	for i, it := range d.Batch.Items {
		for _, f := range d.items[i].files {
			if seen[f.Hash] || len(f.Kind) > 64 {
				continue
			}
			seen[f.Hash] = true
			e := it.Entry
			names.add(e.Kiosk, e.Incarnation, f.Hash[:], f.Size, e.Seq, []byte{}, 0, 0, f.Kind, ms(t.at))
		}
	}
	return t.insertMust(names)
}

// mayTake says why a file is not taken now. Each reason is one for later, or for a person: the kiosk keeps
// the file and sends it again.
func (t *tx) mayTake(a books.Attachment) error {
	var kind string
	var size, by, named int64
	found, err := t.get("SELECT kind, size, named_by, named_at FROM attachments WHERE kiosk = $1 AND incarnation = $2 AND hash = $3",
		[]any{a.Chain.Kiosk, a.Chain.Incarnation, a.Hash[:]}, &kind, &size, &by, &named)
	most := sealed.MaxPicture
	if kind == evidenceDrawing {
		most = mostDrawn
	}
	switch {
	case err != nil:
		return err
	case !found || by == 0:
		return app.Fail(app.OfficeFileUnnamed)
	case named != 0 && t.at.Sub(moment(named)) > namedLife:
		return app.Fail(app.OfficeFileLate, "days", int(namedLife/day))
	case len(a.Plain) > most:
		return app.Fail(app.OfficeFileTooBig, "most", most>>10)
	}
	var files, bytes int64
	if _, err := t.get("SELECT count(*), COALESCE(SUM(size), 0) FROM attachments WHERE kiosk = $1 AND received_at > $2",
		[]any{a.Chain.Kiosk, ms(t.at.Add(-day))}, &files, &bytes); err != nil {
		return err
	}
	if files >= filesADay || bytes+int64(len(a.Plain)) > fileBytesADay {
		return app.Fail(app.OfficeFilesToday, "most", filesADay)
	}
	return nil
}

// answeredToday says whether so many of a kiosk's questions were answered without a person within a day that
// the next waits for one: whoever holds a kiosk must not learn of everybody.
func (t *tx) answeredToday(kiosk app.Kiosk) (bool, error) {
	var n int
	_, err := t.get("SELECT count(*) FROM lookups WHERE kiosk = $1 AND answered_at > $2 AND answered_by = ''", []any{kiosk, ms(t.at.Add(-day))}, &n)
	return n >= answersADay, err
}

// raise keeps a copy's batch as an alarm: the first of a life whole, of the others only how many there were.
func (t *tx) raise(h sealed.Header, identity, raw []byte) error {
	n, err := t.do("UPDATE clone_alarms SET times = times + 1, last_at = $3 WHERE kiosk = $1 AND incarnation = $2", h.Chain.Kiosk, h.Chain.Incarnation, ms(t.at))
	if err != nil || n > 0 {
		return err
	}
	return t.must(`INSERT INTO clone_alarms (kiosk, incarnation, number, identity, raw, at, last_at) VALUES ($1, $2, $3, $4, $5, $6, $6)
		ON CONFLICT (kiosk, incarnation, number, identity) DO NOTHING`, h.Chain.Kiosk, h.Chain.Incarnation, h.Number, identity, raw, ms(t.at))
}
