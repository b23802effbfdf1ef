package headoffice_test

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"loket/app/headoffice"
	"loket/app/office/books"
	"loket/storage/storagetest/officesuite"
)

// as signs another account of newCentre in, whose password is "rahasia".
func (c *centre) as(t *testing.T, name string) *person {
	t.Helper()
	p := c.person(t)
	if status, body := p.send(t, "/console/signin", url.Values{"name": {name}, "password": {"rahasia"}}); status != http.StatusOK || strings.Contains(body, `name="password"`) {
		t.Fatal(name, "cannot sign in:", status)
	}
	return p
}

func (p *person) in(t *testing.T) bool {
	t.Helper()
	_, body := p.open(t, "/console/password")
	return strings.Contains(body, `name="again"`)
}

// twin is another browser with the same cookies: somebody who kept a copy.
func (p *person) twin(t *testing.T) *person {
	t.Helper()
	jar, err := cookiejar.New(nil)
	need(t, err)
	u, err := url.Parse(p.base + "/console/")
	need(t, err)
	jar.SetCookies(u, p.client.Jar.Cookies(u))
	return &person{&http.Client{Jar: jar}, p.base}
}

func (p *person) token(t *testing.T) string {
	t.Helper()
	_, body := p.open(t, "/console/password")
	return formToken.FindStringSubmatch(body)[1]
}

// Signing out, a block and a new password end sessions at the server: a copy of the cookie is worth
// nothing afterwards.
func TestSessionsEndAtTheServer(t *testing.T) {
	c := newCentre(t)
	c.account(t, "rina", books.RoleSupervisor)
	p := c.as(t, "rina")
	copied, elsewhere := p.twin(t), c.as(t, "rina")
	p.send(t, "/console/signout", url.Values{"form": {p.token(t)}})
	if p.in(t) || copied.in(t) || !elsewhere.in(t) {
		t.Error("signed out:", p.in(t), copied.in(t), elsewhere.in(t))
	}
	form := url.Values{"form": {elsewhere.token(t)}, "old": {"rahasia"}, "new": {"empat kata yang baru"}, "again": {"empat kata yang baru"}}
	third := c.as(t, "rina")
	for name, wrong := range map[string]string{"old": "x", "new": "pendek", "again": "empat kata yang lain"} {
		bad := url.Values{}
		for k, v := range form {
			bad[k] = v
		}
		bad.Set(name, wrong)
		if status, body := elsewhere.send(t, "/console/password", bad); status < 400 || !strings.Contains(body, `name="again"`) || !third.in(t) {
			t.Error(name, "is wrong:", status)
		}
	}
	if _, body := elsewhere.send(t, "/console/password", form); !strings.Contains(body, "Kata sandi sudah diganti") || third.in(t) {
		t.Error("a new password leaves a session open")
	}
	q := c.person(t)
	if status, _ := q.send(t, "/console/signin", url.Values{"name": {"rina"}, "password": {"rahasia"}}); status != http.StatusForbidden {
		t.Error("the old password opens:", status)
	}
	if _, err := q.send(t, "/console/signin", url.Values{"name": {"rina"}, "password": {"empat kata yang baru"}}); err == "" || !q.in(t) {
		t.Error("the new password does not open")
	}
	need(t, c.running.Office.Block(t.Context(), "rina", "test"))
	if q.in(t) {
		t.Error("a blocked account goes on")
	}
	if status, _ := q.send(t, "/console/signin", url.Values{"name": {"rina"}, "password": {"empat kata yang baru"}}); status != http.StatusForbidden {
		t.Error("a blocked account signs in:", status)
	}
	need(t, c.store.CheckOwnJournal(t.Context(), c.officeKey(t)))
}

// A payer's reader sees one programme and takes its table out with masked NIKs; nothing else.
func TestAPayersReaderSeesOneProgramme(t *testing.T) {
	c := newCentre(t)
	sponsored(t, c)
	secret, err := c.running.Office.AddAccount(t.Context(), headoffice.NewAccount{Name: "kutim", Role: books.RolePayer, Programme: officesuite.Scope(1)}, "test")
	need(t, err)
	p := c.person(t)
	status, body := p.send(t, "/console/signin", url.Values{"name": {"kutim"}, "password": {secret}})
	if status != http.StatusOK || !strings.Contains(body, "Pekerja rentan Kutai Timur 2027") || strings.Contains(body, `href="/console/registrations"`) {
		t.Error("the way in:", status)
	}
	for path, want := range map[string]int{
		programmePath(1): 200, programmePath(2): 403, programmes: 403, "/console/registrations": 403, "/console/kiosks": 403,
		"/console/registrations/00417-01-000001": 403, "/console/lookups": 403, checking: 403,
	} {
		if status, _ := p.open(t, path); status != want {
			t.Errorf("%s: %d, want %d", path, status, want)
		}
	}
	form := url.Values{"form": {p.token(t)}, "kind": {"csv"}, "whole": {"1"}}
	status, body = p.send(t, programmePath(1)+"/export", form)
	if status != http.StatusOK || strings.Contains(body, kutimPerson(3).Person.NIK) || !strings.Contains(body, kutimPerson(3).Person.Name) {
		t.Error("its own table:", status)
	}
	if status, _ = p.send(t, programmePath(2)+"/export", form); status != http.StatusForbidden {
		t.Error("another's table:", status)
	}
}

// Whatever an account sees of people stands in the own journal: a list once in a while, a search each time.
func TestWhoSawPeopleIsWrittenDown(t *testing.T) {
	c := newCentre(t)
	c.crowd(t, 3)
	p := c.person(t)
	p.signIn(t, c.dir)
	for range 3 {
		p.open(t, "/console/registrations")
		p.send(t, "/console/registrations", url.Values{"form": {p.token(t)}, "q": {"contoh"}})
	}
	count := map[string]int{}
	for _, act := range actsOf(t, c) {
		count[act]++
	}
	if count["people.listed admin+ registrations 3"] != 1 || count["people.searched admin+ registrations 3"] != 3 || count["people.listed admin+ home 3"] != 1 {
		t.Error(count)
	}
}
