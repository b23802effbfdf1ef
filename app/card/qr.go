package card

import (
	"math"
	"strings"

	"loket/app"
)

// Every card's code has the same look: error correction M, never smaller than version 10, never
// larger than version 12.
const (
	MinVersion = 10
	MaxVersion = 12
)

// capacityM is the data bits of versions 10, 11 and 12 at level M (ISO/IEC 18004, table 7).
var capacityM = [...]int{216 * 8, 254 * 8, 290 * 8}

// URL is the text of a card's QR code. Scheme, host and path are upper case, and the card is
// digits, so that the code uses its compact modes; what stands behind # never reaches a server.
func URL(host string, credential []byte) (string, error) {
	host = strings.ToUpper(host)
	if host == "" || strings.Trim(host, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:") != "" {
		return "", app.Fail(app.CardHost)
	}
	return "HTTPS://" + host + "/K#" + Digits(credential), nil
}

// QRVersion is the version that a text needs at level M, at least MinVersion; above MaxVersion it is
// refused. It counts bits as an encoder that chooses its segments best.
func QRVersion(text string) (int, error) {
	bits := segmentBits(text)
	for i, room := range capacityM {
		if bits <= room {
			return MinVersion + i, nil
		}
	}
	return 0, app.Fail(app.CardTooLong)
}

// A segment costs 4 bits of mode and, in versions 10 to 26, so many of length.
var (
	segmentHead = [...]int{4 + 12, 4 + 11, 4 + 16} // numeric, alphanumeric, byte
	charCost    = [...]int{20, 33, 48}             // sixths of a bit: 10/3, 11/2, 8
)

const alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

// segmentBits is the least number of bits for a text: best[m] is the cost, in sixths of a bit, of
// what was read so far when it ends in mode m.
func segmentBits(text string) int {
	const never = math.MaxInt32
	best := [3]int{never, never, never}
	start := 0
	for i := range len(text) {
		var next [3]int
		for mode := range next {
			next[mode] = never
			if !fits(mode, text[i]) {
				continue
			}
			next[mode] = min(best[mode], start+6*segmentHead[mode]) + charCost[mode]
		}
		best = next
		// Whole bits only where a segment ends.
		start = roundUp(min(best[0], best[1], best[2]))
	}
	return start / 6
}

func fits(mode int, c byte) bool {
	switch mode {
	case 0:
		return c >= '0' && c <= '9'
	case 1:
		return strings.IndexByte(alphanumeric, c) >= 0
	}
	return true
}

func roundUp(sixths int) int { return (sixths + 5) / 6 * 6 }
