package desk_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"slices"
	"strings"
	"testing"

	"loket/app"
	"loket/app/access"
	"loket/app/cmd/people"
	"loket/app/counter"
	"loket/app/custody"
	"loket/app/journal"
)

// works adds an operator and gives the role's hands; nobody signs in for it.
func (k *kiosk) works(t *testing.T, role app.Role) app.Operator {
	t.Helper()
	o, err := k.Door.AddOperator(t.Context(), k.s, access.Newcomer{Name: "RINA ASTUTI", PIN: "74920318", Role: role, Agency: app.AgencyInsurer})
	must(t, err)
	return o
}

// flagged is a registration that looks like another and that nobody has compared.
func (k *kiosk) flagged(t *testing.T, by app.Operator) app.Registration {
	t.Helper()
	first := k.WalkIn()
	again := first
	again.Person.NIK = first.Person.NIK[:15] + string('1'+(first.Person.NIK[15]-'0')%9) // never serial 0000
	var last app.Registration
	for _, person := range []app.Record{first, again} {
		d := counter.NewDraft(app.SourceWalkIn)
		d.Form = people.Form(person)
		var err error
		last, err = k.Counter.Save(t.Context(), by, d)
		must(t, err)
	}
	if last.State != app.NeedsReview {
		t.Fatal("not flagged:", last.State)
	}
	return last
}

// again reads a registration as the books say it now.
func (k *kiosk) again(t *testing.T, id app.EntryID) app.Registration {
	t.Helper()
	p, err := k.Counter.Participant(t.Context(), id)
	must(t, err)
	return p.Registration
}

func TestAReviewSendsBackAndApproves(t *testing.T) {
	k := enrolled(t)
	officer := k.works(t, app.RoleOfficer)
	r := k.flagged(t, officer)
	_, err := k.Records.Approve(t.Context(), officer, r.ID)
	refused(t, err, app.AccessNotInRole)
	_, err = k.Records.SendBack(t.Context(), k.s.Operator, r.ID, counter.Why{Reason: "other"})
	refused(t, err, app.RecordNoReason)
	r, err = k.Records.SendBack(t.Context(), k.s.Operator, r.ID, counter.Why{Reason: "name", Note: "Nama di KTP lain"})
	must(t, err)
	k.exchange(t)

	mine, err := k.Records.Waiting(t.Context(), officer, app.WorkSentBack, app.EntryID{})
	must(t, err)
	if len(mine) != 1 || mine[0].ID != r.ID || mine[0].Review.Note != "Nama di KTP lain" || mine[0].Review.By != k.s.Operator.ID {
		t.Fatalf("sent back to its maker: %+v", mine)
	}
	counts, err := k.Records.WaitingCounts(t.Context(), officer)
	must(t, err)
	if counts[app.WorkSentBack] != 1 || counts[app.WorkReview] != 0 {
		t.Errorf("counts: %v", counts)
	}
	next := mine[0].Record
	next.Person.Name = "SITI AMINAH YANG BENAR"
	corrected, err := k.Records.Correct(t.Context(), officer, mine[0], counter.Correction{Next: next, Reason: "reviewer"})
	must(t, err)
	if corrected.State != app.NeedsReview || corrected.Review.SentBack {
		t.Errorf("corrected: %+v", corrected.Registration)
	}
	r, err = k.Records.Approve(t.Context(), k.s.Operator, r.ID)
	must(t, err)
	k.exchange(t)
	if r = k.again(t, r.ID); r.State != app.Accepted || r.Record.Person.Name != next.Person.Name {
		t.Errorf("approved: %s %s", r.State, r.Reason)
	}
	row, err := headOffice.Store.Registration(t.Context(), r.ID)
	must(t, err)
	if row.State != app.Accepted || row.Record.Person.Name != next.Person.Name || len(row.History) != 3 {
		t.Errorf("at head office: %s, %+v", row.State, row.History)
	}
}

