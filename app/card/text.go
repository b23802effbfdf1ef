package card

import (
	"bytes"
	"compress/zlib"
	"io"
	"slices"
	"strings"

	"loket/app"
)

// Limits of a Claim 169 text, before and after decompressing.
const (
	maxText     = 4 << 10
	maxInflated = 4 << 10
)

// Scanned is a card's text taken apart.
type Scanned struct {
	COSE    []byte
	Address string // letters and digits in front of the card, "" when there was none
	Foreign bool   // the address is not ours
}

// ParseText reads whatever a scanner or a person gives for a card: the QR's text, its digits alone,
// or a Claim 169 text. A scanner may spoil punctuation, so an address is compared by its letters and
// digits, and a long run of digits at the end is the card even where # was lost. Where ownHosts is
// empty, nobody can say what is foreign.
func ParseText(text string, ownHosts []string) (*Scanned, error) {
	text = strings.TrimSpace(text)
	if len(text) > maxText {
		return nil, app.Fail(app.CardUnreadable)
	}
	address, digits, ok := splitAddress(text)
	if !ok {
		credential, err := fromClaim169(text)
		if err != nil {
			return nil, err
		}
		return &Scanned{COSE: credential}, nil
	}
	credential, err := FromDigits(digits)
	if err != nil {
		return nil, err
	}
	s := &Scanned{COSE: credential, Address: plain(address)}
	s.Foreign = s.Address != "" && len(ownHosts) > 0 && !slices.ContainsFunc(ownHosts, func(host string) bool {
		return s.Address == plain("HTTPS"+host+"K")
	})
	return s, nil
}

// splitAddress finds the digits of a card: all of the text, what follows #, or the long run at the
// end.
func splitAddress(text string) (address, digits string, ok bool) {
	if i := strings.LastIndexByte(text, '#'); i >= 0 && allDigits(text[i+1:]) {
		return text[:i], text[i+1:], true
	}
	head := strings.TrimRight(text, "0123456789")
	digits = text[len(head):]
	return head, digits, digits != "" && (head == "" || len(digits) > cardDigits)
}

// plain keeps letters and digits, upper case.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		}
		return -1
	}, s)
}

// Claim169 writes a card's COSE bytes as the text that readers of Claim 169 codes expect: base45 of
// zlib. The signature is the same.
func Claim169(credential []byte) (string, error) {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, err := w.Write(credential)
	if err == nil {
		err = w.Close()
	}
	return base45(b.Bytes()), app.Wrap("card.Claim169", app.Internal, err)
}

// fromClaim169 reads base45 of zlib of COSE bytes, with or without CWT tag 61 around them.
func fromClaim169(text string) ([]byte, error) {
	packed, err := fromBase45(text)
	if err != nil {
		return nil, err
	}
	credential, err := inflate(packed, maxInflated)
	if err != nil {
		return nil, app.Fail(app.CardUnreadable)
	}
	return bytes.TrimPrefix(credential, []byte{0xd8, 61}), nil
}

// inflate decompresses zlib, up to a limit, and refuses bytes behind it.
func inflate(packed []byte, limit int64) ([]byte, error) {
	source := bytes.NewReader(packed)
	r, err := zlib.NewReader(source)
	if err != nil {
		return nil, app.Fail(app.CoseMalformed)
	}
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil || int64(len(data)) > limit || source.Len() != 0 {
		return nil, app.Fail(app.CoseMalformed)
	}
	return data, nil
}
