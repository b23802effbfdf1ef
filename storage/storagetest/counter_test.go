package storagetest_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"loket/app"
	"loket/app/counter"
	"loket/app/journal"
	"loket/app/region"
	"loket/app/scheme"
	"loket/app/sealed"
	"loket/storage/kiosk"
	"loket/storage/storagetest"
)

var _ counter.Store = (*kiosk.Store)(nil)

func newCounter(s *kiosk.Store, clock app.Clock) *counter.Counter {
	rules := func() counter.Rules {
		return counter.Rules{Scheme: scheme.Embedded(), Regions: region.Load()}
	}
	return counter.New(s, rules, clock, storagetest.AtWork)
}

// draftOf is a draft in which an invented person's record was typed.
func draftOf(r app.Record) counter.Draft {
	d := counter.NewDraft(app.SourceWalkIn)
	d.Form.Record = r
	return d
}

func TestCaptureIsOneCommit(t *testing.T) {
	clock := storagetest.NewClock()
	s := storagetest.Kiosk(t, clock)
	if err := s.SaveDraft(t.Context(), "d1", []byte("half")); err != nil {
		t.Fatal(err)
	}
	record := storagetest.Person(1)
	body := journal.RegistrationBody{Rules: "2026.1", Review: string(app.RegistrationUnsettled)}
	other := storagetest.Register(t, s, storagetest.Person(2))
	r, err := s.Capture(t.Context(), storagetest.Supervisor.Author(), "d1", record, body, map[app.EntryID]string{other.ID: "different"})
	if err != nil {
		t.Fatal(err)
	}
	if r.Number.Counter != 2 || r.State != app.NeedsReview || r.Member != "" || !r.CapturedAt.Equal(clock.Now()) {
		t.Errorf("%+v", r)
	}
	got, err := s.Registration(t.Context(), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	r.CapturedAt = got.CapturedAt
	if diff := cmp.Diff(r, got); diff != "" {
		t.Error(diff)
	}
	if drafts, err := s.Drafts(t.Context()); err != nil || len(drafts) != 0 {
		t.Errorf("the draft has ended: %v %v", drafts, err)
	}
	history, err := s.History(t.Context(), r.ID)
	if err != nil || len(history) != 2 || history[0].Kind != journal.RegistrationCaptured || history[1].Kind != journal.RegistrationCompared {
		t.Errorf("history %v, %v", history, err)
	}
	if same, err := s.SameNIK(t.Context(), record.Person.NIK); err != nil || len(same) != 1 || same[0] != r.ID {
		t.Errorf("by blind index: %v, %v", same, err)
	}
}

func TestARefusedCaptureChangesNothing(t *testing.T) {
	s := storagetest.Kiosk(t, storagetest.NewClock())
	if err := s.SaveDraft(t.Context(), "d1", []byte("half")); err != nil {
		t.Fatal(err)
	}
	record := storagetest.Person(1)
	record.Evidence = []app.Evidence{{Kind: "signature", Hash: [32]byte{7}, Size: 3}} // never attached
	before, _ := s.Head()
	if _, err := s.Capture(t.Context(), storagetest.Supervisor.Author(), "d1", record, journal.RegistrationBody{}, nil); err == nil {
		t.Fatal("a record with a picture that is not here was taken")
	}
	if after, _ := s.Head(); after != before {
		t.Error("an entry stands in the journal")
	}
	if drafts, err := s.Drafts(t.Context()); err != nil || len(drafts) != 1 {
		t.Errorf("the draft is gone: %v %v", drafts, err)
	}
}

func TestNothingPersonalStandsPlainOnTheDisk(t *testing.T) {
	dir, clock := t.TempDir(), storagetest.NewClock()
	s := storagetest.Open(t, dir, clock)
	key, keys, first := storagetest.Founding(t)
	if err := s.Begin(t.Context(), storagetest.Chain, key, keys, first); err != nil {
		t.Fatal(err)
	}
	c := newCounter(s, clock)
	d := draftOf(storagetest.Person(1))
	d.Form.Type(scheme.FieldName, "Siti Aminah")
	if err := c.SaveDraft(t.Context(), storagetest.Supervisor, d); err != nil {
		t.Fatal(err)
	}
	storagetest.Register(t, s, storagetest.Person(1))
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if file.IsDir() || file.Name() == "loket.lock" {
			continue
		}
		b, err := os.ReadFile(dir + "/" + file.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"6471014510900001", "SITI AMINAH", "Siti Aminah", "HALIMAH", "8125566", "Mulawarman"} {
			if strings.Contains(string(b), secret) {
				t.Errorf("%s holds %q", file.Name(), secret)
			}
		}
	}
}

