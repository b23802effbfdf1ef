package sealed_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"loket/app"
	"loket/app/cose"
	"loket/app/office"
	"loket/app/sealed"
)

var (
	root    = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, 32))
	desk    = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{2}, 32))
	rootPub = root.Public().(ed25519.PublicKey)
	pinned  = office.Roots{office.FingerprintOf(rootPub)}
	now     = time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
)

func speaker(t testing.TB, uses office.Uses) sealed.Speaker {
	t.Helper()
	return certified(t, 1, uses)
}

func certified(t testing.TB, epoch uint64, uses office.Uses) sealed.Speaker {
	t.Helper()
	cert, err := office.IssueCertificate(root, office.Certificate{
		Epoch: epoch, Key: desk.Public().(ed25519.PublicKey), HPKEKey: bytes.Repeat([]byte{5}, 32), Uses: uses,
		From: now.AddDate(0, -1, 0), Until: now.AddDate(1, 0, 0),
	})
	if err != nil {
		t.Fatal(err)
	}
	return sealed.Speaker{Certificate: cert, Key: desk}
}

func frameOf(kind sealed.FrameKind, content []byte) sealed.Frame {
	return sealed.Frame{Chain: chain, Epoch: 1, Number: 1, Issued: now, Expires: now.AddDate(0, 1, 0), Kind: kind, Content: content}
}

