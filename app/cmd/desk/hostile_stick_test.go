package desk_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"loket/app"
	"loket/app/cose"
	"loket/app/sealed"
)

// forgedReceipt looks from outside like head office's receipt for a batch.
func forgedReceipt(t *testing.T, chain app.Chain, number, batch uint64) []byte {
	t.Helper()
	outside := []any{1, sealed.TypFrame, chain.Kiosk, chain.Incarnation, number, "receipt", batch, make([]byte, 8)}
	file, err := cose.Marshal([]any{outside, make([]byte, 200)})
	must(t, err)
	return file
}

// forgeries are files that look like news and are none, by their number.
func forgeries(t *testing.T, k *kiosk, genuine []byte) map[string]func(n uint64) []byte {
	t.Helper()
	chain := k.Store.Chain()
	other := app.Chain{Kiosk: chain.Kiosk + 1, Incarnation: 1}
	return map[string]func(n uint64) []byte{
		"receipts":          func(n uint64) []byte { return forgedReceipt(t, chain, n, n) },
		"another kiosk's":   func(n uint64) []byte { return forgedReceipt(t, other, n, n) },
		"cut":               func(n uint64) []byte { return forgedReceipt(t, chain, n, n)[:20] },
		"a flipped bit":     func(uint64) []byte { b := append([]byte{}, genuine...); b[len(b)-1] ^= 1; return b },
		"a genuine renamed": func(uint64) []byte { return genuine },
		"of another typ": func(n uint64) []byte {
			b, err := cose.Marshal([]any{[]any{1, sealed.TypBatch, chain.Kiosk, chain.Incarnation, n, make([]byte, 8)}, []byte("x")})
			must(t, err)
			return b
		},
		"empty":    func(uint64) []byte { return nil },
		"no words": func(uint64) []byte { return []byte("<html>") },
	}
}

// Two hundred forged files on a stick change nothing: records go out, news comes in, and the person is
// told which file it was.
func TestAHostileStickSilencesNobody(t *testing.T) {
	k := enrolled(t)
	must(t, k.carry(t))
	k.registered(t)
	want := 1
	_, err := k.Beat(t.Context(), true)
	must(t, err)
	must(t, k.carry(t))
	frames, err := filepath.Glob(filepath.Join(k.Dir, "inbox", "*.frame"))
	must(t, err)
	if len(frames) == 0 {
		t.Fatal("no genuine news to bend")
	}
	genuine := read(t, frames[0])
	k.exchange(t)
	stands, _, err := k.Store.Feed(t.Context())
	must(t, err)
	before := stands.Number
	for name, forge := range forgeries(t, k, genuine) {
		t.Run(name, func(t *testing.T) {
			stick := t.TempDir()
			dir := filepath.Join(stick, "loket", k.Store.Chain().String())
			must(t, os.MkdirAll(dir, 0o755))
			for n := uint64(1); n <= 200; n++ {
				must(t, os.WriteFile(filepath.Join(dir, fmt.Sprintf("%06d.frame", before+n*3)), forge(before+n*3), 0o600))
			}
			must(t, os.WriteFile(filepath.Join(dir, "enrol.answer"), []byte("x"), 0o600))
			_, err := k.Import(t.Context(), stick)
			refused(t, err, app.StickRefused)
			var known *app.Error
			if errors.As(err, &known) && known.Args["n"] != 200 {
				t.Errorf("%v files are told of, want 200", known.Args["n"])
			}
			if left := spoilAll(t, func(*testing.T, string) {}, k.Dir, "inbox", "*.frame"); left != 0 {
				t.Errorf("%d forged files were kept", left)
			}
			k.registered(t)
			want++
			k.exchange(t)
			k.arrived(t, want)
		})
	}
}

// Files that somebody put into the inbox itself are no reason not to send either, and do not stay.
func TestAForgedInboxSilencesNobody(t *testing.T) {
	k := enrolled(t)
	stands, _, err := k.Store.Feed(t.Context())
	must(t, err)
	last := stands.Number
	k.registered(t)
	_, err = k.Beat(t.Context(), true)
	must(t, err)
	for n := last + 2; n < last+202; n++ {
		must(t, os.WriteFile(k.inboxPath(n+10_000), forgedReceipt(t, k.Store.Chain(), n+10_000, n-last), 0o600))
	}
	must(t, k.carry(t))
	_, err = k.Beat(t.Context(), false)
	must(t, err)
	k.exchange(t)
	k.arrived(t, 1)
	if left := spoilAll(t, func(*testing.T, string) {}, k.Dir, "inbox", "*.frame"); left != 0 {
		t.Errorf("%d forged files stay", left)
	}
}

// Head office's answer is a reason not to send again only while it waits to be applied.
func TestASpoiledAnswerIsAskedForAgain(t *testing.T) {
	k := enrolled(t)
	k.registered(t)
	_, err := k.Beat(t.Context(), true)
	must(t, err)
	must(t, k.carry(t))
	for name, file := range map[string][]byte{"replaced by a forgery": forgedReceipt(t, k.Store.Chain(), 1, 1), "emptied": nil} {
		t.Run(name, func(t *testing.T) {
			paths, err := filepath.Glob(filepath.Join(k.Dir, "inbox", "*.frame"))
			must(t, err)
			for _, path := range paths {
				must(t, os.WriteFile(path, file, 0o600))
			}
			must(t, os.WriteFile(filepath.Join(k.Dir, "inbox", "cursor"), []byte("0"), 0o600))
			must(t, k.carry(t))
		})
	}
	k.exchange(t)
	k.arrived(t, 1)
}
