package carrier

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"os"
	"path/filepath"

	"loket/app/durable"
	"loket/app/sealed"
)

// Gate keeps the request to be enrolled and its answer in a data folder, and sends the request.
type Gate struct{ dir string }

// NewGate is the gate of a data folder.
func NewGate(dir string) Gate { return Gate{dir} }

// maxPaper bounds a request and an answer.
const maxPaper = 1 << 20

func (g Gate) requestPath() string { return filepath.Join(g.dir, "carrier", "enrol-request") }
func (g Gate) answerPath() string  { return filepath.Join(g.dir, "carrier", "enrol-answer") }

// TransportKey is the kiosk's key for mutual TLS with its public half as head office registers it.
func (g Gate) TransportKey() (*ecdsa.PrivateKey, []byte, error) {
	key, err := TransportKey(g.dir)
	if err != nil {
		return nil, nil, err
	}
	public, err := TransportPublic(key)
	return key, public, err
}

// KeepRequest keeps the request and where it goes. The agent sends it from then on.
func (g Gate) KeepRequest(t sealed.Token, request []byte) error {
	office := Office{Address: t.Address, TLSPin: t.TLSPin[:], Kiosk: uint32(t.Chain.Kiosk), Life: uint8(t.Chain.Incarnation)}
	if err := durable.Folder(filepath.Join(g.dir, "carrier"), 0o700); err != nil {
		return unwritten("carrier.KeepRequest", err)
	}
	if err := KeepOffice(g.dir, office); err != nil {
		return err
	}
	return unwritten("carrier.KeepRequest", durable.Write(g.requestPath(), request, 0o600))
}

// Request is what was kept, nil when there is none.
func (g Gate) Request() ([]byte, error) { return readPaper(g.requestPath()) }

// Answer is head office's answer, nil when none has come.
func (g Gate) Answer() ([]byte, error) { return readPaper(g.answerPath()) }

func readPaper(path string) ([]byte, error) {
	if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	return readBounded(path, maxPaper)
}

func (g Gate) keepAnswer(answer []byte) error {
	return unwritten("carrier.keepAnswer", durable.Write(g.answerPath(), answer, 0o600))
}

// DropAnswer takes an answer away that answers something else; the request is sent again.
func (g Gate) DropAnswer() error {
	return unwritten("carrier.DropAnswer", durable.Remove(g.answerPath()))
}

// Forget takes request and answer away: another token came.
func (g Gate) Forget() error {
	if _, err := os.Stat(filepath.Dir(g.requestPath())); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	err := durable.Remove(g.requestPath())
	if err == nil {
		err = durable.Remove(g.answerPath())
	}
	return unwritten("carrier.Forget", err)
}

// Send sends the request over the line now and keeps the answer.
func (g Gate) Send(ctx context.Context) error {
	office, err := OfficeOf(g.dir)
	if err != nil {
		return err
	}
	line, err := lineOf(office, g.dir)
	if err != nil {
		return err
	}
	defer line.Close()
	return enrol(ctx, g, line)
}

// lineOf is a line with the transport key of a data folder.
func lineOf(office Office, dir string) (*Line, error) {
	key, err := TransportKey(dir)
	if err != nil {
		return nil, err
	}
	return NewLine(office, key)
}

// enrol sends a request that has no answer yet. Sent twice it is answered twice alike.
func enrol(ctx context.Context, g Gate, line Post) error {
	request, err := g.Request()
	if err != nil || request == nil {
		return err
	}
	answer, err := g.Answer()
	if err != nil || answer != nil {
		return err
	}
	if answer, err = line.Enrol(ctx, request); err != nil {
		return err
	}
	return g.keepAnswer(answer)
}
