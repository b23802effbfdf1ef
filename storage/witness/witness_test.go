package witness_test

import (
	"os"
	"path/filepath"
	"testing"

	"loket/app"
	"loket/app/vault"
	"loket/storage/witness"
)

func place(t *testing.T) witness.Place {
	t.Helper()
	return witness.Place{Data: t.TempDir(), State: t.TempDir(), Secret: vault.Machine("the secret of a machine in tests")}
}

func first() witness.Word {
	return witness.Word{Kiosk: 417, Incarnation: 1, Genesis: make([]byte, 32), Seq: 1, Head: make([]byte, 32), Turn: 1}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func keep(t *testing.T, p witness.Place, w witness.Word) *witness.Keeper {
	t.Helper()
	k, err := witness.Keep(p, w)
	must(t, err)
	return k
}

func newestOf(t *testing.T, p witness.Place) (w witness.Word, copies int) {
	t.Helper()
	words, err := p.Words()
	must(t, err)
	for _, other := range words {
		if other.Turn > w.Turn {
			w = other
		}
	}
	return w, len(words)
}

func TestBothCopiesSayTheLastWord(t *testing.T) {
	p := place(t)
	k := keep(t, p, first())
	for seq := uint64(2); seq <= 9; seq++ {
		w := k.Word()
		w.Seq = seq
		k.Note(w)
		if seq%3 == 0 {
			must(t, k.Flush())
		}
		if got, copies := newestOf(t, p); got.Seq != seq || copies != 2 {
			t.Fatalf("%d in %d copies, want %d", got.Seq, copies, seq)
		}
	}
	must(t, k.Close())
	again, _ := newestOf(t, p)
	k = keep(t, p, again)
	if k.Word().Seq != 9 {
		t.Error("it goes on from", k.Word().Seq)
	}
	must(t, k.Close())
}

// Whatever byte of the slot that is being written is spoiled, the word that was flushed before is there.
func TestATornWriteLeavesTheWordBefore(t *testing.T) {
	p := place(t)
	k := keep(t, p, first())
	w := k.Word()
	w.Seq = 2
	must(t, k.Reserve(w))
	path := filepath.Join(p.Data, witness.Name)
	before, err := os.ReadFile(path)
	must(t, err)
	w.Seq = 3
	k.Note(w)
	must(t, k.Close())
	after, err := os.ReadFile(path)
	must(t, err)
	must(t, os.RemoveAll(p.State))
	for at := range after {
		if after[at] == before[at] {
			continue
		}
		torn := append(append([]byte{}, after[:at]...), before[at:]...)
		must(t, os.WriteFile(path, torn, 0o600))
		if got, _ := newestOf(t, p); got.Seq != 2 && got.Seq != 3 {
			t.Fatalf("torn at %d: it says %d", at, got.Seq)
		}
	}
}

func TestWhatIsNotOursSaysNothing(t *testing.T) {
	p := place(t)
	must(t, keep(t, p, first()).Close())
	other := p
	other.Secret = vault.Machine("the secret of some other machine")
	if words, err := other.Words(); err != nil || len(words) != 0 {
		t.Error("another machine's:", words, err)
	}
	path := filepath.Join(p.Data, witness.Name)
	b, err := os.ReadFile(path)
	must(t, err)
	b[5] ^= 1
	must(t, os.WriteFile(path, b, 0o600))
	if _, copies := newestOf(t, p); copies != 1 {
		t.Error("a changed copy speaks:", copies)
	}
}

// A copy of the folder, opened beside the kiosk itself.
func TestOneProgramKeepsALife(t *testing.T) {
	p := place(t)
	k := keep(t, p, first())
	copied := p
	copied.Data = t.TempDir()
	if _, err := witness.Keep(copied, first()); app.CodeOf(err) != app.StorageBusy {
		t.Error(err)
	}
	must(t, k.Close())
	must(t, keep(t, copied, first()).Close())
}

// Where one copy cannot be written the other goes on.
func TestOneCopyIsEnough(t *testing.T) {
	p := place(t)
	must(t, os.MkdirAll(filepath.Join(p.Data, witness.Name), 0o700))
	k := keep(t, p, first())
	w := k.Word()
	w.Seq = 7
	must(t, k.Reserve(w))
	must(t, k.Close())
}
