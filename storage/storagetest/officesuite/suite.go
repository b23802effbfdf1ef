// Package officesuite is the conformance suite of head office's store, with the kiosk and the keys that
// its tests need.
package officesuite

import (
	"bytes"
	"context"
	"crypto/sha256"
	"sync"
	"testing"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/cose"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
	"loket/storage/office"
)

// OpenOffice makes an empty database of an engine; it closes it at the test's end.
type OpenOffice func(t testing.TB, clerk books.Clerk, policy books.Policy) *office.Store

// Office is the conformance suite of head office's store: every engine passes it.
func Office(t *testing.T, open OpenOffice) {
	tests := map[string]func(testing.TB, *officeWorld){
		"an enrolment is answered once":               enrolledOnce,
		"a batch is receipted with the same bytes":    sameReceipt,
		"a copy of a kiosk raises an alarm":           cloneAlarm,
		"batches behind a gap wait":                   gap,
		"any order and any repeat applies once":       anyOrder,
		"a NIK belongs to one registration":           oneNIK,
		"many at once claim one NIK":                  manyAtOnce,
		"a bad entry holds up no other":               badEntry,
		"the status of a card follows the books":      cardStatus,
		"leases never overlap and are renewed":        leases,
		"leases hold on while a kiosk is in touch":    leasesHold,
		"what is personal is hidden":                  hidden,
		"a revoked kiosk is in the trust list":        revoked,
		"cover begins once":                           coverOnce,
		"cover of a later day waits for it":           coverPlanned,
		"a ruling decides a duplicate":                ruling,
		"another life ends the one before":            anotherLife,
		"nothing that was revoked is revived":         neverRevived,
		"a life begins with keys of its own":          usedKeys,
		"one person suspends, a second one decides":   suspension,
		"two people let in what came too late":        lateBatches,
		"a life that is over gets no leases":          noNewLeases,
		"no bad key is taken":                         badKeys,
		"runs are lent side by side":                  sideBySide,
		"keys of one batch leave no trace":            manyInOneBatch,
		"keys that change too often are held back":    tooOften,
		"the trust list can always be made":           alwaysPublished,
		"a window moves while a kiosk is in touch":    windowMoves,
		"a replaced key vouches for marked cards":     replacedMarks,
		"a closed life's cards are marked":            closedMarks,
		"a key is forgotten with its last card":       keyForgotten,
		"states of a card go one way":                 oneWay,
		"a voided serial never wakes":                 neverWakes,
		"an attachment is receipted once":             attachment,
		"a turn belongs to one until it ends":         turns,
		"the console finds by NIK, number and name":   search,
		"lists are sent once to each kiosk":           sentOnce,
		"a version of a list is stored once":          storedOnce,
		"a list rests between two versions":           listsRest,
		"to lend serials makes no new status list":    lentChangesNoStatus,
		"news that was applied is pruned":             prunedNews,
		"what waits ahead of a gap is bounded":        boundedAhead,
		"alarms of a copy are counted":                countedAlarms,
		"only named files are taken":                  namedFiles,
		"so many answers a day need no person":        boundedAnswers,
		"the counter's word is shown":                 compared,
		"an employer is listed to be called":          leads,
		"an operator's signature is proven":           attested,
		"a reviewed registration is decided":          reviewed,
		"a kiosk's keys change and its story goes on": rekeyed,
		"an event is counted on each kiosk":           eventCounted,
		"a number that was not lent is not given out": notLent,
		"a programme's list is registered":            programmeRegistered,
		"two payers of one person are shown":          paidTwice,
		"a strange programme is set aside":            strangeProgramme,
		"a batch's decisions travel together":         decidedTogether,
		"a programme's terms are kept as they change": changedTerms,
		"a programme's people are taken out whole":    takenOut,
		"a number goes to one of a batch":             oneNumberTwice,
		"coverage reaches the kiosks":                 coverageTold,
		"registrations dated years off are marked":    oddDates,
		"who opens a person is journalled":            openedIsJournalled,
		"accounts are kept and journalled":            accountsKept,
		"sessions end when they should":               sessionsEnd,
		"cover of many is an order of two":            orderRuns,
		"an order stops, and is taken back":           orderStops,
		"an order of one programme":                   orderOfOneProgramme,

		"a feed begins anew":                           feedAnew,
		"a receipt is found in a feed that began anew": receiptAnew,
		"feeds whose certificate ends are found":       feedsEnd,
		"a kiosk that is ahead is seen":                feedAhead,

		"a completed record is the record":        completed,
		"a corrected NIK moves the claim":         correctedNIK,
		"a flag after a correction waits":         correctedFlagged,
		"a registration sent back waits":          sentBack,
		"a withdrawn registration frees its NIK":  withdrawnFrees,
		"amendments that are none change nothing": badAmendments,
		"a family gets an answer":                 families,
		"an old key signs for nothing later":      oldKey,
		"cover is not ended by a counter":         coveredStays,
		"no entry keeps a batch from being taken": poison,
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			at := time.Date(2026, 11, 20, 2, 0, 0, 0, time.UTC)
			clerk := NewClerk(t, at.Add(-time.Hour))
			w := &officeWorld{ctx: t.Context(), clerk: clerk, at: at, policy: books.Policy{
				FirstMember: 26_100_000_001, MemberBlock: 10, SerialBlocks: 1, Lease: 100 * time.Hour, Authority: 100 * time.Hour,
				Issuing: 1000 * time.Hour, Verify: 10000 * time.Hour, ListLife: 24 * time.Hour,
			}}
			founder := public(clerk.Key)
			w.again = func() {
				w.store = open(t, clerk, w.policy)
				need(t, w.store.Found(w.ctx, founder, at))
			}
			w.again()
			test(t, w)
			need(t, w.store.CheckOwnJournal(w.ctx, founder))
		})
	}
}

