package headoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"loket/app"
	"loket/app/journal"
)

// A person at head office answers where the books are not certain.
func TestAFamilyIsAnsweredInTheConsole(t *testing.T) {
	c := newCentre(t)
	k := c.enrolled(t, 417)
	part, err := journal.NewPart(journal.PackQuestion(app.Question{
		Name: "SITI <b>AMINAH", Born: app.Date{Year: 1990, Month: 10, Day: 5}, Asker: "MARIA", Relation: "child", Purpose: "died", Phone: "+6281255667788",
	}))
	need(t, err)
	id := k.Add(t, journal.LookupAsked, journal.AskedBody{Number: 1, ByName: true}, &part)
	number, raw := k.sealBatch(t)
	_, err = k.put(t, number, raw)
	need(t, err)
	p := c.person(t)
	p.signIn(t, c.dir)
	if _, body := p.open(t, "/console/"); !strings.Contains(body, "1 pertanyaan keluarga menunggu") {
		t.Error("the first page is silent about it")
	}
	if _, body := p.open(t, "/console/lookups"); !strings.Contains(body, "TK 00417-01-000001") || !strings.Contains(body, "SITI &lt;b&gt;AMINAH") {
		t.Error(body)
	}
	_, body := p.open(t, "/console/lookups/"+id.String())
	form := url.Values{"form": {formToken.FindStringSubmatch(body)[1]}, "answer": {"yes"}, "text": {"Bawa KK"}}
	if status, _ := p.send(t, "/console/lookups/"+id.String(), form); status != http.StatusBadRequest {
		t.Error("an answer that does not exist:", status)
	}
	form.Set("answer", "come")
	if status, body := p.send(t, "/console/lookups/"+id.String(), form); status != http.StatusOK || !strings.Contains(body, "dijawab") {
		t.Error(status, body)
	}
	if _, body := p.open(t, "/console/lookups/"+id.String()); !strings.Contains(body, "Bawa KK") || !strings.Contains(body, "admin") {
		t.Error(body)
	}
	for _, path := range []string{"/console/lookups/x", "/console/lookups/00417-01-000999"} {
		if status, _ := p.open(t, path); status != http.StatusNotFound {
			t.Error(path, status)
		}
	}
}
