package verifypage_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/headoffice/verifypage"
	"loket/app/office"
)

// Serials of the sample cards, by what the status list says of them.
const (
	active   app.Serial = 98412
	invalid  app.Serial = 98413
	inactive app.Serial = 98414
	notYet   app.Serial = 98415
)

var (
	rootKey, officeKey, kioskKey, strangerKey = seeded(1), seeded(2), seeded(3), seeded(4)
	roots                                     = office.Roots{office.FingerprintOf(public(rootKey))}
)

func seeded(b byte) ed25519.PrivateKey { return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{b}, 32)) }

func public(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }

// world is a page on a server of its own, with lists of today.
type world struct {
	url    string
	stop   func()
	leaked atomic.Int32 // requests that carried a card's digits

	fetched atomic.Int32 // objects that were asked for
	patches atomic.Int32

	mu            sync.Mutex
	trust, status []byte
	objects       map[[32]byte][]byte
}

// Object makes it one too.
func (w *world) Object(_ context.Context, hash, held [32]byte) ([]byte, bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	raw, found := w.objects[hash]
	if !found {
		return nil, false, app.Fail(app.NotFound)
	}
	if before := w.objects[held]; before != nil {
		if patch, err := card.Patch(before, raw); err == nil {
			w.patches.Add(1)
			return patch, true, nil
		}
	}
	return raw, false, nil
}

// shelve keeps a list and its objects where they can be had by their hashes, and returns the head.
func (w *world) shelve(head []byte, parts [][]byte) []byte {
	for _, raw := range append([][]byte{head}, parts...) {
		w.objects[sha256.Sum256(raw)] = raw
	}
	return head
}

// Trust and Status make the world a verifypage.Lists.
func (w *world) Trust(context.Context) ([]byte, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.trust, nil
}

func (w *world) Status(_ context.Context, shard uint32) ([]byte, error) {
	if shard != 0 {
		return nil, app.Fail(app.NotFound)
	}
	return w.status, nil
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{objects: map[[32]byte][]byte{}}
	w.setTrust(w.trustAt(t, time.Now().Add(-2*time.Hour), 7))
	w.setStatus(t, statusList(t, 3))
	handler, err := verifypage.Handler(w, verifypage.Settings{
		Roots: roots, Hosts: []string{"kartu.contoh.id"}, Chat: "https://chat.contoh.id/",
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if strings.Count(r.URL.String()+r.Referer(), "0")+strings.Count(r.URL.String()+r.Referer(), "1") > 40 {
			w.leaked.Add(1)
		}
		if name, ok := strings.CutPrefix(r.URL.Path, "/k/o/"); ok { // as head office's front does
			w.fetched.Add(1)
			hash, err := hex.DecodeString(name)
			if raw, _, failed := w.Object(r.Context(), [32]byte(append(hash, make([]byte, 32)...)), [32]byte{}); err == nil && failed == nil {
				if _, err := rw.Write(raw); err != nil {
					return
				}
				return
			}
			http.NotFound(rw, r)
			return
		}
		handler.ServeHTTP(rw, r)
	}))
	w.url = server.URL
	w.stop = sync.OnceFunc(func() {
		server.CloseClientConnections()
		server.Close()
	})
	t.Cleanup(w.stop)
	return w
}

func certificate(t *testing.T) []byte {
	t.Helper()
	c, err := office.IssueCertificate(rootKey, office.Certificate{
		Epoch: 1, Key: public(officeKey), Uses: office.ForTrust | office.ForStatus,
		From: time.Now().AddDate(-1, 0, 0), Until: time.Now().AddDate(1, 0, 0),
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// trustAt is a list issued at a moment, due again two weeks later.
func (w *world) trustAt(t *testing.T, at time.Time, seq uint64) *card.TrustList {
	t.Helper()
	return &card.TrustList{
		Epoch: 1, Seq: seq, Issued: at, NextUpdate: at.AddDate(0, 0, 14), Certificate: certificate(t),
		Branches: map[string]string{"BONTANG": "Kantor Cabang Bontang"},
		Keys: []card.Key{{
			Public: public(kioskKey), Branch: "BONTANG", Kiosk: 417, Serials: []card.SerialRange{{First: 98368, Last: 98431}},
			From: time.Now().AddDate(0, -3, 0), Until: time.Now().AddDate(0, 3, 0), VerifyUntil: time.Now().AddDate(9, 0, 0),
		}},
	}
}

func (w *world) setTrust(list *card.TrustList) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.trust = nil
	if list != nil {
		head, parts, err := list.Pack(officeKey)
		if err != nil {
			panic(err)
		}
		w.trust = w.shelve(head, parts)
	}
}

func (w *world) setStatus(t *testing.T, list *card.StatusList) {
	t.Helper()
	head, parts, err := list.Pack(officeKey)
	if err != nil {
		t.Fatal(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.status = w.shelve(head, parts)
}

func statusList(t *testing.T, seq uint64) *card.StatusList {
	t.Helper()
	shard := card.NewShard(0)
	for serial, status := range map[app.Serial]card.Status{active: card.Active, invalid: card.Invalid, inactive: card.Inactive} {
		if err := shard.Set(serial, status); err != nil {
			t.Fatal(err)
		}
	}
	return &card.StatusList{
		Epoch: 1, Seq: seq, Issued: time.Now().Add(-time.Hour), Expires: time.Now().AddDate(0, 0, 7),
		Shard: shard, Certificate: certificate(t),
	}
}

func sample(serial app.Serial) card.Claims {
	return card.Claims{
		Issuer: "LOKET-ID", IssuedAt: time.Now().AddDate(0, 0, -17), Expires: time.Now().AddDate(5, 0, 0),
		Member: "26133068531", Name: "YOHANES NGAU AJANG", Programmes: app.WorkAccident | app.Death,
		Branch: "BONTANG", Serial: serial, Generation: 1, Payer: card.PaysGovernment,
	}
}

func digits(t *testing.T, c card.Claims, key ed25519.PrivateKey) string {
	t.Helper()
	credential, err := card.Sign(c, key)
	if err != nil {
		t.Fatal(err)
	}
	return card.Digits(credential)
}

func (w *world) card(t *testing.T, serial app.Serial) string {
	return digits(t, sample(serial), kioskKey)
}

func (w *world) cardUntil(t *testing.T, serial app.Serial, until time.Time) string {
	c := sample(serial)
	c.Expires = until
	return digits(t, c, kioskKey)
}

func (w *world) foreignCard(t *testing.T) string { return digits(t, sample(active), strangerKey) }

func (w *world) practiceCard(t *testing.T) string {
	c := sample(active)
	c.Issuer = card.PracticeIssuer
	return digits(t, c, kioskKey)
}
