package app

import "strconv"

// Rupiah is an amount of money in whole rupiah.
type Rupiah int64

// String is "Rp16.800".
func (r Rupiah) String() string {
	digits := strconv.FormatInt(int64(r), 10)
	sign := ""
	if r < 0 {
		sign, digits = "-", digits[1:]
	}
	return sign + "Rp" + GroupThousands(digits)
}

// GroupThousands puts a dot before each group of three digits, as Indonesian numbers are written.
func GroupThousands(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "." + digits[i:]
	}
	return digits
}
