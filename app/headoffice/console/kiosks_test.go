package console

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"loket/app"
	"loket/app/office/books"
	"loket/app/words"
)

// The kiosk's page shows what the trust list leaves out and what came too late, with a form for two people;
// an auditor sees both and gets no form.
func TestTheKioskPageShowsWhatIsKeptOut(t *testing.T) {
	c := consoleFor(t, lobby{})
	chain := app.Chain{Kiosk: 417, Incarnation: 2}
	p := kioskPage{
		KioskRow: books.KioskRow{Chain: chain, EnrolledAt: time.Unix(1_800_000_000, 0)}, Held: true,
		Out:  []books.LeftOut{{Chain: chain, Code: app.OfficeKeyTooMany}},
		Late: []books.LateBatch{{Chain: app.Chain{Kiosk: 417, Incarnation: 1}, Number: 12}},
	}
	for role, forms := range map[rights]bool{supervisor: true, auditor: false} {
		for _, lang := range words.Langs {
			w := httptest.NewRecorder()
			v := &visit{w, httptest.NewRequestWithContext(t.Context(), "GET", "/console/kiosks/00417", nil), lang, &session{account: "rina", rights: role, raw: "held"}}
			c.show(v, http.StatusOK, "kiosk", page{Title: "console.kiosk.title", Data: p})
			body := w.Body.String()
			if w.Code != http.StatusOK || strings.Contains(body, "[console.") || !strings.Contains(body, "00417-02") || !strings.Contains(body, "00417-01 · 12") {
				t.Error(w.Code, body)
			}
			for _, form := range []string{`value="letkeyin"`, `value="letin"`, `value="suspend"`, `name="secondpassword"`} {
				if strings.Contains(body, form) != forms {
					t.Errorf("%v sees %s: %v", role, form, !forms)
				}
			}
		}
	}
}
