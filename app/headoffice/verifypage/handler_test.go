package verifypage_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"loket/app/headoffice/verifypage"
)

func get(t *testing.T, url string) (*http.Response, string) {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return r, string(body)
}

func TestThePagesPolicyAllowsOnlyItsOwnParts(t *testing.T) {
	world := newWorld(t)
	r, body := get(t, world.url+"/K")
	policy := r.Header.Get("Content-Security-Policy")
	if !strings.HasPrefix(policy, "default-src 'none'; connect-src 'self'; worker-src 'self';") || strings.Contains(policy, "unsafe") {
		t.Error(policy)
	}
	if r.Header.Get("Set-Cookie") != "" || r.StatusCode != http.StatusOK {
		t.Error(r.Status, r.Header)
	}
	for _, foreign := range []string{"src=", "<link", "@import", "url("} {
		if strings.Contains(body, foreign) {
			t.Errorf("the page fetches something: %s", foreign)
		}
	}
}

// Under 60 kB in all, without the lists.
func TestThePageIsSmall(t *testing.T) {
	world := newWorld(t)
	world.setTrust(nil)
	_, body := get(t, world.url+"/K")
	_, worker := get(t, world.url+"/k/sw.js")
	if n := len(body) + len(worker); n > 60_000 {
		t.Errorf("%d bytes", n)
	}
}

func TestWhatIsServed(t *testing.T) {
	world := newWorld(t)
	for path, want := range map[string]int{
		"/K": 200, "/k": 302, "/k/sw.js": 200, "/k/trust.cose": 200, "/k/status/0.cwt": 200, "/k/status/1.cwt": 404,
		"/k/status/0": 404, "/k/status/-1.cwt": 404, "/k/status/4294967296.cwt": 404, "/": 404, "/k/verify.js": 404,
	} {
		if r, _ := get(t, world.url+path); r.StatusCode != want {
			t.Errorf("%s: %s, want %d", path, r.Status, want)
		}
	}
	first, _ := get(t, world.url+"/k/trust.cose")
	request, err := http.NewRequest(http.MethodGet, world.url+"/k/trust.cose", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("If-None-Match", first.Header.Get("ETag"))
	again, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Body.Close(); err != nil || again.StatusCode != http.StatusNotModified {
		t.Error(again.Status, err)
	}
}

func TestTheHashCoversTheShippedFiles(t *testing.T) {
	h, err := verifypage.Hash()
	if err != nil || h == [32]byte{} {
		t.Error(h, err)
	}
}
