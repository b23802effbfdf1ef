package post_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"testing"
	"time"

	"loket/app"
	"loket/app/carrier"
	"loket/app/cmd/centre"
	"loket/app/office/books"
	"loket/app/region"
	"loket/app/roster"
	"loket/app/scheme"
	"loket/app/sponsor"
	"loket/storage/storagetest"
)

// TestSponsorListsReachTheRealHeadOffice takes real-looking lists in, seals them and delivers them:
// head office stores every entry, sets none aside, and answers for each person.
func TestSponsorListsReachTheRealHeadOffice(t *testing.T) {
	opened, err := centre.Open(t.Context(), centre.Options{Data: tempDir(t), Clock: storagetest.NewClock()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := opened.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	k := enrolled(t, real{opened})
	defer k.close()
	s := sponsor.New(k.store, func() sponsor.Rules { return sponsor.Rules{Scheme: scheme.Embedded(), Regions: region.Load()} }, k.clock, storagetest.AtWork)
	accepted := map[app.Scope]int{}
	for _, list := range []struct {
		file, region string
		people       int
	}{{"balikpapan-difabel.xlsx", "64.71", 0}, {"bengalon.csv", "64.08", 144}, {"kutim-per-desa.xlsx", "64.08", 0}} {
		scope, n := k.takeList(s, list.file, list.region)
		accepted[scope] = n
		if n == 0 || list.people != 0 && n != list.people {
			t.Errorf("%s: %d accepted", list.file, n)
		}
	}
	k.exchange(opened)
	k.storedAll(opened, accepted)

	out := k.takeAgain(s, "bengalon.csv", "Jl. Poros", "Jl. Raya")
	if out.Corrected == 0 || out.New != 0 || out.Number != 2 {
		t.Errorf("%+v", out)
	}
	k.exchange(opened)
	k.storedAll(opened, accepted)
}

// exchange carries post until nothing stands only here.
func (k *loket) exchange(opened *centre.Centre) {
	k.t.Helper()
	k.clock.Add(2 * time.Minute)
	entries := 1
	for n := 0; n < 20 && entries > 0; n++ {
		k.seal()
		k.must(carrier.Round(k.t.Context(), k.box, real{opened}))
		k.apply()
		entries, _ = k.light()
	}
	if entries != 0 {
		k.t.Fatal(entries, "entries only here")
	}
}

// takeList judges a sample and takes it in under a programme of its own.
func (k *loket) takeList(s *sponsor.Sponsor, name, where string) (app.Scope, int) {
	k.t.Helper()
	ctx, by := k.t.Context(), storagetest.Supervisor
	p, err := s.Open(ctx, by, sponsor.Programme{
		Name: name, Payer: app.PayerRegency, PayerName: "Pemerintah " + where, Decree: "1/2026", DecreeDay: app.Date{Year: 2026, Month: 1, Day: 15},
		Programmes: app.WorkAccident | app.Death, First: app.Month{Year: 2026, Month: 12}, Months: 12, Level: 2, Region: where,
	})
	k.must(err)
	file, err := os.ReadFile("../roster/testdata/" + name)
	k.must(err)
	return p.Scope, k.importFile(s, p.Scope, file).New
}

// takeAgain takes a corrected sample in, in which something is said otherwise everywhere.
func (k *loket) takeAgain(s *sponsor.Sponsor, name, was, is string) sponsor.Outcome {
	k.t.Helper()
	all, err := s.Programmes(k.t.Context())
	k.must(err)
	file, err := os.ReadFile("../roster/testdata/" + name)
	k.must(err)
	for _, p := range all {
		if p.Name == name {
			return k.importFile(s, p.Scope, bytes.ReplaceAll(file, []byte(was), []byte(is)))
		}
	}
	k.t.Fatal("no programme for", name)
	return sponsor.Outcome{}
}

func (k *loket) importFile(s *sponsor.Sponsor, scope app.Scope, file []byte) sponsor.Outcome {
	k.t.Helper()
	book, err := roster.Open(file)
	k.must(err)
	result, err := s.Judge(k.t.Context(), scope, book, sponsor.JudgeOptions{AsOf: app.Date{Year: 2026, Month: 11, Day: 20}})
	k.must(err)
	out, err := s.Import(k.t.Context(), storagetest.Supervisor, scope, sha256.Sum256(file), result, nil)
	k.must(err)
	return out
}

// storedAll compares the books of head office with what was taken in.
func (k *loket) storedAll(opened *centre.Centre, accepted map[app.Scope]int) {
	k.t.Helper()
	rows, err := opened.Store.Registrations(k.t.Context(), books.Filter{Limit: 1 << 20})
	k.must(err)
	want := 0
	for _, n := range accepted {
		want += n
	}
	if len(rows) != want {
		k.t.Errorf("head office has %d of %d", len(rows), want)
	}
	figures, err := opened.Store.Figures(k.t.Context(), time.Time{}, time.Time{})
	k.must(err)
	if figures.Quarantined != 0 {
		k.t.Error(figures.Quarantined, "entries were set aside")
	}
	programmes, err := opened.Store.Programmes(k.t.Context())
	k.must(err)
	if len(programmes) != len(accepted) {
		k.t.Errorf("head office knows %d programmes", len(programmes))
	}
	for _, p := range programmes {
		if n := accepted[p.Scope]; p.People.Registered != n || p.Newest.List.New+p.Newest.List.Corrected+p.Newest.List.Unchanged != n || p.Newest.List.Rows-p.Newest.List.Rejected != n || len(p.Newest.Codes) == 0 {
			k.t.Errorf("%s: %+v of %d, list %+v", p.Terms.Name, p.People, n, p.Newest)
		}
	}
	members := 0
	for r, err := range k.store.Registrations(k.t.Context()) {
		k.must(err)
		switch {
		case r.State == app.Accepted && r.Member.Valid():
			members++
		case r.State != app.Duplicate:
			k.t.Errorf("%s is %q", r.ID, r.State)
		}
	}
	if members < want*9/10 {
		k.t.Error("only", members, "members of", want)
	}
}

// A large list leaves over several beats, unless somebody asks for all of it; and a stop is heard.
func TestALargeListDoesNotHoldUpABeat(t *testing.T) {
	k := newLoket(t)
	defer k.close()
	s := sponsor.New(k.store, func() sponsor.Rules { return sponsor.Rules{Scheme: scheme.Embedded(), Regions: region.Load()} }, k.clock, storagetest.AtWork)
	list := "NIK;Nama;Tanggal Lahir;Desa\n"
	for n := range 4500 {
		list += fmt.Sprintf("640804050580%04d;Andi;05-05-1980;Sepaso\n", n+1)
	}
	p, err := s.Open(t.Context(), storagetest.Supervisor, sponsor.Programme{
		Name: "Kutim", Payer: app.PayerRegency, PayerName: "Kutim", Decree: "1/2026", DecreeDay: app.Date{Year: 2026, Month: 1, Day: 15},
		Programmes: app.WorkAccident | app.Death, First: app.Month{Year: 2026, Month: 12}, Months: 12, Level: 2, Region: "64.08",
	})
	k.must(err)
	book, err := roster.Open([]byte(list))
	k.must(err)
	result, err := s.Judge(t.Context(), p.Scope, book, sponsor.JudgeOptions{})
	k.must(err)
	_, err = s.Import(t.Context(), storagetest.Supervisor, p.Scope, [32]byte{1}, result, nil)
	k.must(err)

	ctx, stop := context.WithCancel(t.Context())
	stop()
	if n, err := k.post.Seal(ctx, storagetest.Supervisor.Author(), k.keys, true); n != 0 || app.CodeOf(err) != app.Cancelled {
		t.Errorf("stopped: %d batches, %v", n, err)
	}
	first, err := k.post.Seal(t.Context(), storagetest.Supervisor.Author(), k.keys, false)
	k.must(err)
	rest := k.seal()
	if first == 0 || first > 16 || first+rest < 4500/200 || rest == 0 {
		t.Errorf("%d batches in a beat, then %d", first, rest)
	}
	for _, n := range k.batches() {
		k.must(k.box.DropBatch(n))
	}
	_, err = k.post.Seal(t.Context(), storagetest.Supervisor.Author(), k.keys, false)
	k.must(err)
	if n := len(k.batches()); n != first {
		t.Errorf("%d lost files made again in a beat", n)
	}
	k.seal()
	if n := len(k.batches()); n != first+rest {
		t.Errorf("%d of %d files", n, first+rest)
	}
}
