package card

import (
	"strings"

	"loket/app"
)

// base45 writes bytes as RFC 9285 says: two bytes in three letters of QR's alphanumeric mode.
func base45(data []byte) string {
	var b strings.Builder
	for ; len(data) > 1; data = data[2:] {
		n := int(data[0])<<8 | int(data[1])
		b.WriteByte(alphanumeric[n%45])
		b.WriteByte(alphanumeric[n/45%45])
		b.WriteByte(alphanumeric[n/45/45])
	}
	if len(data) == 1 {
		b.WriteByte(alphanumeric[data[0]%45])
		b.WriteByte(alphanumeric[data[0]/45])
	}
	return b.String()
}

func fromBase45(text string) ([]byte, error) {
	if text == "" || len(text)%3 == 1 {
		return nil, app.Fail(app.CardUnreadable)
	}
	var data []byte
	for text != "" {
		group := text[:min(3, len(text))]
		text = text[len(group):]
		n, scale := 0, 1
		for i := range len(group) {
			digit := strings.IndexByte(alphanumeric, group[i])
			if digit < 0 {
				return nil, app.Fail(app.CardUnreadable)
			}
			n += digit * scale
			scale *= 45
		}
		switch {
		case len(group) == 3 && n <= 0xffff:
			data = append(data, byte(n>>8), byte(n))
		case len(group) == 2 && n <= 0xff:
			data = append(data, byte(n))
		default:
			return nil, app.Fail(app.CardUnreadable)
		}
	}
	return data, nil
}
