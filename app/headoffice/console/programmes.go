package console

import (
	"encoding/hex"
	"net/http"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/region"
	"loket/app/scheme"
	"loket/app/words"
)

// programmeView is a programme as its card and its page show it.
type programmeView struct {
	books.Programme
	ID     string // in addresses
	Months string // "Desember 2026 – November 2027"
	Bar    bar    // accepted and waiting against the target
	Budget budget
}

func viewOf(lang words.Lang, p books.Programme) programmeView {
	return programmeView{
		Programme: p, ID: hexOf(p.Scope), Months: monthText(lang, p.First()) + " – " + monthText(lang, p.Last()),
		Bar: barOf(p.People, p.Terms.Target), Budget: budgetOf(scheme.Embedded(), p),
	}
}

func (c *Console) programmes(v *visit) error {
	all, err := c.desk.Programmes(v.r.Context())
	if err != nil {
		return err
	}
	views := make([]programmeView, len(all))
	for i, p := range all {
		views[i] = viewOf(v.lang, p)
	}
	c.show(v, http.StatusOK, "programmes", page{Title: "console.programmes.title", Data: views})
	return nil
}

// scopeOf reads a programme's address.
func scopeOf(text string) (scope app.Scope, ok bool) {
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != len(scope) {
		return scope, false
	}
	copy(scope[:], b)
	return scope, scope != app.ScopeDevice && scope != app.ScopeSelfPayers
}

// villagesOf are the villages by which a programme's people are counted: those of the regency that
// its lists come from.
func villagesOf(terms journal.ProgrammeBody) []string {
	regency := terms.Region
	if len(regency) > len("64.08") {
		regency = regency[:len("64.08")]
	}
	places := region.Load().Villages(regency)
	codes := make([]string, len(places))
	for i, p := range places {
		codes[i] = p.Code
	}
	return codes
}

// mostOverlaps keeps the page short; all of them are found among the registrations.
const mostOverlaps = 50

// programmePage is everything about one programme.
type programmePage struct {
	programmeView
	Dossier   books.Dossier
	Rejects   []codeRow // of the newest list
	Warnings  []codeRow
	Districts []districtRow
	Overlaps  []overlapRow
	Changes   []changeRow
	Whole     bool // the account may take out whole NIKs
}

// scopeFor is the programme of the address, where the account may see it: a payer's reader has one.
func (v *visit) scopeFor() (app.Scope, error) {
	scope, ok := scopeOf(v.r.PathValue("scope"))
	if !ok {
		return scope, app.Fail(app.NotFound)
	}
	if v.session.rights&payer != 0 && scope != v.session.programme {
		return scope, app.Fail(app.OfficeNoRight)
	}
	return scope, nil
}

func (c *Console) programme(v *visit) error {
	scope, err := v.scopeFor()
	if err != nil {
		return err
	}
	d, err := c.desk.Programme(v.r.Context(), scope, villagesOf)
	if err != nil {
		return err
	}
	p := programmePage{programmeView: viewOf(v.lang, d.Programme), Dossier: d, Whole: mayReadNIK(v.session.role)}
	if len(d.Versions) > 0 {
		p.Rejects, p.Warnings = codeRows(d.Versions[0].Codes)
	}
	p.Districts = districtRows(v.lang, d.Villages)
	p.Changes = changeRows(v.lang, d.Changes)
	if p.Overlaps, err = c.overlapRows(v, d.Programme); err != nil {
		return err
	}
	c.show(v, http.StatusOK, "programme", page{Title: "console.programme.title", Data: p})
	return nil
}
