package headoffice

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"loket/app"
	"loket/app/office/books"
	"loket/app/sealed"
)

// kiosks is the API that kiosks speak to, on the listener with mutual TLS.
type kiosks struct {
	office *Office
	limits *limits
	count  *metrics
	kick   func() // there may be something to publish
}

// Sizes of what is read before anything is proven.
const (
	maxEnrolBody = 64 << 10
	maxBatchBody = maxBatches * sealed.MaxBatch
	maxFeed      = 4 << 20 // bytes of frames in one answer
)

// seenEvery is how exactly it is known when a kiosk was last heard of: each note is a write.
const seenEvery = 10 * time.Minute

// MediaType of bodies: one CBOR value, or a sequence of them.
const (
	typeCBOR     = "application/cbor"
	typeSequence = "application/cbor-seq"
	typeObject   = "application/cose"        // a published object, whole
	typePatch    = "application/loket-patch" // what changed since the one that is held
)

// Handler serves the API.
func (k *kiosks) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/enrol", k.enrol)
	mux.HandleFunc("PUT /v1/kiosks/{kiosk}/{incarnation}/batches/{number}", k.known(k.batches))
	mux.HandleFunc("PUT /v1/kiosks/{kiosk}/{incarnation}/attachments/{hash}", k.known(k.attachment))
	mux.HandleFunc("GET /v1/kiosks/{kiosk}/{incarnation}/feed", k.known(k.feed))
	mux.HandleFunc("GET /v1/kiosks/{kiosk}/{incarnation}/objects/{hash}", k.known(k.object))
	return k.limits.perAddress(mux)
}

// tlsConfig asks for a client certificate and takes any: the handshake proves that the client holds
// its key, and the key must be one that was enrolled. Only enrolment goes without.
func (k *Keys) tlsConfig() *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{k.tls}, ClientAuth: tls.RequestClientCert,
		NextProtos: []string{"h2", "http/1.1"},
	}
}

type kioskHandler func(w http.ResponseWriter, r *http.Request, chain books.Chain) error

// known lets enrolled kiosks pass, each to its own path.
func (k *kiosks) known(next kioskHandler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		chain, err := k.sender(r)
		if err == nil && !k.limits.kiosk(chain.Kiosk) {
			err = app.Fail(app.OfficeTooMany)
		}
		if err == nil {
			err = next(w, r, chain)
		}
		if err != nil {
			k.refuse(w, r, err)
		}
	}
}

// sender is whose transport key answers at the other end, and the life of which the path speaks: its own,
// or an earlier one of the same kiosk, so that what that one left behind can still be sent. It never
// speaks for a later one, and who was revoked or is suspended speaks for nobody.
func (k *kiosks) sender(r *http.Request) (books.Chain, error) {
	if r.TLS == nil || len(r.TLS.PeerCertificates) == 0 {
		return books.Chain{}, app.Fail(app.OfficeUnknownKiosk)
	}
	own, err := k.office.store.ChainByTransport(r.Context(), sha256.Sum256(r.TLS.PeerCertificates[0].RawSubjectPublicKeyInfo))
	if err != nil {
		return books.Chain{}, err
	}
	asked, ok := chainOf(r.PathValue("kiosk"), r.PathValue("incarnation"))
	if !ok || asked.Kiosk != own.Kiosk || asked.Incarnation > own.Incarnation || asked != own.Chain && r.Method == http.MethodGet {
		return books.Chain{}, app.Fail(app.OfficeOtherPath)
	}
	if why := own.Stopped(); why != "" && r.Method != http.MethodGet {
		return books.Chain{}, app.Fail(why)
	}
	if asked == own.Chain {
		return own, nil
	}
	return k.office.store.Chain(r.Context(), asked)
}

func chainOf(kiosk, incarnation string) (app.Chain, bool) {
	n, err := strconv.ParseUint(kiosk, 10, 17)
	if err != nil || n == 0 || n > 99999 {
		return app.Chain{}, false
	}
	i, err := strconv.ParseUint(incarnation, 10, 8)
	if err != nil || i == 0 || i > 99 {
		return app.Chain{}, false
	}
	return app.Chain{Kiosk: app.Kiosk(n), Incarnation: app.Incarnation(i)}, true
}

func (k *kiosks) enrol(w http.ResponseWriter, r *http.Request) {
	body, err := read(w, r, maxEnrolBody)
	var answer []byte
	if err == nil {
		answer, err = k.office.Enrol(r.Context(), body)
	}
	if err != nil {
		k.refuse(w, r, err)
		return
	}
	k.count.enrolled.Inc()
	k.kick()
	k.send(w, typeCBOR, answer)
}

func (k *kiosks) batches(w http.ResponseWriter, r *http.Request, chain books.Chain) error {
	first, err := strconv.ParseUint(r.PathValue("number"), 10, 63)
	if err != nil || first == 0 {
		return app.Fail(app.OfficeOtherPath)
	}
	body, err := read(w, r, maxBatchBody)
	if err != nil {
		return err
	}
	receipts, err := k.office.DeliverAll(r.Context(), body, first, chain)
	if err != nil {
		return err
	}
	k.count.batches.Inc()
	k.kick()
	k.send(w, typeSequence, receipts)
	return nil
}