type officeWorld struct {
	ctx    context.Context
	store  *office.Store
	clerk  *Clerk
	policy books.Policy
	at     time.Time
	again  func() // begins anew, with empty books and the policy of now
}

// kiosk enrols a kiosk.
func (w *officeWorld) kiosk(t testing.TB, number app.Kiosk) *Kiosk {
	t.Helper()
	in := w.invite(t, number)
	k := NewKiosk(t, in.Chain, w.at)
	_, err := w.enrol(t, k, in)
	need(t, err)
	return k
}

func (w *officeWorld) invite(t testing.TB, number app.Kiosk) books.Invitation {
	t.Helper()
	secret, err := sealed.NewSecret()
	need(t, err)
	in := books.Invitation{Chain: app.Chain{Kiosk: number}, BranchCode: "K06", BranchName: "Kantor Cabang Contoh", Label: "Loket 3", Secret: secret, Expires: w.at.Add(time.Hour)}
	in.Chain, err = w.store.Invite(w.ctx, in, w.at)
	need(t, err)
	return in
}

func (w *officeWorld) enrol(t testing.TB, k *Kiosk, in books.Invitation) ([]byte, error) {
	t.Helper()
	request := k.Request(t, in.Secret)
	r, holds, err := sealed.OpenRequest(request)
	need(t, err)
	found, err := w.store.Invitation(w.ctx, k.Chain, holds)
	if err != nil {
		return nil, err
	}
	return w.store.Enrol(w.ctx, found, books.Enrolment{Request: r, Hash: sha256.Sum256(request), Answer: request[:16], At: w.at})
}

// take delivers a batch as the wire would.
func (w *officeWorld) take(t testing.TB, k *Kiosk, p *sealed.Prepared) ([]byte, error) {
	t.Helper()
	raw, err := p.Seal(w.clerk.Opening.Public())
	need(t, err)
	b, err := sealed.OpenBatch(raw, w.clerk.Opening, public(k.Device))
	need(t, err)
	return w.store.Take(w.ctx, books.Delivery{Batch: b, Raw: raw, At: w.at})
}

