package headoffice

import (
	"crypto/tls"
	"os"
	"sync"
	"time"

	"loket/app"
)

// tlsFiles are a certificate and its key for people's browsers. Such certificates live for weeks and a
// server for years, so changed files are read again while it runs.
type tlsFiles struct {
	cert, key string

	mu     sync.Mutex
	loaded *tls.Certificate
	stamp  time.Time // of the newer file
}

// openTLS reads both files; headoffice.tls_files says what they should be.
func openTLS(cert, key string) (*tlsFiles, error) {
	f := &tlsFiles{cert: cert, key: key}
	return f, f.load()
}

func (f *tlsFiles) load() error {
	refused := func(err error) error {
		return &app.Error{Code: app.OfficeTLSFiles, Args: app.Args{"file": f.cert}, Op: "headoffice.tlsFiles", Err: err}
	}
	stamp, err := f.newest()
	if err != nil {
		return refused(err)
	}
	if f.loaded != nil && stamp.Equal(f.stamp) {
		return nil
	}
	pair, err := tls.LoadX509KeyPair(f.cert, f.key)
	if err != nil {
		return refused(err)
	}
	f.loaded, f.stamp = &pair, stamp
	return nil
}

func (f *tlsFiles) newest() (newest time.Time, err error) {
	for _, name := range []string{f.cert, f.key} {
		info, err := os.Stat(name)
		if err != nil {
			return newest, err
		}
		if info.ModTime().After(newest) {
			newest = info.ModTime()
		}
	}
	return newest, nil
}

// current is the certificate to show. While files are being changed, the one before still serves.
func (f *tlsFiles) current() *tls.Certificate {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.load(); err != nil {
		return f.loaded
	}
	return f.loaded
}

func (f *tlsFiles) config() *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"},
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return f.current(), nil },
	}
}

// ends is when browsers will refuse the certificate.
func (f *tlsFiles) ends() time.Time {
	if c := f.current(); c.Leaf != nil {
		return c.Leaf.NotAfter
	}
	return time.Time{}
}
