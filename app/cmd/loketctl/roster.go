package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"loket/app"
	"loket/app/durable"
	"loket/app/roster"
	"loket/app/words"
)

// rosterCmd is what can be done with a sponsor list.
type rosterCmd struct {
	Check  rosterCheckCmd  `cmd:"" help:"roster.cli.check"`
	Import rosterImportCmd `cmd:"" help:"roster.cli.import"`
}

// rosterCheckCmd judges a list: loketctl roster check FILE --region 64.08.
type rosterCheckCmd struct {
	File    string `arg:"" help:"roster.cli.file"`
	Region  string `help:"roster.cli.region" required:"" placeholder:"64.08"`
	AsOf    string `name:"as-of" help:"roster.cli.as_of" placeholder:"2026-11-20"`
	Rejects string `help:"roster.cli.rejects" placeholder:"OUT"`
	Hidden  bool   `help:"roster.cli.hidden"`
	JSON    bool   `name:"json" help:"cli.json"`
}

// rosterAnswer is the --json form that other programs rely on.
type rosterAnswer struct {
	Rows     int              `json:"rows"`
	Accepted int              `json:"accepted"`
	Codes    map[app.Code]int `json:"codes"`
	Verdicts []rosterVerdict  `json:"verdicts"`
}

type rosterVerdict struct {
	Sheet    string     `json:"sheet"`
	Line     int        `json:"line"`
	Reasons  []app.Code `json:"reasons"`
	Warnings []app.Code `json:"warnings"`
}

// Run is done also when rows are rejected: that is what a judgement is for.
func (c *rosterCheckCmd) Run(env *Env) error {
	at, err := dayOr(c.AsOf, "--as-of", env.Now())
	if err != nil {
		return err
	}
	book, err := openRoster(c.File)
	if err != nil {
		return err
	}
	result, err := roster.Judge(context.Background(), book, roster.Options{Region: c.Region, AsOf: at, Hidden: c.Hidden})
	if err != nil {
		if app.CodeOf(err) == app.RosterRegion {
			return app.Fail(app.WrongUse, "value", words.Error(env.Lang, err))
		}
		return err
	}
	if err := writeRejects(c.Rejects, book, result); err != nil {
		return err
	}
	if c.JSON {
		return env.JSON(answerOfRoster(result))
	}
	return c.show(env, book, result)
}

// dayOr reads a day that was typed, or takes the day of now.
func dayOr(text, flag string, now time.Time) (app.Date, error) {
	if text == "" {
		return app.DateOf(now), nil
	}
	d, ok := app.ParseDate(text)
	if !ok {
		return d, app.Fail(app.WrongUse, "value", flag+"="+text)
	}
	return d, nil
}

// openRoster reads a list.
func openRoster(file string) (*roster.Book, error) {
	b, err := readRoster(file)
	if err != nil {
		return nil, err
	}
	return roster.Open(b)
}

// readRoster reads a file, unless it is too large for any list.
func readRoster(file string) ([]byte, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, &app.Error{Code: app.FileUnread, Op: "roster", Args: app.Args{"file": file}, Err: err}
	}
	if info.Size() > roster.MaxFile {
		return nil, app.Fail(app.RosterFileTooBig, "mb", roster.MaxFile>>20)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, &app.Error{Code: app.FileUnread, Op: "roster", Args: app.Args{"file": file}, Err: err}
	}
	return b, nil
}

func writeRejects(file string, book *roster.Book, result *roster.Result) error {
	if file == "" {
		return nil
	}
	var out bytes.Buffer
	if err := book.WriteRejects(&out, result); err != nil {
		return err
	}
	if err := durable.Write(file, out.Bytes(), 0o600); err != nil {
		return &app.Error{Code: app.FileUnwritten, Op: "roster", Args: app.Args{"file": file}, Err: err}
	}
	return nil
}

func answerOfRoster(r *roster.Result) rosterAnswer {
	a := rosterAnswer{Rows: len(r.Rows), Accepted: r.Accepted(), Codes: r.Codes(), Verdicts: make([]rosterVerdict, len(r.Rows))}
	for i, row := range r.Rows {
		a.Verdicts[i] = rosterVerdict{row.Sheet, row.Line, append([]app.Code{}, row.Reasons...), append([]app.Code{}, row.Warnings...)}
	}
	return a
}

func (c *rosterCheckCmd) show(env *Env, book *roster.Book, r *roster.Result) error {
	accepted := r.Accepted()
	if err := env.Say("roster.rows", "rows", len(r.Rows), "accepted", accepted, "rejected", len(r.Rows)-accepted); err != nil {
		return err
	}
	reasons, warnings := countRoster(r)
	if err := showCodes(env, "roster.rejecting", reasons); err != nil {
		return err
	}
	if err := showCodes(env, "roster.warning", warnings); err != nil {
		return err
	}
	if err := showLeftOut(env, "roster.hidden_left_out", r.Hidden); err != nil {
		return err
	}
	if err := showLeftOut(env, "roster.unknown_left_out", r.Unknown); err != nil {
		return err
	}
	if err := showColumns(env, book); err != nil {
		return err
	}
	if c.Rejects != "" {
		return env.Say("roster.rejects_written", "file", c.Rejects)
	}
	return nil
}

func showLeftOut(env *Env, key string, sheets []string) error {
	if len(sheets) == 0 {
		return nil
	}
	return env.Say(key, "sheets", strings.Join(sheets, ", "))
}

func countRoster(r *roster.Result) (reasons, warnings map[app.Code]int) {
	reasons, warnings = map[app.Code]int{}, map[app.Code]int{}
	for _, row := range r.Rows {
		for _, code := range row.Reasons {
			reasons[code]++
		}
		for _, code := range row.Warnings {
			warnings[code]++
		}
	}
	return reasons, warnings
}

// showCodes prints how often each code was given, the most frequent first.
func showCodes(env *Env, title string, counts map[app.Code]int) error {
	if len(counts) == 0 {
		return nil
	}
	if err := env.Say(title); err != nil {
		return err
	}
	var codes []app.Code
	for code := range counts {
		codes = append(codes, code)
	}
	slices.SortFunc(codes, func(a, b app.Code) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	var rows [][]string
	for _, code := range codes {
		rows = append(rows, []string{fmt.Sprint(counts[code]), words.Say(env.Lang, string(code)) + " [" + string(code) + "]"})
	}
	return env.table(rows, 0)
}

// showColumns prints what each column was taken for, so that a wrong guess is seen. Sheets alike
// are told once.
func showColumns(env *Env, book *roster.Book) error {
	var told []string
	for _, s := range book.Sheets {
		var found []string
		for _, c := range s.Columns {
			if c.Field != roster.Ignored {
				found = append(found, c.Title+" = "+words.Say(env.Lang, c.Field.Key()))
			}
		}
		columns := strings.Join(found, "; ")
		if columns == "" || slices.Contains(told, columns) {
			continue
		}
		told = append(told, columns)
		if err := env.Say("roster.columns", "columns", columns); err != nil {
			return err
		}
	}
	return nil
}
