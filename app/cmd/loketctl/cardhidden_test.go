package main

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"loket/app/card"
	"loket/app/cose"
	"loket/app/identity"
)

// A card is a text that a stranger wrote: nothing in it moves a terminal's cursor, colours an answer, or
// turns what stands beside it.
func TestNothingHiddenInACardReachesTheTerminal(t *testing.T) {
	key := ed25519.NewKeyFromSeed(make([]byte, 32))
	name, issuer := "TUTI\x1b[2J\x1b[1;32mASLI\u202eITUT\u200b\u009b1A", "https://x.example\r\n\u2066GENUINE"
	payload, err := cbor.Marshal(map[int]any{1: issuer, 169: map[int]any{1: "X\x07-1", 4: name}})
	if err != nil {
		t.Fatal(err)
	}
	signed, err := cose.Sign("", payload, key)
	if err != nil {
		t.Fatal(err)
	}
	text, public := card.Digits(signed), hex.EncodeToString(key.Public().(ed25519.PublicKey))
	for _, args := range [][]string{
		{"verify", text, "--key", public}, {"inspect", text}, {"verify", text, "--key", public, "--json"}, {"inspect", text, "--json"}, {"claim169", text},
	} {
		code, out, complaint := runCard(t, "", args...)
		if at := strings.IndexFunc(out+complaint, identity.Hidden); at >= 0 || strings.Contains(out, "\n"+"GENUINE") {
			t.Errorf("%v (%d): %q", args[0], code, out+complaint)
		}
		if args[0] != "claim169" && !strings.Contains(out, "ASLI") {
			t.Errorf("%v says nothing of the name: %q %q", args, out, complaint)
		}
		var answer struct{ Name, Issuer string }
		if args[len(args)-1] == "--json" && (json.Unmarshal([]byte(out), &answer) != nil || answer.Name != name || answer.Issuer != issuer) {
			t.Errorf("%v: a program reads %q", args[0], answer)
		}
	}
}
