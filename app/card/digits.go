package card

import (
	"fmt"
	"strconv"
	"strings"

	"loket/app"
)

// Bytes travel as decimal digits, seven bytes in 17; a last group of 1 to 6 bytes takes the fewest
// digits that hold it. Digits survive scanners with a wrong keyboard layout, and QR codes pack them
// well.
const (
	groupBytes  = 7
	groupDigits = 17
)

var digitsOf = [groupBytes + 1]int{0, 3, 5, 8, 10, 13, 15, groupDigits}

// Digits writes bytes as decimal digits.
func Digits(data []byte) string {
	var b strings.Builder
	for len(data) > 0 {
		group := data[:min(groupBytes, len(data))]
		data = data[len(group):]
		n := uint64(0)
		for _, c := range group {
			n = n<<8 | uint64(c)
		}
		fmt.Fprintf(&b, "%0*d", digitsOf[len(group)], n)
	}
	return b.String()
}

// FromDigits reads what Digits wrote and refuses every other text.
func FromDigits(digits string) ([]byte, error) {
	if digits == "" || len(digits) > maxDigits || !allDigits(digits) {
		return nil, app.Fail(app.CardUnreadable)
	}
	data := make([]byte, 0, len(digits)*groupBytes/groupDigits+groupBytes)
	for digits != "" {
		group := digits[:min(groupDigits, len(digits))]
		digits = digits[len(group):]
		size := bytesIn(len(group))
		n, err := strconv.ParseUint(group, 10, 64)
		if size == 0 || err != nil || n>>(8*size) != 0 {
			return nil, app.Fail(app.CardUnreadable)
		}
		for i := size - 1; i >= 0; i-- {
			data = append(data, byte(n>>(8*i)))
		}
	}
	return data, nil
}

const maxDigits = maxCredential * groupDigits / groupBytes

// bytesIn is how many bytes a group of digits holds, 0 when no group has that length.
func bytesIn(digits int) int {
	for size, n := range digitsOf {
		if n == digits {
			return size
		}
	}
	return 0
}

func allDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
