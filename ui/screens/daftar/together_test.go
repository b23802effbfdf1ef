package daftar

import (
	"context"
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/counter"
	"loket/app/scheme"
	"loket/app/words"
	"loket/ui/theme"
)

// A household: who pays registers first, then two of the family, with nothing carried over that is
// another person's own.
func TestAHouseholdOfThreeHasOneBillAndOneSlip(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	var printed counter.Joint
	x.uses.PrintJoint = func(_ context.Context, j counter.Joint) error { printed = j; return nil }
	x.siti()
	x.ctrlS()
	x.Until("the first", func() bool { return x.model.Last != nil && x.line.idle() })
	for i, name := range []string{"ABDUL RAHMAN", "FATIMAH AZZAHRA"} {
		x.nextPerson(true)
		r := x.model.Draft.Form.Record
		if r.Plan.Payer != app.PayerFamily || r.Plan.PayerName != "SITI AMINAH BINTI ABDUL RAHMAN" || r.Plan.Months != 3 {
			t.Fatalf("payer and plan: %+v", r.Plan)
		}
		if r.Person != (app.Person{}) || r.Reach != (app.Reach{}) || r.Family != (app.FamilyContact{}) || r.Notice != nil || r.Consents != nil || r.Work != (app.Work{}) {
			t.Fatalf("carried over: %+v", r)
		}
		if r.Address.Street == "" || r.Address.Village == "" || r.Address.RT != "014" {
			t.Fatalf("the house was not carried over: %+v", r.Address)
		}
		if !x.model.Empty() {
			t.Error("what was carried over counts as typed")
		}
		x.member([]string{"6471010506880001", "6471014101050002"}[i], name)
		x.Picture([]string{"daftar-joint2-1366-id", "daftar-joint3-1366-id"}[i])
		x.ctrlS()
		x.Until("saved", func() bool { _, n := x.store.count(); return n == i+2 && x.line.idle() })
	}
	x.Picture("daftar-joint-saved-1366-id")
	x.Press(fyne.KeyF11)
	x.Until("printed", func() bool { return x.model.Printed[slip] })
	var total app.Rupiah
	for _, p := range printed.People {
		total += p.Total
	}
	if len(printed.People) != 3 || printed.Total != 3*42000 || total != printed.Total || printed.First != 1 || printed.Payer != app.PayerFamily {
		t.Errorf("%+v", printed)
	}
	if x.store.with[1] != 0 || x.store.with[2] != 1 || x.store.with[3] != 1 {
		t.Error("paid with", x.store.with)
	}
}

// member fills in what is another person's own.
func (x *table) member(nik, name string) {
	m := x.model
	for f, text := range map[counter.Field]string{
		scheme.FieldNIK: nik, scheme.FieldName: name, scheme.FieldMotherName: "AMINAH", scheme.FieldIncome: "1000000",
		scheme.FieldPhone: "081255667788", counter.FamilyName: "SITI AMINAH",
	} {
		m.Type(f, text)
	}
	m.Choose(scheme.FieldOccupation, "trader")
	m.Choose(scheme.FieldBusinessOwner, No)
	m.Notice(true, false)
	x.changed()
}

func TestAParkedMemberOfAHouseholdKeepsItsBill(t *testing.T) {
	store := newMemory()
	x := open(t, store, 1366, 768, words.ID, theme.Look{})
	x.siti()
	x.ctrlS()
	x.Until("the first", func() bool { return x.model.Last != nil && x.line.idle() })
	x.nextPerson(true)
	x.member("6471010506880001", "ABDUL RAHMAN")
	x.park()
	x.Until("parked", func() bool { return len(x.model.Parked) == 1 && x.line.idle() })
	again := open(t, store, 1366, 768, words.ID, theme.Look{}) // after a power cut
	again.Until("listed", func() bool { return len(again.model.Parked) == 1 })
	again.resume(again.model.Parked[0].ID)
	again.Until("the bill", func() bool { return again.model.Joint != nil && again.line.idle() })
	again.ctrlS()
	again.Until("saved", func() bool { _, n := store.count(); return n == 2 && again.line.idle() })
	if store.with[2] != 1 || !again.model.several() {
		t.Error("paid with", store.with)
	}
}

func TestAnotherPayerIsAnotherBill(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	x.siti()
	x.ctrlS()
	x.Until("the first", func() bool { return x.model.Last != nil && x.line.idle() })
	x.nextPerson(true)
	x.member("6471010506880001", "ABDUL RAHMAN")
	x.view.choose(scheme.FieldPayer, string(app.PayerSelf))
	x.ctrlS()
	x.Until("saved", func() bool { _, n := x.store.count(); return n == 2 && x.line.idle() })
	if x.store.with[2] != 0 || x.model.several() {
		t.Error("somebody who pays alone is on the bill of another")
	}
}

