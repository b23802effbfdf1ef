package officesuite

import (
	"crypto/sha256"
	"testing"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
)

// photographed registers somebody with a picture.
func (k *Kiosk) photographed(t testing.TB, n int, pictures ...[]byte) app.EntryID {
	t.Helper()
	person := Person(n)
	for _, plain := range pictures {
		person.Evidence = append(person.Evidence, app.Evidence{Kind: app.EvidencePhoto, Hash: sha256.Sum256(plain), Size: int64(len(plain))})
	}
	return k.Register(t, person, "", "")
}

func (w *officeWorld) file(k *Kiosk, plain []byte) error {
	_, err := w.store.TakeAttachment(w.ctx, books.Attachment{Chain: k.Chain, Hash: sha256.Sum256(plain), Plain: plain, At: w.at})
	return err
}

// boundedAhead: over the line some batches wait for what comes before them, from a stick all that there are;
// when the gap closes everything is applied once.
func boundedAhead(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	var batches []*sealed.Prepared
	for n := range 70 {
		k.Register(t, Person(n), "", "")
		batches = append(batches, k.Seal(t))
	}
	taken := 0
	for _, p := range batches[1:] {
		_, err := w.take(t, k, p)
		if err == nil {
			taken++
			continue
		}
		wantCode(t, err, app.OfficeTooFarAhead)
	}
	if taken != 64 {
		t.Errorf("%d batches wait, want 64", taken)
	}
	for _, p := range batches[1:] {
		raw, err := p.Seal(w.clerk.Opening.Public())
		need(t, err)
		b, err := sealed.OpenBatch(raw, w.clerk.Opening, public(k.Device))
		need(t, err)
		_, err = w.store.Take(w.ctx, books.Delivery{Batch: b, Raw: raw, At: w.at, Stick: true})
		need(t, err)
	}
	_, err := w.take(t, k, batches[0])
	need(t, err)
	if f := w.figures(t); f.Accepted != 70 {
		t.Errorf("%d were accepted of 70", f.Accepted)
	}
}

// countedAlarms: of what a copy sends one batch is kept whole.
func countedAlarms(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	fresh := k.Copy()
	k.Register(t, Person(1), "", "")
	w.send(t, k)
	before := w.size(t)
	for n := range 20 {
		twin := fresh.Copy()
		twin.Register(t, Person(100+n), "", "")
		_, err := w.take(t, twin, twin.Seal(t))
		wantCode(t, err, app.OfficeOtherIdentity)
	}
	if f := w.figures(t); f.Alarms != 20 {
		t.Errorf("%d alarms, want 20", f.Alarms)
	}
	if grown := w.size(t) - before; grown > 4000 {
		t.Errorf("the alarms took %d bytes", grown)
	}
}

func (w *officeWorld) size(t testing.TB) int {
	t.Helper()
	dump, err := w.store.Dump(w.ctx)
	need(t, err)
	return len(dump)
}

// namedFiles: a file is taken when an entry has named it, also one that was set aside; so large, so late and
// so many a day, and the same receipt again for what is here.
func namedFiles(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	first, late, big := []byte("first"), []byte("late"), make([]byte, sealed.MaxPicture+1)
	wantCode(t, w.file(k, first), app.OfficeFileUnnamed)
	k.photographed(t, 1, first, late, big)
	w.send(t, k)
	need(t, w.file(k, first))
	need(t, w.file(k, first))
	wantCode(t, w.file(k, big), app.OfficeFileTooBig)
	wantCode(t, w.file(k, []byte("of nobody")), app.OfficeFileUnnamed)
	other := w.kiosk(t, 418)
	wantCode(t, w.file(other, late), app.OfficeFileUnnamed) // another life's entry names it

	aside := []byte("of one that is set aside")
	k.handedWith(t, aside)
	w.send(t, k)
	need(t, w.file(k, aside))

	k.photographed(t, 2, []byte("ahead of a gap"))
	gap := k.Seal(t)
	k.photographed(t, 3, []byte("behind a gap"))
	w.send(t, k)
	need(t, w.file(k, []byte("behind a gap")))
	wantCode(t, w.file(k, []byte("ahead of a gap")), app.OfficeFileUnnamed)
	_, err := w.take(t, k, gap)
	need(t, err)
	need(t, w.file(k, []byte("ahead of a gap")))

	var many [][]byte
	for n := range 501 {
		many = append(many, []byte{byte(n), byte(n >> 8), 1})
	}
	k.photographed(t, 4, many...)
	w.send(t, k)
	refused := 0
	for _, plain := range many {
		if err := w.file(k, plain); err != nil {
			wantCode(t, err, app.OfficeFilesToday)
			refused++
		}
	}
	if refused != 5 { // four came before
		t.Errorf("%d were left for tomorrow, want 5", refused)
	}
	w.at = w.at.Add(25 * time.Hour)
	need(t, w.file(k, many[500]))
	w.at = w.at.Add(91 * 24 * time.Hour)
	wantCode(t, w.file(k, late), app.OfficeFileLate)
	need(t, w.file(k, first))
}

// handedWith tells of a handover of a card that nobody knows, with a picture.
func (k *Kiosk) handedWith(t testing.TB, plain []byte) {
	t.Helper()
	sum := sha256.Sum256(plain)
	k.Add(t, journal.HandoverDone, journal.HandoverBody{Serial: 999_999, Evidence: []journal.FileBody{{Kind: app.EvidencePhoto, Hash: sum[:], Size: int64(len(plain))}}}, nil)
}

// boundedAnswers: whoever asks of hundreds a day waits for a person.
func boundedAnswers(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	ask := func(n int) {
		for i := range n {
			k.ask(t, app.Question{NIK: Person(1000 + i).Person.NIK})
		}
		w.send(t, k)
	}
	waiting := func() int { return w.figures(t).Lookups }
	ask(60)
	if n := waiting(); n != 10 {
		t.Errorf("%d of 60 questions wait for a person, want 10", n)
	}
	rows, err := w.store.Lookups(w.ctx, 100)
	need(t, err)
	for _, row := range rows {
		if (row.State == app.LookupWaiting) != (row.Held == app.OfficeAnswersToday) {
			t.Errorf("%s is held back for %q", row.State, row.Held)
		}
	}
	w.at = w.at.Add(25 * time.Hour)
	k.At = w.at
	ask(20)
	if n := waiting(); n != 10 {
		t.Errorf("%d wait on the next day, want 10", n)
	}
}

// ask asks a family's question.
func (k *Kiosk) ask(t testing.TB, q app.Question) {
	t.Helper()
	k.counter++
	q.Asker, q.Relation, q.Purpose, q.Phone = "MARIA", "spouse", "died", "+6281255667788"
	part, err := journal.NewPart(journal.PackQuestion(q))
	need(t, err)
	k.Add(t, journal.LookupAsked, journal.AskedBody{Number: k.counter}, &part)
}
