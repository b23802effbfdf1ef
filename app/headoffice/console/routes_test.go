package console

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"loket/app"
	"loket/app/office/books"
)

// passes says for every route whom it lets pass: c clerk, s supervisor, u auditor, a administrator,
// p payer's reader; "open" is everybody, signed in or not.
var passes = map[string]string{
	"GET /console/style.css":                  "open",
	"GET /console/inter.ttf":                  "open",
	"GET /console/inter-bold.ttf":             "open",
	"GET /console/lang":                       "open",
	"GET /console/signin":                     "open",
	"POST /console/signin":                    "open",
	"GET /console":                            "open",
	"POST /console/signout":                   "csuap",
	"GET /console/password":                   "csuap",
	"POST /console/password":                  "csuap",
	"GET /console/{$}":                        "csuap",
	"GET /console/kiosks":                     "csua",
	"POST /console/kiosks":                    "sa",
	"GET /console/kiosks/{kiosk}":             "csua",
	"POST /console/kiosks/{kiosk}":            "sa",
	"GET /console/events":                     "csua",
	"GET /console/registrations":              "csua",
	"POST /console/registrations":             "csua",
	"POST /console/registrations/cover":       "csa",
	"GET /console/orders":                     "csua",
	"GET /console/orders/{order}":             "csua",
	"POST /console/orders/{order}":            "sa",
	"GET /console/registrations/{id}":         "csua",
	"POST /console/registrations/{id}":        "sa",
	"GET /console/leads":                      "csua",
	"GET /console/batches":                    "csua",
	"GET /console/programmes":                 "csua",
	"GET /console/programmes/{scope}":         "csuap",
	"POST /console/programmes/{scope}/export": "suap",
	"GET /console/programmes/check":           "csa",
	"POST /console/programmes/check":          "csa",
	"GET /console/coverage":                   "csua",
	"POST /console/coverage":                  "sa",
	"GET /console/lookups":                    "csua",
	"GET /console/lookups/{id}":               "csua",
	"POST /console/lookups/{id}":              "csa",
}

// members are the roles with their letters; the last two are no role at all.
var members = []struct {
	letter string
	role   books.Role
}{
	{"c", books.RoleClerk},
	{"s", books.RoleSupervisor},
	{"u", books.RoleAuditor},
	{"a", books.RoleAdministrator},
	{"p", books.RolePayer},
	{"?", "reader"},
	{"?", ""},
}

// lobby knows whose session a cookie is, and nothing else.
type lobby struct {
	Desk
	role books.Role
}

func (l lobby) Session(_ context.Context, name [32]byte, _ time.Time) (books.Session, error) {
	if name != nameOf("held") {
		return books.Session{}, app.Fail(app.NotFound)
	}
	return books.Session{Name: name, Account: books.Account{Name: "rina", Role: l.role}}, nil
}

// standing is a clock that stands still: on a busy computer the tries that were counted would be forgiven
// while the next ones are still being tried.
type standing struct{ at time.Time }

func (s standing) Now() time.Time { return s.at }

func consoleFor(t *testing.T, desk Desk) *Console {
	t.Helper()
	c, err := New(desk, standing{time.Now()}, slog.New(slog.DiscardHandler), []byte("secret"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// visited asks for a route whose pages are replaced by a teapot: whoever sees it has passed.
func visited(t *testing.T, c *Console, pattern string, signedIn bool) *httptest.ResponseRecorder {
	t.Helper()
	routes := c.routes()
	for i := range routes {
		if routes[i].open == nil {
			routes[i].page = func(v *visit) error { v.w.WriteHeader(http.StatusTeapot); return nil }
		}
	}
	method, path, _ := strings.Cut(pattern, " ")
	path = strings.NewReplacer("{$}", "", "{id}", "00417-01-000001", "{scope}", strings.Repeat("ab", 16), "{kiosk}", "00417", "{order}", strings.Repeat("ab", 16)).Replace(path)
	form := url.Values{"form": {c.formToken(&session{raw: "held"})}}
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if signedIn {
		r.AddCookie(&http.Cookie{Name: sessionCookie, Value: "held"})
	}
	w := httptest.NewRecorder()
	c.handler(routes).ServeHTTP(w, r)
	return w
}

// Every route asks a role, and each role gets exactly what the table says.
func TestEveryRouteAsksARole(t *testing.T) {
	c := consoleFor(t, lobby{})
	known := map[string]bool{}
	for _, r := range c.routes() {
		want, ok := passes[r.pattern]
		if !ok || r.open == nil && r.who == 0 || (r.open != nil) != (want == "open") {
			t.Errorf("%s has no row of roles", r.pattern)
		}
		known[r.pattern] = true
		if want == "open" {
			continue
		}
		for _, m := range members {
			w := visited(t, consoleFor(t, lobby{role: m.role}), r.pattern, true)
			if passed := w.Code == http.StatusTeapot; passed != strings.Contains(want, m.letter) || !passed && w.Code != http.StatusForbidden {
				t.Errorf("%s as %q: %d", r.pattern, m.role, w.Code)
			}
		}
		if w := visited(t, c, r.pattern, false); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/console/signin" {
			t.Errorf("%s without signing in: %d", r.pattern, w.Code)
		}
	}
	for pattern := range passes {
		if !known[pattern] {
			t.Errorf("%s is no route", pattern)
		}
	}
}

// No form works without its token, whoever is signed in.
func TestEveryFormNeedsItsToken(t *testing.T) {
	c := consoleFor(t, lobby{role: books.RoleAdministrator})
	for _, r := range c.routes() {
		method, path, _ := strings.Cut(r.pattern, " ")
		if method != http.MethodPost || r.open != nil {
			continue
		}
		path = strings.NewReplacer("{id}", "00417-01-000001", "{scope}", strings.Repeat("ab", 16), "{kiosk}", "00417", "{order}", strings.Repeat("ab", 16)).Replace(path)
		q := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader("sure=1"))
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		q.AddCookie(&http.Cookie{Name: sessionCookie, Value: "held"})
		w := httptest.NewRecorder()
		c.Handler().ServeHTTP(w, q)
		if w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", r.pattern, w.Code)
		}
	}
}