// Two records that are one person: the one that is there is opened, and what was typed is parked.
func TestTheSamePersonIsOpenedInsteadOfMadeTwice(t *testing.T) {
	long := "MUHAMMAD ABDURRAHMAN WAHYUNINGRAT KUSUMADIPUTRA NOTOHADININGRAT"
	for _, size := range [][2]float32{{1366, 768}, {1024, 600}} {
		x := open(t, newMemory(), size[0], size[1], words.ID, theme.Look{})
		var opened app.EntryID
		x.uses.OpenExisting = func(id app.EntryID) { opened = id }
		x.siti()
		x.model.Type(scheme.FieldName, long)
		x.ctrlS()
		x.Until("saved", func() bool { return x.model.Last != nil && x.line.idle() })
		x.fill("6471014510900013")
		x.model.Type(scheme.FieldName, long)
		x.model.Type(scheme.FieldAddress, "Jl. Mulawarman Gang Melati Indah Permai Blok C No. 12 RT 14, belakang pasar")
		x.changed()
		x.compare(x.model.Alike[0])
		x.Until("asked", x.Shell.Modal)
		x.Picture(fmt.Sprintf("daftar-compare-long-%.0f-id", size[0]))
		x.Shell.Dismiss()
		x.model.Settle(x.model.Alike[0].ID, counter.SamePerson)
		x.changed()
		x.askExisting(x.store.people[0])
		x.Picture(fmt.Sprintf("daftar-existing-%.0f-id", size[0]))
		x.Shell.Dismiss()
		x.openExisting(x.store.people[0].ID)
		x.Until("parked", func() bool { return x.model.Empty() && x.line.idle() })
		if d, _ := x.store.count(); opened != x.store.people[0].ID || d != 1 {
			t.Error("opened", opened, "drafts", d)
		}
	}
}

func TestAFormerMemberOfSixtyFiveIsReferred(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	x.fill("6471010510500003", "SITI AMINAH")
	x.Picture("daftar-65-1366-id")
	x.OpenElsewhere(app.ReferFormer)
	e := x.Shell.Showing().(*Elsewhere)
	if e.model.Referral.Name != "SITI AMINAH" {
		t.Error("what was typed is asked again")
	}
	x.Picture("elsewhere-former-1366-id")
	e.Save()
	x.Until("recorded", func() bool { return e.model.Done.Seq != 0 })
}

// A group: its members, one payer; the group's name and payer are known to the next member's form.
func TestAGroupWithItsPayer(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	x.member("6471010506880001", "ABDUL RAHMAN")
	m := x.model
	m.Type(scheme.FieldAddress, "Jl. Contoh 1")
	m.Choose(scheme.FieldVillage, "64.71.01.1001")
	m.Choose(scheme.FieldPayer, string(app.PayerGroup))
	x.ctrlS()
	x.Until("refused", func() bool { return m.Tried && x.line.idle() })
	if first, _ := m.First(); first != scheme.FieldGroup {
		t.Errorf("the group is not asked for: %s", first)
	}
	x.view.focus(scheme.FieldGroup)
	x.fill("Nelayan Maju", "Hasan Basri")
	x.Picture("daftar-group-1366-id")
	x.ctrlS()
	x.Until("saved", func() bool { return m.Last != nil && x.line.idle() })
	plan := x.store.people[0].Record.Plan
	if plan.Group != "Nelayan Maju" || plan.PayerName != "Hasan Basri" {
		t.Fatalf("%+v", plan)
	}
	x.nextPerson(false)
	if r := m.Draft.Form.Record; r.Plan != (app.Plan{Programmes: plan.Programmes, Months: plan.Months, Payer: plan.Payer, PayerName: plan.PayerName, Group: plan.Group}) || r.Address.Street != "" {
		t.Errorf("carried over: %+v %+v", r.Plan, r.Address)
	}
	x.endTogether()
	m.Choose(scheme.FieldPayer, string(app.PayerGroup))
	x.changed()
	if offers := x.view.findGroup("nel"); len(offers) != 2 || offers[0].Word != "nel" || offers[1].Word != "Nelayan Maju" {
		t.Errorf("%+v", offers)
	}
	m.Group("Nelayan Maju", "Hasan Basri")
	if m.Draft.Form.Text(counter.PayerName) != "Hasan Basri" {
		t.Error("who paid last is asked again")
	}
}

func TestWhatOnlySomeTellIsClosedAndNeverChosen(t *testing.T) {
	x := open(t, newMemory(), 1366, 768, words.ID, theme.Look{})
	if x.view.more.Visible() || x.model.Draft.Form.Record.Traits != (app.Traits{}) {
		t.Error("it is open, or chosen, before anybody said so")
	}
	x.Type("6471")
	x.view.openMore()
	if x.view.bank.Visible() {
		t.Error("an account is asked for without JHT")
	}
	x.view.choose(scheme.FieldProgrammes, "JKK+JKM+JHT")
	x.fill("6471010506880009", "siti@contoh.id")
	x.model.Type(counter.BankAccount, "1234-5678-90")
	x.model.Traits([]string{disabled})
	x.changed()
	x.Picture("daftar-more-1366-id")
	r := x.model.Look.Record
	if r.Person.FamilyCard == "" || r.Reach.Email != "siti@contoh.id" || r.Bank.Account != "1234567890" || !r.Traits.Disabled || r.Traits.FemaleHead {
		t.Errorf("%+v %+v %+v", r.Person, r.Bank, r.Traits)
	}
	x.view.choose(scheme.FieldProgrammes, "JKK+JKM")
	if x.model.Look.Record.Bank != (app.Bank{}) {
		t.Error("an account is kept without JHT")
	}
}
