package storagetest_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"loket/app"
	"loket/app/journal"
	"loket/app/region"
	"loket/app/roster"
	"loket/app/scheme"
	"loket/app/sponsor"
	"loket/storage/kiosk"
	"loket/storage/storagetest"
)

var _ sponsor.Store = (*kiosk.Store)(nil)

func newSponsor(s *kiosk.Store, clock app.Clock) *sponsor.Sponsor {
	rules := func() sponsor.Rules { return sponsor.Rules{Scheme: scheme.Embedded(), Regions: region.Load()} }
	return sponsor.New(s, rules, clock, storagetest.AtWork)
}

// kutim is a programme of an invented decree.
func kutim() sponsor.Programme {
	return sponsor.Programme{
		Name: "Pekerja rentan Kutim 2026", Payer: app.PayerRegency, PayerName: "Kabupaten Kutai Timur",
		Decree: "800.1/K.123/2026", DecreeDay: app.Date{Year: 2026, Month: 1, Day: 15},
		Programmes: app.WorkAccident | app.Death, First: app.Month{Year: 2026, Month: 12}, Months: 12,
		Target: 150_000, Level: 2, Region: "64.08",
	}
}

// payer is a programme with its list, on a kiosk.
type payer struct {
	*sponsor.Sponsor
	t     testing.TB
	store *kiosk.Store
	clock *storagetest.Clock
	scope app.Scope
	told  map[app.EntryID]app.Registration
}

func newPayer(t testing.TB) *payer {
	t.Helper()
	p := &payer{t: t, clock: storagetest.NewClock(), told: map[app.EntryID]app.Registration{}}
	p.at(storagetest.Kiosk(t, p.clock))
	p.scope = p.open(kutim())
	return p
}

func (p *payer) at(s *kiosk.Store) {
	p.store, p.Sponsor = s, newSponsor(s, p.clock)
	p.Tell(func(all ...app.Registration) {
		for _, r := range all {
			p.told[r.ID] = r
		}
	})
}

func (p *payer) open(q sponsor.Programme) app.Scope {
	p.t.Helper()
	q, err := p.Open(p.t.Context(), storagetest.Supervisor, q)
	p.must(err)
	return q.Scope
}

func (p *payer) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *payer) judge(scope app.Scope, list string) *roster.Result {
	p.t.Helper()
	book, err := roster.Open([]byte(list))
	p.must(err)
	result, err := p.Judge(p.t.Context(), scope, book, sponsor.JudgeOptions{})
	p.must(err)
	return result
}

func (p *payer) take(list string) sponsor.Outcome {
	p.t.Helper()
	out, err := p.Import(p.t.Context(), storagetest.Supervisor, p.scope, sha256.Sum256([]byte(list)), p.judge(p.scope, list), nil)
	p.must(err)
	if out.Stopped {
		p.t.Fatal("nobody stopped it")
	}
	return out
}

// listOf is a list of numbered people; a change says otherwise of some.
func listOf(from, to int, change map[int]string) string {
	var b strings.Builder
	b.WriteString("NIK;Nama;Tanggal Lahir;JK;Alamat;Desa;Pekerjaan;No HP;Ahli Waris\n")
	for n := from; n <= to; n++ {
		if row, ok := change[n]; ok {
			b.WriteString(row + "\n")
			continue
		}
		fmt.Fprintf(&b, "%s;ANDI %s;05-05-1980;L;Jl. Poros %d;Sepaso;Petani;08125566%04d;Siti (istri)\n", nikOf(n), letters(n), n, n)
	}
	return b.String()
}

func nikOf(n int) string { return fmt.Sprintf("640804050580%04d", n) }

// letters is a name of a number: names have no digits.
func letters(n int) string {
	return string([]byte{'A' + byte(n/676%26), 'A' + byte(n/26%26), 'A' + byte(n%26)})
}

func (p *payer) seq() uint64 { seq, _ := p.store.Head(); return seq }

