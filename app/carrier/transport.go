package carrier

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"time"

	"loket/app"
	"loket/app/durable"
)

// Office is how to reach head office: what the token said, kept in carrier/office.json.
type Office struct {
	Address string `json:"address"`
	TLSPin  []byte `json:"tls_pin"` // SHA-256 of the listener's public key
	Kiosk   uint32 `json:"kiosk"`
	Life    uint8  `json:"incarnation"`
}

// Chain is the journal whose post goes there.
func (o Office) Chain() app.Chain {
	return app.Chain{Kiosk: app.Kiosk(o.Kiosk), Incarnation: app.Incarnation(o.Life)}
}

// KeepOffice writes how to reach head office.
func KeepOffice(dir string, o Office) error {
	b, err := json.Marshal(o)
	if err == nil {
		err = writeTwice(filepath.Join(dir, "carrier", "office.json"), b)
	}
	return unwritten("carrier.KeepOffice", err)
}

// OfficeOf reads how to reach head office; post.not_enrolled where that was never written.
func OfficeOf(dir string) (Office, error) {
	var o Office
	_, err := readTwice(filepath.Join(dir, "carrier", "office.json"), func(b []byte) bool {
		o = Office{}
		return json.Unmarshal(b, &o) == nil && len(o.TLSPin) == sha256.Size && o.Kiosk != 0
	})
	if err != nil {
		return Office{}, &app.Error{Code: app.PostNotEnrolled, Op: "carrier.OfficeOf", Err: err}
	}
	return o, nil
}

// TransportKey is the kiosk's key for mutual TLS, made at the first asking. It stands outside the
// vault, because the agent works while nobody is signed in; it opens nothing but the line.
func TransportKey(dir string) (*ecdsa.PrivateKey, error) {
	path := filepath.Join(dir, "carrier", "transport.key")
	var key *ecdsa.PrivateKey
	_, err := readTwice(path, func(b []byte) bool {
		key = parseTransportKey(b)
		return key != nil
	})
	if errors.Is(err, os.ErrNotExist) {
		return newTransportKey(path)
	}
	if err != nil {
		return nil, app.Wrap("carrier.TransportKey", app.FileUnread, err)
	}
	return key, nil
}

// parseTransportKey reads a key in PEM; nil for anything else.
func parseTransportKey(b []byte) *ecdsa.PrivateKey {
	block, _ := pem.Decode(b)
	if block == nil {
		return nil
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil
	}
	ec, _ := key.(*ecdsa.PrivateKey)
	return ec
}

func newTransportKey(path string) (*ecdsa.PrivateKey, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, app.Wrap("carrier.TransportKey", app.Internal, err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, app.Wrap("carrier.TransportKey", app.Internal, err)
	}
	if err := durable.Folder(filepath.Dir(path), 0o700); err != nil {
		return nil, unwritten("carrier.TransportKey", err)
	}
	err = writeTwice(path, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
	return key, unwritten("carrier.TransportKey", err)
}

// TransportPublic is the public half as head office registers it (PKIX).
func TransportPublic(key *ecdsa.PrivateKey) ([]byte, error) {
	b, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	return b, app.Wrap("carrier.TransportPublic", app.Internal, err)
}

// clientTLS shows our key and takes only the listener whose key is pinned. Names and authorities
// mean nothing here: the pin came with the token, by hand.
func clientTLS(pin []byte, key *ecdsa.PrivateKey) (*tls.Config, error) {
	cert, err := ownCertificate(key)
	if err != nil {
		return nil, err
	}
	return &tls.Config{
		MinVersion:         tls.VersionTLS13,
		Certificates:       []tls.Certificate{cert},
		InsecureSkipVerify: true, //nolint:gosec // VerifyConnection holds it to the pinned key instead
		VerifyConnection: func(state tls.ConnectionState) error {
			if len(state.PeerCertificates) == 0 {
				return app.Fail(app.LinePinDiffers)
			}
			sum := sha256.Sum256(state.PeerCertificates[0].RawSubjectPublicKeyInfo)
			if string(sum[:]) != string(pin) {
				return app.Fail(app.LinePinDiffers)
			}
			return nil
		},
	}, nil
}

// ownCertificate wraps the transport key: TLS wants a certificate, head office looks at the key.
func ownCertificate(key *ecdsa.PrivateKey) (tls.Certificate, error) {
	template := x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "loket"},
		NotBefore: time.Unix(0, 0), NotAfter: time.Unix(253402300799, 0), // the key's life is head office's to end
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, &key.PublicKey, key)
	if err != nil {
		return tls.Certificate{}, app.Wrap("carrier.ownCertificate", app.Internal, err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, nil
}
