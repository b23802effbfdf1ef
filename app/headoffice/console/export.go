package console

import (
	"net/http"
	"strconv"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/region"
	"loket/app/roster"
	"loket/app/words"
)

// exported is how many registrations are read at a time.
const exported = 500

var media = map[roster.Kind]string{
	roster.CSV:   "text/csv; charset=utf-8",
	roster.Excel: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// export gives a payer the programme's registrations as a table. Who took them, and how many, stands
// in the own journal before the first byte leaves.
func (c *Console) export(v *visit) error {
	scope, err := v.scopeFor()
	if err != nil {
		return err
	}
	kind := roster.Kind(v.r.PostFormValue("kind"))
	if media[kind] == "" {
		return app.Fail(app.WrongUse, "value", "kind")
	}
	whole := mayReadNIK(v.session.role) && v.r.PostFormValue("whole") != ""
	d, err := c.desk.Programme(v.r.Context(), scope, func(journal.ProgrammeBody) []string { return nil })
	if err != nil {
		return err
	}
	body := journal.ExportBody{People: d.People.Registered, Open: whole}
	if err := c.desk.Exported(v.r.Context(), scope, v.session.account, body, c.clock.Now()); err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", media[kind])
	// The file's name says nothing of people: the programme's number and the day.
	h.Set("Content-Disposition", `attachment; filename="program-`+v.r.PathValue("scope")+"-"+books.Today(c.clock.Now()).ISO()+"."+string(kind)+`"`)
	if err := c.writeTable(v, kind, d, whole); err != nil {
		c.log.Error("export cut off", "code", app.CodeOf(err), "error", err)
		panic(http.ErrAbortHandler) // a cut file must not look whole
	}
	return nil
}

func (c *Console) writeTable(v *visit, kind roster.Kind, d books.Dossier, whole bool) error {
	t, err := roster.NewTable(v.w, kind, words.Say(v.lang, "console.export.sheet"))
	if err != nil {
		return err
	}
	if err := t.Row(exportTitles(v.lang)); err != nil {
		return err
	}
	for _, k := range d.Kiosks {
		for after := uint64(0); ; {
			rows, err := c.desk.ProgrammeRecords(v.r.Context(), d.Scope, k.Chain, after, exported)
			if err != nil {
				return err
			}
			if len(rows) == 0 {
				break
			}
			for _, r := range rows {
				if err := t.Row(exportRow(v.lang, r, whole)); err != nil {
					return err
				}
			}
			after = rows[len(rows)-1].ID.Seq
		}
	}
	return t.Close()
}

var exportColumns = []string{"number", "name", "nik", "born", "sex", "district", "village", "member", "state", "why", "cover", "from", "decided"}

func exportTitles(lang words.Lang) []string {
	titles := make([]string, len(exportColumns))
	for i, column := range exportColumns {
		titles[i] = words.Say(lang, "console.export."+column)
	}
	return titles
}

func exportRow(lang words.Lang, r books.RegistrationRow, whole bool) []string {
	nik := r.Record.Person.NIK
	if !whole {
		nik = hideNIK(nik)
	}
	village, district := r.Record.Address.Village, ""
	if p, ok := region.Load().Lookup(village); ok && len(p.Parents) > 0 {
		village, district = p.Name, p.Parents[0]
	}
	sex := ""
	if r.Record.Person.Sex != "" {
		sex = words.Say(lang, "console.sex."+string(r.Record.Person.Sex))
	}
	cover := words.Say(lang, "console.cover.not")
	if r.Cover == app.CoverBegun {
		cover = words.Say(lang, "console.export.begun")
	}
	decided := ""
	if !r.DecidedAt.IsZero() {
		decided = app.DateOf(r.DecidedAt.In(books.Zone)).String()
	}
	return []string{
		r.Number.String(), r.Record.Person.Name, nik, r.Record.Person.BirthDate.String(), sex, district, village,
		string(r.Member), words.Say(lang, "console.state."+string(r.State)), codeText(lang, r.Reason), cover, r.CoverFrom.String(), decided,
	}
}

// intOf reads what somebody typed into a field of whole numbers: "48.000" is 48000, "" is 0.
func intOf(text string) (int, bool) {
	digits := ""
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits += string(r)
		case r != '.' && r != ' ' && r != ',':
			return 0, false
		}
	}
	if digits == "" {
		return 0, true
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil && n <= 1_000_000_000
}
