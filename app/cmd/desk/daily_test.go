package desk_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/app"
)

// A lost personal part is an error with a way back, never somebody without a name; the day's check tells where.
func TestALostPartIsNobodyWithoutAName(t *testing.T) {
	k := enrolled(t)
	lost, good := k.registered(t), k.registered(t)
	dir := k.shut(t)
	db, err := sql.Open("sqlite", database(dir))
	must(t, err)
	_, err = db.ExecContext(t.Context(), `DELETE FROM parts WHERE seq = ?`, lost.ID.Seq)
	must(t, errors.Join(err, db.Close()))
	k.reopen(t, dir)
	k.signIn(t)
	_, err = k.Store.Registration(t.Context(), lost.ID)
	refused(t, err, app.JournalPartLost)
	if r, err := k.Store.Registration(t.Context(), good.ID); err != nil || r.Record.Person.Name == "" {
		t.Error("the good one:", err)
	}
	for r, err := range k.Store.Registrations(t.Context()) {
		if err == nil && r.Record.Person.Name == "" {
			t.Error("somebody without a name:", r.Number)
		}
	}
	must(t, k.CheckNow(t.Context()))
	s, err := k.Post.State(t.Context())
	must(t, err)
	found := false
	for name, code := range s.Problems {
		found = found || strings.HasPrefix(name, "check: parts/") && code == app.JournalPartLost
	}
	if !found {
		t.Errorf("nothing is told: %v", s.Problems)
	}
}

// What a cut write left is swept at the next start.
func TestLeftoversAreSwept(t *testing.T) {
	k := enrolled(t)
	dir := k.shut(t)
	left := []string{".new-1", "outbox/.new-2", "outbox/att/.new-3", "inbox/.new-4", "carrier/.new-5"}
	for _, name := range left {
		must(t, os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte("half"), 0o600))
	}
	k.reopen(t, dir)
	for _, name := range left {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); !errors.Is(err, os.ErrNotExist) {
			t.Error(name, "is still there")
		}
	}
}
