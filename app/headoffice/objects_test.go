package headoffice_test

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"loket/app"
	"loket/app/card"
	"loket/app/cose"
	"loket/app/journal"
	"loket/app/sealed"
	"loket/storage/storagetest/officesuite"
)

// announced is the newest version of a list that the kiosk was told of.
func (b *box) announced(t *testing.T, kind string) sealed.Announced {
	t.Helper()
	var last sealed.Announced
	for _, f := range b.frames(t) {
		if f.Kind != sealed.FrameLists {
			continue
		}
		all, err := sealed.ParseAnnounced(f.Content)
		need(t, err)
		for _, a := range all {
			if a.Kind == kind {
				last = a
			}
		}
	}
	if last.Hash == nil {
		t.Fatalf("no %s list was announced", kind)
	}
	return last
}

// object fetches what was announced, whole.
func (b *box) object(t *testing.T, a sealed.Announced) []byte {
	t.Helper()
	raw, err := b.ask(t, "GET", b.path(fmt.Sprintf("objects/%x", a.Hash)), nil)
	need(t, err)
	if sha256.Sum256(raw) != a.ID() || uint64(len(raw)) != a.Size {
		t.Fatal("other bytes than were announced")
	}
	return raw
}

// whole is an announced list with the pages that it names behind it.
func (b *box) whole(t *testing.T, a sealed.Announced) []byte {
	t.Helper()
	list := b.object(t, a)
	all := slices.Clone(list)
	need(t, card.EachPart(list, func(hash [32]byte) ([]byte, error) {
		part, err := b.ask(t, "GET", b.path(fmt.Sprintf("objects/%x", hash)), nil)
		all = append(all, part...)
		return part, err
	}))
	return all
}

// accept registers somebody with a card that becomes good: the status list of its shard changes.
func (b *box) accept(t *testing.T, n int, serial uint32) {
	t.Helper()
	id := b.Register(t, officesuite.Person(n), "", "")
	b.Queue(t, serial, id, 0)
	number, raw := b.sealBatch(t)
	_, err := b.put(t, number, raw)
	need(t, err)
}

// A list is stored once and fetched by the hash of its bytes, by kiosks and phones alike; who holds the
// version before is given what changed.
func TestPublishedListsAreFetchedByTheirHash(t *testing.T) {
	c := newCentre(t)
	b := c.enrolled(t, 417)
	serial := b.serial(t)
	b.accept(t, 1, serial)
	need(t, c.running.Office.Publish(t.Context()))
	first := b.announced(t, "status")
	before := b.object(t, first)
	b.accept(t, 2, serial+1)
	need(t, c.running.Office.Publish(t.Context()))
	second := b.announced(t, "status")
	if !second.Newer(first) {
		t.Fatalf("%+v after %+v", second, first)
	}
	after := b.object(t, second)
	same, err := b.ask(t, "GET", b.path(fmt.Sprintf("objects/%x?held=%x", second.Hash, first.Hash)), nil)
	need(t, err)
	if rebuilt, err := card.Patched(before, same); string(same) != string(after) && (err != nil || string(rebuilt) != string(after)) {
		t.Error("what changed does not lead to the list:", err)
	}
	phone, err := http.Get(c.running.ConsoleURL + fmt.Sprintf("/k/o/%x", second.Hash))
	need(t, err)
	body, err := io.ReadAll(phone.Body)
	need(t, err)
	need(t, phone.Body.Close())
	if string(body) != string(after) || !strings.Contains(phone.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("a phone gets %d bytes, %q", len(body), phone.Header.Get("Cache-Control"))
	}
	for name, path := range map[string]string{"unknown": strings.Repeat("00", 32), "no hash": "abc"} {
		gone, err := http.Get(c.running.ConsoleURL + "/k/o/" + path)
		need(t, err)
		need(t, gone.Body.Close())
		if gone.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", name, gone.StatusCode)
		}
	}
	_, err = b.ask(t, "GET", b.path("objects/"+strings.Repeat("00", 32)), nil)
	wantCode(t, err, app.NotFound)
	need(t, c.running.Office.Revoke(t.Context(), 417, "test"))
	_, err = b.ask(t, "GET", b.path(fmt.Sprintf("objects/%x", second.Hash)), nil)
	wantCode(t, err, app.OfficeRevoked)
}

// However much changes, a kiosk that asks hears of the newest versions alone.
func TestAKioskHearsOfTheNewestVersionsAlone(t *testing.T) {
	c := newCentre(t)
	b := c.enrolled(t, 417)
	serial := b.serial(t)
	heard := func() (n int) {
		for _, f := range b.frames(t) {
			if f.Kind == sealed.FrameLists {
				n++
			}
		}
		return n
	}
	need(t, c.running.Office.Publish(t.Context()))
	before := heard()
	for n := range 5 {
		b.accept(t, n, serial+uint32(n))
		need(t, c.running.Office.Publish(t.Context()))
	}
	if got := heard(); got != before+1 {
		t.Errorf("%d announcements for five versions", got-before)
	}
	if got := heard(); got != before+1 {
		t.Error("announced again without a newer version")
	}
}

// serial is the first serial that was lent to the kiosk.
func (b *box) serial(t *testing.T) uint32 {
	t.Helper()
	for _, f := range b.frames(t) {
		var l journal.LeaseBody
		if f.Kind == sealed.FrameLease {
			need(t, cose.Unmarshal(f.Content, &l))
		}
		if len(l.Blocks) > 0 {
			return uint32(l.Blocks[0])
		}
	}
	t.Fatal("no serials were lent")
	return 0
}
