package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"loket/app/card"
	"loket/app/office"
)

// A rehearsed compromise of an office key: its trust list names a forged kiosk's key, far ahead in number but
// of the former epoch. Beside head office's newer status list it is refused, and so is a status list of
// the former epoch beside the newer trust list.
func TestCardVerifyWantsListsOfOneEpoch(t *testing.T) {
	key := func(b byte) ed25519.PrivateKey { return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{b}, 32)) }
	public := func(b byte) ed25519.PublicKey { return key(b).Public().(ed25519.PublicKey) }
	issued := time.Date(2026, 11, 20, 1, 0, 0, 0, time.UTC)
	dir := t.TempDir()
	keep := func(name string, raw []byte, err error) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err == nil {
			err = os.WriteFile(path, raw, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	var trusts, statuses [3]string
	for epoch := uint64(1); epoch <= 2; epoch++ {
		office1, kiosk := byte(20+epoch), byte(30+epoch) // of epoch 1: stolen, and forged
		cert, err := office.IssueCertificate(key(1), office.Certificate{
			Epoch: epoch, Key: public(office1), Uses: office.ForTrust | office.ForStatus, From: issued.AddDate(0, -1, 0), Until: issued.AddDate(0, 1, 0),
		})
		if err != nil {
			t.Fatal(err)
		}
		trust := card.TrustList{Epoch: epoch, Seq: 1 << (50 / epoch), Issued: issued, NextUpdate: issued.AddDate(0, 0, 7), Certificate: cert, Keys: []card.Key{{
			Public: public(kiosk), Branch: "BALIKPAPAN", Kiosk: 417, Life: 1, From: issued.AddDate(0, -1, 0), Until: issued.AddDate(1, 0, 0),
			VerifyUntil: issued.AddDate(6, 0, 0), Serials: []card.SerialRange{{First: 64, Last: 127}},
		}}}
		raw, err := trust.Sign(key(office1))
		trusts[epoch] = keep("trust"+string('0'+rune(epoch)), raw, err)
		shard := card.NewShard(0)
		if err := shard.Set(64, card.Active); err != nil {
			t.Fatal(err)
		}
		status := card.StatusList{Epoch: epoch, Seq: 1, Issued: issued, Expires: issued.AddDate(0, 0, 7), Shard: shard, Certificate: cert}
		raw, err = status.Sign(key(office1))
		statuses[epoch] = keep("status"+string('0'+rune(epoch)), raw, err)
	}
	text := func(kiosk byte) string {
		made, err := card.Sign(card.Claims{
			Issuer: "LOKET-ID", IssuedAt: issued, Expires: issued.AddDate(5, 0, 0), Member: "26133068531", Name: "SITI AMINAH",
			Programmes: 3, Branch: "BALIKPAPAN", Serial: 64, Generation: 1,
		}, key(kiosk))
		if err != nil {
			t.Fatal(err)
		}
		return card.Digits(made)
	}
	type answer struct {
		Genuine                bool
		Reason, Status, Colour string
		TrustError             string `json:"trust_error"`
		StatusError            string `json:"status_error"`
	}
	for name, tt := range map[string]struct {
		text          string
		trust, status int
		want          answer
	}{
		"good, lists of one epoch":        {text(32), 2, 2, answer{Genuine: true, Reason: "card.genuine", Status: "active", Colour: "green"}},
		"forged, the stolen key's list":   {text(31), 1, 2, answer{Reason: "trust.list", Status: "unknown", Colour: "red", TrustError: "office.void"}},
		"good, a voided status list":      {text(32), 2, 1, answer{Genuine: true, Reason: "card.genuine", Status: "unknown", Colour: "amber", StatusError: "office.void"}},
		"forged, head office's own lists": {text(31), 2, 2, answer{Reason: "card.unknown_key", Status: "unknown", Colour: "red"}},
	} {
		code, out, complaint := runCard(t, "", "verify", tt.text, "--json", "--root", office.FingerprintOf(public(1)).String(),
			"--trust", trusts[tt.trust], "--status", statuses[tt.status])
		var got answer
		if err := json.Unmarshal([]byte(out), &got); err != nil {
			t.Fatalf("%s: %v %s", name, err, complaint)
		}
		if got != tt.want || (code == exitDone) != tt.want.Genuine {
			t.Errorf("%s: exit %d, %s", name, code, out)
		}
	}
}