func TestTwoSupervisorsReviewTheSame(t *testing.T) {
	k := enrolled(t)
	other := k.works(t, app.RoleSupervisor)
	r := k.flagged(t, k.s.Operator)
	_, err := k.Records.Approve(t.Context(), k.s.Operator, r.ID)
	refused(t, err, app.RecordFourEyes)
	_, err = k.Records.Approve(t.Context(), other, r.ID)
	must(t, err)
	before := k.seq()
	third := k.works(t, app.RoleSupervisor)
	_, err = k.Records.SendBack(t.Context(), third, r.ID, counter.Why{Reason: "nik"})
	refused(t, err, app.RecordReviewed)
	if !strings.Contains(err.Error(), "record.reviewed") || k.seq() != before+1 { // the third supervisor's own entry
		t.Error("the second review wrote something", err)
	}
	_, err = k.Records.Approve(t.Context(), other, k.registered(t).ID)
	refused(t, err, app.RecordNotFlagged)
}

func TestTheOnlySupervisorReviewsTheOwn(t *testing.T) {
	k := enrolled(t)
	r := k.flagged(t, k.s.Operator)
	_, err := k.Records.Approve(t.Context(), k.s.Operator, r.ID)
	must(t, err)
}

func TestARecordIsCompletedAfterwards(t *testing.T) {
	k := enrolled(t)
	officer := k.works(t, app.RoleOfficer)
	r := k.again(t, k.registered(t).ID)
	lists := func() int {
		counts, err := k.Records.WaitingCounts(t.Context(), officer)
		must(t, err)
		return counts[app.WorkIncomplete]
	}
	if lists() != 1 || !r.Record.Lacks().Has(app.LacksEKTP) {
		t.Fatalf("%d incomplete, lacks %v", lists(), r.Record.Lacks().Names())
	}
	_, err := k.Records.Complete(t.Context(), officer, r, r.Record)
	refused(t, err, app.RecordUnchanged)
	changed := r.Record
	changed.Person.Name = "SOMEBODY ELSE"
	_, err = k.Records.Complete(t.Context(), officer, r, changed)
	refused(t, err, app.RecordNotEmpty)

	next := filledIn(r.Record)
	for _, kind := range []string{"ektp", "archive_sheet"} {
		e, err := k.Counter.AddAttachment(t.Context(), kind, photo(t, kind))
		must(t, err)
		next.Evidence = append(slices.Clone(next.Evidence), e)
	}
	done, err := k.Records.Complete(t.Context(), officer, r, next)
	must(t, err)
	if left := done.Record.Lacks().Names(); len(left) != 0 || lists() != 0 {
		t.Errorf("still lacking %v, %d on the list", left, lists())
	}
	_, err = k.Records.Complete(t.Context(), officer, r, next) // made from the record before
	refused(t, err, app.RecordMoved)
	if _, waiting, err := k.Store.Light(t.Context()); err != nil || waiting != 2 {
		t.Errorf("%d pictures wait to be sent, %v", waiting, err)
	}
	k.exchange(t)
	row, err := headOffice.Store.Registration(t.Context(), r.ID)
	must(t, err)
	if row.Record.Person.Marital != "married" || len(row.Record.Evidence) != 2 {
		t.Errorf("at head office: %+v", row.Record)
	}
}

// filledIn is a record with everything that can be filled in afterwards.
func filledIn(r app.Record) app.Record {
	for _, f := range []struct {
		field *string
		text  string
	}{
		{&r.Person.BirthPlace, "Balikpapan"},
		{&r.Person.Marital, "married"},
		{&r.Person.FamilyCard, "6471010101010001"},
		{&r.Address.RT, "001"},
		{&r.Address.RW, "002"},
		{&r.Work.Place, "Pasar Klandasan"},
		{&r.Work.Hours, "06.00-12.00"},
	} {
		if *f.field == "" {
			*f.field = f.text
		}
	}
	if r.Plan.Programmes.Has(app.OldAge) && r.Bank == (app.Bank{}) {
		r.Bank = app.Bank{Name: "Bank Contoh", Account: "1234567890", Holder: r.Person.Name}
	}
	return r
}

