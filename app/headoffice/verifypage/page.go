// Package verifypage serves the public page on which anybody checks a card in the own browser. It
// learns nothing about the cards: what the QR code says stays behind the # of its address, and the
// page asks only for lists.
package verifypage

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"

	"loket/app"
	"loket/app/office"
	"loket/assets"
)

// Settings are what a head office puts into its page.
type Settings struct {
	Roots office.Roots // pinned in the page
	Hosts []string     // further official addresses of cards, besides the page's own
	Chat  string       // address for people who cannot call; "" hides the button
}

// page is the served document and the policy that allows its two inline parts and nothing else.
type page struct {
	style, script []byte
	html          []byte // with %s where the bootstrap goes
	policy        string
	worker        []byte
}

// maxEmbedded is how large a trust list may be, with its objects, to travel inside the page, so that a
// first visit to a small office's page needs fewer answers. The page of a large one does not change with
// its lists, and is fetched once.
const maxEmbedded = 8 << 10

// The places in index.html where the parts go. As three files the page would work too, but browsers
// allow a hash for a style only when it stands inside the page.
var (
	styleMark     = []byte(`<link rel="stylesheet" href="verify.css">`)
	scriptMark    = []byte(`<script src="verify.js"></script>`)
	bootstrapMark = []byte(`id="bootstrap">{}</script>`)
)

func loadPage() (*page, error) {
	p := &page{}
	for name, into := range map[string]*[]byte{
		"index.html": &p.html, "verify.css": &p.style, "verify.js": &p.script, "sw.js": &p.worker,
	} {
		b, err := fs.ReadFile(assets.VerifyPage, "web/verify/"+name)
		if err != nil {
			return nil, app.Wrap("verifypage", app.Internal, err)
		}
		*into = b
	}
	for _, mark := range [][]byte{styleMark, scriptMark, bootstrapMark} {
		if bytes.Count(p.html, mark) != 1 {
			return nil, &app.Error{Code: app.Internal, Op: "verifypage: index.html lacks " + string(mark)}
		}
	}
	p.html = bytes.Replace(p.html, styleMark, between("<style>", p.style, "</style>"), 1)
	p.html = bytes.Replace(p.html, scriptMark, between("<script>", p.script, "</script>"), 1)
	p.policy = fmt.Sprintf("default-src 'none'; connect-src 'self'; worker-src 'self'; script-src '%s'; style-src '%s'; "+
		"base-uri 'none'; form-action 'none'; frame-ancestors 'none'", hashSource(p.script), hashSource(p.style))
	return p, nil
}

func between(before string, content []byte, after string) []byte {
	return append(append([]byte(before), content...), after...)
}

func hashSource(content []byte) string {
	sum := sha256.Sum256(content)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// bootstrap is what the page knows before it has asked for anything.
type bootstrap struct {
	Roots []string `json:"roots"`
	Hosts []string `json:"hosts,omitempty"`
	Chat  string   `json:"chat,omitempty"`
	Trust []byte   `json:"trust,omitempty"` // base64
}

// render puts settings and trust list into the document. JSON escapes <, so nothing ends the element
// early.
func (p *page) render(s Settings, trust []byte) ([]byte, error) {
	b := bootstrap{Roots: []string{}, Hosts: s.Hosts, Chat: s.Chat}
	for _, r := range s.Roots {
		b.Roots = append(b.Roots, r.String())
	}
	if len(trust) <= maxEmbedded {
		b.Trust = trust
	}
	data, err := json.Marshal(b)
	if err != nil {
		return nil, app.Wrap("verifypage", app.Internal, err)
	}
	return bytes.Replace(p.html, bootstrapMark, between(`id="bootstrap">`, data, "</script>"), 1), nil
}

// Hash is SHA-256 over the page's files as shipped, for the trust list: whoever serves another page
// can be found out.
func Hash() ([32]byte, error) {
	h := sha256.New()
	for _, name := range []string{"index.html", "verify.css", "verify.js", "sw.js"} {
		b, err := fs.ReadFile(assets.VerifyPage, "web/verify/"+name)
		if err != nil {
			return [32]byte{}, app.Wrap("verifypage", app.Internal, err)
		}
		sum := sha256.Sum256(b)
		h.Write(sum[:])
	}
	return [32]byte(h.Sum(nil)), nil
}