func (k *kiosks) attachment(w http.ResponseWriter, r *http.Request, chain books.Chain) error {
	hash, ok := hashOf(r.PathValue("hash"))
	if !ok {
		return app.Fail(app.OfficeOtherPath)
	}
	body, err := read(w, r, sealed.MaxAttachment)
	if err != nil {
		return err
	}
	receipt, err := k.office.DeliverAttachment(r.Context(), body, hash, chain)
	if err != nil {
		return err
	}
	k.count.attachments.Inc()
	k.send(w, typeCBOR, receipt)
	return nil
}

// feed answers the frames behind a number as a sequence; Loket-More says that others follow. A life
// fetches its own feed alone, and one that is stopped fetches one thing: its recall.
func (k *kiosks) feed(w http.ResponseWriter, r *http.Request, chain books.Chain) error {
	after, err := placeOf(r.URL.Query())
	if err != nil {
		return err
	}
	if now := k.office.clock.Now(); chain.Stopped() == "" && now.Sub(chain.SeenAt) > seenEvery {
		if err := k.office.store.Seen(r.Context(), chain.Chain, now); err != nil {
			return err
		}
	}
	frames, more, err := k.office.News(r.Context(), chain, after, maxFeed)
	if err != nil {
		return err
	}
	if more {
		w.Header().Set("Loket-More", "1")
	}
	if asked := r.URL.Query().Get("nonce"); asked != "" {
		answer, err := k.office.Time(chain.Chain, asked)
		if err != nil {
			return err
		}
		w.Header().Set("Loket-Time", base64.RawURLEncoding.EncodeToString(answer))
	}
	var body []byte
	for _, f := range frames {
		body = append(body, f...)
	}
	k.send(w, typeSequence, body)
	return nil
}

// object answers a published object, or what changed since the one that the kiosk holds. A life that is
// stopped gets none.
func (k *kiosks) object(w http.ResponseWriter, r *http.Request, chain books.Chain) error {
	if code := chain.Stopped(); code != "" {
		return app.Fail(code)
	}
	hash, ok := hashOf(r.PathValue("hash"))
	held, _ := hashOf(r.URL.Query().Get("held"))
	if !ok {
		return app.Fail(app.OfficeOtherPath)
	}
	raw, patch, err := k.office.Object(r.Context(), hash, held)
	if err != nil {
		return err
	}
	k.count.objects.Inc()
	packed, err := squeezed(w, r, raw)
	if err != nil {
		return err
	}
	k.send(w, mediaOf(patch), packed)
	return nil
}

func mediaOf(patch bool) string {
	if patch {
		return typePatch
	}
	return typeObject
}

// squeezed is a body for who takes gzip: lists are written without compression of their own.
func squeezed(w http.ResponseWriter, r *http.Request, body []byte) ([]byte, error) {
	w.Header().Set("Vary", "Accept-Encoding")
	if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		return body, nil
	}
	var packed bytes.Buffer
	g := gzip.NewWriter(&packed)
	_, err := g.Write(body)
	if err = errors.Join(err, g.Close()); err != nil {
		return nil, app.Wrap("headoffice.squeezed", app.Internal, err)
	}
	w.Header().Set("Content-Encoding", "gzip")
	return packed.Bytes(), nil
}

func hashOf(text string) (hash [32]byte, ok bool) {
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != len(hash) {
		return hash, false
	}
	return [32]byte(b), true
}

// maxEpoch is far above any that a feed can come to.
const maxEpoch = 1 << 40

// placeOf reads ?epoch=2&after=12; what is not there is the first epoch, and before all.
func placeOf(q url.Values) (sealed.Place, error) {
	epoch, errE := strconv.ParseUint("0"+q.Get("epoch"), 10, 63)
	after, errA := strconv.ParseUint("0"+q.Get("after"), 10, 62)
	if errE != nil || errA != nil || epoch > maxEpoch {
		return sealed.Place{}, app.Fail(app.OfficeOtherPath)
	}
	return sealed.Place{Epoch: max(epoch, 1), Number: after}, nil
}

// read takes a whole body of bounded size.
func read(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	var big *http.MaxBytesError
	switch {
	case asError(err, &big):
		return nil, app.Fail(app.OfficeTooMuch)
	case err != nil:
		return nil, &app.Error{Code: app.PostMalformed, Op: "headoffice.read", Err: err}
	}
	return body, nil
}

func (k *kiosks) send(w http.ResponseWriter, media string, body []byte) {
	w.Header().Set("Content-Type", media)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if _, err := w.Write(body); err != nil { // the line broke: the kiosk asks again
		k.office.log.Debug("answer lost", "error", err)
	}
}
