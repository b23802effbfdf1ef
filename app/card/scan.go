package card

import (
	"fmt"
	"strconv"
	"strings"

	"loket/app"
)

// ScanKind is the type digit of a scan text. The kinds that a counter meets where an e-KTP's NIK may
// be scanned too begin with digits that no NIK begins with.
type ScanKind byte

// The kinds of scan texts.
const (
	ScanArchiveSheet ScanKind = '0'
	ScanSerial       ScanKind = '2'
	ScanBundle       ScanKind = '3'
	ScanProvisional  ScanKind = '4'
	ScanConsignment  ScanKind = '5'
	ScanSheet        ScanKind = '8'
)

// letters are what people read in front of a number.
var letters = map[ScanKind]string{
	ScanArchiveSheet: "LA", ScanSerial: "KT", ScanBundle: "BD",
	ScanProvisional: "PS", ScanConsignment: "KK", ScanSheet: "LT",
}

// Scan is what a barcode of Loket says, other than a card: a serial, or a number that a kiosk gave.
type Scan struct {
	Kind    ScanKind
	Serial  app.Serial // of ScanSerial
	Chain   app.Chain  // of all others, with Counter
	Counter uint32
}

const (
	serialDigits  = 11 // with type and check an even number, as Code 128-C wants
	numberDigits  = 13 // kiosk 5, incarnation 2, counter 6
	maxScanDigits = 24
	cardDigits    = 200 // longer is a card
)

// ScanOf is the scan text of a provisional number.
func ScanOf(n app.ProvisionalNumber) Scan {
	return Scan{Kind: ScanProvisional, Chain: n.Chain, Counter: n.Counter}
}

// Provisional is the number of a scanned registration slip or archive sheet.
func (s Scan) Provisional() app.ProvisionalNumber {
	return app.ProvisionalNumber{Chain: s.Chain, Counter: s.Counter}
}

// Text is the digits of the barcode: type digit, number, two check digits (ISO 7064, MOD 97-10).
func (s Scan) Text() (string, error) {
	var number string
	switch {
	case letters[s.Kind] == "":
		return "", app.Fail(app.ScanUnknown)
	case s.Kind == ScanSerial:
		number = fmt.Sprintf("%0*d", serialDigits, uint32(s.Serial))
	case s.Chain.Kiosk > 99999 || s.Chain.Incarnation > 99 || s.Counter > 999999:
		return "", app.Fail(app.ScanUnreadable)
	default:
		number = s.Provisional().Digits()
	}
	body := string(s.Kind) + number
	return fmt.Sprintf("%s%02d", body, 98-mod97(body+"00")), nil
}

// String is the form that people read: "BD 00417-01-000123".
func (s Scan) String() string {
	if s.Kind == ScanSerial {
		return s.Serial.String()
	}
	return fmt.Sprintf("%s %s-%06d", letters[s.Kind], s.Chain, s.Counter)
}

// ParseScan reads the digits of a barcode. Blanks around and between them are overlooked, because
// people type them in groups.
func ParseScan(text string) (Scan, error) {
	text = strings.Join(strings.Fields(text), "")
	if !allDigits(text) || len(text) < 4 || len(text) > maxScanDigits {
		return Scan{}, app.Fail(app.ScanUnreadable)
	}
	kind, number := ScanKind(text[0]), text[1:len(text)-2]
	switch {
	case letters[kind] == "":
		return Scan{}, app.Fail(app.ScanUnknown)
	case kind == ScanSerial && len(number) != serialDigits, kind != ScanSerial && len(number) != numberDigits:
		return Scan{}, app.Fail(app.ScanUnreadable)
	case mod97(text) != 1 || text[len(text)-2:] < "02" || text[len(text)-2:] > "98":
		return Scan{}, app.Fail(app.ScanCheckDigits)
	case kind == ScanSerial:
		n, err := strconv.ParseUint(number, 10, 32)
		if err != nil || n == 0 {
			return Scan{}, app.Fail(app.ScanUnreadable)
		}
		return Scan{Kind: kind, Serial: app.Serial(n)}, nil
	}
	chain := app.Chain{Kiosk: app.Kiosk(atoi(number[:5])), Incarnation: app.Incarnation(atoi(number[5:7]))}
	return Scan{Kind: kind, Chain: chain, Counter: atoi(number[7:])}, nil
}

// IsCard says whether a scanned text is long enough to be a card's.
func IsCard(text string) bool { return len(strings.TrimSpace(text)) > cardDigits }

// atoi reads a few digits that are known to be digits.
func atoi(digits string) uint32 {
	n := uint32(0)
	for _, c := range []byte(digits) {
		n = 10*n + uint32(c-'0')
	}
	return n
}

func mod97(digits string) int {
	n := 0
	for _, c := range []byte(digits) {
		n = (10*n + int(c-'0')) % 97
	}
	return n
}
