package headoffice_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"loket/app/identity"
	"loket/app/journal"
	"loket/storage/storagetest/officesuite"
)

// person is somebody at a browser.
type person struct {
	client *http.Client
	base   string
}

func (c *centre) person(t *testing.T) *person {
	t.Helper()
	jar, err := cookiejar.New(nil)
	need(t, err)
	return &person{&http.Client{Jar: jar}, c.running.ConsoleURL}
}

func (p *person) open(t *testing.T, path string) (int, string) {
	t.Helper()
	w, err := p.client.Get(p.base + path)
	need(t, err)
	return page(t, w)
}

func (p *person) send(t *testing.T, path string, form url.Values) (int, string) {
	t.Helper()
	w, err := p.client.PostForm(p.base+path, form)
	need(t, err)
	return page(t, w)
}

func page(t *testing.T, w *http.Response) (int, string) {
	t.Helper()
	b, err := io.ReadAll(w.Body)
	need(t, errors.Join(err, w.Body.Close()))
	if strings.Contains(string(b), "[console.") {
		t.Errorf("%s shows a key without a sentence", w.Request.URL)
	}
	return w.StatusCode, string(b)
}

func (p *person) signIn(t *testing.T, dir string) {
	t.Helper()
	secret, err := os.ReadFile(filepath.Join(dir, "password.txt"))
	need(t, err)
	status, body := p.send(t, "/console/signin", url.Values{"name": {"admin"}, "password": {strings.TrimSpace(string(secret))}})
	if status != http.StatusOK || !strings.Contains(body, "Perlu tindakan") {
		t.Fatal(status, body)
	}
}

var formToken = regexp.MustCompile(`name="form" value="([^"]+)"`)

func TestNobodyReadsWithoutSigningIn(t *testing.T) {
	c := newCentre(t)
	p := c.person(t)
	for _, path := range []string{"/", "/console/", "/console/registrations", "/console/kiosks", "/console/batches", "/console/registrations/00417-01-000001"} {
		if status, body := p.open(t, path); status != http.StatusOK || !strings.Contains(body, `type="password"`) {
			t.Error(path, status)
		}
	}
	if status, _ := p.send(t, "/console/signin", url.Values{"name": {"admin"}, "password": {"wrong"}}); status != http.StatusForbidden {
		t.Error("a wrong password:", status)
	}
	if status, _ := p.send(t, "/console/signin", url.Values{"name": {"nobody"}, "password": {""}}); status != http.StatusForbidden {
		t.Error("nobody:", status)
	}
}

