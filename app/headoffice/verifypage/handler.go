package verifypage

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"

	"loket/app"
	"loket/app/card"
)

// Lists gives the signed lists that are in force, without the objects that they name; nil when there is
// none. Object is one of those, or a list, by its hash; to who holds an earlier version of a list it may be
// what changed instead.
type Lists interface {
	Trust(ctx context.Context) ([]byte, error)
	Status(ctx context.Context, shard uint32) ([]byte, error)
	Object(ctx context.Context, hash, held [32]byte) (raw []byte, patch bool, err error)
}

// server answers for the page, its worker and the lists.
type server struct {
	page     *page
	lists    Lists
	settings Settings
}

// Handler serves the page at /K, as the QR codes have it, and what it asks for under /k/. Everything
// else is left unanswered with 404.
func Handler(lists Lists, settings Settings) (http.Handler, error) {
	p, err := loadPage()
	if err != nil {
		return nil, err
	}
	s := &server{p, lists, settings}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /K", s.document)
	mux.Handle("GET /k", http.RedirectHandler("/K", http.StatusFound)) // browsers keep what follows #
	mux.HandleFunc("GET /k/sw.js", s.worker)
	mux.HandleFunc("GET /k/trust.cose", s.trust)
	mux.HandleFunc("GET /k/status/{name}", s.status)
	return mux, nil
}

func (s *server) document(w http.ResponseWriter, r *http.Request) {
	trust, err := s.lists.Trust(r.Context())
	if err != nil {
		trust = nil // the page works without, and asks again
	}
	html, err := s.page.render(s.settings, s.withObjects(r.Context(), trust))
	if err != nil {
		http.Error(w, "", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", s.page.policy)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	answer(w, r, "text/html; charset=utf-8", html)
}

// withObjects puts behind a list what it needs; nil where that is more than a page bears, which then asks
// for it.
func (s *server) withObjects(ctx context.Context, head []byte) []byte {
	if len(head) == 0 {
		return nil
	}
	file := bytes.Clone(head)
	err := card.EachPart(head, func(hash [32]byte) ([]byte, error) {
		raw, _, err := s.lists.Object(ctx, hash, [32]byte{})
		if file = append(file, raw...); err == nil && len(file) > maxEmbedded {
			err = app.Fail(app.OfficeTooMuch)
		}
		return raw, err
	})
	if err != nil {
		return nil
	}
	return file
}

func (s *server) worker(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Service-Worker-Allowed", "/K")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; connect-src 'self'")
	answer(w, r, "text/javascript; charset=utf-8", s.page.worker)
}

func (s *server) trust(w http.ResponseWriter, r *http.Request) {
	list, err := s.lists.Trust(r.Context())
	s.list(w, r, list, err)
}

func (s *server) status(w http.ResponseWriter, r *http.Request) {
	number, ok := strings.CutSuffix(r.PathValue("name"), ".cwt")
	shard, err := strconv.ParseUint(number, 10, 32)
	if !ok || err != nil {
		http.NotFound(w, r)
		return
	}
	list, err := s.lists.Status(r.Context(), uint32(shard))
	if held, failed := hex.DecodeString(r.URL.Query().Get("held")); err == nil && failed == nil && len(held) == sha256.Size && len(list) > 0 {
		// Who holds an earlier version is given what changed. It bears no proof of its own: applied, it
		// gives the signed list.
		if changes, patch, failed := s.lists.Object(r.Context(), sha256.Sum256(list), [32]byte(held)); failed == nil && patch {
			list = changes
		}
	}
	s.list(w, r, list, err)
}

func (s *server) list(w http.ResponseWriter, r *http.Request, list []byte, err error) {
	switch {
	case app.CodeOf(err) == app.NotFound, err == nil && len(list) == 0:
		http.NotFound(w, r)
	case err != nil:
		http.Error(w, "", http.StatusServiceUnavailable)
	default:
		answer(w, r, "application/cose", list)
	}
}

// answer sends bytes that a browser may keep but asks about each time, small for who takes gzip.
func answer(w http.ResponseWriter, r *http.Request, kind string, content []byte) {
	h := w.Header()
	h.Set("Vary", "Accept-Encoding")
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		if small, ok := squeezed(content); ok {
			h.Set("Content-Encoding", "gzip")
			content = small
		}
	}
	sum := sha256.Sum256(content)
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", `"`+hex.EncodeToString(sum[:12])+`"`)
	h.Set("X-Content-Type-Options", "nosniff")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

func squeezed(content []byte) ([]byte, bool) {
	var packed bytes.Buffer
	g := gzip.NewWriter(&packed)
	if _, err := g.Write(content); err != nil {
		return nil, false
	}
	if err := g.Close(); err != nil {
		return nil, false
	}
	return packed.Bytes(), packed.Len() < len(content)
}
