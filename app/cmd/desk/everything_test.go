package desk_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"loket/app"
	"loket/app/access"
	"loket/app/cmd/people"
	"loket/app/counter"
	"loket/app/custody"
	"loket/app/office/books"
	"loket/app/reporting"
	"loket/app/roster"
	"loket/app/sponsor"
)

// full is a kiosk on which everything was done once that leaves something behind.
type full struct {
	*kiosk
	people  []app.EntryID
	scope   app.Scope
	list    string
	event   app.Event
	pass    string // unused
	secrets []string
}

func wholly(t *testing.T) *full {
	t.Helper()
	f := &full{kiosk: enrolled(t)}
	f.event, f.pass = bazaar(t, f.kiosk)
	f.register(t)
	f.exchange(t)
	f.sponsor(t)
	f.families(t)
	f.elsewhere(t)
	f.amend(t)
	f.unfinished(t)
	f.exchange(t)
	return f
}

func (f *full) secret(texts ...string) { f.secrets = append(f.secrets, texts...) }

// remember notes who is not to be read on the disk, whatever is asked about the person.
func (f *full) remember(r app.Registration) {
	f.people = append(f.people, r.ID)
	p := r.Record
	f.secret(p.Person.NIK, p.Person.Name, p.Person.MotherName, p.Address.Street, strings.TrimPrefix(p.Reach.Phone, "+62"), p.Family.Name)
}

func (f *full) register(t *testing.T) {
	t.Helper()
	for range 3 {
		f.remember(f.registered(t))
	}
	donor := counter.NewDraft(app.SourceWalkIn)
	record := f.WalkIn()
	record.Plan.Payer, record.Plan.PayerName = app.PayerEmployer, "HARTONO PEMBERI KERJA"
	donor.Form = people.Form(record)
	r, err := f.Counter.Save(t.Context(), f.s.Operator, donor)
	must(t, err)
	f.remember(r)
	f.secret("HARTONO", "Hartono")
	with := counter.NextDraft(r, r.Number.Counter, true)
	plan, id := with.Form.Record.Plan, with.ID
	record = f.WalkIn()
	record.Plan = plan
	record.Plan.FirstMonth = r.Record.Plan.FirstMonth
	with.Form = people.Form(record)
	with.ID = id
	r, err = f.Counter.Save(t.Context(), f.s.Operator, with)
	must(t, err)
	f.remember(r)
	f.remember(f.flagged(t, f.s.Operator))
}

func (f *full) sponsor(t *testing.T) {
	t.Helper()
	p, err := f.Sponsor.Open(t.Context(), f.s.Operator, regency())
	must(t, err)
	f.scope = p.Scope
	f.take(t, listed("ANDI SETIAWAN", "Jl. Poros Rahasia"))
	f.list = listed("ANDI SETYAWAN", "Jl. Poros Rahasia 2")
	out := f.take(t, f.list)
	if out.Corrected != 1 || out.Unchanged != 1 || out.Left != 1 {
		t.Fatalf("%+v", out)
	}
	_, err = f.Sponsor.WriteRows(t.Context(), f.s.Operator, f.scope, &bytes.Buffer{})
	must(t, err)
	f.secret("ANDI SETIAWAN", "ANDI SETYAWAN", "6408040505800011", "Poros Rahasia", "BUDI GONO", "TONI PERGI", "PASANGANNYA")
}

// listed is a list whose first person is written so; the last one leaves with the second version.
func listed(name, street string) string {
	list := "NIK;Nama;Tanggal Lahir;JK;Alamat;Desa;Pekerjaan;No HP;Ahli Waris\n" +
		"6408040505800011;" + name + ";05-05-1980;L;" + street + ";Sepaso;Petani;081255660011;PASANGANNYA (istri)\n" +
		"6408040505800012;BUDI GONO;05-05-1980;L;Jl. Lain;Sepaso;Petani;081255660012;\n" +
		"123;DITOLAK SAJA;05-05-1980;L;Jl. Lain;Sepaso;Petani;;\n"
	if name == "ANDI SETIAWAN" {
		list += "6408040505800013;TONI PERGI;05-05-1980;L;Jl. Lain;Sepaso;Petani;;\n"
	}
	return list
}

func (f *full) take(t *testing.T, list string) sponsor.Outcome {
	t.Helper()
	book, err := roster.Open([]byte(list))
	must(t, err)
	result, err := f.Sponsor.Judge(t.Context(), f.scope, book, sponsor.JudgeOptions{})
	must(t, err)
	out, err := f.Sponsor.Import(t.Context(), f.s.Operator, f.scope, sha256.Sum256([]byte(list)), result, nil)
	must(t, err)
	return out
}

