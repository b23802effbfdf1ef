package console

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/words"
)

var states = []app.RegistrationState{"", app.NeedsReview, app.Duplicate, app.Accepted, app.Rejected, app.Withdrawn}

func (c *Console) registrations(v *visit) error {
	q := v.r.URL.Query()
	f := books.Filter{State: app.RegistrationState(v.r.FormValue("state")), Text: v.r.PostFormValue("q"), Odd: v.r.FormValue("odd") != "", Limit: rowsShown}
	chosen := v.r.FormValue("programme")
	f.Scope, _ = scopeOf(chosen)
	rows, err := c.desk.Registrations(v.r.Context(), f)
	if err != nil {
		return err
	}
	if err := c.listed(v, "registrations", len(rows), f.Text != ""); err != nil {
		return err
	}
	programme, err := c.programmeName(v, f.Scope)
	if err != nil {
		return err
	}
	p := page{Title: "console.registrations.title", Data: struct {
		Rows      []books.RegistrationRow
		Filter    books.Filter
		States    []app.RegistrationState
		Full      bool
		Chosen    string // address of the programme
		Programme string // its name
	}{rows, f, states, len(rows) == rowsShown, chosen, programme}}
	if n := q.Get("begun"); n != "" {
		p.Notice = words.Say(v.lang, "console.cover.begun", "n", parseInt(n), "planned", parseInt(q.Get("planned")))
	}
	if n := q.Get("ended"); n != "" {
		p.Notice = words.Say(v.lang, "console.cover.ended", "n", parseInt(n))
	}
	c.show(v, http.StatusOK, "registrations", p)
	return nil
}

// cover begins or ends the cover of one person, or asks for an order about many: of those that are
// ticked, of a programme, or of all.
func (c *Console) cover(v *visit) error {
	day, ok := app.ParseDate(v.r.PostFormValue("from"))
	if !ok {
		return app.Fail(app.WrongUse, "value", words.Say(v.lang, "console.cover.from"))
	}
	o := books.Order{Act: books.OrderBegin, Day: day, AskedBy: v.session.account}
	if v.r.PostFormValue("act") == string(books.OrderEnd) {
		o.Act = books.OrderEnd
	}
	o.Scope, _ = scopeOf(v.r.PostFormValue("programme"))
	ids, err := c.chosen(v)
	if err != nil {
		return err
	}
	switch len(ids) {
	case 0:
	case 1:
		return c.coverOne(v, o, ids)
	default:
		o.Scope = app.Scope{} // those that are named, of whatever programme
	}
	asked, err := c.desk.AskOrder(v.r.Context(), o, ids)
	if err != nil {
		return err
	}
	http.Redirect(v.w, v.r, "/console/orders/"+asked.ID.String(), http.StatusSeeOther)
	return nil
}

// coverOne begins or ends the cover of one person at once.
func (c *Console) coverOne(v *visit, o books.Order, ids []app.EntryID) (err error) {
	back := url.Values{"state": {v.r.PostFormValue("state")}, "programme": {v.r.PostFormValue("programme")}}
	if o.Act == books.OrderEnd {
		n, err := c.desk.EndCover(v.r.Context(), ids, o.Day, v.session.account)
		if err != nil {
			return err
		}
		back.Set("ended", strconv.Itoa(n.Begun+n.Planned))
	} else {
		n, err := c.desk.BeginCover(v.r.Context(), ids, o.Day, v.session.account)
		if err != nil {
			return err
		}
		back.Set("begun", strconv.Itoa(n.Begun))
		back.Set("planned", strconv.Itoa(n.Planned))
	}
	http.Redirect(v.w, v.r, "/console/registrations?"+back.Encode(), http.StatusSeeOther)
	return nil
}

// chosen are the registrations that a form names one by one; none where it names all.
func (c *Console) chosen(v *visit) ([]app.EntryID, error) {
	if v.r.PostFormValue("all") != "" {
		return nil, nil
	}
	var ids []app.EntryID
	for _, text := range v.r.PostForm["id"] {
		id, ok := entryOf(text)
		if !ok {
			return nil, app.Fail(app.NotFound)
		}
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return nil, app.Fail(app.WrongUse, "value", words.Say(v.lang, "console.cover.none"))
	}
	return ids, nil
}

