package vault

import (
	"bytes"
	"crypto/ecdh"
	"crypto/rand"
	"testing"
	"time"

	"loket/app"
)

func opens(t *testing.T, what string, key, want *Key, err error) {
	t.Helper()
	if err != nil || key.Version() != want.Version() || key.secret != want.secret {
		t.Errorf("%s does not open to the same key: %v", what, err)
	}
}

func TestARenewalOpensForItsOperatorOnly(t *testing.T) {
	signer, key := NewSigner(), NewKey().Next()
	to, err := OpeningOf(signer)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := SealRenewal(to, "abcd", key)
	if err != nil {
		t.Fatal(err)
	}
	again, err := OpenRenewal(signer, "abcd", sealed)
	opens(t, "the renewal", again, key, err)
	if _, err := OpenRenewal(signer, "abce", sealed); app.CodeOf(err) != app.VaultSlotBroken {
		t.Errorf("under another name: %v", err)
	}
	if _, err := OpenRenewal(NewSigner(), "abcd", sealed); app.CodeOf(err) != app.VaultSlotBroken {
		t.Errorf("with another key: %v", err)
	}
	sealed[len(sealed)-1] ^= 1
	if _, err := OpenRenewal(signer, "abcd", sealed); app.CodeOf(err) != app.VaultSlotBroken {
		t.Errorf("changed: %v", err)
	}
}

func TestARecoveryAnswersItsRequestOnly(t *testing.T) {
	chain, other := app.Chain{Kiosk: 417, Incarnation: 1}, app.Chain{Kiosk: 418, Incarnation: 1}
	office, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key := NewKey()
	entrusted, err := SealRecovery(office.PublicKey().Bytes(), chain, key)
	if err != nil {
		t.Fatal(err)
	}
	r, private, err := NewRecoveryRequest(chain, entrusted, time.Unix(1_800_000_000, 0))
	if err != nil {
		t.Fatal(err)
	}
	file, err := r.Encode()
	if err != nil {
		t.Fatal(err)
	}
	read, err := ParseRecoveryRequest(file)
	if err != nil || read.Chain != chain || !bytes.Equal(read.To, r.To) || read.Code() != r.Code() || len(r.Code()) != 9 {
		t.Errorf("read back as %+v, %v", read, err)
	}
	answer, err := AnswerRecovery(office.Bytes(), read)
	if err != nil {
		t.Fatal(err)
	}
	again, err := OpenRecoveryAnswer(private, chain, answer)
	opens(t, "the answer", again, key, err)
	if _, err := OpenRecoveryAnswer(private, other, answer); app.CodeOf(err) != app.VaultRecoveryAnswer {
		t.Errorf("for another kiosk: %v", err)
	}
	_, later, err := NewRecoveryRequest(chain, entrusted, time.Unix(1_800_000_060, 0))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenRecoveryAnswer(later, chain, answer); app.CodeOf(err) != app.VaultRecoveryAnswer {
		t.Errorf("to another request: %v", err)
	}
	read.Chain = other
	if _, err := AnswerRecovery(office.Bytes(), read); app.CodeOf(err) != app.VaultRecoveryKey {
		t.Errorf("in another kiosk's name: %v", err)
	}
	for name, bad := range map[string][]byte{"nothing": nil, "half": file[:len(file)/2], "more": append(file, 0)} {
		if _, err := ParseRecoveryRequest(bad); app.CodeOf(err) != app.VaultRecoveryRequest {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := NewRecoveryRequest(chain, nil, time.Time{}); app.CodeOf(err) != app.VaultNoRecovery {
		t.Errorf("a key that was never entrusted: %v", err)
	}
}
