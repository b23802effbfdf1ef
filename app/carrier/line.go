package carrier

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/sealed"
)

// Media types of what goes over the line. Anything else that answers is not head office: a captive
// portal, a proxy's page.
const (
	MediaSequence = "application/cbor-seq"
	MediaObject   = "application/cbor"
	MediaList     = "application/cose"        // a published object
	MediaPatch    = "application/loket-patch" // what changed since the one that is held

	// TimeHeader of a feed's answer is head office's signed time, base64 (RFC 4648, section 5) without
	// padding.
	TimeHeader = "Loket-Time"

	mediaRefusal = "application/json" // {"code": why}, with a status of 4xx
)

// maxAnswer bounds one answer; a long feed comes in several.
const maxAnswer = 32 << 20

// Line talks to head office's kiosk listener.
type Line struct {
	address string
	client  *http.Client
}

// NewLine prepares the line. The time-outs suit 64 kbit/s with two seconds a round trip.
func NewLine(o Office, key *ecdsa.PrivateKey) (*Line, error) {
	config, err := clientTLS(o.TLSPin, key)
	if err != nil {
		return nil, err
	}
	transport := &http.Transport{
		TLSClientConfig: config, TLSHandshakeTimeout: 30 * time.Second, ResponseHeaderTimeout: 2 * time.Minute,
		DialContext: (&net.Dialer{Timeout: 20 * time.Second}).DialContext, MaxIdleConns: 1, IdleConnTimeout: 90 * time.Second,
	}
	client := &http.Client{
		Transport: transport, Timeout: 10 * time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return &Line{strings.TrimRight(o.Address, "/"), client}, nil
}

// Close lets go of open connections.
func (l *Line) Close() { l.client.CloseIdleConnections() }

// Enrol sends an enrolment request and returns the answer's bytes.
func (l *Line) Enrol(ctx context.Context, request []byte) ([]byte, error) {
	return l.do(ctx, http.MethodPost, "/v1/enrol", request, MediaObject, MediaObject)
}

// PutBatches sends consecutive batches, the first of which the path names, and returns the frames
// of their receipts.
func (l *Line) PutBatches(ctx context.Context, chain app.Chain, first uint64, files [][]byte) ([][]byte, error) {
	path := fmt.Sprintf("%s/batches/%d", chainPath(chain), first)
	answer, err := l.do(ctx, http.MethodPut, path, bytes.Join(files, nil), MediaSequence, MediaSequence)
	if err != nil {
		return nil, err
	}
	return splitSequence(answer)
}

// PutAttachment sends one attachment and returns the frame of its receipt.
func (l *Line) PutAttachment(ctx context.Context, chain app.Chain, hash [32]byte, file []byte) ([][]byte, error) {
	path := fmt.Sprintf("%s/attachments/%x", chainPath(chain), hash)
	answer, err := l.do(ctx, http.MethodPut, path, file, MediaObject, MediaObject)
	if err != nil {
		return nil, err
	}
	return splitSequence(answer)
}

// Feed fetches the frames after a place, as many as head office gives at once. Where the feed began
// anew they are those of the new epoch, from its first.
func (l *Line) Feed(ctx context.Context, chain app.Chain, ask Ask) (News, error) {
	path := fmt.Sprintf("%s/feed?after=%d", chainPath(chain), ask.After.Number)
	if ask.After.Epoch > 1 {
		path += fmt.Sprintf("&epoch=%d", ask.After.Epoch)
	}
	if len(ask.Nonce) > 0 {
		path += fmt.Sprintf("&nonce=%x", ask.Nonce)
	}
	resp, answer, err := l.send(ctx, http.MethodGet, path, nil, "", MediaSequence)
	if err == nil {
		err = judge(resp, answer, MediaSequence)
	}
	if err != nil {
		return News{}, err
	}
	frames, err := splitSequence(answer)
	if err != nil {
		return News{}, err
	}
	time, err := base64.RawURLEncoding.DecodeString(resp.Header.Get(TimeHeader))
	if err != nil || len(time) > sealed.MaxTime {
		time = nil // news without a time is news all the same
	}
	return News{frames, time}, nil
}

// Object fetches a published object by its hash; or what changed since the one that is held, zeros: none.
func (l *Line) Object(ctx context.Context, chain app.Chain, hash, held [32]byte) (raw []byte, patch bool, err error) {
	path := fmt.Sprintf("%s/objects/%x", chainPath(chain), hash)
	if held != ([32]byte{}) {
		path += fmt.Sprintf("?held=%x", held)
	}
	resp, answer, err := l.send(ctx, http.MethodGet, path, nil, "", MediaList+", "+MediaPatch)
	if err != nil {
		return nil, false, err
	}
	if patch = resp.Header.Get("Content-Type") == MediaPatch; patch {
		return answer, true, judge(resp, answer, MediaPatch)
	}
	return answer, false, judge(resp, answer, MediaList)
}

func chainPath(c app.Chain) string { return fmt.Sprintf("/v1/kiosks/%s/%d", c.Kiosk, c.Incarnation) }

func (l *Line) do(ctx context.Context, method, path string, body []byte, sends, wants string) ([]byte, error) {
	resp, answer, err := l.send(ctx, method, path, body, sends, wants)
	if err != nil {
		return nil, err
	}
	return answer, judge(resp, answer, wants)
}

func (l *Line) send(ctx context.Context, method, path string, body []byte, sends, accepts string) (*http.Response, []byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, l.address+path, bytes.NewReader(body))
	if err != nil {
		return nil, nil, app.Wrap("carrier.line", app.LineAddress, err)
	}
	if sends != "" {
		req.Header.Set("Content-Type", sends)
	}
	req.Header.Set("Accept", accepts)
	resp, err := l.client.Do(req)
	if err != nil {
		return nil, nil, lineError(err)
	}
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	err = errors.Join(err, resp.Body.Close())
	switch {
	case err != nil:
		return nil, nil, lineError(err)
	case len(answer) > maxAnswer:
		return nil, nil, app.Fail(app.PostTooBig)
	}
	return resp, answer, nil
}

