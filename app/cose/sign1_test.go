package cose_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"testing"

	gocose "github.com/veraison/go-cose"

	"loket/app"
	"loket/app/cose"
)

var (
	key   = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, 32))
	other = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{8}, 32))
)

func pub(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }

func TestWhatWasSignedIsRead(t *testing.T) {
	message, err := cose.Sign("loket/test", []byte("halo"), key)
	if err != nil {
		t.Fatal(err)
	}
	payload, err := cose.Verify("loket/test", message, pub(key))
	if err != nil || string(payload) != "halo" {
		t.Fatalf("got %q, %v", payload, err)
	}
	m, err := cose.Peek(message)
	if err != nil || m.Typ != "loket/test" || m.KeyID != cose.KeyIDOf(pub(key)) {
		t.Errorf("Peek: %+v, %v", m, err)
	}
}

// Somebody else's library reads our objects.
func TestAnotherLibraryVerifiesIt(t *testing.T) {
	message, err := cose.Sign("loket/test", []byte("halo"), key)
	if err != nil {
		t.Fatal(err)
	}
	var theirs gocose.Sign1Message
	if err := theirs.UnmarshalCBOR(message); err != nil {
		t.Fatal(err)
	}
	verifier, err := gocose.NewVerifier(gocose.AlgorithmEdDSA, pub(key))
	if err != nil {
		t.Fatal(err)
	}
	if err := theirs.Verify(nil, verifier); err != nil {
		t.Error(err)
	}
}

func TestRefusals(t *testing.T) {
	message, err := cose.Sign("loket/test", []byte("halo"), key)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cose.Verify("loket/other", message, pub(key)); app.CodeOf(err) != app.CoseWrongType {
		t.Errorf("another purpose: %v", err)
	}
	if _, err := cose.Verify("", message, pub(key)); app.CodeOf(err) != app.CoseWrongType {
		t.Errorf("as a card: %v", err)
	}
	if _, err := cose.Verify("loket/test", message, pub(other)); app.CodeOf(err) != app.CoseSignature {
		t.Errorf("another key: %v", err)
	}
	for i := range message {
		for bit := range 8 {
			bent := bytes.Clone(message)
			bent[i] ^= 1 << bit
			if _, err := cose.Verify("loket/test", bent, pub(key)); err == nil {
				t.Fatalf("byte %d bit %d changed and nobody saw it", i, bit)
			}
		}
		if _, err := cose.Verify("loket/test", message[:i], pub(key)); err == nil {
			t.Fatalf("cut after %d bytes and nobody saw it", i)
		}
	}
	if _, err := cose.Peek(append(bytes.Clone(message), 0)); app.CodeOf(err) != app.CoseMalformed {
		t.Errorf("a byte behind: %v", err)
	}
}

func TestOneValueHasOneEncoding(t *testing.T) {
	tests := map[string]struct {
		hex  string
		want app.Code
	}{
		"a map":                 {"a201020304", ""},
		"nested":                {"82a16161f6f5", ""},
		"long head":             {"1801", app.CoseNotCanonical},
		"long head, 2 bytes":    {"1900ff", app.CoseNotCanonical},
		"long head, 8 bytes":    {"1b00000000ffffffff", app.CoseNotCanonical},
		"long length":           {"5801aa", app.CoseNotCanonical},
		"keys out of order":     {"a203040102", app.CoseNotCanonical},
		"key twice":             {"a201020103", app.CoseNotCanonical},
		"indefinite array":      {"9f01ff", app.CoseNotCanonical},
		"indefinite string":     {"5f41aaff", app.CoseNotCanonical},
		"a float":               {"f93c00", app.CoseNotCanonical},
		"undefined":             {"f7", app.CoseNotCanonical},
		"reserved":              {"1c", app.CoseNotCanonical},
		"not UTF-8":             {"61ff", app.CoseMalformed},
		"cut":                   {"8201", app.CoseMalformed},
		"empty":                 {"", app.CoseMalformed},
		"a byte behind":         {"0101", app.CoseMalformed},
		"array of 2^63":         {"9b8000000000000000", app.CoseMalformed},
		"string of 2^63":        {"5b8000000000000000", app.CoseMalformed},
		"seventeen levels deep": {"818181818181818181818181818181818101", app.CoseMalformed},
	}
	for name, tt := range tests {
		data, err := hex.DecodeString(tt.hex)
		if err != nil {
			t.Fatal(err)
		}
		if got := app.CodeOf(cose.Canonical(data)); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// Whatever counts as canonical encodes again to the same bytes by the library's own rules.
func FuzzCanonical(f *testing.F) {
	f.Add([]byte{0xa2, 1, 2, 3, 4})
	f.Add([]byte{0x82, 0xa1, 0x61, 0x61, 0xf6, 0xf5})
	f.Add([]byte{0xd2, 0x80})
	f.Fuzz(func(t *testing.T, data []byte) {
		if cose.Canonical(data) != nil {
			return
		}
		var v any
		if cose.Dec.Unmarshal(data, &v) != nil {
			return // keys that Go cannot hold, dates and bignums out of range
		}
		if again, err := cose.Enc.Marshal(v); err == nil && !bytes.Equal(again, data) && !bytes.ContainsAny(data, "\xc0\xc1\xc2\xc3") {
			t.Errorf("%x was taken, encodes as %x", data, again)
		}
	})
}

func FuzzPeek(f *testing.F) {
	message, err := cose.Sign("loket/test", []byte("halo"), key)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(message)
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := cose.Peek(data)
		if err != nil && app.CodeOf(err) == app.Internal {
			t.Errorf("an error without a code: %v", err)
		}
		if err == nil && m.SignedBy(pub(key)) == nil && !bytes.Equal(data, message) {
			// Ed25519 is deterministic here and the form is canonical: only these bytes may pass.
			t.Errorf("%x passes too", data)
		}
	})
}
