package main

import (
	"text/tabwriter"

	"loket/app"
	"loket/app/scheme"
	"loket/app/words"
)

// quoteCmd works out a contribution, month by month: loketctl quote --income 900000 ...
type quoteCmd struct {
	Income     int64  `help:"quote.cli.income" required:"" placeholder:"900000"`
	Sector     string `help:"quote.cli.sector" default:"other" enum:"transport,other"`
	Payer      string `help:"quote.cli.payer" default:"self" enum:"self,family,employer,group,apbn,apbd_province,apbd_regency,village,company,donor,institution"`
	Programmes string `help:"quote.cli.programmes" default:"JKK+JKM"`
	FirstMonth string `help:"quote.cli.first_month" placeholder:"2026-12"`
	Months     int    `help:"quote.cli.months" default:"1"`
	JSON       bool   `name:"json" help:"cli.json"`
}

// quoteAnswer is the --json form that other programs rely on. Amounts are whole rupiah.
type quoteAnswer struct {
	Total  app.Rupiah   `json:"total_idr"`
	Months []quoteMonth `json:"months"`
}

type quoteMonth struct {
	Month  app.Month  `json:"month"`
	JKK    app.Rupiah `json:"jkk_idr"`
	JKM    app.Rupiah `json:"jkm_idr"`
	JHT    app.Rupiah `json:"jht_idr"`
	Total  app.Rupiah `json:"total_idr"`
	Relief string     `json:"relief"` // "" without relief
}

// Run prices the months by the rule set that ships with the program.
func (c *quoteCmd) Run(env *Env) error {
	rules := scheme.Embedded()
	request, err := c.request(rules, app.DateOf(env.Now()))
	if err != nil {
		return err
	}
	quotation, err := scheme.Quote(rules, request)
	if err != nil {
		// Every refusal here is about what was typed.
		return app.Fail(app.WrongUse, "value", words.Error(env.Lang, err))
	}
	if c.JSON {
		return env.JSON(answerOf(env.Lang, quotation))
	}
	return c.show(env, request, quotation)
}

func (c *quoteCmd) request(rules *scheme.Rules, today app.Date) (scheme.Request, error) {
	programmes, ok := scheme.ParseProgrammes(c.Programmes)
	if !ok {
		return scheme.Request{}, app.Fail(app.WrongUse, "value", "--programmes="+c.Programmes)
	}
	first := rules.FirstMonth(today)
	if c.FirstMonth != "" {
		if first, ok = app.ParseMonth(c.FirstMonth); !ok {
			return scheme.Request{}, app.Fail(app.WrongUse, "value", "--first-month="+c.FirstMonth)
		}
	}
	return scheme.Request{
		Income: app.Rupiah(c.Income), Sector: app.Sector(c.Sector), Payer: app.PayerKind(c.Payer),
		Programmes: programmes, FirstMonth: first, Months: c.Months,
	}, nil
}

func answerOf(lang words.Lang, q scheme.Quotation) quoteAnswer {
	a := quoteAnswer{Total: q.Total}
	for _, l := range q.Lines {
		a.Months = append(a.Months, quoteMonth{l.Month, l.JKK, l.JKM, l.JHT, l.Total, reliefNote(lang, l)})
	}
	return a
}

func reliefNote(lang words.Lang, l scheme.Line) string {
	if l.Percent == 0 {
		return ""
	}
	return words.Say(lang, "quote.relief_note", "percent", l.Percent, "programmes", l.Reduced, "source", l.Source)
}

func (c *quoteCmd) show(env *Env, r scheme.Request, q scheme.Quotation) error {
	say := func(key string, pairs ...any) string { return words.Say(env.Lang, key, pairs...) }
	about := say("quote.title", "programmes", r.Programmes, "months", r.Months, "first", r.FirstMonth) + "\n" +
		say("sector."+c.Sector) + "; " + say("payer."+c.Payer) + "; " + say("quote.base", "base", q.Base)
	if err := env.Println(about); err != nil {
		return err
	}
	rows := [][]string{{say("quote.month"), "JKK", "JKM", "JHT", say("quote.total"), "  " + say("quote.relief")}}
	for _, l := range q.Lines {
		rows = append(rows, []string{
			l.Month.String(), l.JKK.String(), l.JKM.String(), l.JHT.String(), l.Total.String(), "  " + reliefNote(env.Lang, l),
		})
	}
	rows = append(rows, []string{"", "", "", say("quote.total"), q.Total.String(), ""})
	if err := env.table(rows, tabwriter.AlignRight); err != nil {
		return err
	}
	return env.Say("quote.no_promise")
}