// judge reads the status and the media type: what is not in our own form is somebody else's word.
func judge(resp *http.Response, answer []byte, wants string) error {
	media := resp.Header.Get("Content-Type")
	switch {
	case resp.StatusCode == http.StatusOK && media == wants:
		return nil
	case resp.StatusCode >= 500, resp.StatusCode == http.StatusTooManyRequests:
		return app.Fail(app.LineOfficeFails, "status", resp.StatusCode)
	case resp.StatusCode >= 400 && media == mediaRefusal:
		var refusal struct {
			Code app.Code `json:"code"`
		}
		if err := json.Unmarshal(answer, &refusal); err == nil && refusal.Code != "" {
			return app.Fail(app.LineRefused, "reason", string(refusal.Code))
		}
	}
	return app.Fail(app.LineNotOffice, "status", resp.StatusCode)
}

// lineError says in our words why head office could not be reached.
func lineError(err error) error {
	var known *app.Error
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case errors.As(err, &known):
		return known
	case errors.Is(err, context.Canceled):
		return &app.Error{Code: app.Cancelled, Op: "carrier.line", Err: err}
	case errors.As(err, &dns):
		return &app.Error{Code: app.LineDown, Op: "carrier.line", Err: err}
	case errors.As(err, &timeout) && timeout.Timeout():
		return &app.Error{Code: app.LineSlow, Op: "carrier.line", Err: err}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return &app.Error{Code: app.LineCut, Op: "carrier.line", Err: err}
	}
	return &app.Error{Code: app.LineDown, Op: "carrier.line", Err: err}
}

// splitSequence takes a CBOR sequence apart; half a frame at the end means that the line was cut.
func splitSequence(b []byte) ([][]byte, error) {
	var out [][]byte
	for len(b) > 0 {
		first, rest, err := cose.First(b)
		if err != nil {
			return nil, &app.Error{Code: app.LineCut, Op: "carrier.sequence", Err: err}
		}
		if len(first) > sealed.MaxFrame {
			return nil, app.Fail(app.PostTooBig)
		}
		out, b = append(out, first), rest
	}
	return out, nil
}
