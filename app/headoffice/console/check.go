package console

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"path"
	"strings"

	"loket/app"
	"loket/app/office/books"
	"loket/app/region"
	"loket/app/roster"
	"loket/app/words"
)

// checkPath is where lists are judged. A list is read there, never kept.
const checkPath = "/console/programmes/check"

// Most that a request may hold: forms are short, a list of 150,000 people has about 15 MB. What does
// not fit into the memory that a form may take would be put into a file, and lists are personal data.
const (
	maxForm = 1 << 20
	maxList = 32 << 20
)

func mostOf(r *http.Request) int64 {
	if r.Method == http.MethodPost && r.URL.Path == checkPath {
		return maxList
	}
	return maxForm
}

// checkPage is the form, and below it what the judge said.
type checkPage struct {
	Programmes []programmeView
	Scope      string
	Region     string
	AsOf       app.Date
	Megabytes  int
	Answer     *answer
}

// answer is a judged list in figures. The rows themselves go back in the file alone.
type answer struct {
	Rows, Accepted, Rejected int
	Bar                      bar
	Rejects, Warnings        []codeRow
	Columns                  []string // what each column was taken for
	LeftOut                  []string // sheets
	Guesses                  []roster.Guess
}

func (c *Console) showCheck(v *visit) error {
	p, err := c.checkPage(v)
	if err != nil {
		return err
	}
	p.Scope = v.r.URL.Query().Get("programme")
	c.show(v, http.StatusOK, "check", page{Title: "console.check.title", Data: p})
	return nil
}

func (c *Console) checkPage(v *visit) (checkPage, error) {
	all, err := c.desk.Programmes(v.r.Context())
	p := checkPage{AsOf: books.Today(c.clock.Now()), Megabytes: maxList >> 20}
	for _, one := range all {
		p.Programmes = append(p.Programmes, viewOf(v.lang, one))
	}
	return p, err
}

// check judges a list by the same rules as a kiosk and answers with figures, or with the list and
// its reasons. A list that cannot be read is told on the form.
func (c *Console) check(v *visit) error {
	p, err := c.checkPage(v)
	if err != nil {
		return err
	}
	p.Scope, p.Region = v.r.PostFormValue("programme"), strings.TrimSpace(v.r.PostFormValue("region"))
	if day, ok := app.ParseDate(v.r.PostFormValue("asof")); ok {
		p.AsOf = day
	}
	if err := c.did(v, "list.checked", p.Scope); err != nil { // the answer tells who is known
		return err
	}
	select {
	case c.judging <- struct{}{}: // one at a time: a list of 150,000 takes hundreds of megabytes
		defer func() { <-c.judging }()
	case <-v.r.Context().Done():
		return app.Wrap("console.check", app.Cancelled, v.r.Context().Err())
	}
	book, result, err := c.judge(v, p)
	if err != nil {
		c.log.Info("list refused", "code", app.CodeOf(err))
		c.show(v, http.StatusBadRequest, "check", page{Title: "console.check.title", Notice: words.Error(v.lang, err), Data: p})
		return nil
	}
	if v.r.PostFormValue("download") != "" {
		return c.sendRejects(v, book, result)
	}
	p.Answer = answerOf(v.lang, book, result)
	c.show(v, http.StatusOK, "check", page{Title: "console.check.title", Data: p})
	return nil
}

// judge reads the file and judges it, once to learn which NIKs it holds and once with what the books
// know of them.
func (c *Console) judge(v *visit, p checkPage) (*roster.Book, *roster.Result, error) {
	file, err := uploaded(v.r)
	if err != nil {
		return nil, nil, err
	}
	programme, err := c.programmeOf(p)
	if err != nil {
		return nil, nil, err
	}
	o := roster.Options{Region: p.Region, AsOf: p.AsOf}
	if programme != nil && o.Region == "" {
		o.Region = programme.Terms.Region
	}
	if o.Region, err = regionOf(o.Region); err != nil {
		return nil, nil, err
	}
	book, err := roster.Open(file)
	if err != nil {
		return nil, nil, err
	}
	var niks []string
	o.Known = func(nik string) bool { niks = append(niks, nik); return false }
	result, err := roster.Judge(v.r.Context(), book, o)
	if err != nil || len(niks) == 0 || programme == nil {
		return book, result, err
	}
	if err := c.known(v.r.Context(), niks, *programme, &o); err != nil {
		return nil, nil, err
	}
	result, err = roster.Judge(v.r.Context(), book, o)
	return book, result, err
}

