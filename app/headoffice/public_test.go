package headoffice_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"loket/app"
	"loket/app/headoffice"
)

// reached is the status of a path of a listener, asked over loopback and without following anywhere.
func reached(t *testing.T, base, path string) int {
	t.Helper()
	u, err := url.Parse(base)
	need(t, err)
	_, port, err := net.SplitHostPort(u.Host)
	need(t, err)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	w, err := client.Get("http://127.0.0.1:" + port + path)
	need(t, err)
	need(t, w.Body.Close())
	return w.StatusCode
}

// The console and the metrics are not where others reach them unless somebody asks for it.
func TestWhoReachesWhat(t *testing.T) {
	type statuses struct{ console, metrics, page int }
	for name, c := range map[string]struct {
		listen string
		public headoffice.Public
		want   statuses
		own    *statuses // of the console's own listener
	}{
		"this computer":      {"", headoffice.Public{}, statuses{200, 200, 200}, nil},
		"beyond, by a proxy": {":0", headoffice.Public{BehindProxy: true}, statuses{404, 404, 200}, nil},
		"beyond, asked for":  {":0", headoffice.Public{BehindProxy: true, Console: true, Metrics: true}, statuses{200, 200, 200}, nil},
		"console alone":      {":0", headoffice.Public{BehindProxy: true, Console: true}, statuses{200, 404, 200}, nil},
		"a trusted proxy":    {":0", headoffice.Public{Trusted: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}, statuses{404, 404, 200}, nil},
		"elsewhere":          {"", headoffice.Public{ConsoleListen: "127.0.0.1:0"}, statuses{404, 404, 200}, &statuses{200, 200, 200}},
	} {
		t.Run(name, func(t *testing.T) {
			o := startCentre(t, &centre{listen: c.listen, public: c.public})
			ask := func(base string) statuses {
				return statuses{reached(t, base, "/console/signin"), reached(t, base, "/metrics"), reached(t, base, "/K")}
			}
			if got := ask(o.running.PageURL); got != c.want {
				t.Errorf("%+v, want %+v", got, c.want)
			}
			if (o.running.ConsoleURL != "") != (c.want.console == 200 || c.own != nil) {
				t.Error("the console is said to be at", o.running.ConsoleURL)
			}
			if c.own != nil {
				if got := ask(o.running.ConsoleURL); got != *c.own {
					t.Errorf("its own: %+v", got)
				}
			}
		})
	}
}

// Passwords do not go over a network in the clear.
func TestPlainHTTPBeyondThisComputerIsRefused(t *testing.T) {
	c := newCentre(t)
	keys, err := headoffice.LoadKeys(filepath.Join(c.dir, "keys"), c.clock.Now())
	need(t, err)
	for name, config := range map[string]headoffice.Config{
		"everywhere":           {Listen: ":0"},
		"an address":           {Listen: "0.0.0.0:0"},
		"IPv6":                 {Listen: "[::]:0"},
		"the console's own":    {Listen: "127.0.0.1:0", Public: headoffice.Public{ConsoleListen: "0.0.0.0:0"}},
		"asked, but not TLS":   {Listen: ":0", Public: headoffice.Public{Console: true}},
		"files that are not":   {Listen: ":0", Public: headoffice.Public{Cert: "missing.pem", Key: "missing.key"}},
		"a certificate's half": {Listen: "127.0.0.1:0", Public: headoffice.Public{Key: "missing.key"}},
	} {
		config.Keys, config.Store, config.Clock, config.KioskListen = keys, c.store, c.clock, "127.0.0.1:0"
		want := app.OfficePlainHTTP
		if config.Public.Key != "" {
			want = app.OfficeTLSFiles
		}
		_, err := headoffice.Start(t.Context(), config)
		if app.CodeOf(err) != want {
			t.Error(name, err)
		}
	}
}

// A certificate that is renewed on disk is shown without a restart, and half a renewal breaks nothing.
func TestTLSFilesAreReadAgain(t *testing.T) {
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	write := func(serial int64, stamp time.Time, halves ...string) {
		private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		need(t, err)
		form := &x509.Certificate{SerialNumber: big.NewInt(serial), NotBefore: time.Unix(0, 0), NotAfter: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), Subject: pkix.Name{CommonName: "kantor.contoh.id"}}
		der, err := x509.CreateCertificate(rand.Reader, form, form, private.Public(), private)
		need(t, err)
		secret, err := x509.MarshalPKCS8PrivateKey(private)
		need(t, err)
		for name, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: secret}} {
			if len(halves) > 0 && halves[0] != name {
				continue
			}
			need(t, os.WriteFile(name, pem.EncodeToMemory(block), 0o600))
			need(t, os.Chtimes(name, stamp, stamp))
		}
	}
	now := time.Now()
	write(1, now)
	c := startCentre(t, &centre{public: headoffice.Public{Cert: cert, Key: key}, issuer: "KTR"})
	serial := func() int64 {
		u, err := url.Parse(c.running.PageURL)
		need(t, err)
		line, err := tls.Dial("tcp", u.Host, &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS12}) //nolint:gosec // whose it is, is looked at
		need(t, err)
		n := line.ConnectionState().PeerCertificates[0].SerialNumber.Int64()
		need(t, line.Close())
		return n
	}
	if !strings.HasPrefix(c.running.PageURL, "https://") || serial() != 1 {
		t.Error(c.running.PageURL, serial())
	}
	write(2, now.Add(time.Minute), cert)
	if serial() != 1 {
		t.Error("half a renewal is shown")
	}
	write(3, now.Add(2*time.Minute))
	if serial() != 3 {
		t.Error("the renewed certificate is not shown")
	}
	alarms, err := c.running.Office.Alarms(t.Context())
	need(t, err)
	var codes []string
	for _, a := range alarms {
		codes = append(codes, string(a.Code))
	}
	if got := strings.Join(codes, " "); !strings.Contains(got, string(app.OfficeTLSEnds)) || !strings.Contains(got, string(app.OfficeOneAccount)) {
		t.Error("alarms:", got)
	}
}

// Behind a proxy guessing is slowed down by the guesser's own address; without a trusted proxy what a
// header says is nothing.
func TestGuessingBehindAProxy(t *testing.T) {
	for name, trusted := range map[string][]netip.Prefix{"trusted": {netip.MustParsePrefix("127.0.0.1/32")}, "not trusted": nil} {
		t.Run(name, func(t *testing.T) {
			c := startCentre(t, &centre{public: headoffice.Public{Trusted: trusted}})
			guess := func(from string) int {
				r, err := http.NewRequestWithContext(t.Context(), "POST", c.running.ConsoleURL+"/console/signin", strings.NewReader("name=admin&password=x"))
				need(t, err)
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				r.Header.Set("X-Forwarded-For", from)
				w, err := http.DefaultClient.Do(r)
				need(t, err)
				_, err = io.Copy(io.Discard, w.Body)
				need(t, errors.Join(err, w.Body.Close()))
				if w.StatusCode == http.StatusTooManyRequests && w.Header.Get("Retry-After") == "" {
					t.Error("nobody says when to come again")
				}
				return w.StatusCode
			}
			last := 0
			for n := range 11 {
				from := "198.51.100.9"
				if trusted == nil {
					from = "198.51.100." + strconv.Itoa(n)
				}
				last = guess(from)
			}
			if last != http.StatusTooManyRequests {
				t.Error("the guesser goes on:", last)
			}
			if other := guess("203.0.113.5"); (other == http.StatusForbidden) != (trusted != nil) {
				t.Error("another address:", other)
			}
		})
	}
}
