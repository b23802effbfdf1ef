package card_test

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
	"loket/app/card"
	"loket/app/office"
)

var update = flag.Bool("update", false, "write the vectors anew")

const vectors = "../../docs/vectors/card"

// A vector of a text that somebody scans.
type cardVector struct {
	Name    string   `json:"name"`
	Text    string   `json:"text"`
	Hosts   []string `json:"hosts,omitempty"`
	At      string   `json:"at"`
	Genuine bool     `json:"genuine"`
	Reason  app.Code `json:"reason"`
	Status  string   `json:"status"`
	Colour  string   `json:"colour"`
	COSE    string   `json:"cose,omitempty"`
	Code    string   `json:"card_code,omitempty"`
	Member  string   `json:"member_number,omitempty"`
	Holder  string   `json:"holder,omitempty"`
}

type cardVectors struct {
	About  string       `json:"about"`
	Roots  []string     `json:"roots"`
	Trust  string       `json:"trust"`
	Status string       `json:"status"`
	Cases  []cardVector `json:"cases"`
}

func TestCardVectors(t *testing.T) {
	path := filepath.Join(vectors, "cards.json")
	if *update {
		write(t, path, makeCardVectors(t))
	}
	checkCards(t, path)
}

// Lists of format 1 are still read: a kiosk keeps its list until the next one comes.
func TestVectorsOfFormat1(t *testing.T) {
	checkCards(t, filepath.Join(vectors, "cards-1.json"))
	checkLists(t, filepath.Join(vectors, "lists-1.json"))
}

func checkCards(t *testing.T, path string) {
	t.Helper()
	var file cardVectors
	read(t, path, &file)
	trust, err := card.ParseTrust(unhex(t, file.Trust), roots)
	if err != nil {
		t.Fatal(err)
	}
	status, err := card.ParseStatus(unhex(t, file.Status), roots)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range file.Cases {
		at, err := time.Parse(time.RFC3339, c.At)
		if err != nil {
			t.Fatal(err)
		}
		v := card.VerifyText(c.Text, c.Hosts, trust, status, at)
		if v.Genuine != c.Genuine || v.Reason != c.Reason || v.Status.String() != c.Status || string(v.Colour) != c.Colour {
			t.Errorf("%s: got %t %s %s %s, want %t %s %s %s", c.Name, v.Genuine, v.Reason, v.Status, v.Colour,
				c.Genuine, c.Reason, c.Status, c.Colour)
		}
		if v.Genuine && (card.CardCode(unhex(t, c.COSE)) != c.Code || string(v.Claims.Member) != c.Member || v.Claims.Name != c.Holder) {
			t.Errorf("%s: card code, member number or name differ", c.Name)
		}
	}
}

// A vector of a signed list.
type listVector struct {
	Name string   `json:"name"`
	Kind string   `json:"kind"` // trust or status
	Data string   `json:"data"`
	Want app.Code `json:"want"` // "" is accepted
}

func TestListVectors(t *testing.T) {
	path := filepath.Join(vectors, "lists.json")
	if *update {
		write(t, path, map[string]any{
			"about": "Signed lists, as in docs/card.cddl, read with the pinned root fingerprints. want is empty where a list is accepted.",
			"roots": []string{roots[0].String()}, "cases": makeListVectors(t),
		})
	}
	checkLists(t, path)
}

func checkLists(t *testing.T, path string) {
	t.Helper()
	var file struct{ Cases []listVector }
	read(t, path, &file)
	for _, c := range file.Cases {
		var err error
		if c.Kind == "trust" {
			_, err = card.ParseTrust(unhex(t, c.Data), roots)
		} else {
			_, err = card.ParseStatus(unhex(t, c.Data), roots)
		}
		if app.CodeOf(err) != c.Want {
			t.Errorf("%s: %v, want %q", c.Name, err, c.Want)
		}
	}
}

