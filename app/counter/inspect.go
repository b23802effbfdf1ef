package counter

import (
	"slices"
	"strings"
	"time"

	"loket/app"
	"loket/app/identity"
	"loket/app/region"
	"loket/app/scheme"
)

// Rules is what a form is judged by.
type Rules struct {
	Scheme  *scheme.Rules
	Regions *region.Table
	Closed  error // why nobody may be registered now: head office's authority has run out; nil
}

// Inspection is all that can be said of a form as it stands.
type Inspection struct {
	Record   app.Record        // as a save would keep it: what the NIK says filled in
	Filled   []Field           // taken from the NIK or the rules, not typed
	Region   string            // district that first gave the NIK, "64.71.01"; "" when unreadable
	Problems []scheme.Problem  // errors block a save, warnings never do
	Missing  []Field           // required by the source and not answered
	Quote    *scheme.Quotation // nil while it cannot be worked out
	Verdict  scheme.Verdict    // on the age; only when the birth date is known
	OldAge   bool              // JHT is a must: scheme.WhyOldAge tells why
}

// Inspect looks at a form: what the NIK fills in, what is wrong, what is missing, what it costs.
// It is quick enough for every key press.
func Inspect(f Form, rules Rules, now time.Time) Inspection {
	today := app.DateOf(now)
	i := Inspection{Record: f.Record}
	i.Problems = unreadable(f)
	i.fillFromNIK(f, rules, today)
	i.fillFromRules(f, rules, today)
	i.settle(f)
	i.Problems = append(i.Problems, rules.Scheme.Wrong(i.Record, today, rules.Regions)...)
	i.Missing = slices.DeleteFunc(rules.Scheme.Missing(i.Record, today), i.wrong)
	if i.Record.Person.BirthDate.Known() {
		i.Verdict = scheme.Eligible(rules.Scheme, i.Record.Person.BirthDate, today, false)
	}
	if q, err := scheme.Quote(rules.Scheme, requestOf(i.Record, rules.Scheme)); err == nil && i.Record.Plan.Months > 0 {
		i.Quote = &q
	}
	return i
}

// Of lists what was found about one field.
func (i Inspection) Of(field Field) []scheme.Problem {
	var found []scheme.Problem
	for _, p := range i.Problems {
		if p.Field == field {
			found = append(found, p)
		}
	}
	return found
}

// Refusal says why the form cannot become a registration now, or nil. What no typing can mend
// (the age) comes first, then what was typed wrongly, then what is missing.
func (i Inspection) Refusal() error {
	if i.Verdict.Problem != nil {
		return i.Verdict.Problem
	}
	for _, p := range i.Problems {
		if !p.Warning {
			return &app.Error{Code: app.RegistrationUnreadable, Err: p.Err}
		}
	}
	if len(i.Missing) > 0 {
		return app.Fail(app.RegistrationIncomplete, "count", len(i.Missing))
	}
	return nil
}

// wrong says whether a field has an error, so that it is not called missing too.
func (i Inspection) wrong(field Field) bool {
	return slices.ContainsFunc(i.Problems, func(p scheme.Problem) bool { return p.Field == field && !p.Warning })
}

// fillFromNIK takes birth date and sex from the NIK where nothing else was typed or chosen.
func (i *Inspection) fillFromNIK(f Form, rules Rules, today app.Date) {
	nik := identity.Check(f.Record.Person.NIK, rules.Regions.Knowledge, today)
	if !nik.Valid() {
		return
	}
	i.Region = nik.Region
	p := &i.Record.Person
	if !p.BirthDate.Known() && strings.TrimSpace(f.Typed[scheme.FieldBirthDate]) == "" {
		p.BirthDate = nik.BirthDate
		i.Filled = append(i.Filled, scheme.FieldBirthDate)
	}
	if p.Sex == "" {
		p.Sex = nik.Sex
		i.Filled = append(i.Filled, scheme.FieldSex)
	}
}

// fillFromRules takes what the rule set decides: the first month, and JHT for a business owner.
func (i *Inspection) fillFromRules(f Form, rules Rules, today app.Date) {
	plan := &i.Record.Plan
	if plan.FirstMonth == (app.Month{}) {
		plan.FirstMonth = rules.Scheme.FirstMonth(today)
		i.Filled = append(i.Filled, scheme.FieldFirstMonth)
	}
	i.OldAge = rules.Scheme.OldAgeNeeded(f.Record.Work)
	if i.OldAge && !plan.Programmes.Has(rules.Scheme.OwnerNeeds) {
		plan.Programmes |= rules.Scheme.OwnerNeeds
		i.Filled = append(i.Filled, scheme.FieldProgrammes)
	}
}

// settle takes out what no longer belongs to the record, and notes how the person agreed.
func (i *Inspection) settle(f Form) {
	if !i.Record.Plan.Programmes.Has(app.OldAge) {
		i.Record.Bank = app.Bank{} // an account is asked for the savings only
	}
	i.Record.Agreed.How = agreedBy(f)
	if n := i.Record.Notice; n == nil || !n.Read {
		i.Record.Agreed.ReadBy = ""
	}
}

// agreedBy is how notice and consents were given: by what was signed, or by word of mouth.
func agreedBy(f Form) string {
	signed := func(kind string) bool {
		return slices.ContainsFunc(f.Record.Evidence, func(e app.Evidence) bool { return e.Kind == kind })
	}
	switch {
	case f.Record.Notice == nil && len(f.Record.Consents) == 0:
		return ""
	case signed("signature"):
		return "signed"
	case signed("thumbprint"):
		return "thumb"
	case f.Typed[OnPaper] != "" || signed("archive_sheet"):
		return "sheet"
	}
	return "spoken"
}

// unreadable lists the text fields that hold something of which nothing was understood.
func unreadable(f Form) []scheme.Problem {
	var problems []scheme.Problem
	say := func(field Field, code app.Code) {
		problems = append(problems, scheme.Problem{Field: field, Err: app.Fail(code)})
	}
	if text := line(f.Typed[scheme.FieldBirthDate]); text != "" && !f.Record.Person.BirthDate.Known() {
		say(scheme.FieldBirthDate, app.DateUnreadable)
	}
	if text := f.Typed[scheme.FieldIncome]; !identity.Filler(text) {
		if _, ok := ParseAmount(text); !ok {
			say(scheme.FieldIncome, app.AmountUnreadable)
		}
	}
	if _, ok := parseEmail(f.Typed[scheme.FieldEmail]); !ok {
		say(scheme.FieldEmail, app.EmailUnreadable)
	}
	if _, ok := parseAccount(f.Typed[BankAccount]); !ok {
		say(BankAccount, app.AccountUnreadable)
	}
	for _, field := range []Field{scheme.FieldPhone, FamilyPhone} {
		if _, code := identity.CleanPhone(f.Typed[field]); code != "" {
			say(field, code)
		}
	}
	return problems
}

func requestOf(r app.Record, rules *scheme.Rules) scheme.Request {
	return scheme.Request{
		Income: r.Work.Income, Sector: rules.SectorOf(r.Work.Occupation), Payer: r.Plan.Payer,
		Programmes: r.Plan.Programmes, FirstMonth: r.Plan.FirstMonth, Months: r.Plan.Months,
	}
}
