package main

import (
	"slices"
	"strings"
	"text/tabwriter"

	"loket/app"
	"loket/app/identity"
	"loket/app/region"
	"loket/app/words"
)

// nikCmd says what a NIK says: loketctl nik NUMBER.
type nikCmd struct {
	Number string `arg:"" help:"nik.cli.number"`
	At     string `help:"nik.cli.at" placeholder:"2026-11-20"`
	JSON   bool   `name:"json" help:"cli.json"`
}

// nikAnswer is the --json form that other programs rely on.
type nikAnswer struct {
	Valid     bool       `json:"valid"`
	BirthDate app.Date   `json:"birth_date"` // "" when it cannot be read
	Sex       app.Sex    `json:"sex"`
	Region    string     `json:"region"`
	Errors    []app.Code `json:"errors"`
	Warnings  []app.Code `json:"warnings"`
}

// Run ends with errAnswerNo when the NIK cannot exist.
func (c *nikCmd) Run(env *Env) error {
	at := app.DateOf(env.Now())
	if c.At != "" {
		var ok bool
		if at, ok = app.ParseDate(c.At); !ok {
			return app.Fail(app.WrongUse, "value", "--at="+c.At)
		}
	}
	reading := identity.Check(c.Number, region.Load().Knowledge, at)
	show := showNIK
	if c.JSON {
		show = jsonNIK
	}
	if err := show(env, reading); err != nil {
		return err
	}
	if !reading.Valid() {
		return errAnswerNo
	}
	return nil
}

func jsonNIK(env *Env, r identity.Reading) error {
	return env.JSON(nikAnswer{
		Valid: r.Valid(), BirthDate: r.BirthDate, Sex: r.Sex, Region: r.Region,
		Errors: append([]app.Code{}, r.Errors...), Warnings: append([]app.Code{}, r.Warnings...),
	})
}

func showNIK(env *Env, r identity.Reading) error {
	if err := env.Say("nik.title", "nik", identity.FormatNIK(r.NIK)); err != nil {
		return err
	}
	var rows [][]string
	row := func(key, value string) {
		if value != "" {
			rows = append(rows, []string{words.Say(env.Lang, key), value})
		}
	}
	row("nik.birth_date", r.BirthDate.String())
	if r.Sex != "" {
		row("nik.sex", words.Say(env.Lang, "sex."+string(r.Sex)))
	}
	row("nik.region", regionLabel(r.Region))
	for _, code := range r.Errors {
		row("nik.error", words.Say(env.Lang, string(code))+" ["+string(code)+"]")
	}
	for _, code := range r.Warnings {
		row("nik.warning", words.Say(env.Lang, string(code))+" ["+string(code)+"]")
	}
	if err := env.table(rows, 0); err != nil {
		return err
	}
	if !r.Valid() {
		return env.Say("nik.not_valid")
	}
	return env.Say("nik.valid")
}

// regionLabel is the code with the district's name, when the table has it.
func regionLabel(code string) string {
	if p, ok := region.Load().Lookup(code); ok {
		return code + " " + p.Label()
	}
	return code
}

// oneCell keeps a cell from breaking the row.
var oneCell = strings.NewReplacer("\n", " ", "\t", " ")

// table prints rows in columns, two spaces in and two between; with tabwriter.AlignRight all
// but the last stand on the right, as amounts do.
func (e *Env) table(rows [][]string, flags uint) error {
	w := tabwriter.NewWriter(e.Out, 0, 0, 2, ' ', flags)
	for _, row := range rows {
		row = slices.Clone(row)
		for i := range row {
			row[i] = oneCell.Replace(identity.Shown(row[i]))
		}
		if _, err := w.Write([]byte("  " + strings.Join(row, "\t") + "\n")); err != nil {
			return app.Wrap("output", app.FileUnwritten, err)
		}
	}
	return app.Wrap("output", app.FileUnwritten, w.Flush())
}