func makeCardVectors(t *testing.T) cardVectors {
	trust, status := trustBytes(t, trustList(t)), statusBytes(t, statusList(t))
	file := cardVectors{
		About: "Texts of cards and the verdict on each, with the trust list and the status list (hex) and the pinned root's fingerprint. Keys are fixed test keys, people are invented.",
		Roots: []string{roots[0].String()}, Trust: hex.EncodeToString(trust), Status: hex.EncodeToString(status),
	}
	for _, s := range cardSamples(t) {
		at := s.at
		if at.IsZero() {
			at = now
		}
		text := s.text
		if text == "" {
			text = "HTTPS://KARTU.CONTOH.ID/K#" + card.Digits(s.cose)
		}
		list, err := card.ParseTrust(trust, roots)
		if err != nil {
			t.Fatal(err)
		}
		states, err := card.ParseStatus(status, roots)
		if err != nil {
			t.Fatal(err)
		}
		hosts := []string{host}
		v := card.VerifyText(text, hosts, list, states, at)
		if v.Reason != s.want {
			t.Errorf("%s: %s, want %s", s.name, v.Reason, s.want)
		}
		c := cardVector{
			Name: s.name, Text: text, Hosts: hosts, At: at.Format(time.RFC3339), Genuine: v.Genuine, Reason: s.want,
			Status: v.Status.String(), Colour: string(v.Colour), COSE: hex.EncodeToString(s.cose),
		}
		if v.Genuine {
			c.Code, c.Member, c.Holder = card.CardCode(s.cose), string(v.Claims.Member), v.Claims.Name
		}
		file.Cases = append(file.Cases, c)
	}
	return file
}

func makeListVectors(t *testing.T) []listVector {
	var out []listVector
	add := func(name, kind string, data []byte, want app.Code) {
		out = append(out, listVector{name, kind, hex.EncodeToString(data), want})
	}
	good, status := trustBytes(t, trustList(t)), statusBytes(t, statusList(t))
	add("a trust list", "trust", good, "")
	add("a status list", "status", status, "")
	head, objects, err := card.Split(good)
	if err != nil {
		t.Fatal(err)
	}
	bent := bytes.Clone(head)
	bent[len(bent)-1] ^= 1
	add("trust, signature changed", "trust", append(bent, good[len(head):]...), app.CoseSignature)
	add("trust, the head alone", "trust", head, "")
	add("trust, its objects in another order, and one of somebody else's", "trust",
		bytes.Join([][]byte{head, objects[1], marshal(t, []any{"loket/keys", []any{}}), objects[0]}, nil), "")
	add("trust of format 1 with a key of small order", "trust", inlineList(t, append([]byte{1}, make([]byte, 31)...)), app.TrustList)
	add("trust of format 1 with a key written in another way", "trust", inlineList(t, append([]byte{0xf0}, append(bytes.Repeat([]byte{0xff}, 30), 0x7f)...)), app.TrustList)
	add("trust, cut", "trust", good[:len(good)-1], app.CoseMalformed)
	add("a status list given as trust", "trust", status, app.CoseWrongType)
	add("a trust list given as status", "status", good, app.CoseWrongType)

	other := trustList(t)
	other.Certificate = certificateBy(t, strangerKey, office.ForTrust)
	add("trust, certified by a root that is not pinned", "trust", trustBytes(t, other), app.OfficeUnknownRoot)
	wrong := statusList(t)
	wrong.Certificate = certificate(t, office.ForTrust)
	add("status, key certified for another use", "status", statusBytes(t, wrong), app.OfficeWrongUse)
	early := statusList(t)
	early.Issued, early.Expires = issued.AddDate(-1, 0, 0), issued
	add("status, issued before its certificate began", "status", statusBytes(t, early), app.OfficeNotYet)
	epoch := statusList(t)
	epoch.Epoch = 2
	add("status, of another epoch than its certificate", "status", statusBytes(t, epoch), app.OfficeCertificate)
	add("status, list of more than a shard", "status", bomb(t), app.StatusList)
	byKiosk := statusList(t)
	forged, _, err := byKiosk.Pack(kioskKey)
	if err != nil {
		t.Fatal(err)
	}
	add("status, signed by a kiosk's key", "status", forged, app.CoseSignature)
	return out
}

func trustBytes(t testing.TB, l *card.TrustList) []byte {
	t.Helper()
	b, err := l.Sign(officeKey)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func statusBytes(t testing.TB, l *card.StatusList) []byte {
	t.Helper()
	b, err := l.Sign(officeKey)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func write(t *testing.T, path string, v any) {
	t.Helper()
	b, err := json.MarshalIndent(v, "", " ")
	if err == nil {
		err = os.MkdirAll(filepath.Dir(path), 0o755)
	}
	if err == nil {
		err = os.WriteFile(path, append(b, '\n'), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string, v any) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(b, v)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
