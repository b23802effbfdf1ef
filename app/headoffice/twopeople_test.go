package headoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/storage/storagetest/officesuite"
)

// real is a head office that is not for practice, with accounts whose password is "rahasia".
func real(t *testing.T) *centre {
	t.Helper()
	c := startCentre(t, &centre{issuer: "KTR"})
	c.account(t, "rina", books.RoleSupervisor)
	c.account(t, "sari", books.RoleAdministrator)
	c.account(t, "budi", books.RoleClerk)
	c.account(t, "tuti", books.RoleSupervisor)
	need(t, c.running.Office.Block(t.Context(), "tuti", "test"))
	return c
}

// actsOf are the acts in head office's own journal, with who agreed.
func actsOf(t *testing.T, c *centre) (acts []string) {
	t.Helper()
	all, err := c.store.OwnEntries(t.Context(), 0, 10_000)
	need(t, err)
	for _, e := range all {
		var a journal.ActedBody
		if e.Kind == journal.AccountActed {
			need(t, e.Into(&a))
			acts = append(acts, a.Act+" "+e.Operator+"+"+a.Second+" "+a.About)
		}
	}
	return acts
}

// What one alone may not do takes the name and password of another account with a role for it; what was
// typed stays on the form, but for passwords.
func TestWhatTakesTwoPeople(t *testing.T) {
	c := real(t)
	k := c.enrolled(t, 417)
	first := k.Register(t, officesuite.Person(1), "", "")
	twin := k.Register(t, officesuite.Person(1), "", "")
	number, raw := k.sealBatch(t)
	_, err := k.put(t, number, raw)
	need(t, err)
	p := c.as(t, "rina")
	guest := url.Values{"branch": {"K07"}, "branchname": {"Kantor Cabang Kedua"}, "kiosk": {"501"}, "label": {"Loket 9"}}
	for name, form := range map[string]struct {
		path  string
		form  url.Values
		typed []string // stays
		done  func() bool
	}{
		"enrolment": {"/console/kiosks", guest, []string{`value="K07"`, `value="Kantor Cabang Kedua"`, `value="501"`, `value="Loket 9"`}, nil},
		"a merge": {"/console/registrations/" + twin.String(), url.Values{"ruling": {"same"}}, []string{`value="same" required checked`}, func() bool {
			row, err := c.store.Registration(t.Context(), twin)
			need(t, err)
			return row.State != app.Duplicate
		}},
		"revocation": {"/console/kiosks/00417", url.Values{"act": {"revoke"}, "sure": {"1"}}, []string{`value="1" required checked`}, func() bool {
			chain, err := c.store.Chain(t.Context(), k.Chain)
			need(t, err)
			return !chain.RevokedAt.IsZero()
		}},
	} {
		before := len(actsOf(t, c))
		form.form.Set("form", p.token(t))
		for _, second := range []struct{ name, password string }{
			{"", ""}, {"rina", "rahasia"}, {"sari", "salah"}, {"sari", ""}, {"nobody", "rahasia"}, {"budi", "rahasia"}, {"tuti", "rahasia"},
		} {
			form.form.Set("second", second.name)
			form.form.Set("secondpassword", second.password)
			status, body := p.send(t, form.path, form.form)
			if status != http.StatusForbidden || strings.Contains(body, "LOKET1") || strings.Contains(body, "salah\"") {
				t.Errorf("%s with %q: %d", name, second.name, status)
			}
			for _, typed := range form.typed {
				if !strings.Contains(body, typed) {
					t.Errorf("%s with %q: %q is gone", name, second.name, typed)
				}
			}
			if form.done != nil && form.done() || len(actsOf(t, c)) != before {
				t.Fatalf("%s was done with %q", name, second.name)
			}
		}
		form.form.Set("second", "sari")
		form.form.Set("secondpassword", "rahasia")
		if status, _ := p.send(t, form.path, form.form); status != http.StatusOK || form.done != nil && !form.done() {
			t.Errorf("%s with two: %d", name, status)
		}
		if acts := actsOf(t, c); len(acts) != before+1 || !strings.Contains(acts[before], " rina+sari ") {
			t.Errorf("%s is not in the own journal: %v", name, acts)
		}
		c.clock.pass(1e12) // guesses are forgotten
	}
	if row, err := c.store.Registration(t.Context(), first); err != nil || row.State != app.Accepted {
		t.Error(row.State, err)
	}
	need(t, c.store.CheckOwnJournal(t.Context(), c.officeKey(t)))
}

// One person suspends at once; the same person cannot decide alone, another can, either way.
func TestASecondPersonDecidesAboutASuspension(t *testing.T) {
	c := real(t)
	c.enrolled(t, 417)
	stopped := func() app.Code {
		chain, err := c.store.Chain(t.Context(), app.Chain{Kiosk: 417, Incarnation: 1})
		need(t, err)
		return chain.Stopped()
	}
	rina, sari := c.as(t, "rina"), c.as(t, "sari")
	act := func(p *person, form url.Values) (int, string) {
		form.Set("form", p.token(t))
		return p.send(t, "/console/kiosks/417", form)
	}
	if status, body := act(rina, url.Values{"act": {"suspend"}}); status != http.StatusOK || stopped() != app.OfficeSuspended || !strings.Contains(body, "rina") {
		t.Fatal(status, stopped())
	}
	if _, body := sari.open(t, "/console/"); !strings.Contains(body, "Tidak boleh dibiarkan") || !strings.Contains(body, "dihentikan sementara oleh rina") {
		t.Error("the first page does not tell")
	}
	for _, decision := range []string{"lift", "confirm"} {
		if status, _ := act(rina, url.Values{"act": {decision}}); status != http.StatusForbidden || stopped() != app.OfficeSuspended {
			t.Error("alone:", decision, status, stopped())
		}
	}
	if status, _ := act(sari, url.Values{"act": {"lift"}}); status != http.StatusOK || stopped() != "" {
		t.Error("lifted by another:", status, stopped())
	}
	act(rina, url.Values{"act": {"suspend"}})
	c.clock.pass(books.SuspensionLife + 1)
	if _, body := c.as(t, "sari").open(t, "/console/"); !strings.Contains(body, "Putuskan sekarang") {
		t.Error("after 72 hours the first page is not louder")
	}
	rina = c.as(t, "rina")
	if status, _ := act(rina, url.Values{"act": {"confirm"}, "second": {"sari"}, "secondpassword": {"rahasia"}}); status != http.StatusOK || stopped() != app.OfficeRevoked {
		t.Error("with another's word on the same form:", status, stopped())
	}
}

// Who enrols the computer that replaces another says what became of the other.
func TestAReplacementAsksAboutTheComputerBefore(t *testing.T) {
	c := newCentre(t)
	k := c.enrolled(t, 417)
	p := c.person(t)
	p.signIn(t, c.dir)
	form := url.Values{"form": {p.token(t)}, "branch": {"K06"}, "branchname": {"Kantor Cabang Contoh"}, "kiosk": {"417"}}
	if status, body := p.send(t, "/console/kiosks", form); status != http.StatusBadRequest || !strings.Contains(body, `name="former"`) || strings.Contains(body, "LOKET1") {
		t.Error("not asked:", status)
	}
	form.Set("former", "stolen")
	if status, body := p.send(t, "/console/kiosks", form); status != http.StatusOK || !strings.Contains(body, "LOKET1") {
		t.Error("answered:", status)
	}
	if chain, err := c.store.Chain(t.Context(), k.Chain); err != nil || chain.Stopped() != app.OfficeRevoked {
		t.Error("the stolen computer goes on:", chain.Stopped(), err)
	}
}
