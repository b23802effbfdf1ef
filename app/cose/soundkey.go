package cose

import (
	"crypto/ed25519"
	"encoding/hex"
	"slices"

	"loket/app"
)

// SoundKey refuses public keys that no honest maker makes (code cose.key_bad): another length, an
// encoding that is not the canonical one (a second name for the same key), and the points of small order,
// for which anybody can make signatures that fit.
func SoundKey(pub ed25519.PublicKey) error {
	if len(pub) != ed25519.PublicKeySize {
		return app.Fail(app.CoseKey)
	}
	y := slices.Clone(pub)
	y[31] &= 0x7f // the sign of x
	if slices.Equal(y, fieldOrder) || beyond(y, fieldOrder) || slices.ContainsFunc(smallOrder, func(s []byte) bool { return slices.Equal(s, y) }) {
		return app.Fail(app.CoseKey)
	}
	return nil
}

// beyond compares little-endian numbers.
func beyond(a, b []byte) bool {
	for i := len(a) - 1; i >= 0; i-- {
		if a[i] != b[i] {
			return a[i] > b[i]
		}
	}
	return false
}

// fieldOrder is 2^255-19. smallOrder are the y of the points whose order divides 8; with the sign of x
// left out each stands for two points, or for a point and a second encoding of it.
var (
	fieldOrder = mustHex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")
	smallOrder = [][]byte{
		mustHex("0000000000000000000000000000000000000000000000000000000000000000"),
		mustHex("0100000000000000000000000000000000000000000000000000000000000000"),
		mustHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
		mustHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
		mustHex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
	}
)

func mustHex(text string) []byte {
	b, err := hex.DecodeString(text)
	if err != nil {
		panic(err) // constants: a test would see it
	}
	return b
}
