package sealed_test

import (
	"bytes"
	"testing"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/office"
	"loket/app/sealed"
)

// timeVectors is docs/vectors/post/times.json.
type timeVectors struct {
	About       string          `json:"about"`
	Roots       []string        `json:"roots"`
	Kiosk       app.Kiosk       `json:"kiosk"`
	Incarnation app.Incarnation `json:"incarnation"`
	Nonce       unhexed         `json:"nonce"`
	Epoch       uint64          `json:"epoch"` // the highest that the kiosk has met
	Cases       []timeVector    `json:"cases"`
}

type timeVector struct {
	Name   string   `json:"name"`
	Answer unhexed  `json:"answer"`
	Want   app.Code `json:"want"`
	At     string   `json:"at,omitempty"`
}

func TestVectorsOfTimes(t *testing.T) {
	var file timeVectors
	vectorsOf(t, "times.json", &file, makeTimeVectors)
	judge := office.Judge{Roots: rootsOf(t, file.Roots), Epoch: file.Epoch, Known: now.AddDate(70, 0, 0)} // a clock far ahead hinders nothing
	for _, c := range file.Cases {
		at, by, err := sealed.OpenTime(c.Answer, app.Chain{Kiosk: file.Kiosk, Incarnation: file.Incarnation}, [sealed.NonceSize]byte(file.Nonce), judge)
		if got := app.CodeOf(err); got != c.Want {
			t.Errorf("%s: %q, want %q", c.Name, got, c.Want)
		}
		if err == nil && (by == nil || !at.Equal(moment(t, c.At))) {
			t.Errorf("%s: %v", c.Name, at)
		}
	}
}

func makeTimeVectors(t *testing.T) any {
	nonce := bytes.Repeat([]byte{7}, sealed.NonceSize)
	feeds := certified(t, 2, office.ForFeed)
	sign := func(c app.Chain, nonce []byte, at time.Time, by sealed.Speaker) []byte {
		b, err := sealed.SignTime(c, nonce, at, by)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	good := sign(chain, nonce, now, feeds)
	other := app.Chain{Kiosk: 417, Incarnation: 2}
	asFrame, err := cose.Sign(sealed.TypFrame, []byte{0xa0}, desk)
	if err != nil {
		t.Fatal(err)
	}
	return timeVectors{
		"Head office's signed time for the kiosk 00417-01 that asked with the nonce. Want is empty where the answer counts, and At is then the time.",
		[]string{pinned[0].String()},
		417, 1, nonce, 2,
		[]timeVector{
			{"the answer", good, "", now.Format(time.RFC3339)},
			{"to another question", sign(chain, bytes.Repeat([]byte{8}, sealed.NonceSize), now, feeds), app.PostReaddressed, ""},
			{"to another life", sign(other, nonce, now, feeds), app.PostOtherKiosk, ""},
			{"a time after its certificate's end", sign(chain, nonce, now.AddDate(1, 0, 0), feeds), app.OfficeExpired, ""},
			{"a time before its certificate's beginning", sign(chain, nonce, now.AddDate(0, -2, 0), feeds), app.OfficeNotYet, ""},
			{"of an epoch that was made void", sign(chain, nonce, now, certified(t, 1, office.ForFeed)), app.OfficeVoid, ""},
			{"by a key that may not speak in feeds", sign(chain, nonce, now, certified(t, 2, office.ForReceipts)), app.OfficeWrongUse, ""},
			{"another purpose", marshal(t, []any{feeds.Certificate, asFrame}), app.PostWrongType, ""},
			{"a changed signature", flip(good), app.CoseSignature, ""},
			{"half of it", good[:len(good)/2], app.PostMalformed, ""},
			{"nothing", nil, app.PostMalformed, ""},
		},
	}
}

func TestATimeIsSignedForSixteenBytesOnly(t *testing.T) {
	for _, n := range []int{0, 15, 17} {
		if _, err := sealed.SignTime(chain, make([]byte, n), now, speaker(t, office.ForFeed)); app.CodeOf(err) != app.PostMalformed {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
}

func FuzzOpenTime(f *testing.F) {
	f.Add([]byte{0x82, 0x40, 0x40})
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, _, err := sealed.OpenTime(b, chain, [sealed.NonceSize]byte{}, office.Judge{Roots: pinned}); err == nil {
			t.Error("taken")
		}
	})
}