func (f *full) families(t *testing.T) {
	t.Helper()
	here, err := f.Counter.Participant(t.Context(), f.people[0])
	must(t, err)
	for _, q := range []app.Question{{NIK: here.Registration.Record.Person.NIK}, {NIK: f.WalkIn().Person.NIK}, {Name: "Orang Dicari", Born: app.Date{Year: 1970, Month: 2, Day: 3}}} {
		l, err := f.Families.Ask(t.Context(), f.s.Operator, asking(q))
		must(t, err)
		f.exchange(t)
		if q.Name != "" {
			must(t, headOffice.Store.AnswerLookup(t.Context(), books.LookupAnswer{
				Question: l.ID, Finding: app.FindingCome, Text: "Bawa kartu keluarga asli", By: "admin", At: officeTime.Now(),
			}))
		}
	}
	f.exchange(t)
	f.secret("ORANG DICARI", "Orang Dicari", "MARIA CONTOH", "Bawa kartu keluarga")
}

func (f *full) elsewhere(t *testing.T) {
	t.Helper()
	_, err := f.Counter.AddLead(t.Context(), f.s.Operator, app.EmployerLead{
		Name: "CV Rahasia Maju", Contact: "Pak Kontak", Phone: "081299887766", Address: "Jl. Kantor Lead", Workers: 2, Names: []string{"Pekerja Satu"},
	})
	must(t, err)
	_, err = f.Counter.Refer(t.Context(), f.s.Operator, app.Referral{Why: app.ReferMigrant, Name: "Migran Dirujuk", Phone: "081299887755"})
	must(t, err)
	f.secret("Rahasia Maju", "RAHASIA MAJU", "KONTAK", "81299887766", "Kantor Lead", "PEKERJA SATU", "MIGRAN DIRUJUK", "81299887755")
}

func (f *full) amend(t *testing.T) {
	t.Helper()
	by := f.s.Operator
	r := f.again(t, f.people[1])
	next := r.Record
	next.Person.Name = "NAMA YANG DIBETULKAN"
	_, err := f.Records.Correct(t.Context(), by, r, counter.Correction{Next: next, Reason: "typing"})
	must(t, err)
	_, err = f.Records.AddEvidence(t.Context(), by, r.ID, app.EvidencePhoto, aPicture(t))
	must(t, err)
	_, err = f.Records.Withdraw(t.Context(), by, f.people[2], counter.Why{Reason: "other", Note: "Katanya tidak jadi"})
	must(t, err)
	flagged := f.people[len(f.people)-1]
	officer := f.works(t, app.RoleSupervisor)
	_, err = f.Records.SendBack(t.Context(), officer, flagged, counter.Why{Reason: "name", Note: "Nama di KTP lain"})
	must(t, err)
	card, err := f.Issuing.Issue(t.Context(), by, f.people[0])
	must(t, err)
	must(t, f.Custody.Park(t.Context(), custody.Form{Serial: card.Serial, Receiver: app.ReceiverFamily, Name: "Penerima Keluarga"}))
	f.secret("YANG DIBETULKAN", "Katanya tidak", "Nama di KTP", "PENERIMA KELUARGA", "Penerima Keluarga", "RINA ASTUTI")
}

// unfinished leaves drafts of each kind.
func (f *full) unfinished(t *testing.T) {
	t.Helper()
	by := f.s.Operator
	d := f.typed(t)
	f.secret(d.Form.Text("name"))
	_, err := f.Counter.TakeNumber(t.Context(), by, app.SourceWalkIn, "6471014510900077", "ANTRE DULU")
	must(t, err)
	half, err := f.Records.Begin(t.Context(), by, f.people[3], true)
	must(t, err)
	half.Form.Type("name", "Setengah Dibetulkan")
	must(t, f.Records.Keep(t.Context(), by, half))
	f.secret("6471014510900077", "ANTRE DULU", "Setengah Dibetulkan")
}

// aPicture is an invented one.
func aPicture(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 64, 48))
	img.Set(3, 4, color.White)
	var b bytes.Buffer
	must(t, png.Encode(&b, img))
	return b.Bytes()
}

// everything is what the screens read, by what they ask.
func (f *full) everything(t *testing.T, by app.Operator) map[string]any {
	t.Helper()
	ctx, all := t.Context(), map[string]any{}
	keep := func(name string, v any, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[name] = v
	}
	for i, id := range f.people {
		p, err := f.Counter.Participant(ctx, id)
		keep(fmt.Sprint("participant ", i), p, err)
		hits, err := f.Counter.Find(ctx, p.Registration.Record.Person.NIK)
		keep(fmt.Sprint("found by NIK ", i), len(hits), err)
		hits, err = f.Counter.Find(ctx, p.Registration.Record.Person.Name)
		keep(fmt.Sprint("found by name ", i), len(hits), err)
		same, err := f.Store.SameNIK(ctx, p.Registration.Record.Person.NIK)
		keep(fmt.Sprint("same NIK ", i), same, err)
		joint, err := f.Counter.Together(ctx, p.Registration)
		keep(fmt.Sprint("paid together ", i), joint, err)
		for _, e := range p.Registration.Record.Evidence {
			plain, err := f.Counter.Attachment(ctx, e.Hash)
			keep(fmt.Sprintf("evidence %d %x", i, e.Hash[:4]), plain, err)
		}
	}
	f.ofWork(t, by, keep)
	f.ofSponsors(ctx, by, keep)
	list, err := f.Families.List(ctx, by)
	keep("families", list, err)
	leads, err := f.Counter.Leads(ctx)
	keep("leads", leads, err)
	page, err := f.Events.Page(ctx, f.event.ID)
	for i := range page.Passes {
		page.Passes[i].Slot = nil // another key opens the same
	}
	page.Tally.Unsent, page.Tally.Attachments = 0, 0
	keep("event", page, err)
	today := f.Counter.Today()
	question := reporting.Question{From: today, Until: today}
	report, err := f.Reports.Count(ctx, by, question, nil)
	report.Waiting = 0
	keep("report", report, err)
	return all
}

