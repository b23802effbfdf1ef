package practice_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"testing"

	"loket/app"
	"loket/app/access"
	"loket/app/cmd/centre"
	"loket/app/cmd/desk"
	"loket/app/cmd/practice"
	"loket/app/counter"
	"loket/app/custody"
	"loket/app/office/books"
	"loket/app/scheme"
	"loket/app/vault"
)

// Whoever practises meets the whole path: registered at the counter, accepted by head office, card
// made, printed, scanned back and handed over; and it goes on after a restart.
func TestPracticeGoesTheWholePath(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	log := slog.New(slog.DiscardHandler)
	p, err := practice.Start(ctx, dir, log)
	if err != nil {
		t.Fatal(err)
	}
	if !p.Desk.Practice() {
		t.Error("the kiosk does not know that it is practice")
	}
	people, err := p.Desk.Door.People(ctx)
	if err != nil || len(people) != 2 {
		t.Fatal(people, err)
	}
	s, err := p.Desk.SignIn(ctx, people[0].ID, practice.PIN)
	if err != nil {
		t.Fatal(err)
	}
	draft := counter.NewDraft(app.SourceWalkIn)
	fill(&draft.Form)
	r, err := p.Desk.Counter.Save(ctx, s.Operator, draft)
	if err != nil {
		t.Fatal(err, p.Desk.Counter.Inspect(draft.Form).Missing, p.Desk.Counter.Inspect(draft.Form).Problems)
	}
	if r.State != app.Captured {
		t.Errorf("%s before head office has spoken", r.State)
	}
	c, err := p.Desk.Issuing.Issue(ctx, s.Operator, r.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Desk.Issuing.Print(ctx, s.Operator, p.Desk.Paper, []app.Serial{c.Serial}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Desk.Paper.Slip(ctx, r); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := p.Exchange(ctx); err != nil {
			t.Fatal(err)
		}
	}
	page, err := p.Desk.Counter.Participant(ctx, r.ID)
	if err != nil || page.Registration.State != app.Accepted {
		t.Fatal(page.Registration.State, err)
	}
	entries, attachments, err := p.Desk.Store.Light(ctx)
	if err != nil || attachments != 0 {
		t.Error(entries, attachments, err)
	}
	if err := p.Stop(ctx); err != nil {
		t.Fatal(err)
	}
	again, err := practice.Start(ctx, dir, log)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := again.Desk.SignIn(ctx, people[0].ID, practice.PIN); err != nil {
		t.Error(err)
	}
	if err := again.Exchange(ctx); err != nil {
		t.Error("after a restart, on another port:", err)
	}
	if err := again.Stop(ctx); err != nil {
		t.Error(err)
	}
}

// A kiosk that head office calls back makes no more cards, also while somebody is signed in; what it
// holds can still be sent.
func TestACalledBackKioskOnlySends(t *testing.T) {
	ctx := context.Background()
	p, err := practice.Start(ctx, t.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	people, err := p.Desk.Door.People(ctx)
	if err != nil {
		t.Fatal(err)
	}
	s, err := p.Desk.SignIn(ctx, people[0].ID, practice.PIN)
	if err != nil {
		t.Fatal(err)
	}
	draft := counter.NewDraft(app.SourceWalkIn)
	fill(&draft.Form)
	r, err := p.Desk.Counter.Save(ctx, s.Operator, draft)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Centre.Office.Revoke(ctx, p.Desk.Store.Chain().Kiosk, "test"); err != nil {
		t.Fatal(err)
	}
	for range 2 { // a refused batch is no reason not to hear the recall
		if err := p.Exchange(ctx); err != nil && app.CodeOf(err) != app.LineRefused {
			t.Fatal(err)
		}
	}
	if _, err := p.Desk.Beat(ctx, false); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Desk.Issuing.Issue(ctx, s.Operator, r.ID); app.CodeOf(err) != app.AccessRestricted {
		t.Errorf("a card was made after the recall: %v", err)
	}
	late := counter.NewDraft(app.SourceWalkIn)
	fill(&late.Form)
	late.Form.Type(scheme.FieldNIK, "6471012203880004")
	if _, err := p.Desk.Counter.Save(ctx, s.Operator, late); app.CodeOf(err) != app.AccessRestricted {
		t.Errorf("somebody was registered after the recall: %v", err)
	}
	if kept, err := p.Desk.Counter.Resume(ctx, late.ID); err != nil || kept.Reason != app.AccessRestricted {
		t.Errorf("what was typed must stay a draft with the reason: %v %v", kept.Reason, err)
	}
	form := custody.Form{Serial: 1, Hash: [32]byte{1}, Receiver: app.ReceiverHolder}
	if _, err := p.Desk.Custody.Hand(ctx, s.Operator, form); app.CodeOf(err) != app.AccessRestricted {
		t.Errorf("a card was handed over after the recall: %v", err)
	}
	if got := p.Desk.Session(); !got.Restricted || got.Allow(access.Send) != nil || got.Allow(access.Register) == nil {
		t.Error("only sending may be open")
	}
	if err := p.Stop(ctx); err != nil {
		t.Error(err)
	}
}

func fill(f *counter.Form) {
	for field, text := range map[counter.Field]string{
		scheme.FieldNIK: "6471014510900003", scheme.FieldName: "Siti Aminah", scheme.FieldMotherName: "Halimah",
		scheme.FieldAddress: "Jl. Mulawarman No. 12", scheme.FieldPhone: "0812 5566 7788", scheme.FieldIncome: "1.000.000",
		counter.FamilyName: "Abdul Rahman", counter.FamilyPhone: "0813 0000 0001",
	} {
		f.Type(field, text)
	}
	no := false
	f.Record.Work.Occupation, f.Record.Work.BusinessOwner = scheme.Embedded().Occupations[0].Code, &no
	f.Record.Address.Village = "64.71.01.1001"
	f.Record.Family.Relation = "spouse"
	f.Record.Notice = &app.Notice{Text: scheme.Embedded().Asking.NoticeText}
}

// A first start that was cut off goes on at the next, at head office's new address.
func TestACutOffFirstStartGoesOn(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	log := slog.New(slog.DiscardHandler)
	c, err := centre.Start(ctx, centre.Options{Data: filepath.Join(dir, "pusat"), Listen: "127.0.0.1:0", KioskListen: "127.0.0.1:0", Practice: true, Log: log})
	must(t, err)
	token, err := c.Office.Invite(ctx, books.Guest{Kiosk: 417, BranchCode: "KT", BranchName: "Kantor Cabang Balikpapan"}, c.KioskAddress, "latihan")
	must(t, err)
	d, err := desk.Open(ctx, filepath.Join(dir, "loket"), desk.Options{State: filepath.Join(dir, "komputer"), Cost: vault.Cost{Memory: 8, Time: 1}})
	must(t, err)
	_, err = d.FirstStart(ctx, token, practice.Supervisor, practice.PIN)
	must(t, errors.Join(err, d.Close(ctx), c.Stop(ctx)))
	p, err := practice.Start(ctx, dir, log)
	must(t, err)
	people, err := p.Desk.Door.People(ctx)
	must(t, err)
	state, err := p.Desk.Post.State(ctx)
	must(t, errors.Join(err, p.Stop(ctx)))
	if len(people) != 2 || !state.Enrolled {
		t.Errorf("%d people, %+v", len(people), state)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
