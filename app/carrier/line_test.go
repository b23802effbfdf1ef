package carrier

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"loket/app"
	"loket/app/cose"
)

var chain = app.Chain{Kiosk: 417, Incarnation: 1}

// headOffice is a TLS listener that asks for a client certificate, and the line to it.
func headOffice(t *testing.T, answer http.HandlerFunc) *Line {
	t.Helper()
	server := httptest.NewUnstartedServer(answer)
	server.TLS = &tls.Config{ClientAuth: tls.RequireAnyClientCert, MinVersion: tls.VersionTLS13}
	server.StartTLS()
	t.Cleanup(server.Close)
	return lineTo(t, server.URL, pinOf(server))
}

func pinOf(server *httptest.Server) [32]byte {
	return sha256.Sum256(server.Certificate().RawSubjectPublicKeyInfo)
}

func lineTo(t *testing.T, address string, pin [32]byte) *Line {
	t.Helper()
	key, err := TransportKey(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	line, err := NewLine(Office{Address: address, TLSPin: pin[:], Kiosk: 417, Life: 1}, key)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(line.Close)
	return line
}

func object(t *testing.T, v any) []byte {
	t.Helper()
	b, err := cose.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTheLineSpeaksAsDocumented(t *testing.T) {
	var asked, sent, media string
	one, two := object(t, "one"), object(t, "two")
	line := headOffice(t, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		if len(r.TLS.PeerCertificates) == 0 {
			t.Error("the kiosk shows its key")
		}
		asked, sent, media = r.Method+" "+r.URL.RequestURI(), string(body), r.Header.Get("Content-Type")
		w.Header().Set("Content-Type", r.Header.Get("Accept"))
		if _, err := w.Write(append(append([]byte{}, one...), two...)); err != nil {
			t.Error(err)
		}
	})
	ctx, hash := t.Context(), [32]byte{0xab}
	for _, c := range []struct {
		name  string
		do    func() ([][]byte, error)
		asked string
		sent  string
		media string
	}{
		{
			"batches", func() ([][]byte, error) { return line.PutBatches(ctx, chain, 7, [][]byte{one, two}) },
			"PUT /v1/kiosks/00417/1/batches/7", string(one) + string(two), MediaSequence,
		},
		{
			"an attachment", func() ([][]byte, error) { return line.PutAttachment(ctx, chain, hash, one) },
			fmt.Sprintf("PUT /v1/kiosks/00417/1/attachments/%x", hash), string(one), MediaObject,
		},
		{
			"the feed", func() ([][]byte, error) { return framesOf(line.Feed(ctx, chain, Ask{After: at(12)})) },
			"GET /v1/kiosks/00417/1/feed?after=12", "", "",
		},
	} {
		frames, err := c.do()
		if err != nil || len(frames) != 2 || string(frames[1]) != string(two) {
			t.Errorf("%s: %x %v", c.name, frames, err)
		}
		if asked != c.asked || sent != c.sent || media != c.media {
			t.Errorf("%s: asked %q, sent %q as %q", c.name, asked, sent, media)
		}
	}
	if _, err := line.Enrol(ctx, one); err != nil || asked != "POST /v1/enrol" || media != MediaObject {
		t.Errorf("enrolment: %q as %q, %v", asked, media, err)
	}
}

func TestWhatElseAnswers(t *testing.T) {
	answer := func(status int, media, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", media)
			w.WriteHeader(status)
			if _, err := io.WriteString(w, body); err != nil {
				panic(http.ErrAbortHandler)
			}
		}
	}
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   app.Code
		reason any
	}{
		"500":                       {answer(500, "text/plain", "oops"), app.LineOfficeFails, nil},
		"503 in our own form":       {answer(503, "application/json", `{"code":"headoffice.store_busy"}`), app.LineOfficeFails, nil},
		"429":                       {answer(429, "text/plain", "slow"), app.LineOfficeFails, nil},
		"a page with 200":           {answer(200, "text/html", "<html>Masuk WiFi</html>"), app.LineNotOffice, nil},
		"a page with our type":      {answer(200, MediaSequence, "<html>Masuk WiFi</html>"), app.LineCut, nil},
		"a redirect to a page":      {answer(302, "text/html", ""), app.LineNotOffice, nil},
		"a page with 403":           {answer(403, "text/html", "<html>"), app.LineNotOffice, nil},
		"JSON of somebody else":     {answer(403, "application/json", `{"error":"login"}`), app.LineNotOffice, nil},
		"JSON cut short":            {answer(403, "application/json", `{"code":`), app.LineNotOffice, nil},
		"a refusal":                 {answer(403, "application/json", `{"code":"headoffice.revoked"}`), app.LineRefused, "headoffice.revoked"},
		"half an object":            {answer(200, MediaSequence, "\x82\x01"), app.LineCut, nil},
		"nothing":                   {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, app.LineCut, nil},
		"an answer cut in the line": {cut, app.LineCut, nil},
		"an endless answer":         {endless, app.PostTooBig, nil},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := headOffice(t, c.answer).Feed(t.Context(), chain, Ask{})
			if app.CodeOf(err) != c.want {
				t.Fatalf("%v, want %s", err, c.want)
			}
			var known *app.Error
			if c.reason != nil && (!errorsAs(err, &known) || known.Args["reason"] != c.reason) {
				t.Errorf("%v", err)
			}
		})
	}
}

// cut promises more than it says.
func cut(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", MediaSequence)
	w.Header().Set("Content-Length", "100")
	if _, err := io.WriteString(w, "\x63one"); err != nil {
		panic(http.ErrAbortHandler)
	}
	panic(http.ErrAbortHandler)
}

func endless(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", MediaSequence)
	block := make([]byte, 1<<20)
	for range 40 {
		if _, err := w.Write(block); err != nil {
			return
		}
	}
}

func TestAnotherKeyIsNotHeadOffice(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("something was sent") }))
	t.Cleanup(server.Close)
	_, err := lineTo(t, server.URL, [32]byte{1}).Feed(t.Context(), chain, Ask{})
	if app.CodeOf(err) != app.LinePinDiffers {
		t.Error(err)
	}
}

func TestNobodyThere(t *testing.T) {
	server := httptest.NewTLSServer(http.NotFoundHandler())
	server.Close()
	_, err := lineTo(t, server.URL, [32]byte{1}).Feed(t.Context(), chain, Ask{})
	if app.CodeOf(err) != app.LineDown {
		t.Error("a closed port:", err)
	}
	_, err = lineTo(t, "https://pusat.invalid:8443", [32]byte{1}).Feed(t.Context(), chain, Ask{})
	if app.CodeOf(err) != app.LineDown {
		t.Error("an unknown name:", err)
	}
	_, err = lineTo(t, "://", [32]byte{1}).Feed(t.Context(), chain, Ask{})
	if app.CodeOf(err) != app.LineAddress {
		t.Error("no address at all:", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, err = lineTo(t, server.URL, [32]byte{1}).Feed(ctx, chain, Ask{})
	if app.CodeOf(err) != app.Cancelled {
		t.Error("stopped:", err)
	}
}

func framesOf(n News, err error) ([][]byte, error) { return n.Frames, err }