func (f *full) ofWork(t *testing.T, by app.Operator, keep func(string, any, error)) {
	t.Helper()
	for _, list := range []app.WorkList{app.WorkIncomplete, app.WorkReview, app.WorkSentBack} {
		waiting, err := f.Records.Waiting(t.Context(), by, list, app.EntryID{})
		keep("waiting "+string(list), waiting, err)
	}
	drafts, err := f.Counter.Drafts(t.Context())
	keep("drafts", drafts, err)
	half, err := f.Records.Begin(t.Context(), by, f.people[3], true)
	keep("half", half, err)
	parked, err := f.Custody.Parked(t.Context())
	keep("parked", parked, err)
	cards, err := f.Issuing.Queue(t.Context())
	keep("cards", cards, err)
}

func (f *full) ofSponsors(ctx context.Context, by app.Operator, keep func(string, any, error)) {
	standing, err := f.Sponsor.Programmes(ctx)
	keep("programmes", standing, err)
	versions, err := f.Sponsor.Versions(ctx, f.scope)
	keep("versions", versions, err)
	leavers, err := f.Sponsor.Leavers(ctx, f.scope)
	keep("leavers", leavers, err)
	overlaps, err := f.Sponsor.Overlaps(ctx, f.scope)
	keep("overlaps", overlaps, err)
	order, err := f.Sponsor.Order(ctx, f.scope)
	keep("order", order, err)
	var rows bytes.Buffer
	_, err = f.Sponsor.WriteRows(ctx, by, f.scope, &rows)
	keep("rows", rows.String(), err)
}

// When somebody leaves all keys change, and every screen of who stays reads as before: all that any
// use case keeps is sealed anew, and found again.
func TestEverythingReadsTheSameAfterTheKeysHaveChanged(t *testing.T) {
	f := wholly(t)
	stays, err := f.Door.AddOperator(t.Context(), f.s, access.Newcomer{Name: "SARI TETAP", PIN: "82047193", Role: app.RoleSupervisor, Agency: app.AgencyInsurer})
	must(t, err)
	leaves := f.works(t, app.RoleOfficer)
	before := f.everything(t, stays)
	must(t, f.RemoveOperator(t.Context(), f.s, leaves.ID))
	must(t, f.SignOut(t.Context()))
	f.s, err = f.SignIn(t.Context(), stays.ID, "82047193")
	must(t, err)
	for left := true; left; { // as turn after turn of the post does
		left, err = f.Store.Reseal(t.Context(), 2)
		must(t, err)
	}
	for left := true; left; {
		left, err = f.Store.MoveBlobs(t.Context(), 2)
		must(t, err)
	}
	must(t, f.SignOut(t.Context()))
	f.reopen(t, f.shut(t))
	f.s, err = f.SignIn(t.Context(), stays.ID, "82047193")
	must(t, err)
	for !f.Counter.Loading().Complete() {
	}
	after := f.everything(t, f.s.Operator)
	if d := cmp.Diff(before, after); d != "" {
		t.Error(d)
	}
	if out := f.take(t, f.list); out.New+out.Corrected != 0 || out.Unchanged != 2 {
		t.Errorf("the same list again: %+v", out)
	}
	f.exchange(t)
	f.intact(t, f.seq())
	must(t, f.SignOut(t.Context()))
	s, err := f.Join(t.Context(), f.pass, "Sri Wahyuni", volunteerPIN)
	must(t, err)
	if s.Event.ID != f.event.ID {
		t.Errorf("the pass leads to %+v", s.Event)
	}
}

// Whatever was done, nobody can be read in the data folder, by contents or by the names of files.
func TestTheWholeFolderShowsNobody(t *testing.T) {
	f := wholly(t)
	must(t, f.SignOut(t.Context()))
	f.secret("DEWI LESTARI", "Dewi Lestari")
	looked := 0
	err := filepath.WalkDir(f.shut(t), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		looked++
		for _, secret := range f.secrets {
			if secret == "" {
				continue
			}
			if bytes.Contains(b, []byte(secret)) || strings.Contains(path, secret) {
				t.Errorf("%s holds %q", filepath.Base(path), secret)
			}
		}
		return err
	})
	must(t, err)
	if looked < 3 || len(f.secrets) < 40 {
		t.Errorf("%d files, %d secrets", looked, len(f.secrets))
	}
}
