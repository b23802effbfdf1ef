package headoffice

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"time"

	"loket/app"
)

// loadTLS reads the kiosk listener's key, whose pin stands in every enrolment token, and makes it
// at the first start. Kiosks trust the pin, so the certificate around it says nothing more.
func (k *Keys) loadTLS() error {
	name := filepath.Join(k.folder, "kiosk-listener.pem")
	b, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) && k.strict {
		return app.Fail(app.OfficeKeysDiffer, "what", filepath.Base(name))
	}
	if errors.Is(err, fs.ErrNotExist) {
		if b, err = newTLS(); err == nil {
			_, err = createFile(name, b)
		}
		if err == nil {
			b, err = os.ReadFile(name)
		}
	}
	if err != nil {
		return app.Wrap("headoffice.loadTLS", app.FileUnread, err)
	}
	k.tls, err = tls.X509KeyPair(b, b)
	if err != nil {
		return &app.Error{Code: app.OfficeKeysBroken, Args: app.Args{"file": filepath.Base(name)}, Op: "headoffice.loadTLS", Err: err}
	}
	k.pin = sha256.Sum256(k.tls.Leaf.RawSubjectPublicKeyInfo)
	return nil
}

func newTLS() ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	cert := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Loket PUSAT"}, DNSNames: []string{"pusat.loket"},
		NotBefore: from, NotAfter: from.AddDate(100, 0, 0), KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, key.Public(), key)
	if err != nil {
		return nil, err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	return append(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})...), nil
}
