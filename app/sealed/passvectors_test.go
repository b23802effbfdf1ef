package sealed_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"testing"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/sealed"
)

// passVectors is docs/vectors/post/passes.json.
type passVectors struct {
	About      string       `json:"about"`
	Supervisor unhexed      `json:"supervisor"` // Ed25519 public key
	Cases      []passVector `json:"cases"`
}

type passVector struct {
	Name   string      `json:"name"`
	Text   string      `json:"text"`
	Want   app.Code    `json:"want"`
	Event  string      `json:"event,omitempty"`
	Kiosks []app.Kiosk `json:"kiosks,omitempty"`
	Tasks  []app.Task  `json:"tasks,omitempty"`
	From   string      `json:"from,omitempty"`
	Until  string      `json:"until,omitempty"`
	ID     unhexed     `json:"id,omitempty"`
	Unlock unhexed     `json:"unlock,omitempty"`
}

func TestVectorsOfPasses(t *testing.T) {
	var file passVectors
	vectorsOf(t, "passes.json", &file, makePassVectors)
	for _, c := range file.Cases {
		p, err := sealed.ParsePass(c.Text)
		if err == nil {
			err = p.SignedBy(ed25519.PublicKey(file.Supervisor))
		}
		if got := app.CodeOf(err); got != c.Want {
			t.Errorf("%s: %q, want %q", c.Name, got, c.Want)
		}
		if err == nil && c.Want == "" && (p.Event != c.Event || !p.From.Equal(moment(t, c.From)) || !p.Until.Equal(moment(t, c.Until)) ||
			string(p.ID[:]) != string(c.ID) || string(p.Unlock[:]) != string(c.Unlock) || len(p.Kiosks) != len(c.Kiosks) || len(p.Tasks) != len(c.Tasks)) {
			t.Errorf("%s: %+v", c.Name, p.Pass)
		}
	}
}

func seedKey(b byte) ed25519.PrivateKey {
	seed := make([]byte, ed25519.SeedSize)
	for i := range seed {
		seed[i] = b
	}
	return ed25519.NewKeyFromSeed(seed)
}

func samplePass() sealed.Pass {
	p := sealed.Pass{
		Event: "k7m2qp", Kiosks: []app.Kiosk{417}, Tasks: []app.Task{app.TaskRegister, app.TaskVerify},
		From: time.Unix(1795219200, 0), Until: time.Unix(1795248000, 0), ID: [8]byte{1, 2, 3, 4, 5, 6, 7, 8},
	}
	copy(p.Unlock[:], "sixteen bytes ..")
	return p
}

// textOf writes whatever bytes as the text of a pass, with a check that fits.
func textOf(b []byte) string {
	sum := sha256.Sum256(b)
	return "LOKETIZIN1" + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(append(b, sum[:4]...))
}

func makePassVectors(t *testing.T) any {
	key, p := seedKey(7), samplePass()
	good, err := p.Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	sign := func(typ string, payload any, by ed25519.PrivateKey) string {
		b, err := cose.Sign(typ, marshal(t, payload), by)
		if err != nil {
			t.Fatal(err)
		}
		return textOf(b)
	}
	payload := func(change func(map[int]any)) map[int]any {
		m := map[int]any{1: p.Event, 2: []int{417}, 3: []string{"register", "verify"}, 4: p.From.Unix(), 5: p.Until.Unix(), 6: p.ID[:], 7: p.Unlock[:]}
		change(m)
		return m
	}
	with := func(key int, value any) map[int]any { return payload(func(m map[int]any) { m[key] = value }) }
	without := func(key int) map[int]any { return payload(func(m map[int]any) { delete(m, key) }) }
	right := func(name, text string) passVector {
		return passVector{
			Name: name, Text: text, Event: p.Event, Kiosks: p.Kiosks, Tasks: p.Tasks,
			From: p.From.UTC().Format(time.RFC3339), Until: p.Until.UTC().Format(time.RFC3339), ID: p.ID[:], Unlock: p.Unlock[:],
		}
	}
	wrong := func(name, text string) passVector { return passVector{Name: name, Text: text, Want: app.PassBad} }
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.TrimPrefix(good, "LOKETIZIN1"))
	if err != nil {
		t.Fatal(err)
	}
	raw = raw[:len(raw)-4]
	flipped := append([]byte(nil), raw...)
	flipped[len(flipped)-1] ^= 1
	return passVectors{
		About:      "Event passes: the text of a pass, and a supervisor's public key. Want is empty where the pass is intact and signed by that key. Kiosk, event, hours, and whether it was used before are judged by the kiosk on which it was prepared.",
		Supervisor: unhexed(key.Public().(ed25519.PublicKey)),
		Cases: []passVector{
			right("a pass", good),
			right("small letters and line breaks", strings.ToLower(good[:80])+"\n  "+good[80:]),
			wrong("nothing", ""), wrong("another prefix", strings.Replace(good, "LOKETIZIN1", "LOKET1", 1)), wrong("cut", good[:len(good)-9]),
			wrong("a letter changed", good[:60]+"22"+good[62:]), wrong("not base32", good[:60]+"01"+good[62:]),
			wrong("a bit of the signature changed, check made anew", textOf(flipped)),
			wrong("signed by another key", sign(sealed.TypPass, payload(func(map[int]any) {}), seedKey(8))),
			wrong("another purpose", sign(sealed.TypToken, payload(func(map[int]any) {}), key)),
			wrong("no event", sign(sealed.TypPass, with(1, ""), key)), wrong("an event with a space", sign(sealed.TypPass, with(1, "k7m 2q"), key)),
			wrong("no kiosk", sign(sealed.TypPass, with(2, []int{}), key)), wrong("head office as a kiosk", sign(sealed.TypPass, with(2, []int{0}), key)),
			wrong("too many kiosks", sign(sealed.TypPass, with(2, make17()), key)), wrong("no task", sign(sealed.TypPass, with(3, []string{}), key)),
			wrong("ends before it begins", sign(sealed.TypPass, with(5, p.From.Unix()-1), key)),
			wrong("a short id", sign(sealed.TypPass, with(6, []byte{1}), key)), wrong("a short unlock", sign(sealed.TypPass, with(7, []byte{1}), key)),
			wrong("no unlock", sign(sealed.TypPass, without(7), key)), wrong("an unknown field", sign(sealed.TypPass, with(8, 1), key)),
			wrong("bytes behind", textOf(append(append([]byte(nil), raw...), 0))),
			wrong("far too long", good+strings.Repeat("A", 2000)),
		},
	}
}

func make17() (many []int) {
	for i := range 17 {
		many = append(many, i+1)
	}
	return many
}

func FuzzParsePass(f *testing.F) {
	text, err := samplePass().Sign(seedKey(7))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add("LOKETIZIN1")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := sealed.ParsePass(text)
		if err != nil {
			if app.CodeOf(err) != app.PassBad {
				t.Errorf("%q", app.CodeOf(err))
			}
			return
		}
		if len(p.Kiosks) == 0 || !p.From.Before(p.Until) {
			t.Errorf("%+v", p)
		}
	})
}