func TestVolunteersCompleteOnlyTheirOwn(t *testing.T) {
	k := enrolled(t)
	volunteer := k.works(t, app.RoleVolunteer)
	other := k.again(t, k.registered(t).ID)
	own, err := k.Counter.Save(t.Context(), volunteer, k.typed(t))
	must(t, err)
	own = k.again(t, own.ID)
	for r, want := range map[*app.Registration]app.Code{&other: app.RecordNotYours, &own: ""} {
		next := filledIn(r.Record)
		_, err := k.Records.Complete(t.Context(), volunteer, *r, next)
		if app.CodeOf(err) != want {
			t.Errorf("%v, want %q", err, want)
		}
	}
	list, err := k.Records.Waiting(t.Context(), volunteer, app.WorkIncomplete, app.EntryID{})
	must(t, err)
	if len(list) > 1 || len(list) == 1 && list[0].Operator != volunteer.ID {
		t.Error("a volunteer sees the work of others")
	}
	distribution := k.works(t, app.RoleDistribution)
	_, err = k.Records.Withdraw(t.Context(), distribution, other.ID, counter.Why{Reason: "asked"})
	refused(t, err, app.AccessNotInRole)
}

func TestACorrectedNIKIsComparedAgain(t *testing.T) {
	k := enrolled(t)
	first := k.registered(t)
	r := k.again(t, k.registered(t).ID)
	_, err := k.Issuing.Issue(t.Context(), k.s.Operator, r.ID)
	must(t, err)
	next := r.Record
	next.Person = first.Record.Person
	_, err = k.Records.Correct(t.Context(), k.s.Operator, r, counter.Correction{Next: next})
	refused(t, err, app.RecordNoReason)
	done, err := k.Records.Correct(t.Context(), k.s.Operator, r, counter.Correction{Next: next, Reason: "typing"})
	must(t, err)
	if done.State != app.NeedsReview || done.Reason != app.RegistrationUnsettled || !done.NewCard {
		t.Errorf("%s %s, new card %v", done.State, done.Reason, done.NewCard)
	}
	other := k.again(t, k.registered(t).ID)
	next = other.Record
	next.Person = first.Record.Person
	done, err = k.Records.Correct(t.Context(), k.s.Operator, other, counter.Correction{
		Next: next, Reason: "typing", Compared: map[app.EntryID]counter.Comparison{first.ID: counter.DifferentPerson, r.ID: counter.DifferentPerson},
	})
	must(t, err)
	if done.State != app.Captured || done.NewCard {
		t.Errorf("everything was compared: %s %s", done.State, done.Reason)
	}
	alike, err := k.Records.LookAlikes(t.Context(), other.ID, next.Person)
	must(t, err)
	for _, l := range alike {
		if l.Outcome == "" {
			t.Error("asked twice about", l.ID)
		}
	}
	worse := done.Record
	worse.Person.MotherName = ""
	_, err = k.Records.Correct(t.Context(), k.s.Operator, done.Registration, counter.Correction{Next: worse, Reason: "typing"})
	refused(t, err, app.RecordWorse)
}