func (w *officeWorld) send(t testing.TB, k *Kiosk) {
	t.Helper()
	_, err := w.take(t, k, k.Seal(t))
	need(t, err)
}

func (w *officeWorld) feed(t testing.TB, k *Kiosk) []sealed.Frame {
	t.Helper()
	var all [][]byte
	for after := sealed.BeforeAll; ; {
		frames, more, err := w.store.Feed(w.ctx, k.Chain, after, 2000)
		need(t, err)
		all = append(all, frames...)
		if !more {
			return k.Read(t, w.clerk, all)
		}
		out, err := sealed.PeekFrame(frames[len(frames)-1])
		need(t, err)
		after = out.Place
	}
}

func (w *officeWorld) decisions(t testing.TB, k *Kiosk) map[app.EntryID][]journal.DecisionBody {
	t.Helper()
	out := map[app.EntryID][]journal.DecisionBody{}
	for _, f := range w.feed(t, k) {
		for _, d := range decisionsOf(t, f) {
			out[d.Registration()] = append(out[d.Registration()], d)
		}
	}
	return out
}

// decisionsOf reads the decisions of a frame, one or many.
func decisionsOf(t testing.TB, f sealed.Frame) (all []journal.DecisionBody) {
	t.Helper()
	switch f.Kind {
	case sealed.FrameDecision:
		all = make([]journal.DecisionBody, 1)
		need(t, cose.Unmarshal(f.Content, &all[0]))
	case sealed.FrameDecisions:
		need(t, cose.Unmarshal(f.Content, &all))
	}
	return all
}

func (w *officeWorld) leases(t testing.TB, k *Kiosk, kind string) []journal.LeaseBody {
	t.Helper()
	var out []journal.LeaseBody
	for _, f := range w.feed(t, k) {
		var l journal.LeaseBody
		if f.Kind != sealed.FrameLease {
			continue
		}
		need(t, cose.Unmarshal(f.Content, &l))
		if l.Kind == kind {
			out = append(out, l)
		}
	}
	return out
}

// publish makes all wanted lists and returns the current ones.
func (w *officeWorld) publish(t testing.TB) (trust *card.TrustList, shards map[uint32]*card.StatusList) {
	t.Helper()
	names, err := w.store.Wanted(w.ctx, w.at, w.at, w.at)
	need(t, err)
	for _, n := range names {
		need(t, w.store.Publish(w.ctx, n, w.at))
	}
	lists, err := w.store.Lists(w.ctx)
	need(t, err)
	shards = map[uint32]*card.StatusList{}
	for _, l := range lists {
		file := bytes.Clone(l.Raw)
		need(t, card.EachPart(l.Raw, func(hash [32]byte) ([]byte, error) {
			part, err := w.store.Object(w.ctx, hash)
			file = append(file, part...)
			return part, err
		}))
		if l.Name.Kind == books.TrustList {
			trust, err = card.ParseTrust(file, w.clerk.Roots())
		} else {
			shards[l.Name.Shard], err = card.ParseStatus(file, w.clerk.Roots())
		}
		need(t, err)
	}
	return trust, shards
}

func (w *officeWorld) status(t testing.TB, serial uint32) card.Status {
	t.Helper()
	_, shards := w.publish(t)
	return shards[card.ShardOf(app.Serial(serial))].StatusOf(app.Serial(serial), w.at)
}

func (w *officeWorld) row(t testing.TB, id app.EntryID) books.RegistrationRow {
	t.Helper()
	r, err := w.store.Registration(w.ctx, id)
	need(t, err)
	return r
}

func (w *officeWorld) figures(t testing.TB) books.Figures {
	t.Helper()
	f, err := w.store.Figures(w.ctx, w.at.Add(-time.Hour), w.at.Add(-time.Hour))
	need(t, err)
	return f
}

func wantCode(t testing.TB, err error, code app.Code) {
	t.Helper()
	if app.CodeOf(err) != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

func inParallel(n int, work func(i int)) {
	var done sync.WaitGroup
	for i := range n {
		done.Go(func() { work(i) })
	}
	done.Wait()
}