func TestAListBecomesRegistrations(t *testing.T) {
	p := newPayer(t)
	before := p.seq()
	out := p.take(listOf(1, 3, map[int]string{2: "123;BUDI;05-05-1980;L;;Sepaso;;;"}))
	if out.Number != 1 || out.Rows != 3 || out.Rejected != 1 || out.New != 2 || out.Corrected+out.Unchanged+out.Left != 0 {
		t.Errorf("%+v", out)
	}
	if p.seq() != before+4 {
		t.Errorf("two registrations, a rejected row and the end are four entries, not %d", p.seq()-before)
	}
	if len(p.told) != 2 {
		t.Fatal(p.told)
	}
	for id, r := range p.told {
		got, err := p.store.Registration(t.Context(), id)
		p.must(err)
		if got.Scope != p.scope || got.State != app.Captured || got.Member != "" || got.Record.Source != app.SourceList ||
			got.Record.Person.Name != r.Record.Person.Name || got.Record.Plan.Payer != app.PayerRegency || got.Record.Plan.Months != 12 ||
			got.Record.Work.Occupation != "farmer" || got.Record.Family.Relation != "spouse" {
			t.Errorf("%+v", got)
		}
		if p.Lacking(got) == nil {
			t.Error("a list never has all that the counter asks")
		}
	}
	keys, err := p.store.Device(t.Context())
	p.must(err)
	p.must(p.store.CheckChain(t.Context(), keys, nil))
}

func TestTheSameListAgainChangesNothing(t *testing.T) {
	p := newPayer(t)
	list := listOf(1, 5, map[int]string{2: "123;BUDI;05-05-1980;L;;Sepaso;;;"})
	p.take(list)
	before := p.seq()
	out := p.take(list)
	if out.Number != 1 || out.New != 0 || out.Corrected != 0 || out.Unchanged != 4 || p.seq() != before {
		t.Errorf("%+v, %d entries more", out, p.seq()-before)
	}
}

func TestACancelledImportGoesOn(t *testing.T) {
	p := newPayer(t)
	list := listOf(1, 2500, nil)
	result := p.judge(p.scope, list)
	file := sha256.Sum256([]byte(list))
	ctx, stop := context.WithCancel(t.Context())
	out, err := p.Import(ctx, storagetest.Supervisor, p.scope, file, result, func(at sponsor.Progress) {
		if at.Done > 0 {
			stop()
		}
	})
	p.must(err)
	if !out.Stopped || out.New == 0 || out.New == 2500 {
		t.Fatalf("%+v", out)
	}
	if out = p.take(list); out.New != 2500 || out.Number != 1 {
		t.Errorf("%+v", out)
	}
	var rows bytes.Buffer
	n, err := p.WriteRows(t.Context(), storagetest.Supervisor, p.scope, &rows)
	p.must(err)
	if n != 2500 || strings.Count(rows.String(), "\n") != 2500 {
		t.Error(n)
	}
}

func TestACorrectedListChangesOnlyWhatWasCorrected(t *testing.T) {
	p := newPayer(t)
	p.take(listOf(1, 4, nil))
	ids := map[string]app.EntryID{}
	for id, r := range p.told {
		ids[r.Record.Person.NIK] = id
	}
	clear(p.told)
	before := p.seq()
	out := p.take(listOf(1, 5, map[int]string{
		1: nikOf(1) + ";ANDI AAB;05-05-1980;L;Jl. Baru 7;Sepaso;Petani;081255660001;Siti (istri)", // another street
		2: nikOf(2) + ";ANDI AAC;05-05-1980;L;Jl. Poros 2;Keraitan;Petani;;",                      // another village, no phone any more
		3: "123;BUDI;05-05-1980;L;;Sepaso;;;",                                                     // gone
	}))
	if out.Number != 2 || out.New != 1 || out.Corrected != 2 || out.Unchanged != 1 || out.Left != 1 || out.Rejected != 1 {
		t.Errorf("%+v", out)
	}
	if got := p.seq() - before; got != 5 { // two corrections, a new person, a rejected row, the end
		t.Errorf("%d entries", got)
	}
	r, err := p.store.Registration(t.Context(), ids[nikOf(2)])
	p.must(err)
	if r.Record.Address.Village == "64.08.09.2001" || r.Record.Reach.Phone != "+6281255660002" || r.Record.Family.Name != "SITI" {
		t.Errorf("an empty cell takes nothing away: %+v", r.Record)
	}
	if len(p.told) != 3 {
		t.Errorf("the search is told of the new and the corrected: %v", p.told)
	}
	left, err := p.Leavers(t.Context(), p.scope)
	p.must(err)
	if len(left) != 1 || left[0].Registration != ids[nikOf(3)] || left[0].Name != "ANDI AAD" || left[0].Village != "Sepaso" {
		t.Errorf("%+v", left)
	}
	p.opensTheOrder(4)
}

