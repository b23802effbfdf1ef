package verifypage_test

import (
	"crypto/sha256"
	"encoding/binary"
	"testing"
	"time"

	"loket/app"
	"loket/app/card"
)

const (
	markedSerial   app.Serial = 98416
	unmarkedSerial app.Serial = 98417
)

// A key that was replaced vouches for marked cards alone, and without the page of marks nothing is said.
func TestMarksInTheBrowser(t *testing.T) {
	world := newWorld(t)
	chrome := browser(t)
	trust := world.trustAt(t, time.Now().Add(-time.Hour), 8)
	trust.Keys = append(trust.Keys, card.Key{Public: public(strangerKey), Kiosk: 418, Life: 1, Replaced: time.Now().AddDate(0, 0, -3)})
	world.setTrust(trust)
	status := statusList(t, 4)
	marked, err := card.Sign(sample(markedSerial), strangerKey)
	if err != nil {
		t.Fatal(err)
	}
	status.Marks = []card.CardMark{{Serial: markedSerial, Mark: card.Mark(marked)}}
	if err := status.Shard.Set(markedSerial, card.Active); err != nil {
		t.Fatal(err)
	}
	world.setStatus(t, status)
	ctx := tab(t, chrome)
	tests := []struct {
		name, digits, reason, colour string
	}{
		{"marked", card.Digits(marked), "card.genuine", "green"},
		{"not marked", digits(t, sample(unmarkedSerial), strangerKey), "card.key_replaced", "red"},
		{"another card on the marked serial", digits(t, renamed(markedSerial), strangerKey), "card.key_replaced", "red"},
	}
	for _, tt := range tests {
		if got := scan(t, ctx, world.url+"/K#"+tt.digits); got.Reason != tt.reason || got.Colour != tt.colour {
			t.Errorf("%s: %s %s", tt.name, got.Reason, got.Colour)
		}
	}
	world.stop() // the page of marks was kept
	if got := scan(t, ctx, world.url+"/K#"+card.Digits(marked)); got.Colour != "green" {
		t.Errorf("without a line: %+v", got)
	}
}

func TestWithoutThePageOfMarksItIsAmber(t *testing.T) {
	world := newWorld(t)
	trust := world.trustAt(t, time.Now().Add(-time.Hour), 8)
	trust.Keys = append(trust.Keys, card.Key{Public: public(strangerKey), Kiosk: 418, Life: 1, Replaced: time.Now().AddDate(0, 0, -3)})
	world.setTrust(trust)
	status := statusList(t, 4)
	status.Marks = []card.CardMark{{Serial: markedSerial}}
	world.setStatus(t, status)
	world.mu.Lock()
	for _, raw := range world.objects {
		for _, part := range card.PartsOf(raw) {
			if kind := world.objects[part]; len(card.PartsOf(kind)) == 0 && len(kind) > 14 && string(kind[2:13]) == "loket/marks" {
				delete(world.objects, part)
			}
		}
	}
	world.mu.Unlock()
	got := scan(t, tab(t, browser(t)), world.url+"/K#"+digits(t, sample(markedSerial), strangerKey))
	if got.Reason != "trust.marks_missing" || got.Colour != "amber" {
		t.Errorf("%+v", got)
	}
}

// Of 20,000 keys a phone fetches the page of the card at hand, and the next day what changed.
func TestAPhoneFetchesOnePageOfMany(t *testing.T) {
	world := newWorld(t)
	trust := world.trustAt(t, time.Now().Add(-2*time.Hour), 8)
	for i := range 20_000 {
		var seed [8]byte
		binary.BigEndian.PutUint64(seed[:], uint64(i))
		key := sha256.Sum256(seed[:])
		trust.Keys = append(trust.Keys, card.Key{Public: key[:], Kiosk: app.Kiosk(i%5000 + 1), Life: 1, Replaced: time.Now().AddDate(0, -1, 0)})
	}
	world.setTrust(trust)
	ctx := tab(t, browser(t))
	if got := scan(t, ctx, world.url+"/K#"+world.card(t, active)); got.Colour != "green" {
		t.Fatalf("%+v", got)
	}
	if n := world.fetched.Load(); n < 1 || n > 4 {
		t.Errorf("%d objects fetched", n)
	}
	next := statusList(t, 4)
	if err := next.Shard.Set(notYet, card.Active); err != nil {
		t.Fatal(err)
	}
	world.setStatus(t, next)
	if got := scan(t, ctx, world.url+"/K#"+world.card(t, notYet)); got.Colour != "green" || got.Status != "active" {
		t.Errorf("the next day: %+v", got)
	}
	if n := world.patches.Load(); n != 1 {
		t.Errorf("%d patches", n)
	}
}

// renamed is the same card for somebody else.
func renamed(serial app.Serial) card.Claims {
	c := sample(serial)
	c.Name = "PENIPU CONTOH"
	return c
}
