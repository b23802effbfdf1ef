package sealed_test

import (
	"bytes"
	"crypto/ecdh"
	"crypto/hpke"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"github.com/klauspost/compress/zstd"

	"loket/app/cose"
	"loket/app/sealed"
)

// bent is a batch with its own entries and parts, whose device has signed a head that is another
// story's.
func bent(t *testing.T, file []byte, key sealed.OpeningKey) []byte {
	t.Helper()
	var inner [][]byte
	if err := cose.Unmarshal(plainOf(t, file, key), &inner); err != nil {
		t.Fatal(err)
	}
	payload, err := cose.Verify(sealed.TypBatch, inner[0], devicePub())
	if err != nil {
		t.Fatal(err)
	}
	var header map[int]any
	if err := cbor.Unmarshal(payload, &header); err != nil {
		t.Fatal(err)
	}
	header[7] = bytes.Repeat([]byte{7}, 32)
	if inner[0], err = cose.Sign(sealed.TypBatch, marshal(t, header), device); err != nil {
		t.Fatal(err)
	}
	return marshal(t, inner)
}

// plainOf opens a sealed file as far as its contents.
func plainOf(t *testing.T, file []byte, key sealed.OpeningKey) []byte {
	t.Helper()
	var two []cbor.RawMessage
	var body []byte
	err := cose.Unmarshal(file, &two)
	if err == nil {
		err = cose.Unmarshal(two[1], &body)
	}
	if err != nil {
		t.Fatal(err)
	}
	private, err := ecdh.X25519().NewPrivateKey(key.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	opener, err := hpke.NewDHKEMPrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	packed, err := hpke.Open(opener, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), two[0], body)
	if err != nil {
		t.Fatal(err)
	}
	dec, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer dec.Close()
	plain, err := dec.DecodeAll(packed, nil)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}
