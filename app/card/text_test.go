package card_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/skip2/go-qrcode"

	"loket/app"
	"loket/app/card"
)

func TestDigitsOfKnownBytes(t *testing.T) {
	tests := map[string]string{
		"":                                 "",
		"\x00":                             "000",
		"\xff":                             "255",
		"\x01\x00":                         "00256",
		"\xff\xff\xff":                     "16777215",
		"\xff\xff\xff\xff":                 "4294967295",
		"\xff\xff\xff\xff\xff":             "1099511627775",
		"\xff\xff\xff\xff\xff\xff":         "281474976710655",
		"\xff\xff\xff\xff\xff\xff\xff":     "72057594037927935",
		"\xff\xff\xff\xff\xff\xff\xff\x07": "72057594037927935007",
	}
	for data, want := range tests {
		if got := card.Digits([]byte(data)); got != want {
			t.Errorf("%x: %s, want %s", data, got, want)
		}
	}
	for _, bad := range []string{"", "1", "12", "256", "65536", "1234", "72057594037927936", "１２３", "12a", "-01", "+12"} {
		if b, err := card.FromDigits(bad); err == nil {
			t.Errorf("%q was read as %x", bad, b)
		}
	}
}

func FuzzDigits(f *testing.F) {
	f.Add("72057594037927935007")
	f.Add("00256")
	f.Fuzz(func(t *testing.T, text string) {
		b, err := card.FromDigits(text)
		if err == nil && card.Digits(b) != text {
			t.Errorf("%q and %q are the same bytes", text, card.Digits(b))
		}
	})
}

// Whatever is taken for a card is written again as the same bytes.
func FuzzParse(f *testing.F) {
	f.Add(sign(f, claims(), kioskKey))
	f.Add(sign(f, acceptedBefore(), revokedKey))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := card.Parse(data)
		if err != nil {
			if app.CodeOf(err) != app.CardNotOurs {
				t.Errorf("an error outside the list: %v", err)
			}
			return
		}
		again, err := card.Sign(c.Claims, kioskKey)
		if err != nil {
			t.Fatalf("taken, but not written again: %v", err)
		}
		// All but key id and signature depends on the claims alone.
		if !bytes.Equal(data[18:len(data)-64], again[18:len(again)-64]) {
			t.Errorf("%x\n%x", data, again)
		}
	})
}

func FuzzParseText(f *testing.F) {
	good := sign(f, claims(), kioskKey)
	text, err := card.URL(host, good)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add(card.Digits(good))
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := card.ParseText(text, []string{host}); err != nil && app.CodeOf(err) != app.CardUnreadable {
			t.Errorf("an error outside the list: %v", err)
		}
	})
}

func TestAddressesAreComparedByLettersAndDigits(t *testing.T) {
	digits := card.Digits(sign(t, claims(), kioskKey))
	tests := map[string]bool{
		"HTTPS://KARTU.CONTOH.ID/K#":         false,
		"https://kartu.contoh.id/k#":         false,
		"HTTPSÇ--KARTU.CONTOH.ID-K£":         false,
		"":                                   false,
		"HTTP://KARTU.CONTOH.ID/K#":          true,
		"HTTPS://KARTU1.CONTOH.ID/K#":        true,
		"HTTPS://KARTU.CONTOH.ID/KX#":        true,
		"HTTPS://EVIL.ID/#KARTU.CONTOH.ID/K": true,
	}
	for prefix, foreign := range tests {
		s, err := card.ParseText(prefix+digits, []string{"lain.contoh.id", host})
		if err != nil || s.Foreign != foreign {
			t.Errorf("%s: %+v, %v", prefix, s, err)
		}
	}
	if s, err := card.ParseText("HTTPS://APA.SAJA/K#"+digits, nil); err != nil || s.Foreign {
		t.Error("without hosts of one's own nothing is foreign", err)
	}
}

func TestHostsThatWouldSpoilTheCode(t *testing.T) {
	for _, bad := range []string{"", "kartu contoh", "kartu.contoh.id/k", "kartu#", "ключ.id"} {
		if text, err := card.URL(bad, []byte{1}); app.CodeOf(err) != app.CardHost {
			t.Errorf("%q gave %s, %v", bad, text, err)
		}
	}
}

