package storagetest_test

import (
	"database/sql"
	"testing"

	"loket/app/journal"
	"loket/storage/storagetest"
)

// BenchmarkCapture is a whole registration: vault, journal, tables, fsync. Compare it with
// BenchmarkBareInsert of the same run.
func BenchmarkCapture(b *testing.B) {
	d := newDesk(b)
	d.lend(b)
	by, n := storagetest.Supervisor.Author(), 0
	for b.Loop() {
		n++
		if _, err := d.store.Capture(b.Context(), by, "x", storagetest.Person(n%9999+1), journal.RegistrationBody{Rules: "2026.1"}, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSaveDraft is what each change of a form costs.
func BenchmarkSaveDraft(b *testing.B) {
	d, body := newDesk(b), make([]byte, 600)
	for b.Loop() {
		if err := d.store.SaveDraft(b.Context(), "x", body); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBareInsert is one row, durable, and nothing else.
func BenchmarkBareInsert(b *testing.B) {
	db, err := sql.Open("sqlite", "file:"+b.TempDir()+"/bare.db?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := db.Close(); err != nil {
			b.Error(err)
		}
	})
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(b.Context(), `CREATE TABLE bare (id INTEGER PRIMARY KEY, v BLOB)`); err != nil {
		b.Fatal(err)
	}
	insert, err := db.PrepareContext(b.Context(), `INSERT INTO bare (v) VALUES (?)`)
	if err != nil {
		b.Fatal(err)
	}
	row := make([]byte, 300)
	for b.Loop() {
		if _, err := insert.ExecContext(b.Context(), row); err != nil {
			b.Fatal(err)
		}
	}
}
