package desk

import (
	"context"
	"image"
	"strconv"
	"strings"

	"loket/app"
	"loket/app/card"
	"loket/app/identity"
	"loket/app/region"
	"loket/app/scheme"
	"loket/app/words"
	"loket/printing/document"
	"loket/printing/drawing"
	"loket/printing/raster"
	"loket/printing/spool"
)

// Sheet prints the archive sheet of a registration and says where the file is.
func (p *Paper) Sheet(ctx context.Context, r app.Registration) (string, error) {
	if err := p.desk.atWork().May(app.TaskRegister); err != nil {
		return "", err
	}
	s, err := p.sheetOf(r)
	if err != nil {
		return "", err
	}
	s.Officer = p.officer(ctx, r.Operator)
	profile, err := spool.ProfileByID("a4")
	if err != nil {
		return "", err
	}
	name := spool.NameOf("arsip " + r.Number.String())
	return p.submit(ctx, spool.Job{Name: name, Pieces: [][]drawing.Drawing{{document.Archive(s)}}, Profile: profile})
}

// officer is the name of an operator, who signs on the sheet; of somebody who does not work here any more,
// the short ID.
func (p *Paper) officer(ctx context.Context, id string) string {
	people, err := p.desk.Door.People(ctx)
	if err != nil {
		return id
	}
	for _, o := range people {
		if o.ID == id {
			return o.Name
		}
	}
	return id
}

// PreviewSheet draws the archive sheet.
func (p *Paper) PreviewSheet(r app.Registration, dpi float64) (image.Image, error) {
	if err := p.desk.atWork().May(app.TaskRegister); err != nil {
		return nil, err
	}
	s, err := p.sheetOf(r)
	if err != nil {
		return nil, err
	}
	return raster.Render(document.Archive(s), raster.Options{DPI: dpi})
}

func (p *Paper) sheetOf(r app.Registration) (document.ArchiveSheet, error) {
	text, err := card.Scan{Kind: card.ScanArchiveSheet, Chain: r.Number.Chain, Counter: r.Number.Counter}.Text()
	if err != nil {
		return document.ArchiveSheet{}, err
	}
	made := r.CapturedAt.In(p.desk.Clock.Now().Location())
	s := document.ArchiveSheet{
		Practice: p.desk.Practice(), Number: r.Number, ScanText: text, Name: r.Record.Person.Name, Officer: r.Operator,
		Parts: declared(r.Record),
		Made:  made.Format("02-01-2006 15.04") + " " + app.ZoneName(made) + " · " + p.desk.Settings().BranchName,
	}
	asking := scheme.Embedded().Asking
	version := asking.NoticeText
	if n := r.Record.Notice; n != nil {
		version = n.Text
	}
	notice := words.NoticeOf(words.ID, version)
	s.Notice = document.Told{Text: notice.Whole(), Version: notice.Version}
	for _, asked := range asking.Consents {
		s.Consents = append(s.Consents, consented(r.Record, asked))
	}
	return s, nil
}

func say(key string, pairs ...any) string { return words.Say(words.ID, key, pairs...) }

// consented is a purpose with the answer on record and the version of the text that it was given to.
func consented(r app.Record, asked scheme.ConsentText) document.Told {
	version, answer := asked.Text, ""
	for _, c := range r.Consents {
		if c.Purpose == asked.Purpose {
			version, answer = c.Text, map[bool]string{true: "yes", false: "no"}[c.Given]
		}
	}
	text, version := words.Question(words.ID, asked.Purpose, version)
	return document.Told{Text: text, Version: version, Answer: answer}
}

// declared is a record as people read it, in groups; what was not said is a line to write on.
func declared(r app.Record) []document.Declared {
	rules := scheme.Embedded()
	occupation := r.Work.Occupation
	if o, ok := rules.Occupation(r.Work.Occupation); ok {
		occupation = o.ID
	}
	village := region.Load().Label(r.Address.Village)
	family := identity.FormatPhone(r.Family.Phone)
	if r.Family.None {
		family = say("ui.cari.no_family")
	}
	reach := identity.FormatPhone(r.Reach.Phone)
	if r.Reach.NoPhone {
		reach = say("ui.cari.no_phone", "through", r.Reach.Through)
	}
	card := r.Person.FamilyCard
	if r.Person.NoFamilyCard {
		card = say("family_card.none")
	}
	return []document.Declared{
		{Title: say("print.archive.person"), Rows: lines(
			"field.name", r.Person.Name, "field.nik", r.Person.NIK, "field.family_card", card,
			"field.birth_place", r.Person.BirthPlace, "field.birth_date", r.Person.BirthDate.String(), "field.sex", word("sex.", string(r.Person.Sex)),
			"field.mother_name", r.Person.MotherName, "field.marital", word("marital.", r.Person.Marital),
		)},
		{Title: say("print.archive.home"), Rows: lines(
			"field.address", r.Address.Street, "print.archive.rt", strings.Trim(r.Address.RT+"/"+r.Address.RW, "/"), "field.village", village,
			"field.phone", reach, "field.email", r.Reach.Email,
		)},
		{Title: say("print.archive.work"), Rows: lines(
			"field.occupation", occupation, "field.work_place", r.Work.Place, "field.working_hours", r.Work.Hours,
			"field.income", r.Work.Income.String(), "field.programmes", r.Plan.Programmes.String(),
			"field.period", period(r.Plan),
			"field.payer", strings.Trim(word("payer.", string(r.Plan.Payer))+" · "+r.Plan.PayerName, " ·"),
		)},
		{Title: say("print.archive.family"), Rows: lines(
			"print.archive.family.name", r.Family.Name, "field.family_relation", word("relation.", r.Family.Relation), "field.family_phone", family,
			"field.guardian", r.Guardian,
		)},
	}
}

// period is how many months are paid, from which one: "3 bulan mulai Desember 2026".
func period(plan app.Plan) string {
	first := say("print.month."+strconv.Itoa(int(plan.FirstMonth.Month)), "year", plan.FirstMonth.Year)
	return say("print.archive.months", "n", plan.Months, "first", first)
}

func word(prefix, value string) string {
	if value == "" {
		return ""
	}
	return say(prefix + value)
}

// lines pairs labels with values; an empty one leaves a line to write on.
func lines(pairs ...string) (rows [][2]string) {
	for i := 0; i+1 < len(pairs); i += 2 {
		value := pairs[i+1]
		if value == "" {
			value = strings.Repeat("_", 24)
		}
		rows = append(rows, [2]string{say(pairs[i]), value})
	}
	return rows
}