func opening(t testing.TB) sealed.OpeningKey {
	t.Helper()
	key, err := sealed.NewOpeningKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestAFrameArrivesAsItLeft(t *testing.T) {
	key := opening(t)
	for _, kind := range []sealed.FrameKind{sealed.FrameDecision, sealed.FrameTrust} {
		f := frameOf(kind, []byte{1, 2, 3})
		file, hash, err := sealed.SealFrame(f, speaker(t, office.ForFeed), key.Public())
		if err != nil {
			t.Fatal(err)
		}
		got, gotHash, err := sealed.OpenFrame(file, chain, key, pinned, now)
		if err != nil {
			t.Fatal(kind, err)
		}
		if got.By == nil || gotHash != hash {
			t.Error("the signer or the hash is missing")
		}
		got.By, f.Issued, f.Expires = nil, f.Issued.Local(), f.Expires.Local()
		if d := cmp.Diff(f, got); d != "" {
			t.Error(d)
		}
		if kind.Open() { // a trust list is read before sign-in, when the opening key is locked away
			if _, _, err := sealed.OpenFrame(file, chain, sealed.OpeningKey{}, pinned, now); err != nil {
				t.Error("an open frame needs no key:", err)
			}
		}
	}
}

func TestFramesAreRefused(t *testing.T) {
	key := opening(t)
	file, _, err := sealed.SealFrame(frameOf(sealed.FrameDecision, []byte{1}), speaker(t, office.ForFeed), key.Public())
	if err != nil {
		t.Fatal(err)
	}
	wrongUse, _, err := sealed.SealFrame(frameOf(sealed.FrameDecision, []byte{1}), speaker(t, office.ForTrust), key.Public())
	if err != nil {
		t.Fatal(err)
	}
	batch, _ := sealTo(t, prepare(t, items(t, 1)))
	other := app.Chain{Kiosk: 418, Incarnation: 1}
	tests := map[string]struct {
		file  []byte
		chain app.Chain
		key   sealed.OpeningKey
		roots office.Roots
		at    time.Time
		want  app.Code
	}{
		"another kiosk's":    {file, other, key, pinned, now, app.PostOtherKiosk},
		"another key":        {file, chain, opening(t), pinned, now, app.PostChanged},
		"no key":             {file, chain, sealed.OpeningKey{}, pinned, now, app.PostWrongKey},
		"a root not pinned":  {file, chain, key, nil, now, app.OfficeUnknownRoot},
		"past its date":      {file, chain, key, pinned, now.AddDate(0, 2, 0), app.PostExpired},
		"a key for another":  {wrongUse, chain, key, pinned, now, app.OfficeWrongUse},
		"a batch":            {batch, chain, key, pinned, now, app.PostMalformed},
		"a page of HTML":     {[]byte("<html>captive portal</html>"), chain, key, pinned, now, app.PostMalformed},
		"nothing":            {nil, chain, key, pinned, now, app.PostMalformed},
		"half of it":         {file[:len(file)/2], chain, key, pinned, now, app.PostMalformed},
		"one byte different": {flip(file), chain, key, pinned, now, app.PostChanged},
	}
	for name, tt := range tests {
		if _, _, err := sealed.OpenFrame(tt.file, tt.chain, tt.key, tt.roots, tt.at); app.CodeOf(err) != tt.want {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
}

func flip(b []byte) []byte {
	b = bytes.Clone(b)
	b[len(b)-1] ^= 1
	return b
}

func TestAReceiptNamesEveryEntry(t *testing.T) {
	by, err := office.ParseCertificate(speaker(t, office.ForFeed|office.ForReceipts).Certificate, pinned, now, 0)
	if err != nil {
		t.Fatal(err)
	}
	r := sealed.Receipt{
		Identity: sealed.Identity{4}, ReceivedAt: now.Local(), LogIndex: 12,
		Verdicts: sealed.Verdicts{First: 1, Last: 9, Quarantined: []sealed.Quarantine{{Seq: 3, Code: app.JournalBadEntry}}},
	}
	content, err := sealed.SignReceipt(r, desk)
	if err != nil {
		t.Fatal(err)
	}
	got, err := sealed.ParseReceipt(content, by)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(r, got); d != "" {
		t.Error(d)
	}
	by.Uses = office.ForFeed
	if _, err := sealed.ParseReceipt(content, by); app.CodeOf(err) != app.OfficeWrongUse {
		t.Error("a key that may not sign receipts:", err)
	}
	by.Uses = office.ForReceipts
	for i := range content {
		bad := bytes.Clone(content)
		bad[i] ^= 4
		if _, err := sealed.ParseReceipt(bad, by); err == nil {
			t.Fatalf("byte %d changed, and the receipt was taken", i)
		}
	}
}

func TestEnrolment(t *testing.T) {
	issuing := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{6}, 32))
	transport, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	pkix, err := x509.MarshalPKIXPublicKey(&transport.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := sealed.NewSecret()
	if err != nil {
		t.Fatal(err)
	}
	token := sealed.Token{
		Address: "https://pusat.contoh.id:8443", TLSPin: [32]byte{3}, Roots: pinned, Chain: chain, Secret: secret,
		Expires: time.Unix(now.Unix(), 0), BranchCode: "KT", BranchName: "Kantor Cabang Balikpapan", RecoveryKey: bytes.Repeat([]byte{8}, 32),
	}
	text, err := token.Text()
	if err != nil {
		t.Fatal(err)
	}
	read, err := sealed.ParseToken(" " + text[:40] + "\n" + text[40:])
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(token, read); d != "" {
		t.Error(d)
	}
	for _, bad := range []string{"", "LOKET1", text[:len(text)-1], text[:50] + "A" + text[51:] + "B", "HTTPS://CONTOH.ID"} {
		if _, err := sealed.ParseToken(bad); app.CodeOf(err) != app.TokenBad {
			t.Errorf("%.20q was taken: %v", bad, err)
		}
	}

	request := sealed.Request{Chain: chain, At: now.Local(), Keys: sealed.KioskKeys{
		Device: devicePub(), Issuing: issuing.Public().(ed25519.PublicKey), Opening: opening(t).Public(), Transport: pkix,
	}}
	b, err := sealed.SignRequest(request, secret, device, issuing, transport)
	if err != nil {
		t.Fatal(err)
	}
	got, holds, err := sealed.OpenRequest(b)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(request, got); d != "" || !holds(secret) || holds([16]byte{}) {
		t.Error("the request or its secret:", d)
	}
	claimed := request
	claimed.Keys.Issuing = desk.Public().(ed25519.PublicKey)
	stolen, err := sealed.SignRequest(claimed, secret, device, issuing, transport)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := sealed.OpenRequest(stolen); err == nil {
		t.Error("a key that the asker does not hold was taken")
	}
	answerIsBound(t, b)
}

func answerIsBound(t *testing.T, request []byte) {
	t.Helper()
	answer, err := sealed.SignEnrolled(sealed.Enrolled{
		Request: sha256.Sum256(request), Chain: chain, Settings: sealed.Settings{Issuer: "LATIHAN", Host: "KARTU.CONTOH.ID", Regencies: []string{"64.71"}},
		Roots: []ed25519.PublicKey{rootPub}, At: now, Authority: now.AddDate(0, 0, 35),
	}, speaker(t, office.ForFeed))
	if err != nil {
		t.Fatal(err)
	}
	e, err := sealed.OpenEnrolled(answer, request, chain, pinned)
	if err != nil || e.Settings.Issuer != "LATIHAN" || len(e.By.HPKEKey) != 32 {
		t.Error(e, err)
	}
	if _, err := sealed.OpenEnrolled(answer, append([]byte{0}, request...), chain, pinned); app.CodeOf(err) != app.PostHashDiffers {
		t.Error("the answer to another request:", err)
	}
	asFrame, err := cose.Peek(answer)
	if err == nil {
		t.Error("an answer is not a bare signed object", asFrame)
	}
}

func FuzzParseToken(f *testing.F) {
	f.Add("LOKET1AAAA")
	f.Fuzz(func(t *testing.T, s string) {
		token, err := sealed.ParseToken(s)
		if err != nil {
			return
		}
		text, err := token.Text()
		if err != nil {
			t.Fatal(err)
		}
		if again, err := sealed.ParseToken(text); err != nil || cmp.Diff(token, again) != "" {
			t.Fatal("a token changed on the way", err)
		}
	})
}
