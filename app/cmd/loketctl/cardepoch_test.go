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
	"loket/app/cose"
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

// Root rotations are followed: by the former pins and the chain of rotations the new root's lists are proven,
// the former root's are not; without the chain the new root is a stranger.
func TestCardVerifyFollowsRotations(t *testing.T) {
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
	list := func(root byte) string {
		cert, err := office.IssueCertificate(key(root), office.Certificate{
			Epoch: uint64(root), Key: public(9), Uses: office.ForTrust, From: issued.AddDate(0, -1, 0), Until: issued.AddDate(0, 1, 0),
		})
		if err != nil {
			t.Fatal(err)
		}
		l := card.TrustList{Epoch: uint64(root), Seq: 1, Issued: issued, NextUpdate: issued.AddDate(0, 0, 7), Certificate: cert}
		raw, err := l.Sign(key(9))
		return keep("trust"+string('0'+rune(root)), raw, err)
	}
	turn, err := office.SignRotation(key(2), public(3), issued)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := cose.Marshal([][]byte{turn})
	turns := keep("rotations", raw, err)
	pins := []string{"--root", office.FingerprintOf(public(1)).String(), "--root", office.FingerprintOf(public(4)).String()}
	good := []string{"--root", office.FingerprintOf(public(1)).String(), "--root", office.FingerprintOf(public(2)).String()}
	for name, tt := range map[string]struct {
		root byte
		more []string
		want string // trust_error
		fail bool
	}{
		"the new root's list":            {2, append(good, "--rotations", turns), "", false},
		"the former root's list":         {1, append(good, "--rotations", turns), "office.unknown_root", false},
		"its successor, not followed":    {3, good, "office.unknown_root", false},
		"the next successor, followed":   {3, append(good, "--rotations", turns), "", false},
		"a chain that leads from no pin": {2, append(pins, "--rotations", turns), "", true},
		"one root is no pair":            {2, append(pins[:2:2], "--rotations", turns), "", true},
	} {
		args := append([]string{"verify", "12345", "--json", "--trust", list(tt.root)}, tt.more...)
		code, out, complaint := runCard(t, "", args...)
		var got struct {
			TrustError string `json:"trust_error"`
		}
		err := json.Unmarshal([]byte(out), &got)
		if (err != nil) != tt.fail || got.TrustError != tt.want || code == exitDone {
			t.Errorf("%s: exit %d, %s %s", name, code, out, complaint)
		}
	}
}