// known lets the judge see whom the programme has, and for whom another pays in its months.
func (c *Console) known(ctx context.Context, niks []string, p programmeView, o *roster.Options) error {
	paid, err := c.desk.Payments(ctx, niks)
	if err != nil {
		return err
	}
	o.Known = func(nik string) bool {
		for _, one := range paid[nik] {
			if one.Scope == p.Scope {
				return true
			}
		}
		return false
	}
	o.OtherPayer = func(nik string) bool {
		for _, one := range paid[nik] {
			if one.Scope != p.Scope && one.Pays(p.First(), p.Last()) {
				return true
			}
		}
		return false
	}
	return nil
}

// uploaded is the file of the form, in memory.
func uploaded(r *http.Request) ([]byte, error) {
	f, header, err := r.FormFile("list")
	if errors.Is(err, http.ErrMissingFile) {
		return nil, app.Fail(app.RosterEmpty)
	}
	if err != nil {
		return nil, app.Fail(app.OfficeFormOld)
	}
	file := make([]byte, header.Size)
	_, err = io.ReadFull(f, file)
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, app.Wrap("console.uploaded", app.FileUnread, err)
	}
	if len(file) == 0 {
		return nil, app.Fail(app.RosterEmpty)
	}
	return file, nil
}

func (c *Console) programmeOf(p checkPage) (*programmeView, error) {
	if p.Scope == "" {
		return nil, nil //nolint:nilnil // a list may be judged for no programme
	}
	for i := range p.Programmes {
		if p.Programmes[i].ID == p.Scope {
			return &p.Programmes[i], nil
		}
	}
	return nil, app.Fail(app.NotFound)
}

// regionOf reads a code, or the name of a regency or city.
func regionOf(text string) (string, error) {
	if p, ok := region.Load().Lookup(text); ok {
		return p.Code, nil
	}
	return "", app.Fail(app.RosterRegion, "region", text)
}

func answerOf(lang words.Lang, book *roster.Book, r *roster.Result) *answer {
	a := &answer{Rows: len(r.Rows), Accepted: r.Accepted(), LeftOut: append(r.Hidden, r.Unknown...)}
	a.Rejected = a.Rows - a.Accepted
	a.Bar = bar{Good: a.Accepted * thousand / a.Rows, Percent: a.Accepted * 100 / a.Rows}
	a.Rejects, a.Warnings = codeRows(countsOf(r.Codes()))
	a.Guesses = r.Guesses()
	if len(a.Guesses) > mostOverlaps {
		a.Guesses = a.Guesses[:mostOverlaps]
	}
	for _, s := range book.Sheets {
		for _, column := range s.Columns {
			if column.Field != roster.Ignored && len(a.Columns) < 40 {
				a.Columns = append(a.Columns, column.Title+" = "+words.Say(lang, column.Field.Key()))
			}
		}
		if len(a.Columns) > 0 {
			break // the others are alike, or told by their codes
		}
	}
	return a
}

// sendRejects answers with the sender's own list and the reasons behind its columns.
func (c *Console) sendRejects(v *visit, book *roster.Book, result *roster.Result) error {
	var out bytes.Buffer
	if err := book.WriteRejects(&out, result); err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", `attachment; filename="`+path.Base("perbaikan."+string(book.Kind))+`"`)
	if _, err := v.w.Write(out.Bytes()); err != nil {
		c.log.Debug("answer lost", "error", err)
	}
	return nil
}

// hexOf is a scope as addresses have it.
func hexOf(scope app.Scope) string { return hex.EncodeToString(scope[:]) }
