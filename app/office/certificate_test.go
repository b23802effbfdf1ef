package office_test

import (
	"bytes"
	"crypto/ed25519"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"loket/app"
	"loket/app/cose"
	"loket/app/office"
)

var (
	root     = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, 32))
	stranger = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{2}, 32))
	desk     = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{3}, 32))
	from     = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	noon     = from.Add(12 * time.Hour)
)

func pub(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }

func sample() office.Certificate {
	return office.Certificate{
		Epoch: 3, Key: pub(desk), HPKEKey: bytes.Repeat([]byte{4}, 32),
		Uses: office.ForReceipts | office.ForTrust, From: from, Until: from.AddDate(1, 0, 0),
	}
}

func TestACertificateIsRead(t *testing.T) {
	cert, err := office.IssueCertificate(root, sample())
	if err != nil {
		t.Fatal(err)
	}
	got, err := office.ParseCertificate(cert, office.Roots{office.FingerprintOf(pub(root))}, noon, office.ForTrust)
	if err != nil {
		t.Fatal(err)
	}
	want := sample()
	want.Root = pub(root)
	if diff := cmp.Diff(&want, got); diff != "" {
		t.Error(diff)
	}
}

func TestACertificateIsRefused(t *testing.T) {
	pinned := office.Roots{office.FingerprintOf(pub(root))}
	tests := map[string]struct {
		signer ed25519.PrivateKey
		roots  office.Roots
		at     time.Time
		use    office.Uses
		want   app.Code
	}{
		"another root":   {stranger, pinned, noon, office.ForTrust, app.OfficeUnknownRoot},
		"nothing pinned": {root, nil, noon, office.ForTrust, app.OfficeUnknownRoot},
		"too early":      {root, pinned, from.Add(-time.Second), office.ForTrust, app.OfficeNotYet},
		"too late":       {root, pinned, from.AddDate(1, 0, 0), office.ForTrust, app.OfficeExpired},
		"another use":    {root, pinned, noon, office.ForStatus, app.OfficeWrongUse},
		"half the use":   {root, pinned, noon, office.ForStatus | office.ForTrust, app.OfficeWrongUse},
	}
	for name, tt := range tests {
		cert, err := office.IssueCertificate(tt.signer, sample())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := office.ParseCertificate(cert, tt.roots, tt.at, tt.use); app.CodeOf(err) != tt.want {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
}

func TestUnsoundCertificatesAreNotIssued(t *testing.T) {
	tests := map[string]func(*office.Certificate){
		"no key":         func(c *office.Certificate) { c.Key = nil },
		"short HPKE key": func(c *office.Certificate) { c.HPKEKey = c.HPKEKey[:31] },
		"no use":         func(c *office.Certificate) { c.Uses = 0 },
		"unknown use":    func(c *office.Certificate) { c.Uses |= 64 },
		"ends at start":  func(c *office.Certificate) { c.Until = c.From },
	}
	for name, bend := range tests {
		c := sample()
		bend(&c)
		if _, err := office.IssueCertificate(root, c); app.CodeOf(err) != app.OfficeCertificate {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A certificate that names a pinned root but was signed by somebody else.
func TestABorrowedRootIsSeen(t *testing.T) {
	cert, err := office.IssueCertificate(root, sample())
	if err != nil {
		t.Fatal(err)
	}
	m, err := cose.Peek(cert)
	if err != nil {
		t.Fatal(err)
	}
	forged, err := cose.Sign(office.Typ, m.Payload, stranger)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := office.Open(forged); app.CodeOf(err) != app.CoseSignature {
		t.Error(err)
	}
	asFrame, err := cose.Sign("loket/frame", m.Payload, root)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := office.Open(asFrame); app.CodeOf(err) != app.CoseWrongType {
		t.Error(err)
	}
}

func TestFingerprintIsReadBack(t *testing.T) {
	f := office.FingerprintOf(pub(root))
	if got, err := office.ParseFingerprint(f.String()); err != nil || got != f {
		t.Error(got, err)
	}
	if _, err := office.ParseFingerprint("1234"); err == nil {
		t.Error("a short one was taken")
	}
}
