package post_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"loket/app"
	"loket/app/carrier"
	"loket/app/cmd/centre"
	"loket/storage/storagetest"
)

// What lies on a stick beside a kiosk's own post keeps nothing of it out of head office, and keeps no
// answer from the kiosk.
func TestHeadOfficeTakesWhatIsGenuineFromAHostileStick(t *testing.T) {
	opened, err := centre.Open(t.Context(), centre.Options{Data: tempDir(t), Clock: storagetest.NewClock()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := opened.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	head := real{opened}
	other := enrolled(t, head)
	defer other.close()
	storagetest.Register(t, other.store, storagetest.Person(5000))
	other.seal()
	foreign, err := other.box.Batch(1)
	other.must(err)
	person := 6000
	for name, hostile := range map[string]func(n int, own []byte) (file string, b []byte){
		"another kiosk's batches": func(n int, _ []byte) (string, []byte) { return fmt.Sprintf("%06d.batch", n), foreign },
		"flipped":                 func(n int, own []byte) (string, []byte) { return fmt.Sprintf("%06d.batch", n), flip(own, len(own)-2) },
		"cut":                     func(n int, own []byte) (string, []byte) { return fmt.Sprintf("%06d.batch", n), own[:len(own)/2] },
		"renamed":                 func(n int, own []byte) (string, []byte) { return fmt.Sprintf("%06d.batch", n), own },
		"no batches":              func(n int, _ []byte) (string, []byte) { return fmt.Sprintf("%06d.batch", n), []byte("<html>") },
		"attachments":             func(n int, own []byte) (string, []byte) { return fmt.Sprintf("att/%064x.att", n), own },
	} {
		t.Run(name, func(t *testing.T) {
			k := enrolled(t, head)
			k.t = t
			defer k.close()
			person++
			storagetest.Register(t, k.store, storagetest.Person(person))
			k.seal()
			own, err := k.box.Batch(1)
			k.must(err)
			stick := tempDir(t)
			_, err = carrier.Export(k.box, stick)
			k.must(err)
			for n := 2; n < 202; n++ {
				file, b := hostile(n, own)
				k.must(os.WriteFile(filepath.Join(stick, "loket", k.chain.String(), filepath.FromSlash(file)), b, 0o600))
			}
			n, err := carrier.Served(t.Context(), stick, head)
			if n != 1 || app.CodeOf(err) != app.StickRefused {
				t.Errorf("%d taken, %v", n, err)
			}
			_, err = carrier.Import(k.box, stick, k.prover())
			k.must(err)
			k.apply()
			if entries, _ := k.light(); entries != 0 {
				t.Errorf("%d records have no receipt", entries)
			}
		})
	}
}

func flip(b []byte, at int) []byte {
	out := append([]byte{}, b...)
	out[at] ^= 1
	return out
}
