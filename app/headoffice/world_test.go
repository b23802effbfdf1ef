package headoffice_test

import (
	"bytes"
	"cmp"
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/headoffice"
	"loket/app/headoffice/console"
	"loket/app/office/books"
	"loket/app/sealed"
	"loket/storage/office"
	"loket/storage/storagetest/officesuite"
)

// clock is a time that tests move.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// centre is a head office with real listeners on loopback.
type centre struct {
	dir     string
	clock   *clock
	running *headoffice.Running
	store   *office.Store
	listen  string            // "" any port of this computer
	public  headoffice.Public // who reaches what
	issuer  string            // "" practice
}

func newCentre(t *testing.T) *centre {
	t.Helper()
	return startCentre(t, &centre{})
}

// startCentre is newCentre with its listeners and its kind chosen.
func startCentre(t *testing.T, c *centre) *centre {
	t.Helper()
	c.dir, c.clock = t.TempDir(), &clock{at: time.Date(2026, 11, 20, 2, 0, 0, 0, time.UTC)}
	c.start(t)
	t.Cleanup(func() { c.stop(t) })
	return c
}

func (c *centre) start(t *testing.T) {
	t.Helper()
	keys, err := headoffice.LoadKeys(filepath.Join(c.dir, "keys"), c.clock.Now())
	need(t, err)
	policy := headoffice.DefaultPolicy(sealed.Settings{Issuer: cmp.Or(c.issuer, headoffice.PracticeIssuer), Host: "KARTU.CONTOH.ID"})
	c.store, err = office.OpenSQLite(t.Context(), filepath.Join(c.dir, "office.db"), keys, policy)
	need(t, err)
	c.running, err = headoffice.Start(t.Context(), headoffice.Config{
		Keys: keys, Store: c.store, Clock: c.clock, Listen: cmp.Or(c.listen, "127.0.0.1:0"), Public: c.public, KioskListen: "127.0.0.1:0",
		PasswordFile: filepath.Join(c.dir, "password.txt"), Policy: policy,
		QR: func(string) ([]byte, error) { return []byte("png"), nil },
	})
	need(t, err)
}

func (c *centre) stop(t *testing.T) {
	t.Helper()
	need(t, errors.Join(c.running.Stop(context.Background()), c.store.Close()))
}

// box is a kiosk with its line to head office.
type box struct {
	*officesuite.Kiosk
	centre *centre
	client *http.Client
	token  sealed.Token
	office sealed.Enrolled
}

// invited is a kiosk that has its token and has not asked yet.
func (c *centre) invited(t *testing.T, number app.Kiosk) *box {
	t.Helper()
	token, err := c.running.Office.Invite(t.Context(), books.Guest{Kiosk: number, BranchCode: "K06", BranchName: "Kantor Cabang Contoh"}, c.running.KioskAddress, "test")
	need(t, err)
	k := officesuite.NewKiosk(t, token.Chain, c.clock.Now())
	return &box{Kiosk: k, centre: c, token: token, client: clientOf(t, k.Transport, token.TLSPin)}
}

func (c *centre) enrolled(t *testing.T, number app.Kiosk) *box {
	t.Helper()
	b := c.invited(t, number)
	b.enrol(t)
	return b
}

// replacedAfterTheft enrols the computer that comes after a stolen one.
func (c *centre) replacedAfterTheft(t *testing.T, number app.Kiosk) *box {
	t.Helper()
	token, err := c.running.Office.Invite(t.Context(), books.Guest{Kiosk: number, BranchCode: "K06", BranchName: "Kantor Cabang Contoh", Stolen: true}, c.running.KioskAddress, "test")
	need(t, err)
	k := officesuite.NewKiosk(t, token.Chain, c.clock.Now())
	b := &box{Kiosk: k, centre: c, token: token, client: clientOf(t, k.Transport, token.TLSPin)}
	b.enrol(t)
	return b
}

func (b *box) enrol(t *testing.T) {
	t.Helper()
	request := b.Request(t, b.token.Secret)
	answer, err := b.ask(t, "POST", "/v1/enrol", request)
	need(t, err)
	b.office, err = sealed.OpenEnrolled(answer, request, b.Chain, b.token.Roots)
	need(t, err)
}

