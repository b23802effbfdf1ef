package kiosk_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"loket/app"
	"loket/app/journal"
	"loket/app/region"
	"loket/app/roster"
	"loket/app/scheme"
	"loket/app/sponsor"
	"loket/app/vault"
	"loket/storage/kiosk"
	"loket/storage/storagetest"
)

// table is a programme whose list is taken in row by row.
type table struct {
	t     *testing.T
	store *kiosk.Store
	scope app.Scope
	lists byte
}

func newTable(t *testing.T) *table {
	t.Helper()
	b := &table{t: t, store: storagetest.Kiosk(t, storagetest.NewClock()), scope: app.Scope{7}}
	p := app.SponsorProgramme{Scope: b.scope, Name: "CSR", Payer: app.PayerCompany, Region: "64.71", First: app.Month{Year: 2026, Month: 12}, Months: 12}
	b.must(b.store.OpenProgramme(t.Context(), storagetest.Supervisor.Author(), p))
	return b
}

func (b *table) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func fromList(n int) app.Record {
	r := storagetest.Person(n)
	r.Source, r.Notice, r.Work, r.Reach, r.Family = app.SourceList, nil, app.Work{}, app.Reach{}, app.FamilyContact{}
	return r
}

func (b *table) take(records ...app.Record) (app.ListVersion, []app.Registration) {
	b.t.Helper()
	b.lists++
	ctx, by := b.t.Context(), storagetest.Supervisor.Author()
	at, err := b.store.BeginList(ctx, by, app.ListFile{Scope: b.scope, File: [32]byte{b.lists}, Judged: [32]byte{b.lists}, Rows: len(records)})
	b.must(err)
	if at.Ended {
		return at.ListVersion, nil
	}
	rows := make([]app.ListRow, len(records))
	for i, r := range records {
		rows[i] = app.ListRow{Line: i + 2, Accepted: true, Record: r}
	}
	at, changed, err := b.store.TakeRows(ctx, by, at, rows)
	b.must(err)
	v, err := b.store.EndList(ctx, by, at)
	b.must(err)
	return v, changed
}

func (b *table) complete(id app.EntryID, change func(*app.Record)) {
	b.t.Helper()
	r, err := b.store.Registration(b.t.Context(), id)
	b.must(err)
	change(&r.Record)
	b.must(b.store.Completed(b.t.Context(), storagetest.Supervisor.Author(), id, r.Record))
}

func TestAListWipesNothingThatWasCompleted(t *testing.T) {
	b := newTable(t)
	_, made := b.take(fromList(1), fromList(2))
	phone := func(r *app.Record) { r.Reach.Phone, r.Family.Name = "+6281300000009", "SITI" }
	b.complete(made[0].ID, phone)
	b.complete(made[1].ID, func(r *app.Record) { r.Person.Name = "SITI AMINAH BINTI RAHMAN" })

	moved, renamed := fromList(1), fromList(2)
	moved.Address.Street = "Jl. Baru 7"
	renamed.Person.Name = "SITI AMINA"
	v, changed := b.take(moved, renamed)
	if v.Corrected != 2 || len(changed) != 2 {
		t.Fatalf("%+v", v)
	}
	for i, want := range []func(app.Record) bool{
		func(r app.Record) bool {
			return r.Address.Street == "Jl. Baru 7" && r.Reach.Phone == "+6281300000009" && r.Family.Name == "SITI"
		},
		// The counter has seen the e-KTP. The order follows the payer's list.
		func(r app.Record) bool { return r.Person.Name == "SITI AMINAH BINTI RAHMAN" },
	} {
		got, err := b.store.Registration(t.Context(), made[i].ID)
		b.must(err)
		if !want(got.Record) {
			t.Errorf("%+v", got.Record)
		}
	}
	history, err := b.store.History(t.Context(), made[1].ID)
	b.must(err)
	var body journal.AmendedBody
	b.must(history[len(history)-1].Into(&body))
	if history[len(history)-1].Kind != journal.RegistrationCorrected || len(body.Row) != 32 || len(body.Fields) != 0 {
		t.Errorf("%+v", body)
	}
	for row, err := range b.store.ListedRows(t.Context(), b.scope) {
		b.must(err)
		c, err := journal.CommitRow(row.Salt, row.Person, row.Village)
		b.must(err)
		if c != row.Commitment || strings.Contains(row.Person.Name, "BINTI") {
			t.Errorf("%+v", row)
		}
	}
	if v, changed = b.take(moved, renamed, fromList(3)); v.Unchanged != 2 || len(changed) != 1 {
		t.Errorf("%+v", v)
	}
}

