package officesuite

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/office/books"
	"loket/app/sealed"
	"loket/storage/office"
)

// RestoreOffice opens a backup of an engine's books as new ones.
type RestoreOffice func(t testing.TB, from string, b books.Backup, r books.Restoration, clerk books.Clerk, policy books.Policy) *office.Store

// ahead is the file beside the keys, in memory.
type ahead struct {
	mu   sync.Mutex
	last map[string]int64
}

func (a *ahead) Reached(name string, value int64) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if value > a.last[name] {
		a.last[name] = value + 100
	}
	return nil
}

// Restored shows that books which come out of a backup give no number twice, ask kiosks for what is
// missing, take it as what it was, and tell what stays missing.
func Restored(t *testing.T, open OpenOffice, restore RestoreOffice) {
	at := time.Date(2026, 11, 20, 2, 0, 0, 0, time.UTC)
	clerk := NewClerk(t, at.Add(-time.Hour))
	w := &officeWorld{ctx: t.Context(), clerk: clerk, at: at, policy: books.Policy{
		FirstMember: 26_100_000_001, MemberBlock: 10, SerialBlocks: 1, Lease: 100 * time.Hour, Authority: 100 * time.Hour,
		Issuing: 1000 * time.Hour, Verify: 10000 * time.Hour, ListLife: 24 * time.Hour,
	}}
	w.store = open(t, clerk, w.policy)
	need(t, w.store.Found(w.ctx, public(clerk.Key), at))
	numbers := &ahead{last: map[string]int64{}}
	need(t, w.store.WriteAhead(w.ctx, numbers))

	k, quiet := w.kiosk(t, 417), w.kiosk(t, 418)
	k.Register(t, Person(1), "", "")
	w.send(t, k)
	dir := filepath.Join(t.TempDir(), "backup")
	_, err := w.store.BackupTo(w.ctx, dir, w.at)
	need(t, err)

	var lost []*sealed.Prepared
	var receipts [][]byte
	var members []string
	for n := range 7 { // after the backup; the last ones with numbers of a lease that is lost with it
		var lent []uint64
		for _, l := range w.leases(t, k, "member") {
			for m := l.First; m <= l.Last; m++ {
				lent = append(lent, m)
			}
		}
		members = append(members, fmt.Sprintf("%011d", lent[min(2*n, len(lent)-1)]))
		k.Register(t, Person(10+n), members[n], "")
		p := k.Seal(t)
		raw, err := w.take(t, k, p)
		need(t, err)
		lost, receipts = append(lost, p), append(receipts, raw)
	}
	late := w.kiosk(t, 419)
	block := uint32(w.leases(t, late, "serial")[0].Blocks[0])
	given := w.numbersLent(t, k, quiet, late)

	w.at = w.at.Add(2 * time.Hour)
	b, err := office.ReadBackup(dir)
	need(t, err)
	w.store = restore(t, dir, b, books.Restoration{Made: b.Made, At: w.at, Numbers: numbers.last}, clerk, w.policy)
	need(t, w.store.WriteAhead(w.ctx, numbers))
	need(t, w.store.FinishRestore(w.ctx, w.at))
	need(t, w.store.FinishRestore(w.ctx, w.at)) // again: nothing
	w.oneOf(t, 1)

	k.Register(t, Person(20), "", "")
	if _, err := w.take(t, k, k.Seal(t)); err != nil {
		t.Fatal("a kiosk that is ahead is refused:", err)
	}
	w.at = w.at.Add(2 * time.Hour)
	alarms, err := w.store.Alarms(w.ctx, w.at)
	need(t, err)
	if len(alarms) != 1 || alarms[0].Code != app.OfficeGap || alarms[0].Args["from"] != uint64(2) {
		t.Errorf("%+v", alarms)
	}
	if from := w.asked(t, k); from != 2 {
		t.Errorf("asked to send again from %d", from)
	}
	if from := w.asked(t, quiet); from != 1 {
		t.Errorf("a kiosk that had sent nothing is asked from %d", from)
	}
	if _, err := w.store.AskAgain(w.ctx, k.Chain, "siti", "budi", w.at); app.CodeOf(err) != app.OfficeAskedAgain {
		t.Error("twice in a week:", err)
	}
	if _, err := w.store.AskAgain(w.ctx, k.Chain, "siti", "siti", w.at.Add(8*24*time.Hour)); app.CodeOf(err) != app.OfficeTwoPeople {
		t.Error("one person alone:", err)
	}
	for i, p := range lost {
		raw, err := w.take(t, k, p)
		need(t, err)
		if string(raw) == string(receipts[i]) {
			t.Error("the lost receipt came back")
		}
	}
	w.oneOf(t, 9)
	for n, p := range lost {
		r, err := w.store.Registration(w.ctx, app.EntryID{Chain: k.Chain, Seq: p.Header.First})
		need(t, err)
		if string(r.Member) != members[n] {
			t.Errorf("person %d has number %s and had %s", n, r.Member, members[n])
		}
	}
	if alarms, err = w.store.Alarms(w.ctx, w.at); err != nil || len(alarms) != 0 {
		t.Errorf("%+v %v", alarms, err)
	}
	for number, whose := range w.numbersLent(t, w.kiosk(t, 420)) {
		if before, twice := given[number]; twice {
			t.Errorf("%s was lent to %s and to %s", number, before, whose)
		}
	}
	// A block of serials that was lost with the backup belongs to who shows it first.
	person := app.EntryID{Chain: k.Chain, Seq: lost[0].Header.First}
	k.Queue(t, block+3, person, 0)
	w.send(t, k)
	if f := w.figures(t); f.Quarantined != 0 {
		t.Errorf("a card of a lost lease was set aside: %+v", f)
	}
	quiet.Queue(t, block+4, quiet.Register(t, Person(30), "", ""), 0)
	w.send(t, quiet)
	if alarms, err = w.store.Alarms(w.ctx, w.at); err != nil || len(alarms) != 1 || alarms[0].Code != app.OfficeNumbersTwice {
		t.Errorf("%+v %v", alarms, err)
	}
	need(t, w.store.CheckOwnJournal(w.ctx, public(clerk.Key)))
}

// numbersLent are the ends of the ranges and the blocks that kiosks were lent.
func (w *officeWorld) numbersLent(t *testing.T, kiosks ...*Kiosk) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, k := range kiosks {
		for _, kind := range []string{"member", "serial"} {
			for _, l := range w.leases(t, k, kind) {
				for _, n := range append(l.Blocks, l.First, l.Last) {
					if n != 0 {
						all[fmt.Sprintf("%s %d", kind, n)] = k.Chain.String()
					}
				}
			}
		}
	}
	return all
}

// asked is from which batch a kiosk is asked to send again; 0 it is not.
func (w *officeWorld) asked(t *testing.T, k *Kiosk) (from uint64) {
	t.Helper()
	for _, f := range w.feed(t, k) {
		if f.Kind == sealed.FrameSendAgain {
			var s sealed.SendAgain
			need(t, cose.Unmarshal(f.Content, &s))
			from = s.From
		}
	}
	return from
}
