// Package people invents people who come to a counter, as unlike each other as real ones: the
// figures of `loketctl bench` are worth something only when names, places and numbers differ. The
// same seed gives the same people.
package people

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"loket/app"
	"loket/app/counter"
	"loket/app/region"
	"loket/app/scheme"
)

// Crowd gives one person after the other.
type Crowd struct {
	r        *rand.Rand
	today    app.Date
	villages []region.Place // where the branch's people live
	births   []region.Place // where they were born
	rules    *scheme.Rules
}

// New is the crowd of a seed, as it comes on a day.
func New(seed uint64, today app.Date) *Crowd {
	regions := region.Load()
	c := &Crowd{r: rand.New(rand.NewPCG(seed, 20261120)), today: today, rules: scheme.Embedded()}
	c.villages = append(regions.Villages("64.71"), regions.Villages("64.08")...)
	for _, p := range regions.Provinces() {
		c.births = append(c.births, regions.Districts(p.Code)...)
	}
	return c
}

// WalkIn is the complete record of somebody who pays for themselves.
func (c *Crowd) WalkIn() app.Record {
	owner := false
	rec := app.Record{
		Person: c.person(), Address: c.address(), Reach: app.Reach{Phone: c.phone()},
		Work: app.Work{
			Occupation: c.occupation(), BusinessOwner: &owner, Place: strings.TrimSpace(c.pick(places)),
			Income: app.Rupiah(50_000 * (10 + c.r.IntN(80))),
		},
		Plan: app.Plan{
			Programmes: app.WorkAccident | app.Death, FirstMonth: c.rules.FirstMonth(c.today),
			Months: c.rules.Periods[c.r.IntN(len(c.rules.Periods))], Payer: app.PayerSelf,
		},
		Family: app.FamilyContact{Name: c.name(c.sex()), Relation: c.pick([]string{"spouse", "child", "parent", "sibling"}), Phone: c.phone()},
		Notice: &app.Notice{Text: c.rules.Asking.NoticeText, Read: c.r.IntN(4) == 0},
		Source: app.SourceWalkIn,
	}
	for _, asked := range c.rules.Asking.Consents {
		rec.Consents = append(rec.Consents, app.Consent{Purpose: asked.Purpose, Given: c.r.IntN(2) == 0, Text: asked.Text})
	}
	return rec
}

// Form is a record as somebody typed it at the counter.
func Form(rec app.Record) counter.Form {
	f := counter.Form{Record: rec}
	for field, text := range map[counter.Field]string{
		scheme.FieldNIK: rec.Person.NIK, scheme.FieldName: rec.Person.Name, scheme.FieldMotherName: rec.Person.MotherName,
		scheme.FieldBirthPlace: rec.Person.BirthPlace, scheme.FieldAddress: rec.Address.Street,
		counter.RT: rec.Address.RT, counter.RW: rec.Address.RW, scheme.FieldPhone: rec.Reach.Phone,
		scheme.FieldIncome: fmt.Sprint(int64(rec.Work.Income)), scheme.FieldWorkPlace: rec.Work.Place,
		counter.FamilyName: rec.Family.Name, counter.FamilyPhone: rec.Family.Phone,
	} {
		f.Type(field, text)
	}
	return f
}

// person is 18 to 60 years old, and bears what a NIK says.
func (c *Crowd) person() app.Person {
	sex := c.sex()
	born := app.Date{Year: c.today.Year - 18 - 1 - c.r.IntN(42), Month: time.Month(1 + c.r.IntN(12)), Day: 1 + c.r.IntN(28)}
	day := born.Day
	if sex == app.Female {
		day += 40
	}
	home := c.births[c.r.IntN(len(c.births))]
	district := c.villages[c.r.IntN(len(c.villages))].Code[:8]
	if c.r.IntN(3) == 0 { // a NIK tells where it was first given out
		district = home.Code
	}
	return app.Person{
		NIK:  fmt.Sprintf("%s%02d%02d%02d%04d", strings.ReplaceAll(district, ".", ""), day, born.Month, born.Year%100, 1+c.r.IntN(40)),
		Name: c.name(sex), BirthPlace: strings.ToUpper(home.Name), BirthDate: born, Sex: sex, MotherName: c.name(app.Female),
	}
}

// name has two or three words.
func (c *Crowd) name(sex app.Sex) string {
	given := men
	if sex == app.Female {
		given = women
	}
	name := c.pick(given) + " " + c.pick(family)
	if c.r.IntN(3) == 0 {
		name = c.pick(given) + " " + name
	}
	return name
}

func (c *Crowd) address() app.Address {
	street := fmt.Sprintf("JL. %s NO. %d", strings.ReplaceAll(c.pick(streets), "-", " "), 1+c.r.IntN(300))
	if c.r.IntN(4) == 0 {
		street += fmt.Sprintf(" BLOK %c%d", 'A'+c.r.IntN(12), 1+c.r.IntN(30))
	}
	return app.Address{
		Street: street, RT: fmt.Sprintf("%03d", 1+c.r.IntN(70)), RW: fmt.Sprintf("%03d", c.r.IntN(12)),
		Village: c.villages[c.r.IntN(len(c.villages))].Code,
	}
}

func (c *Crowd) phone() string {
	return fmt.Sprintf("+628%02d%08d", 11+c.r.IntN(88), c.r.IntN(100_000_000))
}

func (c *Crowd) occupation() string {
	return c.rules.Occupations[c.r.IntN(len(c.rules.Occupations))].Code
}

func (c *Crowd) sex() app.Sex {
	if c.r.IntN(2) == 0 {
		return app.Female
	}
	return app.Male
}

func (c *Crowd) pick(of []string) string { return of[c.r.IntN(len(of))] }