// registration shows one person; of a duplicate, both sides.
func (c *Console) registration(v *visit) error { return c.showRegistration(v, http.StatusOK, "", "") }

func (c *Console) showRegistration(v *visit, status int, notice, ruling string) error {
	id, ok := entryOf(v.r.PathValue("id"))
	if !ok {
		return app.Fail(app.NotFound)
	}
	row, err := c.openRegistration(v, id)
	if err != nil {
		return err
	}
	sides := []side{{RegistrationRow: row}}
	if row.State == app.Duplicate && row.Other.Seq != 0 {
		other, err := c.openRegistration(v, row.Other)
		if err != nil {
			return err
		}
		sides = append(sides, side{RegistrationRow: other})
	}
	for i := range sides {
		if err := c.nameProgramme(v, &sides[i]); err != nil {
			return err
		}
	}
	c.show(v, status, "registration", page{Title: "console.registration.title", Notice: notice, Data: struct {
		Row    books.RegistrationRow
		Sides  []side
		Ruling string // chosen, while it is refused
	}{row, sides, ruling}})
	return nil
}

// rule decides; which of two registrations is whose takes the word of two people.
func (c *Console) rule(v *visit) error {
	id, ok := entryOf(v.r.PathValue("id"))
	if !ok {
		return app.Fail(app.NotFound)
	}
	ruling := v.r.PostFormValue("ruling")
	if err := c.ruled(v, id, ruling); err != nil {
		if app.CodeOf(err) == app.NotFound {
			return err
		}
		c.refused(v, err)
		return c.showRegistration(v, statusOf(err), words.Error(v.lang, err), ruling)
	}
	http.Redirect(v.w, v.r, "/console/registrations/"+id.String(), http.StatusSeeOther)
	return nil
}

// refusals are why a ruling refuses.
var refusals = map[string]app.Code{"accept": "", "same": app.OfficeSameHuman, "unfit": app.OfficeNotFit}

func (c *Console) ruled(v *visit, id app.EntryID, ruling string) error {
	reason, ok := refusals[ruling]
	if !ok {
		return app.Fail(app.WrongUse, "value", "ruling")
	}
	row, err := c.desk.Registration(v.r.Context(), id)
	if err != nil {
		return err
	}
	if row.State == app.Duplicate {
		if _, err := c.second(v, "registration."+ruling, id.String()); err != nil {
			return err
		}
	}
	return c.desk.Rule(v.r.Context(), id, ruling == "accept", reason, v.session.account)
}

// side is a registration with the programme that pays for it.
type side struct {
	books.RegistrationRow
	Programme string // its name; "" where people pay for themselves
	Address   string
}

func (c *Console) nameProgramme(v *visit, s *side) (err error) {
	if s.Scope == app.ScopeSelfPayers {
		return nil
	}
	s.Address = hexOf(s.Scope)
	s.Programme, err = c.programmeName(v, s.Scope)
	return err
}

// programmeName is how a programme is called; "" for none.
func (c *Console) programmeName(v *visit, scope app.Scope) (string, error) {
	if scope == (app.Scope{}) {
		return "", nil
	}
	d, err := c.desk.Programme(v.r.Context(), scope, func(journal.ProgrammeBody) []string { return nil })
	return d.Terms.Name, err
}

// entryOf reads "00417-01-000123".
func entryOf(text string) (app.EntryID, bool) {
	fields := strings.Split(text, "-")
	if len(fields) != 3 {
		return app.EntryID{}, false
	}
	kiosk, incarnation, seq := parseInt(fields[0]), parseInt(fields[1]), parseInt(fields[2])
	if kiosk <= 0 || kiosk > 99999 || incarnation <= 0 || incarnation > 99 || seq <= 0 {
		return app.EntryID{}, false
	}
	return app.EntryID{Chain: app.Chain{Kiosk: app.Kiosk(kiosk), Incarnation: app.Incarnation(incarnation)}, Seq: uint64(seq)}, true
}
