package sealed_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"loket/app"
	"loket/app/office"
	"loket/app/sealed"
)

var update = flag.Bool("update", false, "write the vectors anew")

const vectors = "../../docs/vectors/post"

// unhexed is bytes as the vectors write them.
type unhexed []byte

// UnmarshalText reads hexadecimal digits.
func (u *unhexed) UnmarshalText(text []byte) (err error) {
	*u, err = hex.DecodeString(string(text))
	return err
}

// MarshalText writes them.
func (u unhexed) MarshalText() ([]byte, error) { return []byte(hex.EncodeToString(u)), nil }

func vectorsOf(t *testing.T, name string, into any, made func(*testing.T) any) {
	t.Helper()
	path := filepath.Join(vectors, name)
	if *update {
		b, err := json.MarshalIndent(made(t), "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, append(b, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatal(err)
	}
}

func openingOf(t *testing.T, private []byte) sealed.OpeningKey {
	t.Helper()
	key, err := sealed.ParseOpeningKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func moment(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func rootsOf(t *testing.T, texts []string) (roots office.Roots) {
	t.Helper()
	for _, text := range texts {
		f, err := office.ParseFingerprint(text)
		if err != nil {
			t.Fatal(err)
		}
		roots = append(roots, f)
	}
	return roots
}

// batchVectors is docs/vectors/post/batches.json. Sealed bytes are opened, never compared.
type batchVectors struct {
	About   string        `json:"about"`
	Opening unhexed       `json:"opening"` // head office's X25519 private key
	Device  unhexed       `json:"device"`  // the kiosk's Ed25519 public key
	Cases   []batchVector `json:"cases"`
}

type batchVector struct {
	Name     string   `json:"name"`
	File     unhexed  `json:"file"`
	Want     app.Code `json:"want"`
	Number   uint64   `json:"number,omitempty"`
	First    uint64   `json:"first,omitempty"`
	Last     uint64   `json:"last,omitempty"`
	Identity unhexed  `json:"identity,omitempty"`
	After    unhexed  `json:"after,omitempty"` // head of the chain after the batch
	Entries  int      `json:"entries,omitempty"`
	Parts    int      `json:"parts,omitempty"`
}

func TestVectorsOfBatches(t *testing.T) {
	var file batchVectors
	vectorsOf(t, "batches.json", &file, makeBatchVectors)
	key := openingOf(t, file.Opening)
	for _, c := range file.Cases {
		b, err := sealed.OpenBatch(c.File, key, []byte(file.Device))
		if got := app.CodeOf(err); got != c.Want {
			t.Errorf("%s: %q, want %q", c.Name, got, c.Want)
		}
		if err != nil {
			continue
		}
		h, parts := b.Header, 0
		for _, it := range b.Items {
			if it.Part != nil {
				parts++
			}
		}
		if h.Number != c.Number || h.First != c.First || h.Last != c.Last || !bytes.Equal(b.Identity[:], c.Identity) ||
			!bytes.Equal(h.HeadAfter[:], c.After) || len(b.Items) != c.Entries || parts != c.Parts {
			t.Errorf("%s: %+v, %d entries, %d parts, identity %x", c.Name, h, len(b.Items), parts, b.Identity)
		}
	}
}

// frameVectors is docs/vectors/post/frames.json.
type frameVectors struct {
	About       string          `json:"about"`
	Roots       []string        `json:"roots"`
	Kiosk       app.Kiosk       `json:"kiosk"`
	Incarnation app.Incarnation `json:"incarnation"`
	Opening     unhexed         `json:"opening"` // the kiosk's X25519 private key
	Cases       []frameVector   `json:"cases"`
}

type frameVector struct {
	Name    string           `json:"name"`
	File    unhexed          `json:"file"`
	At      string           `json:"at"`
	Want    app.Code         `json:"want"`
	Epoch   uint64           `json:"epoch,omitempty"`
	Number  uint64           `json:"number,omitempty"`
	Kind    sealed.FrameKind `json:"kind,omitempty"`
	Hash    unhexed          `json:"hash,omitempty"`
	Content unhexed          `json:"content,omitempty"`
	Receipt *receiptVector   `json:"receipt,omitempty"`
}

// receiptVector is what a receipt frame's content says.
type receiptVector struct {
	Want        app.Code `json:"want"`
	Identity    unhexed  `json:"identity,omitempty"`
	At          string   `json:"at,omitempty"`
	LogIndex    uint64   `json:"log_index,omitempty"`
	First       uint64   `json:"first,omitempty"`
	Last        uint64   `json:"last,omitempty"`
	Quarantined []uint64 `json:"quarantined,omitempty"`
}

func TestVectorsOfFrames(t *testing.T) {
	var file frameVectors
	vectorsOf(t, "frames.json", &file, makeFrameVectors)
	key, roots := openingOf(t, file.Opening), rootsOf(t, file.Roots)
	for _, c := range file.Cases {
		f, hash, err := sealed.OpenFrame(c.File, app.Chain{Kiosk: file.Kiosk, Incarnation: file.Incarnation}, key, roots, moment(t, c.At))
		if got := app.CodeOf(err); got != c.Want {
			t.Errorf("%s: %q, want %q", c.Name, got, c.Want)
		}
		if err != nil {
			continue
		}
		if f.Place() != (sealed.Place{Epoch: c.Epoch, Number: c.Number}) || f.Kind != c.Kind || !bytes.Equal(hash[:], c.Hash) || c.Receipt == nil && !bytes.Equal(f.Content, c.Content) {
			t.Errorf("%s: %+v, hash %x", c.Name, f, hash)
		}
		if c.Receipt != nil {
			c.Receipt.check(t, c.Name, f)
		}
	}
}

func (v receiptVector) check(t *testing.T, name string, f sealed.Frame) {
	t.Helper()
	r, err := sealed.ParseReceipt(f.Content, f.By)
	if got := app.CodeOf(err); got != v.Want {
		t.Errorf("%s: receipt %q, want %q", name, got, v.Want)
	}
	if err != nil {
		return
	}
	if !bytes.Equal(r.Identity[:], v.Identity) || !r.ReceivedAt.Equal(moment(t, v.At)) || r.LogIndex != v.LogIndex ||
		r.Verdicts.First != v.First || r.Verdicts.Last != v.Last || len(r.Verdicts.Quarantined) != len(v.Quarantined) {
		t.Errorf("%s: %+v", name, r)
	}
	for i, q := range r.Verdicts.Quarantined {
		if q.Seq != v.Quarantined[i] {
			t.Errorf("%s: quarantined %+v", name, q)
		}
	}
}

// enrolVectors is docs/vectors/post/enrolment.json.
type enrolVectors struct {
	About    string          `json:"about"`
	Tokens   []tokenVector   `json:"tokens"`
	Requests []requestVector `json:"requests"`
	Answers  []answerVector  `json:"answers"`
}

type tokenVector struct {
	Name    string   `json:"name"`
	Text    string   `json:"text"`
	Want    app.Code `json:"want"`
	Chain   string   `json:"chain,omitempty"`
	Address string   `json:"address,omitempty"`
	Secret  unhexed  `json:"secret,omitempty"`
	Expires string   `json:"expires,omitempty"`
	Branch  string   `json:"branch,omitempty"`
}

type requestVector struct {
	Name   string   `json:"name"`
	Data   unhexed  `json:"data"`
	Secret unhexed  `json:"secret"`
	Want   app.Code `json:"want"`
	Holds  bool     `json:"holds"`
	Chain  string   `json:"chain,omitempty"`
	Device unhexed  `json:"device,omitempty"`
}

type answerVector struct {
	Name    string   `json:"name"`
	Data    unhexed  `json:"data"`
	Request unhexed  `json:"request"`
	Roots   []string `json:"roots"`
	Want    app.Code `json:"want"`
	Issuer  string   `json:"issuer,omitempty"`
}

func TestVectorsOfEnrolment(t *testing.T) {
	var file enrolVectors
	vectorsOf(t, "enrolment.json", &file, makeEnrolVectors)
	for _, c := range file.Tokens {
		token, err := sealed.ParseToken(c.Text)
		if got := app.CodeOf(err); got != c.Want {
			t.Errorf("token %s: %q, want %q", c.Name, got, c.Want)
		}
		if err == nil && (token.Chain.String() != c.Chain || token.Address != c.Address || !bytes.Equal(token.Secret[:], c.Secret) ||
			!token.Expires.Equal(moment(t, c.Expires)) || token.BranchCode != c.Branch) {
			t.Errorf("token %s: %+v", c.Name, token)
		}
	}
	for _, c := range file.Requests {
		r, holds, err := sealed.OpenRequest(c.Data)
		if got := app.CodeOf(err); got != c.Want {
			t.Errorf("request %s: %q, want %q", c.Name, got, c.Want)
		}
		if err == nil && (holds([16]byte(c.Secret)) != c.Holds || r.Chain.String() != c.Chain || !bytes.Equal(r.Keys.Device, c.Device)) {
			t.Errorf("request %s: %+v", c.Name, r)
		}
	}
	for _, c := range file.Answers {
		e, err := sealed.OpenEnrolled(c.Data, c.Request, chain, rootsOf(t, c.Roots))
		if got := app.CodeOf(err); got != c.Want || e.Settings.Issuer != c.Issuer {
			t.Errorf("answer %s: %q %q, want %q", c.Name, got, e.Settings.Issuer, c.Want)
		}
	}
}