func TestAWithdrawnRegistrationGetsNoCard(t *testing.T) {
	k := enrolled(t)
	r := k.registered(t)
	held := k.cardInHand(t, r)
	_, err := k.Records.Withdraw(t.Context(), k.s.Operator, r.ID, counter.Why{Reason: "because"})
	refused(t, err, app.RecordNoReason)
	_, err = k.Records.Withdraw(t.Context(), k.s.Operator, r.ID, counter.Why{Reason: "asked", Note: "pindah ke perusahaan"})
	must(t, err)
	_, err = k.Records.Withdraw(t.Context(), k.s.Operator, r.ID, counter.Why{Reason: "asked"})
	refused(t, err, app.RecordWithdrawn)
	_, err = k.Custody.Scan(t.Context(), held)
	refused(t, err, app.HandoverWithdrawn)
	cards, err := k.Store.CardsOf(t.Context(), r.ID)
	must(t, err)
	_, err = k.Custody.Hand(t.Context(), k.s.Operator, custody.Form{Serial: cards[0].Serial, Hash: [32]byte{1}, Receiver: app.ReceiverHolder})
	refused(t, err, app.HandoverWithdrawn)
	k.exchange(t)
	row, err := headOffice.Store.Registration(t.Context(), r.ID)
	must(t, err)
	if row.State != app.Withdrawn || len(row.History) != 1 || row.History[0].Reason != "asked" {
		t.Errorf("at head office: %s %+v", row.State, row.History)
	}
}

// cardInHand prints and checks a card and gives its text.
func (k *kiosk) cardInHand(t *testing.T, r app.Registration) string {
	t.Helper()
	c, err := k.Issuing.Issue(t.Context(), k.s.Operator, r.ID)
	must(t, err)
	_, err = k.Issuing.Print(t.Context(), k.s.Operator, k.Paper, []app.Serial{c.Serial})
	must(t, err)
	f, err := k.Issuing.Face(t.Context(), c.Serial)
	must(t, err)
	_, err = k.Issuing.Confirm(t.Context(), k.s.Operator, f.Text)
	must(t, err)
	return f.Text
}

func TestConsentsChangeLater(t *testing.T) {
	k := enrolled(t)
	r := k.again(t, k.registered(t).ID)
	yes := app.Consent{Purpose: "whatsapp", Given: true}
	_, err := k.Records.Consent(t.Context(), k.s.Operator, r, app.Consent{Purpose: "selling", Given: true}, "spoken")
	refused(t, err, app.RecordConsentUnknown)
	no := yes
	no.Given = false
	if !slices.ContainsFunc(r.Record.Consents, func(c app.Consent) bool { return c.Purpose == "whatsapp" && !c.Given }) {
		r, err = k.Records.Consent(t.Context(), k.s.Operator, r, no, "spoken")
		must(t, err)
	}
	_, err = k.Records.Consent(t.Context(), k.s.Operator, r, no, "spoken")
	refused(t, err, app.RecordConsentSame)
	r, err = k.Records.Consent(t.Context(), k.s.Operator, r, yes, "signed")
	must(t, err)
	p, err := k.Counter.Participant(t.Context(), r.ID)
	must(t, err)
	last := p.History[len(p.History)-1]
	if last.Kind != journal.ConsentGiven || !slices.ContainsFunc(p.Registration.Record.Consents, func(c app.Consent) bool { return c.Purpose == "whatsapp" && c.Given && c.Text != "" }) {
		t.Errorf("%s, %+v", last.Kind, p.Registration.Record.Consents)
	}
}

func TestACalledBackKioskChangesNothing(t *testing.T) {
	k := enrolled(t)
	r := k.again(t, k.registered(t).ID)
	closed := app.Fail(app.AccessRestricted)
	records := counter.NewRecords(counter.New(k.Store, func() counter.Rules {
		rules := k.Counter.Rules()
		rules.Closed = closed
		return rules
	}, k.clock, nil), k.Store)
	_, err := records.Withdraw(t.Context(), k.s.Operator, r.ID, counter.Why{Reason: "asked"})
	refused(t, err, app.AccessRestricted)
	_, err = records.Approve(t.Context(), k.s.Operator, r.ID)
	refused(t, err, app.AccessRestricted)
	_, err = records.Complete(t.Context(), k.s.Operator, r, r.Record)
	refused(t, err, app.AccessRestricted)
}

// photo is a picture as a camera gives it, another one for each name.
func photo(t *testing.T, name string) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 600, 400))
	for i := range img.Pix {
		img.Pix[i] = uint8(i/600) + name[0]
	}
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, img, nil))
	return b.Bytes()
}