func TestANIKCorrectedAtTheCounterIsFoundByTheNextList(t *testing.T) {
	b := newTable(t)
	_, made := b.take(fromList(1))
	right := storagetest.Person(9).Person.NIK
	b.complete(made[0].ID, func(r *app.Record) { r.Person.NIK = right })
	if v, _ := b.take(fromList(1), fromList(2)); v.Unchanged != 1 || v.New != 1 {
		t.Errorf("%+v", v)
	}
	corrected := fromList(1)
	corrected.Person.NIK = right
	if v, _ := b.take(corrected, fromList(2)); v.Corrected != 1 || v.Unchanged != 1 || v.Left != 0 {
		t.Errorf("the list follows: %+v", v)
	}
	if v, _ := b.take(corrected); v.Unchanged != 1 || v.Left != 1 {
		t.Errorf("%+v", v)
	}
}

// judged gives the codes of one more row, judged as part of the programme's list.
func (b *table) judged(record app.Record) []app.Code {
	b.t.Helper()
	s := sponsor.New(b.store, func() sponsor.Rules { return sponsor.Rules{Scheme: scheme.Embedded(), Regions: region.Load()} }, storagetest.NewClock(), storagetest.AtWork)
	village, _ := region.Load().Lookup(record.Address.Village)
	book, err := roster.Open([]byte("NIK;Nama;Tanggal Lahir;Desa\n" + record.Person.NIK + ";Siti Aminah;05-10-1990;" + village.Name + "\n"))
	b.must(err)
	result, err := s.Judge(b.t.Context(), b.scope, book, sponsor.JudgeOptions{})
	b.must(err)
	return append(result.Rows[0].Reasons, result.Rows[0].Warnings...)
}

func TestWhoIsInTheProgrammeByItsOwnListIsNoReject(t *testing.T) {
	b := newTable(t)
	b.take(fromList(1))
	if codes := b.judged(fromList(1)); len(codes) != 0 {
		t.Error("an earlier version of the same list:", codes)
	}
	other := storagetest.Register(t, b.store, storagetest.Person(2))
	if codes := b.judged(fromList(2)); !slices.Equal(codes, []app.Code{app.OtherPayer}) {
		t.Error("somebody who pays alone for the same month:", codes)
	}
	b.must(b.store.MoveTo(t.Context(), other.ID, b.scope))
	if codes := b.judged(fromList(2)); !slices.Equal(codes, []app.Code{app.AlreadyInProgramme}) {
		t.Error("somebody who came into the programme without a list:", codes)
	}
}

func TestAListShowsNobodyOnTheDisk(t *testing.T) {
	b := newTable(t)
	b.take(fromList(1), fromList(2))
	other := fromList(1)
	other.Person.Name = "ZUBAIDAH"
	b.take(other)
	files, err := filepath.Glob(filepath.Join(b.store.Dir(), "loket.db*"))
	b.must(err)
	for _, name := range files {
		content, err := os.ReadFile(name)
		b.must(err)
		for _, secret := range []string{"SITI AMINAH", "ZUBAIDAH", other.Person.NIK, "Mulawarman"} {
			if bytes.Contains(content, []byte(secret)) {
				t.Errorf("%s holds %q", filepath.Base(name), secret)
			}
		}
	}
}

