package officesuite

import (
	"testing"

	"loket/app/journal"
)

// leads: a small employer is listed with what is needed to call it; one that nobody could call is set
// aside.
func leads(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	part, err := journal.NewPart(journal.LeadPart{Name: "CV CONTOH MAJU", Phone: "+6281255667788", Names: []string{"SITI AMINAH"}})
	need(t, err)
	k.Add(t, journal.EmployerLead, journal.LeadBody{Workers: 7}, &part)
	k.Add(t, journal.EmployerLead, journal.LeadBody{Workers: 7}, nil)
	k.Add(t, journal.RegistrationReferred, journal.ReferredBody{Why: "migrant"}, nil)
	w.send(t, k)
	rows, err := w.store.Leads(w.ctx, 10)
	need(t, err)
	if len(rows) != 1 || rows[0].Lead.Name != "CV CONTOH MAJU" || rows[0].Lead.Workers != 7 || rows[0].Lead.Phone != "+6281255667788" || rows[0].Branch == "" || len(rows[0].Lead.Names) != 1 {
		t.Errorf("%+v", rows)
	}
	if f := w.figures(t); f.Quarantined != 1 || f.Today != 0 {
		t.Errorf("%+v", f)
	}
}
