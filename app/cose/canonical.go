package cose

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"

	"loket/app"
)

// CBOR's major types.
const (
	majorBytes  = 2
	majorText   = 3
	majorArray  = 4
	majorMap    = 5
	majorTag    = 6
	majorSimple = 7
)

// Canonical says whether data is exactly one CBOR value in its deterministic encoding: shortest
// heads, definite lengths, map keys in bytewise order and none twice, text in UTF-8. Of the simple
// values only false, true and null occur; floating point numbers do not occur in our formats.
func Canonical(data []byte) error {
	if len(data) > MaxSize {
		return app.Fail(app.CoseTooBig, "size", len(data), "limit", MaxSize)
	}
	rest, err := walk(data, MaxDepth)
	if err == nil && len(rest) != 0 {
		err = app.Fail(app.CoseMalformed)
	}
	return err
}

// First cuts the first deterministic value off a CBOR sequence (RFC 8742).
func First(data []byte) (value, rest []byte, err error) {
	rest, err = walk(data, MaxDepth)
	if err != nil {
		return nil, nil, err
	}
	return data[:len(data)-len(rest)], rest, nil
}

// Lengths looks at an array and says of each of its elements how many elements it has: 0 for what is no
// array itself. It makes no room for any of them. At most 64 elements are looked at.
func Lengths(data []byte) ([]uint64, error) {
	major, n, rest, err := head(data)
	if err != nil {
		return nil, err
	}
	if major != majorArray || n > 64 {
		return nil, app.Fail(app.CoseMalformed)
	}
	lengths := make([]uint64, n)
	for i := range lengths {
		major, inner, _, err := head(rest)
		if err != nil {
			return nil, err
		}
		if major == majorArray {
			lengths[i] = inner
		}
		if rest, err = walk(rest, MaxDepth-1); err != nil {
			return nil, err
		}
	}
	return lengths, nil
}

// walk passes over one value and returns what stands behind it.
func walk(data []byte, depth int) ([]byte, error) {
	if depth == 0 {
		return nil, app.Fail(app.CoseMalformed)
	}
	major, n, rest, err := head(data)
	if err != nil {
		return nil, err
	}
	switch major {
	case majorBytes, majorText:
		return walkString(major, n, rest)
	case majorArray:
		return walkMany(n, rest, depth)
	case majorMap:
		return walkMap(n, rest, depth)
	case majorTag:
		return walk(rest, depth-1)
	}
	return rest, nil
}

// head reads the first bytes of a value: its major type and its argument in the shortest form.
func head(data []byte) (major byte, n uint64, rest []byte, err error) {
	if len(data) == 0 {
		return 0, 0, nil, app.Fail(app.CoseMalformed)
	}
	major, small := data[0]>>5, data[0]&31
	if major == majorSimple {
		if small < 20 || small > 22 {
			return 0, 0, nil, app.Fail(app.CoseNotCanonical)
		}
		return major, 0, data[1:], nil
	}
	if small < 24 {
		return major, uint64(small), data[1:], nil
	}
	if small > 27 {
		return 0, 0, nil, app.Fail(app.CoseNotCanonical)
	}
	size := 1 << (small - 24)
	if len(data) < 1+size {
		return 0, 0, nil, app.Fail(app.CoseMalformed)
	}
	var wide [8]byte
	copy(wide[8-size:], data[1:1+size])
	n = binary.BigEndian.Uint64(wide[:])
	if n < shortest[small-24] {
		return 0, 0, nil, app.Fail(app.CoseNotCanonical)
	}
	return major, n, data[1+size:], nil
}

// shortest holds the least number that deserves 1, 2, 4 or 8 bytes.
var shortest = [4]uint64{24, 1 << 8, 1 << 16, 1 << 32}

func walkString(major byte, n uint64, rest []byte) ([]byte, error) {
	if n > uint64(len(rest)) || major == majorText && !utf8.Valid(rest[:n]) {
		return nil, app.Fail(app.CoseMalformed)
	}
	return rest[n:], nil
}

func walkMany(n uint64, rest []byte, depth int) ([]byte, error) {
	var err error
	for ; n > 0; n-- { // each turn eats a byte or fails, so a huge n ends soon
		if rest, err = walk(rest, depth-1); err != nil {
			return nil, err
		}
	}
	return rest, nil
}

func walkMap(n uint64, rest []byte, depth int) ([]byte, error) {
	var before []byte
	for ; n > 0; n-- {
		behind, err := walk(rest, depth-1)
		if err != nil {
			return nil, err
		}
		key := rest[:len(rest)-len(behind)]
		if before != nil && bytes.Compare(before, key) >= 0 {
			return nil, app.Fail(app.CoseNotCanonical)
		}
		before = key
		if rest, err = walk(behind, depth-1); err != nil {
			return nil, err
		}
	}
	return rest, nil
}