// clientOf trusts the pin alone and shows the transport key.
func clientOf(t *testing.T, key *ecdsa.PrivateKey, pin [32]byte) *http.Client {
	t.Helper()
	cert := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<33, 0)}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, key.Public(), key)
	need(t, err)
	transport := &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{
		MinVersion: tls.VersionTLS13, InsecureSkipVerify: true, //nolint:gosec // the pin is checked below
		Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}},
		VerifyConnection: func(s tls.ConnectionState) error {
			if sha256.Sum256(s.PeerCertificates[0].RawSubjectPublicKeyInfo) != pin {
				return errors.New("another key answers")
			}
			return nil
		},
	}}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// ask sends a request and returns the body, or the refusal's code as an error.
func (b *box) ask(t *testing.T, method, path string, body []byte) ([]byte, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, b.centre.running.KioskAddress+path, bytes.NewReader(body))
	need(t, err)
	w, err := b.client.Do(r)
	need(t, err)
	answer, err := io.ReadAll(w.Body)
	need(t, errors.Join(err, w.Body.Close()))
	if w.StatusCode == http.StatusOK {
		return answer, nil
	}
	var refusal headoffice.Refusal
	need(t, json.Unmarshal(answer, &refusal))
	return nil, app.Fail(refusal.Code, "status", w.StatusCode)
}

func (b *box) path(rest string) string {
	return fmt.Sprintf("/v1/kiosks/%s/%02d/%s", b.Chain.Kiosk.Digits(), b.Chain.Incarnation, rest)
}

// sealBatch seals what waits to head office's certified key.
func (b *box) sealBatch(t *testing.T) (uint64, []byte) {
	t.Helper()
	p := b.Seal(t)
	raw, err := p.Seal(b.office.By.HPKEKey)
	need(t, err)
	return p.Header.Number, raw
}

func (b *box) put(t *testing.T, number uint64, body []byte) ([]byte, error) {
	t.Helper()
	return b.ask(t, "PUT", b.path(fmt.Sprintf("batches/%d", number)), body)
}

// frames fetches the feed from its beginning and proves its chain.
func (b *box) frames(t *testing.T) []sealed.Frame {
	t.Helper()
	body, err := b.ask(t, "GET", b.path("feed?after=0"), nil)
	need(t, err)
	var frames []sealed.Frame
	var previous [32]byte
	for len(body) > 0 {
		var raw []byte
		raw, body, err = cose.First(body)
		need(t, err)
		f, hash, err := sealed.OpenFrame(raw, b.Chain, b.Opening, b.token.Roots, b.centre.clock.Now())
		need(t, err)
		if f.Previous != previous || f.Number != uint64(len(frames)+1) {
			t.Fatalf("frame %d is out of the chain", f.Number)
		}
		previous, frames = hash, append(frames, f)
	}
	return frames
}

func (b *box) last(t *testing.T, kind sealed.FrameKind) *sealed.Frame {
	t.Helper()
	var last *sealed.Frame
	for _, f := range b.frames(t) {
		if f.Kind == kind {
			last = &f
		}
	}
	return last
}

func need(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t *testing.T, err error, code app.Code) {
	t.Helper()
	if app.CodeOf(err) != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

// account makes an account of the console with the password "rahasia".
func (c *centre) account(t *testing.T, name string, role books.Role) {
	t.Helper()
	hash, err := console.HashPassword("rahasia")
	need(t, err)
	_, err = c.store.AddAccount(t.Context(), books.Account{Name: name, Role: role, Password: hash}, "test", c.clock.Now())
	need(t, err)
}

func (c *centre) officeKey(t *testing.T) ed25519.PublicKey {
	t.Helper()
	keys, err := headoffice.LoadKeys(filepath.Join(c.dir, "keys"), c.clock.Now())
	need(t, err)
	return keys.OfficeKey()
}

// settingsOf are the newest that a kiosk was told.
func settingsOf(t *testing.T, b *box) (settings sealed.Settings) {
	t.Helper()
	f := b.last(t, sealed.FrameSettings)
	if f == nil {
		t.Fatal("no settings were sent")
	}
	need(t, cose.Unmarshal(f.Content, &settings))
	return settings
}