// opensTheOrder proves that the payer's file opens the root of the order.
func (p *payer) opensTheOrder(people int) {
	p.t.Helper()
	o, err := p.Order(p.t.Context(), p.scope)
	p.must(err)
	var file bytes.Buffer
	n, err := p.WriteRows(p.t.Context(), storagetest.Supervisor, p.scope, &file)
	p.must(err)
	var commitments []string
	for line := range strings.Lines(file.String()) {
		var row struct {
			NIK, Name, Village, Salt string
			Born                     string `json:"birth_date"`
		}
		p.must(json.Unmarshal([]byte(line), &row))
		salt, err := hex.DecodeString(row.Salt)
		p.must(err)
		born, _ := app.ParseDate(row.Born)
		c, err := journal.CommitRow([16]byte(salt), app.Person{NIK: row.NIK, Name: row.Name, BirthDate: born}, row.Village)
		p.must(err)
		commitments = append(commitments, string(c[:]))
	}
	slices.Sort(commitments)
	if root := sha256.Sum256([]byte(strings.Join(commitments, ""))); root != o.RowsRoot || n != people || o.Rows != people {
		p.t.Errorf("%d rows, order %+v", n, o)
	}
}

func TestWhoIsPaidForTwiceIsShownToBoth(t *testing.T) {
	p := newPayer(t)
	p.take(listOf(1, 3, nil))
	later, other := kutim(), kutim()
	later.Name, later.First = "Tahun depan", app.Month{Year: 2028, Month: 1}
	other.Name, other.First = "CSR", app.Month{Year: 2027, Month: 11}
	alone := storagetest.Person(1)
	alone.Person.NIK = nikOf(2)
	storagetest.Register(t, p.store, alone)
	first := p.scope

	p.scope = p.open(later)
	result := p.judge(p.scope, listOf(3, 4, nil))
	if n := result.Codes()[app.OtherPayer]; n != 0 {
		t.Error("other months are no overlap:", n)
	}
	p.take(listOf(3, 4, nil))
	p.scope = p.open(other)
	if n := p.judge(p.scope, listOf(3, 5, nil)).Codes()[app.OtherPayer]; n != 2 {
		t.Error("3 and 4 have another payer for some months:", n)
	}
	p.take(listOf(3, 5, nil))

	overlaps, err := p.Overlaps(t.Context(), first)
	p.must(err)
	if len(overlaps) != 2 {
		t.Fatalf("%+v", overlaps)
	}
	for _, o := range overlaps {
		switch o.Other {
		case app.ScopeSelfPayers:
			if o.Name != "ANDI AAC" || o.From != (app.Month{Year: 2026, Month: 12}) || o.To != o.From {
				t.Errorf("%+v", o)
			}
		case p.scope:
			if o.OtherName != "CSR" || o.From != (app.Month{Year: 2027, Month: 11}) || o.To != o.From || o.Name != "ANDI AAD" {
				t.Errorf("%+v", o)
			}
		default:
			t.Errorf("%+v", o)
		}
	}
	standing, err := p.Programmes(t.Context())
	p.must(err)
	if len(standing) != 3 || standing[len(standing)-1].Registered != 3 && standing[0].Registered != 3 {
		t.Errorf("%+v", standing)
	}
}

func TestOnlyASupervisorTakesListsIn(t *testing.T) {
	p := newPayer(t)
	officer := app.Operator{ID: "of", Role: app.RoleOfficer}
	list := listOf(1, 2, nil)
	result := p.judge(p.scope, list)
	before := p.seq()
	_, opened := p.Open(t.Context(), officer, kutim())
	_, imported := p.Import(t.Context(), officer, p.scope, sha256.Sum256([]byte(list)), result, nil)
	_, written := p.WriteRows(t.Context(), officer, p.scope, &bytes.Buffer{})
	for what, err := range map[string]error{
		"open": opened, "import": imported, "rows": written,
		"change": p.Change(t.Context(), officer, sponsor.Programme{Scope: p.scope}), "close": p.Close(t.Context(), officer, p.scope),
	} {
		if app.CodeOf(err) != app.AccessNotInRole {
			t.Error(what, err)
		}
	}
	if p.seq() != before {
		t.Error("a refusal leaves entries")
	}
	p.must(p.Close(t.Context(), storagetest.Supervisor, p.scope))
	if _, err := p.Import(t.Context(), storagetest.Supervisor, p.scope, [32]byte{}, result, nil); app.CodeOf(err) != app.SponsorClosed {
		t.Error(err)
	}
}
