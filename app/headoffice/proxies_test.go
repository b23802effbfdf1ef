package headoffice

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestWhoAsksBehindProxies(t *testing.T) {
	ours := proxies{netip.MustParsePrefix("10.0.0.0/24"), netip.MustParsePrefix("2001:db8:1::/48"), netip.MustParsePrefix("127.0.0.1/32")}
	for name, c := range map[string]struct {
		peer   string
		header http.Header
		want   string
		tls    bool
	}{
		"nobody between":            {"192.0.2.1:5", nil, "192.0.2.1", false},
		"a stranger's word":         {"192.0.2.1:5", http.Header{"X-Forwarded-For": {"198.51.100.9"}, "X-Forwarded-Proto": {"https"}}, "192.0.2.1", false},
		"a proxy's word":            {"10.0.0.7:5", http.Header{"X-Forwarded-For": {"198.51.100.9"}, "X-Forwarded-Proto": {"https"}}, "198.51.100.9", true},
		"what the client wrote":     {"10.0.0.7:5", http.Header{"X-Forwarded-For": {"203.0.113.1, 198.51.100.9"}}, "198.51.100.9", false},
		"in lines of their own":     {"10.0.0.7:5", http.Header{"X-Forwarded-For": {"203.0.113.1", "198.51.100.9"}}, "198.51.100.9", false},
		"two proxies":               {"10.0.0.7:5", http.Header{"X-Forwarded-For": {"203.0.113.1, 198.51.100.9, 10.0.0.8"}}, "198.51.100.9", false},
		"nonsense":                  {"10.0.0.7:5", http.Header{"X-Forwarded-For": {"203.0.113.1, or 1=1"}}, "10.0.0.7", false},
		"nothing said":              {"10.0.0.7:5", nil, "10.0.0.7", false},
		"empty":                     {"10.0.0.7:5", http.Header{"X-Forwarded-For": {""}}, "10.0.0.7", false},
		"with a port":               {"10.0.0.7:5", http.Header{"X-Forwarded-For": {"198.51.100.9:4711"}}, "198.51.100.9", false},
		"IPv6":                      {"[2001:db8:1::7]:5", http.Header{"X-Forwarded-For": {"2001:db8:9::1"}}, "2001:db8:9::1", false},
		"IPv4 in IPv6":              {"[::ffff:10.0.0.7]:5", http.Header{"X-Forwarded-For": {"198.51.100.9"}}, "198.51.100.9", false},
		"Forwarded":                 {"127.0.0.1:5", http.Header{"Forwarded": {`for=203.0.113.1;proto=http, For="[2001:db8:9::1]:80";by=10.0.0.7;Proto=https`}}, "2001:db8:9::1", true},
		"Forwarded, hidden":         {"127.0.0.1:5", http.Header{"Forwarded": {`for=203.0.113.1, for=_hidden`}}, "127.0.0.1", false},
		"both alike":                {"127.0.0.1:5", http.Header{"Forwarded": {"for=198.51.100.9"}, "X-Forwarded-For": {"198.51.100.9"}}, "198.51.100.9", false},
		"both, and one let through": {"127.0.0.1:5", http.Header{"Forwarded": {"for=203.0.113.1"}, "X-Forwarded-For": {"198.51.100.9"}}, "127.0.0.1", false},
		"all are proxies":           {"127.0.0.1:5", http.Header{"X-Forwarded-For": {"10.0.0.1, 10.0.0.2"}}, "10.0.0.1", false},
	} {
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/", nil)
		r.RemoteAddr = c.peer
		for k, v := range c.header {
			r.Header[k] = v
		}
		ours.behind(http.HandlerFunc(func(_ http.ResponseWriter, q *http.Request) {
			got, err := netip.ParseAddrPort(q.RemoteAddr)
			if err != nil || got.Addr().Unmap().String() != c.want {
				t.Errorf("%s: %s, want %s", name, q.RemoteAddr, c.want)
			}
			if got := q.Header.Get("X-Forwarded-Proto") == "https"; got != c.tls {
				t.Errorf("%s: over TLS %v", name, got)
			}
			if q.Header.Get("X-Forwarded-For")+q.Header.Get("Forwarded") != "" {
				t.Error(name, "headers are left")
			}
		})).ServeHTTP(httptest.NewRecorder(), r)
	}
}

func FuzzForwarded(f *testing.F) {
	f.Add("203.0.113.1, 10.0.0.1", `for="[2001:db8::1]:80";proto=https`)
	f.Add(",,", `;;=,for=`)
	ours := proxies{netip.MustParsePrefix("10.0.0.0/24")}
	f.Fuzz(func(t *testing.T, usual, standard string) {
		a := ours.client(http.Header{"X-Forwarded-For": {usual}, "Forwarded": {standard}}, netip.MustParseAddr("10.0.0.7"))
		if !a.IsValid() || a.Zone() != "" {
			t.Error(a)
		}
	})
}

func TestParseProxy(t *testing.T) {
	for text, want := range map[string]string{"10.0.0.7": "10.0.0.7/32", "10.0.0.9/24": "10.0.0.0/24", "::1": "::1/128", "proxy": "", "": "", "10.0.0.0/33": ""} {
		p, ok := ParseProxy(text)
		if ok != (want != "") || ok && p.String() != want {
			t.Errorf("%q: %v %v", text, p, ok)
		}
	}
}
