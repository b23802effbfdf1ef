package cose_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"flag"
	"math/big"
	"os"
	"slices"
	"testing"

	"loket/app/cose"
)

var update = flag.Bool("update", false, "write the vectors anew")

// A vector of a raw signature. The same file is read by the verify page's tests, with WebCrypto and
// without.
type signatureVector struct {
	Name      string `json:"name"`
	Key       string `json:"key"`
	Message   string `json:"message"`
	Signature string `json:"signature"`
	Valid     bool   `json:"valid"`
}

const signatureVectors = "../../docs/vectors/card/signatures.json"

func TestSignatureVectors(t *testing.T) {
	if *update {
		b, err := json.MarshalIndent(map[string]any{
			"about": "Ed25519 as every reader of cards and lists must judge it: keys that are not canonical or of small order, and signatures whose S is not reduced, are refused before anything else.",
			"cases": makeSignatures(),
		}, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(signatureVectors, append(b, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(signatureVectors)
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Cases []signatureVector }
	if err := json.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	for _, c := range file.Cases {
		pub := ed25519.PublicKey(fromHex(t, c.Key))
		valid := cose.SoundKey(pub) == nil && ed25519.Verify(pub, fromHex(t, c.Message), fromHex(t, c.Signature))
		if valid != c.Valid {
			t.Errorf("%s: %t, want %t", c.Name, valid, c.Valid)
		}
	}
	if len(file.Cases) < 20 {
		t.Error("cases are missing")
	}
}

// A library that is as lax as RFC 8032 allows takes what anybody can make for a key of small order: the
// vectors are worth something.
func TestAKeyOfSmallOrderSignsEverything(t *testing.T) {
	identity := append([]byte{1}, make([]byte, 31)...)
	signature := append(slices.Clone(identity), make([]byte, 32)...)
	if !ed25519.Verify(identity, []byte("apa saja"), signature) {
		t.Skip("this Go refuses it by itself")
	}
	if cose.SoundKey(identity) == nil {
		t.Error("and we take the key")
	}
}

func fromHex(t *testing.T, text string) []byte {
	t.Helper()
	b, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func makeSignatures() (cases []signatureVector) {
	message := []byte("KARTU")
	good := ed25519.Sign(key, message)
	add := func(name string, pub, signature []byte, valid bool) {
		cases = append(cases, signatureVector{name, hex.EncodeToString(pub), hex.EncodeToString(message), hex.EncodeToString(signature), valid})
	}
	add("a good one", pub(key), good, true)
	add("another key", pub(other), good, false)
	for _, i := range []int{0, 31, 32, 63} {
		bent := bytes.Clone(good)
		bent[i] ^= 4
		add("a bit changed", pub(key), bent, false)
	}
	order, _ := new(big.Int).SetString("7237005577332262213973186563042994240857116359379907606001950938285454250989", 10)
	for n := int64(1); n < 16; n *= 2 {
		s := new(big.Int).Add(littleEndian(good[32:]), new(big.Int).Mul(order, big.NewInt(n)))
		if s.BitLen() <= 256 {
			add("S is not reduced", pub(key), append(bytes.Clone(good[:32]), toLittleEndian(s)...), false)
		}
	}
	p := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(19))
	eighth := littleEndian([]byte{0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05})
	less := func(n int64) *big.Int { return new(big.Int).Sub(p, big.NewInt(n)) }
	more := func(n int64) *big.Int { return new(big.Int).Add(p, big.NewInt(n)) }
	for name, y := range map[string]*big.Int{
		"order 4": big.NewInt(0), "order 1": big.NewInt(1), "order 2": less(1), "order 8": eighth, "order 8, the other": new(big.Int).Sub(p, eighth),
		"order 4 in another writing": more(0), "order 1 in another writing": more(1), "a point in another writing": more(3), "the largest number": more(18),
	} {
		for _, sign := range []byte{0, 0x80} {
			k := toLittleEndian(y)
			k[31] |= sign
			identity := append([]byte{1}, make([]byte, 31)...)
			add(name, k, append(slices.Clone(identity), make([]byte, 32)...), false) // R the neutral element, S 0
			add(name+", R is the key", k, append(slices.Clone(k), make([]byte, 32)...), false)
		}
	}
	slices.SortStableFunc(cases[1:], func(a, b signatureVector) int { return bytes.Compare([]byte(a.Name+a.Key), []byte(b.Name+b.Key)) })
	return cases
}

func littleEndian(b []byte) *big.Int {
	b = bytes.Clone(b)
	slices.Reverse(b)
	return new(big.Int).SetBytes(b)
}

func toLittleEndian(n *big.Int) []byte {
	b := n.FillBytes(make([]byte, 32))
	slices.Reverse(b)
	return b
}