func TestAFormNeedsItsToken(t *testing.T) {
	c := newCentre(t)
	p := c.person(t)
	p.signIn(t, c.dir)
	guest := url.Values{"branch": {"K06"}, "branchname": {"Kantor Cabang Contoh"}, "kiosk": {"417"}}
	if status, body := p.send(t, "/console/kiosks", guest); status != http.StatusBadRequest || strings.Contains(body, "LOKET1") {
		t.Error("without its token:", status)
	}
	_, body := p.open(t, "/console/kiosks")
	guest.Set("form", formToken.FindStringSubmatch(body)[1])
	if status, body := p.send(t, "/console/kiosks", guest); status != http.StatusOK || !strings.Contains(body, "LOKET1") || !strings.Contains(body, "00417") {
		t.Error("with its token:", status)
	}
	other := c.person(t)
	other.signIn(t, c.dir)
	if status, _ := other.send(t, "/console/kiosks", guest); status != http.StatusBadRequest {
		t.Error("with another session's token:", status)
	}
	r, err := http.NewRequestWithContext(t.Context(), "POST", c.running.ConsoleURL+"/console/kiosks", strings.NewReader(guest.Encode()))
	need(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", "https://elsewhere.example")
	w, err := p.client.Do(r)
	need(t, err)
	need(t, w.Body.Close())
	if w.StatusCode != http.StatusForbidden {
		t.Error("from another site:", w.StatusCode)
	}
}

func TestADuplicateIsDecidedAndCoverBegins(t *testing.T) {
	c := newCentre(t)
	a := c.enrolled(t, 417)
	first := a.Register(t, officesuite.Person(1), "", "")
	twin := a.Register(t, officesuite.Person(1), "", "")
	a.Add(t, journal.RegistrationCompared, journal.ComparedBody{Registration: twin.Seq, Kiosk: first.Kiosk, Incarnation: first.Incarnation, Seq: first.Seq, Outcome: "same"}, nil)
	number, raw := a.sealBatch(t)
	_, err := a.put(t, number, raw)
	need(t, err)
	p := c.person(t)
	p.signIn(t, c.dir)
	_, body := p.open(t, "/console/registrations/"+twin.String())
	if !strings.Contains(body, "Kata petugas di loket") || !strings.Contains(body, "Orang sama, NIK berbeda") || !strings.Contains(body, "belum menandatangani") {
		t.Error("the page does not show the counter's word:", body)
	}
	if strings.Count(body, officesuite.Person(1).Person.NIK) != 2 {
		t.Error("the page does not show both sides")
	}
	p.open(t, "/console/registrations/"+twin.String()) // again is the same look
	if seen := c.lookedUp(t); !slices.Equal(seen, []string{"admin", "admin"}) {
		t.Errorf("both sides were opened, and the own journal says %q", seen)
	}
	form := url.Values{"form": {formToken.FindStringSubmatch(body)[1]}, "ruling": {"same"}}
	if status, body := p.send(t, "/console/registrations/"+twin.String(), form); status != http.StatusOK || !strings.Contains(body, "ditolak") {
		t.Error(status, body)
	}
	if status, _ := p.send(t, "/console/registrations/"+twin.String(), form); status != http.StatusBadRequest {
		t.Error("decided twice:", status)
	}
	form = url.Values{"form": form["form"], "from": {"2026-11-20"}, "id": {first.String()}}
	if status, body := p.send(t, "/console/registrations/cover", form); status != http.StatusOK || !strings.Contains(body, "aktif sejak 20-11-2026") {
		t.Error(status, body)
	}
	search := url.Values{"form": form["form"], "q": {officesuite.Person(1).Person.NIK}}
	if _, body := p.send(t, "/console/registrations", search); !strings.Contains(body, first.String()) || strings.Contains(body, search.Get("q")+"</td>") {
		t.Error("the search by NIK finds nobody, or shows a whole NIK")
	}
	if _, body := p.open(t, "/console/registrations"); !strings.Contains(body, `class="search" method="post"`) {
		t.Error("a search puts what it looks for into an address, and so into logs")
	}
	for _, path := range []string{"/console/", "/console/batches", "/console/kiosks", "/console/lang?to=en&back=/console/registrations"} {
		if status, _ := p.open(t, path); status != http.StatusOK {
			t.Error(path, status)
		}
	}
	if _, body := p.open(t, "/console/"); !strings.Contains(body, "registrations today") {
		t.Error("English was chosen and is not shown")
	}
	if _, body := p.open(t, "/console/lang?to=en&back=//elsewhere.example"); !strings.Contains(body, "registrations today") {
		t.Error("the way back left the console")
	}
}

func TestWhatMachinesAsk(t *testing.T) {
	c := newCentre(t)
	p := c.person(t)
	for path, want := range map[string]string{"/healthz": "ok", "/readyz": "ok", "/metrics": "loket_batch_requests_total", "/K": "<html"} {
		if status, body := p.open(t, path); status != http.StatusOK || !strings.Contains(body, want) {
			t.Error(path, status)
		}
	}
	for _, path := range []string{"/k/trust.cose", "/k/status/0.cwt"} {
		if status, body := p.open(t, path); status != http.StatusOK || body == "" {
			t.Error(path, status)
		}
	}
}

// What a kiosk sends is a stranger's text: a page shows nothing that hides in it.
func TestAPageShowsNothingHidden(t *testing.T) {
	c := newCentre(t)
	a := c.enrolled(t, 417)
	record := officesuite.Person(1)
	record.Person.Name, record.Person.MotherName = "SITI\u202eHANIMA", "IBU\u200b\u0007\u009b SATU"
	id := a.Register(t, record, "", "")
	number, raw := a.sealBatch(t)
	_, err := a.put(t, number, raw)
	need(t, err)
	p := c.person(t)
	p.signIn(t, c.dir)
	_, body := p.open(t, "/console/registrations/"+id.String())
	if strings.IndexFunc(strings.ReplaceAll(body, "\r", ""), identity.Hidden) >= 0 || !strings.Contains(body, "SITIHANIMA") {
		t.Errorf("%q", body)
	}
}

// lookedUp is who opened somebody's page, by the own journal.
func (c *centre) lookedUp(t *testing.T) (by []string) {
	t.Helper()
	all, err := c.store.OwnEntries(t.Context(), 0, 10_000)
	need(t, err)
	for _, e := range all {
		if e.Kind == journal.AccessLookedUp {
			by = append(by, e.Operator)
		}
	}
	return by
}