func TestADraftSurvivesAsTyped(t *testing.T) {
	dir, clock := t.TempDir(), storagetest.NewClock()
	key, keys, first := storagetest.Founding(t)
	s, err := kiosk.Open(t.Context(), dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Begin(t.Context(), storagetest.Chain, key, keys, first); err != nil {
		t.Fatal(err)
	}
	c := newCounter(s, clock)
	d := counter.NewDraft(app.SourceWalkIn)
	d.Form.Type(scheme.FieldNIK, "64710145")
	if err := c.Park(t.Context(), storagetest.Supervisor, d); err != nil {
		t.Fatal(err)
	}
	s.Unlock(nil) // the key stays usable: what follows is another start of the program
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = storagetest.Open(t, dir, clock)
	s.Unlock(key)
	c = newCounter(s, clock)
	drafts, err := c.Drafts(t.Context())
	if err != nil || len(drafts) != 1 || drafts[0].Form.Text(scheme.FieldNIK) != "64710145" || !drafts[0].Parked {
		t.Fatalf("%+v %v", drafts, err)
	}
	old, err := c.Discard(t.Context(), d.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Resume(t.Context(), d.ID); app.CodeOf(err) != app.DraftGone {
		t.Errorf("a cleared draft: %v", err)
	}
	if err := c.SaveDraft(t.Context(), storagetest.Supervisor, old); err != nil {
		t.Fatal(err)
	}
	if back, err := c.Resume(t.Context(), d.ID); err != nil || back.Form.Text(scheme.FieldNIK) != "64710145" {
		t.Errorf("undone: %+v %v", back, err)
	}
}

func TestSavingAtTheCounter(t *testing.T) {
	clock := storagetest.NewClock()
	s := storagetest.Kiosk(t, clock)
	c := newCounter(s, clock)
	by := storagetest.Supervisor

	old := draftOf(storagetest.Person(1))
	old.Form.Record.Person.BirthDate = app.Date{Year: 1961, Month: 11, Day: 20}
	if _, err := c.Save(t.Context(), by, old); app.CodeOf(err) != app.TooOld {
		t.Fatalf("65 today: %v", err)
	}
	if kept, err := c.Resume(t.Context(), old.ID); err != nil || kept.Reason != app.TooOld {
		t.Errorf("it stays a draft with the reason: %+v %v", kept, err)
	}
	guest := by
	guest.Role = app.RoleDistribution
	if _, err := c.Save(t.Context(), guest, draftOf(storagetest.Person(1))); app.CodeOf(err) != app.AccessNotInRole {
		t.Errorf("a distribution officer registers nobody: %v", err)
	}
	first, err := c.Save(t.Context(), by, draftOf(storagetest.Person(1)))
	if err != nil || first.State != app.Captured {
		t.Fatal(first.State, err)
	}
	twin := draftOf(storagetest.Person(2))
	alike := c.Duplicates(twin)
	if len(alike) != 1 || alike[0].ID != first.ID {
		t.Fatalf("the twin looks like the first: %+v", alike)
	}
	twin.Settle(first.ID, counter.DifferentPerson)
	if r, err := c.Save(t.Context(), by, twin); err != nil || r.State != app.Captured {
		t.Errorf("a settled look-alike needs no review: %+v %v", r.State, err)
	}
	if r, err := c.Save(t.Context(), by, draftOf(storagetest.Person(1))); err != nil || r.State != app.NeedsReview || r.Reason != app.RegistrationUnsettled {
		t.Errorf("the same NIK again is saved, for review: %+v %v", r.State, err)
	}
}

func TestTheIndexIsBuiltAfterSignIn(t *testing.T) {
	clock := storagetest.NewClock()
	s := storagetest.Kiosk(t, clock)
	r := storagetest.Register(t, s, storagetest.Person(1))
	c := newCounter(s, clock)
	if hits, err := c.Find(t.Context(), "siti"); err != nil || len(hits) != 0 {
		t.Fatal("before sign-in nobody is known", hits, err)
	}
	if err := c.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"siti aminah", r.Record.Person.NIK, r.Number.String(), "0812 5566 0001"} {
		if hits, err := c.Find(t.Context(), text); err != nil || len(hits) != 1 || hits[0].ID != r.ID {
			t.Errorf("%s: %+v %v", text, hits, err)
		}
	}
	p, err := c.Participant(t.Context(), r.ID)
	if err != nil || len(p.History) != 1 || len(p.Cards) != 0 {
		t.Errorf("%+v %v", p, err)
	}
	if _, err := c.Participant(t.Context(), app.EntryID{Chain: storagetest.Chain, Seq: 999}); app.CodeOf(err) != app.NotFound {
		t.Errorf("nobody: %v", err)
	}
}

func TestHeadOfficesDecision(t *testing.T) {
	clock := storagetest.NewClock()
	s := storagetest.Kiosk(t, clock)
	r := storagetest.Register(t, s, storagetest.Person(1))
	var post storagetest.Post
	decide := func(d journal.DecisionBody) (sealed.Frame, [32]byte) {
		d.Kiosk, d.Incarnation, d.Seq = r.ID.Kiosk, r.ID.Incarnation, r.ID.Seq
		f, hash := post.Next(sealed.FrameDecision)
		for range 2 { // a frame that comes again changes nothing
			if err := s.ApplyDecisions(t.Context(), f, hash, []journal.DecisionBody{d}); err != nil {
				t.Fatal(err)
			}
		}
		return f, hash
	}
	decide(journal.DecisionBody{Outcome: journal.OutcomeAccepted, Member: "26133068531", At: 1795150000000})
	decide(journal.DecisionBody{Outcome: journal.OutcomeCoverBegun, From: "2026-12-01"})
	got, err := s.Registration(t.Context(), r.ID)
	if err != nil || got.State != app.Accepted || got.Member != "26133068531" || got.Cover != app.CoverBegun || got.CoverFrom.ISO() != "2026-12-01" || got.DecidedAt.UnixMilli() != 1795150000000 {
		t.Errorf("%+v %v", got, err)
	}
	history, err := s.History(t.Context(), r.ID)
	if err != nil || len(history) != 3 || history[1].Kind != journal.FeedApplied || history[2].Kind != journal.FeedApplied {
		t.Errorf("the page shows the news: %v %v", history, err)
	}
	decide(journal.DecisionBody{Outcome: journal.OutcomeDuplicate, Reason: string(app.OfficeNIKTaken)})
	if got, err := s.Registration(t.Context(), r.ID); err != nil || got.State != app.Duplicate || got.Reason != app.OfficeNIKTaken {
		t.Errorf("%+v %v", got, err)
	}
	f, hash := post.Next(sealed.FrameDecision)
	bad := journal.DecisionBody{Kiosk: r.ID.Kiosk, Incarnation: 1, Seq: r.ID.Seq, Outcome: 99}
	if err := s.ApplyDecisions(t.Context(), f, hash, []journal.DecisionBody{bad}); app.CodeOf(err) != app.DecisionUnknown {
		t.Errorf("an unknown outcome: %v", err)
	}
	if last, _, err := s.Feed(t.Context()); err != nil || last.Number != 3 {
		t.Errorf("a refused frame is not applied: %v %v", last, err)
	}
}

// What one batch decided comes in one frame: all of it counts, or nothing.
func TestDecisionsOfABatch(t *testing.T) {
	clock := storagetest.NewClock()
	s := storagetest.Kiosk(t, clock)
	a, b := storagetest.Register(t, s, storagetest.Person(1)), storagetest.Register(t, s, storagetest.Person(2))
	of := func(id app.EntryID, outcome journal.Outcome) journal.DecisionBody {
		return journal.DecisionBody{Kiosk: id.Kiosk, Incarnation: id.Incarnation, Seq: id.Seq, Outcome: outcome, Reason: string(app.OfficeOtherPayer), From: "2026-12-01", At: 1795150000000}
	}
	var post storagetest.Post
	f, hash := post.Next(sealed.FrameDecisions)
	if err := s.ApplyDecisions(t.Context(), f, hash, []journal.DecisionBody{of(a.ID, journal.OutcomeAccepted), of(b.ID, 99)}); app.CodeOf(err) != app.DecisionUnknown {
		t.Error("an unknown outcome among them:", err)
	}
	if got, err := s.Registration(t.Context(), a.ID); err != nil || got.State != app.Captured {
		t.Error("half of a frame was applied:", got.State, err)
	}
	elsewhere := a.ID
	elsewhere.Kiosk++
	nobody := a.ID
	nobody.Seq = 999_999
	all := []journal.DecisionBody{
		of(a.ID, journal.OutcomeAccepted), of(elsewhere, journal.OutcomeRejected), of(nobody, journal.OutcomeRejected), of(b.ID, journal.OutcomeDuplicate), of(a.ID, journal.OutcomeCoverBegun),
	}
	for range 2 {
		if err := s.ApplyDecisions(t.Context(), f, hash, all); err != nil {
			t.Fatal(err)
		}
	}
	first, err := s.Registration(t.Context(), a.ID)
	if err != nil || first.State != app.Accepted || first.Cover != app.CoverBegun {
		t.Errorf("%+v %v", first, err)
	}
	if second, err := s.Registration(t.Context(), b.ID); err != nil || second.State != app.Duplicate || second.Reason != app.OfficeOtherPayer {
		t.Errorf("%+v %v", second, err)
	}
	for _, id := range []app.EntryID{a.ID, b.ID} {
		if history, err := s.History(t.Context(), id); err != nil || len(history) != 2 || history[1].Kind != journal.FeedApplied {
			t.Errorf("the page of %s shows %v, %v", id, history, err)
		}
	}
}

func TestDayFigures(t *testing.T) {
	clock := storagetest.NewClock()
	s := storagetest.Kiosk(t, clock)
	c := newCounter(s, clock)
	storagetest.Register(t, s, storagetest.Person(1))
	clock.Add(2 * time.Hour)
	storagetest.Register(t, s, storagetest.Person(2))
	clock.Add(24 * time.Hour)
	storagetest.Register(t, s, storagetest.Person(3))
	f, err := c.DayFigures(context.Background(), app.Date{Year: 2026, Month: 11, Day: 20})
	if err != nil || f.Registered != 2 || f.ByHour[14] != 1 || f.ByHour[16] != 1 || f.ToReview != 0 {
		t.Errorf("%+v %v", f, err)
	}
}

// Opening a person is an entry of the journal: it counts as a record that exists only here, and goes out
// with the others.
func TestOpeningAPersonIsARecord(t *testing.T) {
	clock := storagetest.NewClock()
	s := storagetest.Kiosk(t, clock)
	c, r := newCounter(s, clock), storagetest.Register(t, s, storagetest.Person(1))
	records := counter.NewRecords(c, s)
	clock.Add(time.Hour)
	before, _, err := s.Light(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Participant(t.Context(), r.ID); err != nil {
		t.Fatal(err)
	}
	clock.Add(time.Hour)
	if _, err := records.Begin(t.Context(), storagetest.Supervisor, r.ID, true); err != nil {
		t.Fatal(err)
	}
	after, _, err := s.Light(t.Context())
	if err != nil || after != before+2 {
		t.Errorf("%d records only here, were %d: %v", after, before, err)
	}
	_, items, err := s.Unsealed(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	var where []string
	for _, it := range items {
		var b journal.OpenedBody
		if e := it.Entry; e.Kind == journal.AccessLookedUp && e.Into(&b) == nil && e.Operator == storagetest.Supervisor.ID && e.Scope == r.Scope {
			where = append(where, b.Where)
		}
	}
	if !slices.Equal(where, []string{journal.OpenedPage, journal.OpenedRecord}) {
		t.Errorf("%q", where)
	}
}