func TestAListGoesOnOnlyWhereItIs(t *testing.T) {
	b := newTable(t)
	ctx, by := t.Context(), storagetest.Supervisor.Author()
	begin := func(n byte) app.ListTaking {
		at, err := b.store.BeginList(ctx, by, app.ListFile{Scope: b.scope, File: [32]byte{n}, Judged: [32]byte{n}, Rows: 2})
		b.must(err)
		return at
	}
	row := func(n int) []app.ListRow { return []app.ListRow{{Line: n, Accepted: true, Record: fromList(n)}} }
	first := begin(1)
	half, _, err := b.store.TakeRows(ctx, by, first, row(1))
	b.must(err)
	if _, _, err := b.store.TakeRows(ctx, by, first, row(1)); app.CodeOf(err) != app.SponsorListMoved {
		t.Error("the same rows twice:", err)
	}
	if _, err := b.store.EndList(ctx, by, half); app.CodeOf(err) != app.SponsorListMoved {
		t.Error("an end before the last row:", err)
	}
	if again := begin(1); again.Number != 1 || again.Done != 1 || again.New != 1 {
		t.Errorf("the same list again: %+v", again)
	}
	second := begin(2)
	if _, _, err := b.store.TakeRows(ctx, by, half, row(2)); app.CodeOf(err) != app.SponsorListMoved {
		t.Error("another list came between:", err)
	}
	second, changed, err := b.store.TakeRows(ctx, by, second, append(row(1), row(2)...))
	b.must(err)
	if v, err := b.store.EndList(ctx, by, second); err != nil || v.Number != 2 || v.New != 1 || v.Unchanged != 1 || len(changed) != 1 || v.Left != 0 {
		t.Errorf("%+v %v", v, err)
	}
}

func TestAListIsKnownAfterTheKeysHaveChanged(t *testing.T) {
	b := newTable(t)
	_, made := b.take(fromList(1), fromList(2), fromList(3))
	b.complete(made[0].ID, func(r *app.Record) { r.Person.NIK = storagetest.Person(9).Person.NIK })
	second := fromList(2)
	second.Person.Name = "ZUBAIDAH"
	b.take(fromList(1), second, fromList(3))

	key, err := b.store.OpenKey()
	b.must(err)
	keys, err := b.store.Secrets(t.Context())
	b.must(err)
	keys.Device = vault.NewSigner()
	b.must(b.store.Rekey(t.Context(), storagetest.Supervisor.Author(), vault.Rekeying{Next: key.Next(), Keys: keys}))

	b.lists-- // the same file
	if v, changed := b.take(fromList(1), second, fromList(3)); v.Number != 2 || len(changed) != 0 {
		t.Errorf("the same list again: %+v", v)
	}
	second.Address.Street = "Jl. Baru 7"
	if v, _ := b.take(fromList(1), second, fromList(3)); v.Unchanged != 2 || v.Corrected != 1 || v.New != 0 {
		t.Errorf("%+v", v)
	}
	if v, _ := b.take(fromList(1), second, fromList(3)); v.Unchanged != 3 {
		t.Errorf("%+v", v)
	}
}

// All of a commit or nothing: the numbers run out in the middle of one.
func TestAListThatCannotGoOnLeavesNothingHalf(t *testing.T) {
	b := newTable(t)
	_, made := b.take(fromList(1))
	b.must(b.store.Numbered(t.Context(), made[0].ID, 999_998))
	before, _ := b.store.Head()
	at, err := b.store.BeginList(t.Context(), storagetest.Supervisor.Author(), app.ListFile{Scope: b.scope, File: [32]byte{9}, Rows: 2})
	b.must(err)
	rows := []app.ListRow{{Line: 2, Accepted: true, Record: fromList(2)}, {Line: 3, Accepted: true, Record: fromList(3)}}
	if _, _, err := b.store.TakeRows(t.Context(), storagetest.Supervisor.Author(), at, rows); app.CodeOf(err) != app.NumbersExhausted {
		t.Error(err)
	}
	if after, _ := b.store.Head(); after != before {
		t.Errorf("%d entries of a commit that failed", after-before)
	}
	at, _, err = b.store.TakeRows(t.Context(), storagetest.Supervisor.Author(), at, rows[:1])
	b.must(err)
	if at.New != 1 {
		t.Errorf("%+v", at)
	}
}

// Who signs out while everybody is being read breaks the reading off; the program goes on.
func TestReadingEverybodyCanBeBrokenOff(t *testing.T) {
	b := newTable(t)
	people := make([]app.Record, 20)
	for i := range people {
		people[i] = fromList(i)
	}
	b.take(people...)
	for range 100 {
		ctx, stop := context.WithCancel(t.Context())
		for range b.store.Registrations(ctx) {
			stop()
			for range 100 {
				runtime.Gosched() // the answer hears of it
			}
			break
		}
		ctx, stop = context.WithCancel(t.Context())
		for range b.store.ListedRows(ctx, b.scope) {
			stop()
			for range 100 {
				runtime.Gosched()
			}
			break
		}
		stop()
	}
}
