package kiosk_test

import (
	"errors"
	"slices"
	"testing"

	"loket/app"
	"loket/app/journal"
	"loket/storage/storagetest"
)

func amendment(r app.Registration, change func(*app.Record)) journal.Amendment {
	a := journal.Amendment{
		Registration: r.ID, Revision: r.Revision, Kind: journal.RegistrationCorrected,
		Body: journal.AmendedBody{Fields: []string{"name"}, Reason: "typing"}, Record: r.Record,
	}
	change(&a.Record)
	return a
}

func TestAnAmendedRecordIsTheRecord(t *testing.T) {
	s := storagetest.Kiosk(t, storagetest.NewClock())
	r := storagetest.Register(t, s, storagetest.Person(1))
	by := storagetest.Supervisor.Author()
	a := amendment(r, func(rec *app.Record) {
		rec.Person.NIK, rec.Person.Name = storagetest.Person(7).Person.NIK, "SITI AMINAH BENAR"
	})
	got, err := s.Amend(t.Context(), by, a)
	if err != nil || got.Record.Person.Name != "SITI AMINAH BENAR" || got.Revision == r.Revision || got.ID != r.ID {
		t.Fatalf("%+v, %v", got, err)
	}
	for nik, want := range map[string]int{storagetest.Person(1).Person.NIK: 0, storagetest.Person(7).Person.NIK: 1} {
		if same, err := s.SameNIK(t.Context(), nik); err != nil || len(same) != want {
			t.Errorf("by the NIK: %v, %v, want %d", same, err, want)
		}
	}
	if _, err := s.Amend(t.Context(), by, a); app.CodeOf(err) != app.RecordMoved {
		t.Error("a change made from the old record was taken:", err)
	}
	history, err := s.History(t.Context(), r.ID)
	if err != nil || len(history) != 2 || history[1].Kind != journal.RegistrationCorrected || len(history[1].Personal) == 0 {
		t.Errorf("%v, %v", history, err)
	}
	before, err := s.Part(t.Context(), r.ID.Seq)
	var old journal.RecordPart
	if err := errors.Join(err, before.Into(&old)); err != nil || old.Name != "SITI AMINAH" {
		t.Error("the record before is gone:", old.Name, err)
	}
}

func TestHalfOfAnAmendmentIsNothing(t *testing.T) {
	s := storagetest.Kiosk(t, storagetest.NewClock())
	r := storagetest.Register(t, s, storagetest.Person(1))
	e, err := s.PutBlob(t.Context(), "ektp", []byte("a picture"))
	if err != nil {
		t.Fatal(err)
	}
	by := storagetest.Supervisor.Author()
	add := amendment(r, func(rec *app.Record) { rec.Evidence = []app.Evidence{e} })
	add.Body.Added = journal.FilesOf(add.Record.Evidence)
	if _, err = s.Amend(t.Context(), by, add); err != nil {
		t.Fatal(err)
	}
	other := storagetest.Register(t, s, storagetest.Person(2))
	before, head := s.Head()
	for name, a := range map[string]journal.Amendment{
		"a picture that is somebody else's": func() journal.Amendment {
			a := amendment(other, func(rec *app.Record) { rec.Evidence = []app.Evidence{e} })
			a.Body.Added = journal.FilesOf(a.Record.Evidence)
			return a
		}(),
		"a picture that is not there": func() journal.Amendment {
			a := amendment(other, func(*app.Record) {})
			a.Body.Added = []journal.FileBody{{Kind: "ektp", Hash: make([]byte, 32)}}
			return a
		}(),
	} {
		if _, err := s.Amend(t.Context(), by, a); app.CodeOf(err) == "" {
			t.Error(name, "was taken")
		}
	}
	if seq, h := s.Head(); seq != before || h != head {
		t.Error("half of a refused amendment stayed")
	}
	nobody := amendment(other, func(*app.Record) {})
	nobody.Registration.Seq = 999
	if _, err := s.Amend(t.Context(), by, nobody); app.CodeOf(err) != app.NotFound {
		t.Error(err)
	}
}

func TestWorkListsOpenNoRecord(t *testing.T) {
	s := storagetest.Kiosk(t, storagetest.NewClock())
	by := storagetest.Supervisor.Author()
	var all []app.Registration
	for n := range 5 {
		all = append(all, storagetest.Register(t, s, storagetest.Person(n)))
	}
	flagged, err := s.Capture(t.Context(), by, "", storagetest.Person(9), journal.RegistrationBody{Review: string(app.RegistrationUnsettled)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Withdraw(t.Context(), by, all[0].ID, journal.WithdrawnBody{Reason: "asked"}, "pindah"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Review(t.Context(), by, flagged.ID, journal.ReviewedBody{Reason: "name"}, "periksa"); err != nil {
		t.Fatal(err)
	}
	page, err := s.WorkList(t.Context(), app.WorkIncomplete, "", all[1].ID.Seq, 2)
	if err != nil || len(page) != 2 || page[0].ID != all[2].ID {
		t.Errorf("the second page: %v, %v", page, err)
	}
	back, err := s.WorkList(t.Context(), app.WorkSentBack, storagetest.Supervisor.ID, 0, 9)
	if err != nil || len(back) != 1 || back[0].Review.Note != "periksa" || back[0].Review.Reason != "name" {
		t.Errorf("sent back: %+v, %v", back, err)
	}
	if none, err := s.WorkList(t.Context(), app.WorkSentBack, "bs", 0, 9); err != nil || len(none) != 0 {
		t.Errorf("somebody else's: %v, %v", none, err)
	}
	s.Lock()
	counts, err := s.WorkCounts(t.Context(), "")
	if err != nil || counts[app.WorkIncomplete] != 5 || counts[app.WorkReview] != 0 || counts[app.WorkSentBack] != 1 {
		t.Errorf("%v, %v", counts, err)
	}
}

func TestWhatIsTypedUponARecordIsKept(t *testing.T) {
	s := storagetest.Kiosk(t, storagetest.NewClock())
	r := storagetest.Register(t, s, storagetest.Person(1))
	if b, err := s.Half(t.Context(), r.ID); b != nil || err != nil {
		t.Fatal(b, err)
	}
	for _, text := range []string{"half", "more"} {
		if err := s.SaveHalf(t.Context(), r.ID, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if b, err := s.Half(t.Context(), r.ID); string(b) != "more" || err != nil {
		t.Errorf("%q, %v", b, err)
	}
	if drafts, err := s.Drafts(t.Context()); err != nil || slices.ContainsFunc(drafts, func(b []byte) bool { return string(b) == "more" }) {
		t.Error("it stands among the drafts of new registrations", err)
	}
	a := amendment(r, func(rec *app.Record) { rec.Person.Name = "X Y" })
	if _, err := s.Amend(t.Context(), storagetest.Supervisor.Author(), a); err != nil {
		t.Fatal(err)
	}
	if b, err := s.Half(t.Context(), r.ID); b != nil || err != nil {
		t.Error("what was saved is still half:", b, err)
	}
}