func TestDoors(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	d := newDoors()
	at := func(address string) *http.Request { return &http.Request{RemoteAddr: address} }
	a := Caller(at("192.0.2.1:1000"))
	for range 100 { // right ones do not count
		if !d.knock(a, now) {
			t.Fatal("a right password counted")
		}
		d.pardon(a)
	}
	for n := range triesAtOnce {
		if !d.knock(a, now) {
			t.Fatal("too early", n)
		}
	}
	if d.knock(a, now) {
		t.Error("guessing goes on")
	}
	if !d.knock(Caller(at("192.0.2.2:1000")), now) {
		t.Error("another address is shut out")
	}
	if !d.knock(a, now.Add(tryEvery)) || d.knock(a, now.Add(tryEvery)) {
		t.Error("after some seconds there is one more try")
	}
	if Caller(at("[2001:db8::1]:5")) != Caller(at("[2001:db8::2]:6")) || Caller(at("[2001:db8:1::1]:5")) == Caller(at("[2001:db8::2]:6")) {
		t.Error("IPv6 counts by network")
	}
	for n := range maxDoors + 100 {
		d.knock(Caller(at("10."+strings.Join([]string{strconv.Itoa(n >> 16), strconv.Itoa(n >> 8 & 255), strconv.Itoa(n & 255)}, ".")+":1")), now)
	}
	if len(d.tries) > maxDoors {
		t.Error("the memory of doors grows:", len(d.tries))
	}
}

// Comparing passwords is bounded: who comes when many wait is sent away, not kept.
func TestTheGateIsBounded(t *testing.T) {
	g := newGate()
	inside, release := make(chan struct{}), make(chan struct{})
	ended := make(chan error)
	for range waitingAtMost {
		go func() {
			ended <- g.through(context.Background(), func() { inside <- struct{}{}; <-release })
		}()
	}
	for range comparedAtOnce {
		<-inside
	}
	for len(g.waiting) < waitingAtMost { // the others are on their way to the queue
		runtime.Gosched()
	}
	if err := g.through(t.Context(), func() { t.Error("let in") }); app.CodeOf(err) != app.OfficeBusy {
		t.Error(err)
	}
	select {
	case <-inside:
		t.Error("more work at once than allowed")
	default:
	}
	close(release)
	for range waitingAtMost - comparedAtOnce {
		<-inside
	}
	for range waitingAtMost {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

// keeper knows one account.
type keeper struct {
	lobby
	account books.Account
}

func (k keeper) Account(_ context.Context, name string) (books.Account, error) {
	if name != k.account.Name {
		return books.Account{}, app.Fail(app.NotFound)
	}
	return k.account, nil
}

// A whole office signs in behind one address at once: right passwords wait or are asked to come again, and
// none of them counts as a guess.
func TestManyRightPasswordsAtOnce(t *testing.T) {
	hash, err := HashPassword("rahasia")
	if err != nil {
		t.Fatal(err)
	}
	c := consoleFor(t, keeper{account: books.Account{Name: "rina", Role: books.RoleClerk, Password: hash}})
	answers := make(chan app.Code)
	try := func(secret string) app.Code {
		r := httptest.NewRequestWithContext(context.Background(), "POST", "/console/signin", nil)
		_, err := c.proven(r, "rina", secret)
		return app.CodeOf(err)
	}
	for range 30 {
		go func() { answers <- try("rahasia") }()
	}
	counts := map[app.Code]int{}
	for range 30 {
		counts[<-answers]++
	}
	if counts[""] < waitingAtMost || counts[""]+counts[app.OfficeBusy] != 30 {
		t.Error(counts)
	}
	for range triesAtOnce {
		if code := try("salah"); code != app.OfficeWrongPassword {
			t.Error(code)
		}
	}
	if code := try("rahasia"); code != app.OfficeTooMany {
		t.Error("after too many wrong ones:", code)
	}
}