// The version that we reckon is the one that an encoder finds.
func TestQRVersionIsThatOfAnEncoder(t *testing.T) {
	for n := 1; n <= card.MaxName; n++ {
		c := claims()
		c.Name = strings.Repeat("X", n)
		text, err := card.URL(host, sign(t, c, kioskKey))
		if err != nil {
			t.Fatal(err)
		}
		got, err := card.QRVersion(text)
		if err != nil {
			t.Fatalf("a name of %d: %v", n, err)
		}
		q, err := qrcode.New(text, qrcode.Medium)
		if err != nil {
			t.Fatal(err)
		}
		if want := max(q.VersionNumber, card.MinVersion); got != want {
			t.Errorf("a name of %d: version %d, the encoder says %d", n, got, want)
		}
		if n == 34 && got > 11 || n == 52 && got > 12 {
			t.Errorf("a name of %d takes version %d", n, got)
		}
	}
}

func TestQRVersionRefusesWhatIsTooLong(t *testing.T) {
	// 290 codewords: 4+12 bits of head, then 10 bits for three digits.
	most := (290*8 - 16) / 10 * 3
	if v, err := card.QRVersion(strings.Repeat("7", most)); v != 12 || err != nil {
		t.Error(v, err)
	}
	if v, err := card.QRVersion(strings.Repeat("7", most+2)); app.CodeOf(err) != app.CardTooLong {
		t.Error(v, err)
	}
	if v, err := card.QRVersion("A"); v != 10 || err != nil {
		t.Error(v, err)
	}
}

func TestPrintedName(t *testing.T) {
	tests := []struct{ name, want string }{
		{"", ""},
		{"  SITI   CONTOH ", "SITI CONTOH"},
		{strings.Repeat("A", 52), strings.Repeat("A", 52)},
		{"MUHAMMAD ABDURRAHMAN WAHYUDI SASTRONEGORO KUSUMAWARDHANA", "MUHAMMAD ABDURRAHMAN WAHYUDI SASTRONEGORO K."},
		{"RADEN AJENG KUSUMANINGTYAS PRAMODHAWARDHANI SASTRONEGORO PUTRI", "RADEN AJENG KUSUMANINGTYAS PRAMODHAWARDHANI S. P."},
		{strings.Repeat("B", 60), strings.Repeat("B", 52)},
		{strings.Repeat("É", 53), strings.Repeat("É", 52)},
	}
	for _, tt := range tests {
		if got := card.PrintedName(tt.name); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestNameLines(t *testing.T) {
	tests := []struct {
		name string
		want []string
	}{
		{"YOHANES NGAU AJANG", []string{"YOHANES NGAU AJANG"}},
		{"MUHAMMAD ABDURRAHMAN WAHYUDI SASTRONEGORO K.", []string{"MUHAMMAD ABDURRAHMAN", "WAHYUDI SASTRONEGORO K."}},
		{strings.Repeat("A", 30), []string{strings.Repeat("A", 26), strings.Repeat("A", 4)}},
	}
	for _, tt := range tests {
		if got := card.NameLines(tt.name); strings.Join(got, "|") != strings.Join(tt.want, "|") {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// Any name at all becomes one that can be signed, or nothing.
func FuzzPrintedName(f *testing.F) {
	f.Add("RADEN AJENG KUSUMANINGTYAS PRAMODHAWARDHANI SASTRONEGORO PUTRI")
	f.Fuzz(func(t *testing.T, name string) {
		if !utf8.ValidString(name) {
			return
		}
		got := card.PrintedName(name)
		if utf8.RuneCountInString(got) > card.MaxName || card.PrintedName(got) != got || strings.TrimSpace(got) != got {
			t.Errorf("%q became %q", name, got)
		}
		if got != "" && len(strings.Join(card.NameLines(got), "")) == 0 {
			t.Errorf("%q lost its lines", got)
		}
	})
}
