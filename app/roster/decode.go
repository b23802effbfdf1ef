package roster

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// decode turns the bytes of a text file into text. The encoding is found by itself: a mark at the
// beginning, zeros in every other byte (UTF-16), valid UTF-8, or else Windows-1252.
func decode(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		return strings.ToValidUTF8(string(b[3:]), "\uFFFD")
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		return decode16(b[2:], binary.LittleEndian)
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		return decode16(b[2:], binary.BigEndian)
	}
	if order := zeros(b); order != nil {
		return decode16(b, order)
	}
	if utf8.Valid(b) {
		return string(b)
	}
	return decode1252(b)
}

// zeros finds UTF-16 without a mark: of Latin text every other byte is zero.
func zeros(b []byte) binary.ByteOrder {
	b = b[:min(len(b), 4096)&^1]
	var even, odd int
	for i := 0; i < len(b); i += 2 {
		if b[i] == 0 {
			even++
		}
		if b[i+1] == 0 {
			odd++
		}
	}
	switch most := len(b) / 2 * 7 / 10; {
	case most == 0:
		return nil
	case odd >= most && even == 0:
		return binary.LittleEndian
	case even >= most && odd == 0:
		return binary.BigEndian
	}
	return nil
}

func decode16(b []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = order.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}

// high1252 are the signs of Windows-1252 from 0x80 to 0x9F; elsewhere it is Latin-1.
var high1252 = []rune("€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ")

func decode1252(b []byte) string {
	var s strings.Builder
	s.Grow(len(b) + len(b)/16)
	for _, c := range b {
		if c >= 0x80 && c <= 0x9F {
			s.WriteRune(high1252[c-0x80])
			continue
		}
		s.WriteRune(rune(c))
	}
	return s.String()
}
