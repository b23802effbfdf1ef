package card_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"testing"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/cose"
)

// inlineList is a trust list of format 1 with one key.
func inlineList(t *testing.T, key []byte) []byte {
	t.Helper()
	l := trustList(t)
	kid := cose.KeyIDOf(key)
	payload := marshal(t, map[int]any{
		1: 1, 2: 1, 3: 7, 4: l.Issued.Unix(), 5: l.NextUpdate.Unix(), 8: l.Certificate,
		7: []any{[]any{kid[:], key, "BONTANG", 417, 1, 2, 3, nil, []any{}, []byte{}}},
	})
	list, err := cose.Sign(card.TrustTyp, payload, officeKey)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// many is a list with so many keys, of which every tenth may issue and the others were replaced.
func many(t testing.TB, n int) *card.TrustList {
	l := trustList(t)
	for i := range n {
		var seed [32]byte
		binary.BigEndian.PutUint32(seed[:], uint32(i))
		seed[31] = 0xab
		key := sha256.Sum256(seed[:]) // as good as a key where nothing is signed
		k := card.Key{Public: key[:], Kiosk: app.Kiosk(i%5000 + 1), Life: 1, Replaced: issued}
		if i%10 == 0 {
			k.Replaced, k.Branch = time.Time{}, "BONTANG"
			k.From, k.Until, k.VerifyUntil = issued, issued.AddDate(1, 0, 0), issued.AddDate(9, 0, 0)
			k.Serials = []card.SerialRange{{First: app.Serial(64*i + 64), Last: app.Serial(64*i + 127)}}
		}
		l.Keys = append(l.Keys, k)
	}
	return l
}

// A card is judged by the head and the objects on the way to its page alone; without the page nothing is
// said against it.
func TestOnePageIsEnoughForACard(t *testing.T) {
	head, parts, err := many(t, 3000).Pack(officeKey)
	if err != nil {
		t.Fatal(err)
	}
	at := map[[32]byte][]byte{}
	for _, p := range parts {
		at[sha256.Sum256(p)] = p
	}
	file, need := bytes.Clone(head), 0
	var walk func(named [][32]byte) bool
	walk = func(named [][32]byte) bool { // finds the page with the kiosk's key
		for _, h := range named {
			if bytes.Contains(at[h], public(kioskKey)) || walk(card.PartsOf(at[h])) {
				file = append(file, at[h]...)
				need++
				return true
			}
		}
		return false
	}
	walk(card.PartsOf(head))
	if len(parts) < 10 || need > 3 || len(file) > 20_000 {
		t.Errorf("%d objects, %d of them needed, %d bytes", len(parts), need, len(file))
	}
	s := &card.Scanned{COSE: sign(t, claims(), kioskKey)}
	for name, tt := range map[string]struct {
		file []byte
		want app.Code
	}{"the way to its page": {file, app.CardGenuine}, "the head alone": {head, app.TrustMissing}} {
		list, err := card.ParseTrust(tt.file, roots)
		if err != nil {
			t.Fatal(err)
		}
		if v := card.Verify(s, list, statusList(t), now); v.Reason != tt.want {
			t.Errorf("%s: %s", name, v.Reason)
		}
	}
}

// One more key changes one page and the indexes above it; the others are the same objects.
func TestPagesThatDoNotChangeStayTheSameObjects(t *testing.T) {
	before := many(t, 3000)
	_, old, err := before.Pack(officeKey)
	if err != nil {
		t.Fatal(err)
	}
	after := many(t, 3000)
	after.Keys, after.Seq = append(after.Keys, card.Key{Public: public(strangerKey), Kiosk: 9, Life: 1, Replaced: issued}), 8
	_, fresh, err := after.Pack(officeKey)
	if err != nil {
		t.Fatal(err)
	}
	known, changed := map[string]bool{}, 0
	for _, p := range old {
		known[string(p)] = true
	}
	for _, p := range fresh {
		if !known[string(p)] {
			changed++
		}
	}
	if changed > 3 {
		t.Errorf("%d of %d objects changed", changed, len(fresh))
	}
}

// A key that cannot stand in a list is left out of it, and keeps nobody else out.
func TestAnUnsoundKeyIsLeftOut(t *testing.T) {
	bad := map[string]func(k *card.Key){
		"until before from": func(k *card.Key) { k.Until = k.From },
		"no time":           func(k *card.Key) { k.From, k.Until = time.Time{}, time.Time{} },
		"the year 10000":    func(k *card.Key) { k.VerifyUntil = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) },
		"small order":       func(k *card.Key) { k.Public = append([]byte{1}, make([]byte, 31)...) },
		"not canonical":     func(k *card.Key) { k.Public = append(bytes.Repeat([]byte{0xff}, 31), 0x7f) },
		"no key":            func(k *card.Key) { k.Public = nil },
		"a range of none":   func(k *card.Key) { k.Serials = []card.SerialRange{{First: 5, Last: 4}} },
	}
	for name, bend := range bad {
		l := trustList(t)
		worse := l.Keys[0]
		worse.Public = public(strangerKey)
		bend(&worse)
		if worse.Sound() == nil {
			t.Errorf("%s: sound", name)
		}
		l.Keys = append([]card.Key{worse}, l.Keys...)
		list, err := card.ParseTrust(trustBytes(t, l), roots)
		if err != nil || len(list.Keys) != 3 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A status list from before a key was replaced does not say that its cards are not marked.
func TestAnOldStatusListDeniesNoMark(t *testing.T) {
	l := statusList(t)
	l.Marks, l.Issued = nil, issued.AddDate(0, 0, 11) // the other key is replaced a day later
	old, err := card.ParseStatus(statusBytes(t, l), roots)
	if err != nil {
		t.Fatal(err)
	}
	trust, err := card.ParseTrust(trustBytes(t, trustList(t)), roots)
	if err != nil {
		t.Fatal(err)
	}
	v := card.Verify(&card.Scanned{COSE: sign(t, queuedBefore(), replacedKey)}, trust, old, now)
	if v.Reason != app.TrustMarksMissing || v.Colour != card.Amber || v.Genuine {
		t.Errorf("%+v", v)
	}
	if v := card.Verify(&card.Scanned{COSE: sign(t, acceptedBefore(), revokedKey)}, trust, old, now); v.Reason != app.CardKeyRevoked {
		t.Errorf("revoked before the list was made: %s", v.Reason)
	}
}

func TestWithoutThePageOfMarksNothingIsSaid(t *testing.T) {
	head, parts, err := statusList(t).Pack(officeKey)
	if err != nil {
		t.Fatal(err)
	}
	trust, err := card.ParseTrust(trustBytes(t, trustList(t)), roots)
	if err != nil {
		t.Fatal(err)
	}
	s := &card.Scanned{COSE: sign(t, queuedBefore(), replacedKey)}
	for n, want := range map[int]app.Code{0: app.TrustMarksMissing, 1: app.TrustMarksMissing, 2: app.CardGenuine} {
		status, err := card.ParseStatus(bytes.Join(append([][]byte{head}, parts[:n]...), nil), roots)
		if err != nil {
			t.Fatal(err)
		}
		if v := card.Verify(s, trust, status, now); v.Reason != want {
			t.Errorf("with %d objects: %s, want %s", n, v.Reason, want)
		}
	}
	if v := card.Verify(s, trust, nil, now); v.Reason != app.TrustMarksMissing || v.Colour != card.Amber {
		t.Errorf("without a status list: %s", v.Reason)
	}
}

func FuzzObjects(f *testing.F) {
	_, parts, err := many(f, 600).Pack(officeKey)
	if err != nil {
		f.Fatal(err)
	}
	_, marked, err := statusList(f).Pack(officeKey)
	if err != nil {
		f.Fatal(err)
	}
	for _, p := range append(parts, marked...) {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, object []byte) {
		card.PartsOf(object)
		// Signed as the object on top: what head office names must not make a reader stumble either.
		hash := sha256.Sum256(object)
		l := trustList(t)
		payload, err := cose.Marshal(map[int]any{1: 2, 2: 1, 3: 7, 4: l.Issued.Unix(), 5: l.NextUpdate.Unix(), 7: hash[:], 8: l.Certificate})
		if err != nil {
			t.Fatal(err)
		}
		top, err := cose.Sign(card.TrustTyp, payload, officeKey)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := card.ParseTrust(append(top, object...), roots); app.CodeOf(err) == app.Internal {
			t.Errorf("an error without a code: %v", err)
		}
	})
}
