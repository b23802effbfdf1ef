// Package cose is the one way in which Loket writes and signs structured bytes: deterministic CBOR
// (RFC 8949, section 4.2.1) and tagged COSE_Sign1 with Ed25519 (RFC 9052).
//
// Reading is strict: one value has one encoding, and any other is refused. So whatever was decoded
// encodes again to the same bytes, and a hash over bytes is a hash over meaning.
package cose

import (
	"github.com/fxamacker/cbor/v2"

	"loket/app"
)

// Limits of what is read. They bound memory before anything is trusted.
const (
	MaxSize  = 16 << 20 // bytes of one object
	MaxDepth = 16
)

// Enc writes deterministic CBOR; Dec reads it into known fields and refuses unknown ones. Dec alone
// does not prove that its input was deterministic: Unmarshal does.
var (
	Enc = encMode()
	Dec = decMode()
)

func encMode() cbor.EncMode {
	mode, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		panic(err) // constant options: a test would see it
	}
	return mode
}

func decMode() cbor.DecMode {
	mode, err := cbor.DecOptions{
		DupMapKey:         cbor.DupMapKeyEnforcedAPF,
		IndefLength:       cbor.IndefLengthForbidden,
		MaxNestedLevels:   MaxDepth,
		MaxArrayElements:  1 << 20,
		MaxMapPairs:       1 << 16,
		ExtraReturnErrors: cbor.ExtraDecErrorUnknownField,
		FieldNameMatching: cbor.FieldNameMatchingCaseSensitive,
		IntDec:            cbor.IntDecConvertSignedOrFail,
		UTF8:              cbor.UTF8RejectInvalid,
	}.DecMode()
	if err != nil {
		panic(err) // constant options: a test would see it
	}
	return mode
}

// Marshal writes a value as deterministic CBOR.
func Marshal(v any) ([]byte, error) {
	b, err := Enc.Marshal(v)
	return b, app.Wrap("cose.Marshal", app.CoseMalformed, err)
}

// Unmarshal reads exactly one deterministic value: no other encoding of it, no unknown fields, no
// bytes behind it.
func Unmarshal(data []byte, v any) error {
	if err := Canonical(data); err != nil {
		return err
	}
	return app.Wrap("cose.Unmarshal", app.CoseMalformed, Dec.Unmarshal(data, v))
}

// UnmarshalOpen is Unmarshal that overlooks unknown fields, for what a newer version may extend.
func UnmarshalOpen(data []byte, v any) error {
	if err := Canonical(data); err != nil {
		return err
	}
	return app.Wrap("cose.UnmarshalOpen", app.CoseMalformed, open.Unmarshal(data, v))
}

var open = func() cbor.DecMode {
	opts := Dec.DecOptions()
	opts.ExtraReturnErrors = cbor.ExtraDecErrorNone
	mode, err := opts.DecMode()
	if err != nil {
		panic(err) // constant options: a test would see it
	}
	return mode
}()
