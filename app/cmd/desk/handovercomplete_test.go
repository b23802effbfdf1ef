package desk_test

import (
	"crypto/sha256"
	"testing"

	"loket/app"
	"loket/app/counter"
	"loket/app/roster"
	"loket/app/scheme"
	"loket/app/sponsor"
)

// listed registers one person from a sponsor's list.
func (k *kiosk) listed(t *testing.T) app.Registration {
	t.Helper()
	today := app.DateOf(k.clock.Now())
	p, err := k.Sponsor.Open(t.Context(), k.s.Operator, sponsor.Programme{
		Name: "Pekerja rentan", Payer: app.PayerRegency, PayerName: "Kabupaten Kutai Timur", Decree: "SK 12/2026", DecreeDay: today,
		Programmes: app.WorkAccident | app.Death, First: today.MonthOf().Add(1), Months: 12, Level: 2, Region: "64.08",
	})
	must(t, err)
	file := []byte("NIK;Nama;Tanggal Lahir;JK;Desa\n6408045205800021;YULIANA LENCAU;12-05-1980;P;Sangatta Utara\n")
	book, err := roster.Open(file)
	must(t, err)
	result, err := k.Sponsor.Judge(t.Context(), p.Scope, book, sponsor.JudgeOptions{AsOf: today})
	must(t, err)
	out, err := k.Sponsor.Import(t.Context(), k.s.Operator, p.Scope, sha256.Sum256(file), result, nil)
	must(t, err)
	if out.New != 1 {
		t.Fatalf("%+v", out)
	}
	hits, err := k.Counter.Find(t.Context(), "YULIANA LENCAU")
	must(t, err)
	return k.again(t, hits[0].ID)
}

func TestWhatAListLeftOpenIsCompletedByWhoHandsOver(t *testing.T) {
	k := enrolled(t)
	r := k.listed(t)
	if !r.Record.LacksOfList() {
		t.Fatal("the list left nothing open")
	}
	carrier := k.works(t, app.RoleDistribution)
	h, err := k.Records.Begin(t.Context(), carrier, r.ID, false)
	must(t, err)
	h.Form.Type(scheme.FieldMotherName, "MARTHA LENCAU")
	h.Form.Type(counter.FamilyName, "PETRUS LENCAU")
	h.Form.Record.Family.Relation = "spouse"
	h.Form.Record.Reach.NoPhone = true
	done, err := k.Records.Finish(t.Context(), carrier, h)
	must(t, err)
	again := k.again(t, r.ID)
	if again.Record.LacksOfList() || again.Record.Family.Name != "PETRUS LENCAU" || !again.Record.Reach.NoPhone || again.Scope != r.Scope {
		t.Errorf("%+v %+v", done, again.Record.Family)
	}
	_, err = k.Records.Begin(t.Context(), carrier, r.ID, true)
	refused(t, err, app.AccessNotInRole) // but changes nothing that was answered
	_, err = k.Records.Begin(t.Context(), carrier, k.registered(t).ID, false)
	refused(t, err, app.NotAllowed) // nor anything of who came to the counter
}
