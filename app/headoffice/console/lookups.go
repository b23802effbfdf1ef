package console

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"loket/app"
	"loket/app/office/books"
	"loket/app/words"
)

// lookups lists families' questions (J8), those first that wait for a person.
func (c *Console) lookups(v *visit) error {
	rows, err := c.desk.Lookups(v.r.Context(), rowsShown)
	if err != nil {
		return err
	}
	if err := c.listed(v, "lookups", len(rows), false); err != nil {
		return err
	}
	c.show(v, http.StatusOK, "lookups", page{Title: "console.lookups.title", Data: rows})
	return nil
}

// lookup shows one question, and who may be meant.
func (c *Console) lookup(v *visit) error {
	id, ok := entryOf(v.r.PathValue("id"))
	if !ok {
		return app.Fail(app.NotFound)
	}
	row, err := c.desk.Lookup(v.r.Context(), id)
	if err != nil {
		return err
	}
	if err := c.listed(v, "lookup "+id.String(), 1+len(row.Candidates), false); err != nil {
		return err
	}
	c.show(v, http.StatusOK, "lookup", page{Title: "console.lookup.title", Data: row})
	return nil
}

// mostAnswer is how long a person's words in an answer may be: they are read out on the telephone.
const mostAnswer = 500

// answerLookup sends a person's answer to the kiosk: "not_found", "come", or the registration that is
// meant, of which the books say the rest.
func (c *Console) answerLookup(v *visit) error {
	id, ok := entryOf(v.r.PathValue("id"))
	if !ok {
		return app.Fail(app.NotFound)
	}
	a := books.LookupAnswer{Question: id, Text: strings.TrimSpace(v.r.PostFormValue("text")), By: v.session.account}
	switch chosen := v.r.PostFormValue("answer"); app.Finding(chosen) {
	case app.FindingNotFound, app.FindingCome:
		a.Finding = app.Finding(chosen)
	default:
		if a.Registration, ok = entryOf(chosen); !ok {
			return app.Fail(app.LookupAnswerBad)
		}
	}
	if utf8.RuneCountInString(a.Text) > mostAnswer {
		return app.Fail(app.WrongUse, "value", words.Say(v.lang, "console.lookup.text"))
	}
	if err := c.desk.AnswerLookup(v.r.Context(), a); err != nil {
		return err
	}
	http.Redirect(v.w, v.r, "/console/lookups", http.StatusSeeOther)
	return nil
}

// finding says what was found, in one sentence.
func finding(lang words.Lang, a app.LookupAnswer) string {
	if a.Finding == "" {
		return ""
	}
	return words.Say(lang, "finding."+string(a.Finding), "day", a.Day, "asof", app.DateOf(a.At.In(books.Zone)))
}
