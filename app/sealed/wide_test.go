package sealed_test

import (
	"crypto/sha256"
	"runtime"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"loket/app"
	"loket/app/cose"
	"loket/app/sealed"
)

// wide is the plain of a batch whose columns have n entries, signed by the device, whose header tells of
// last entries.
func wide(t testing.TB, n int, last uint64) []byte {
	t.Helper()
	column := func(v any) []any {
		all := make([]any, n)
		for i := range all {
			all[i] = v
		}
		return all
	}
	entries, err := cose.Marshal([]any{
		column(0), column(0), column(""), column(""), column(""), column(make([]byte, 8)), column(1), column([]byte{}), column(nil), column([]byte{}),
	})
	if err != nil {
		t.Fatal(err)
	}
	parts, err := cose.Marshal([]any{[]uint64{}, []byte{}, []any{}})
	if err != nil {
		t.Fatal(err)
	}
	p := prepare(t, items(t, 3))
	payload, err := cose.Verify(sealed.TypBatch, p.Signed, devicePub())
	if err != nil {
		t.Fatal(err)
	}
	var header map[int]any
	if err := cbor.Unmarshal(payload, &header); err != nil {
		t.Fatal(err)
	}
	e, q := sha256.Sum256(entries), sha256.Sum256(parts)
	header[5], header[8], header[9] = last, e[:], q[:]
	b, err := cose.Marshal(header)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := cose.Sign(sealed.TypBatch, b, device)
	if err != nil {
		t.Fatal(err)
	}
	inner, err := cose.Marshal([]any{signed, entries, parts})
	if err != nil {
		t.Fatal(err)
	}
	return inner
}

// A thousand bytes on the line may not become a thousand million in memory, however the header lies.
func TestABatchIsBoundedBeforeItIsRead(t *testing.T) {
	key := fixedOpening(t, 5)
	to := key.Public()
	for name, inner := range map[string][]byte{
		"a quarter of a million entries":             wide(t, 250_000, 250_000),
		"more than a batch may hold":                 wide(t, 257, 257),
		"many in columns of which the header is mum": wide(t, 30_000, 3),
		"nine megabytes":                             make([]byte, 9<<20),
	} {
		t.Run(name, func(t *testing.T) {
			file := rawBatch(t, outerOf(1, 417, to), inner, to)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := sealed.OpenBatch(file, key, devicePub())
			runtime.ReadMemStats(&after)
			if app.CodeOf(err) != app.PostTooLarge {
				t.Error(err)
			}
			if took := after.TotalAlloc - before.TotalAlloc; took > 12<<20 {
				t.Errorf("%d bytes on the line took %d MB", len(file), took>>20)
			}
		})
	}
}

// What the kiosk's program seals fits; what would not is refused before it leaves.
func TestTheSealerKeepsWithinTheBounds(t *testing.T) {
	key := fixedOpening(t, 5)
	for n, want := range map[int]app.Code{sealed.MaxEntries: "", sealed.MaxEntries + 1: app.PostTooLarge} {
		file, err := prepare(t, items(t, n)).Seal(key.Public())
		if app.CodeOf(err) != want {
			t.Fatalf("%d entries: %v", n, err)
		}
		if err != nil {
			continue
		}
		if b, err := sealed.OpenBatch(file, key, devicePub()); err != nil || len(b.Items) != n {
			t.Errorf("%d entries: %v", n, err)
		}
	}
}
