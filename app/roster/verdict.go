package roster

import (
	"slices"
	"strings"

	"loket/app"
	"loket/app/identity"
	"loket/app/region"
)

// row fills in a row and gives it its codes, in the order of the table in the design.
func (j *judge) row(r *Row, at *layout, cells []cell, village finding) {
	nik := at.get(cells, NIK)
	reading := j.readNIK(nik)
	r.Reasons = append(r.Reasons, reading.Errors...)
	r.Person.NIK = reading.NIK

	if r.Person.Name = nameOf(at.get(cells, Name).text); r.Person.Name == "" {
		r.Reasons = append(r.Reasons, app.NameMissing)
	}
	j.contact(r, at, cells)
	j.birth(r, at, cells, reading)
	r.Warnings = append(r.Warnings, reading.Warnings...)
	j.place(r, at, cells, village)
	j.number(r, reading)

	if r.Occupation = value(at.get(cells, Occupation).text); j.notVulnerable(r.Occupation) {
		r.Reasons = append(r.Reasons, app.NotVulnerableWorker)
	}
	if r.Note = value(at.get(cells, Note).text); r.Note != "" && saysDeceased(r.Note) {
		r.Reasons = append(r.Reasons, app.Deceased)
	}
	if r.Accepted() {
		j.accept[digitsKey(r.Person.NIK)] = struct{}{}
	}
}

func (j *judge) readNIK(c cell) identity.Reading {
	check := identity.Check
	if c.kind == number {
		check = identity.CheckNumber
	}
	return check(tidy(c.text), j.knowledge, j.options.AsOf)
}

func (j *judge) knowledge(code string) identity.RegionKnowledge {
	known, ok := j.regions[code]
	if !ok {
		known = j.options.Regions.Knowledge(code)
		j.regions[code] = known
	}
	return known
}

// number compares the NIK with the rows above and with the programmes. A NIK that lost digits, or
// cannot exist, says nothing about who else has it.
func (j *judge) number(r *Row, reading identity.Reading) {
	if !reading.Valid() {
		return
	}
	if _, twice := j.accept[digitsKey(reading.NIK)]; twice {
		r.Reasons = append(r.Reasons, app.DuplicateInList)
	}
	if j.options.Known != nil && j.options.Known(reading.NIK) {
		r.Reasons = append(r.Reasons, app.AlreadyInProgramme)
	}
	if j.options.OtherPayer != nil && j.options.OtherPayer(reading.NIK) {
		r.Warnings = append(r.Warnings, app.OtherPayer)
	}
}

// birth reads place, date and sex. The typed date decides the age; the NIK's date only when the
// typed one is missing or cannot be read.
func (j *judge) birth(r *Row, at *layout, cells []cell, reading identity.Reading) {
	typed, ok := j.typedBirth(r, at, cells, reading.BirthDate)
	r.Person.Sex = typedSex(at, cells)
	r.Warnings = append(r.Warnings, reading.Against(typed, r.Person.Sex)...)
	if !ok && reading.BirthDate.Known() {
		typed = reading.BirthDate
		r.Warnings = append(r.Warnings, app.BirthDateFromNIK)
	}
	r.Person.BirthDate = typed
	if r.Person.Sex == "" {
		r.Person.Sex = reading.Sex
	}
	if typed.Known() {
		if code := j.options.Rules.AgeCode(typed, j.options.AsOf); code != "" {
			r.Reasons = append(r.Reasons, code)
		}
	}
}

func (j *judge) typedBirth(r *Row, at *layout, cells []cell, nik app.Date) (app.Date, bool) {
	r.Person.BirthPlace = value(at.get(cells, BirthPlace).text)
	day := at.get(cells, BirthDate)
	if both := at.get(cells, Birth); day.text == "" && both.text != "" {
		day = both
		if both.kind == text {
			var place string
			place, day.text = splitBirth(both.text)
			r.Person.BirthPlace = first(r.Person.BirthPlace, value(place))
		}
	}
	if y := at.get(cells, BirthYear).text; y != "" && len(day.text) <= 2 {
		day = cell{text: first(at.get(cells, BirthDay).text, day.text) + "-" + at.get(cells, BirthMonth).text + "-" + y}
	}
	d, ok := birthDate(day, nik, j.options.AsOf)
	if !ok {
		return app.Date{}, false
	}
	return d, true
}

func typedSex(at *layout, cells []cell) app.Sex {
	male, female := value(at.get(cells, IsMale).text) != "", value(at.get(cells, IsFemale).text) != ""
	switch {
	case male && !female:
		return app.Male
	case female && !male:
		return app.Female
	}
	return sexOf(at.get(cells, Sex).text)
}

// place finds the village: the one that the row names, or the one of the whole sheet.
func (j *judge) place(r *Row, at *layout, cells []cell, found finding) {
	r.District = value(at.get(cells, District).text)
	if name := at.get(cells, Village).text; filledText(name) {
		found = j.atlas.find(name, first(r.District, j.district))
	}
	r.Village, r.Address.Village = found.typed, found.code
	switch found.fit {
	case region.Exact:
	case region.Guessed:
		r.Warnings = append(r.Warnings, app.VillageGuessed)
	default:
		r.Reasons = append(r.Reasons, app.VillageUnknown)
	}
}

// contact reads how to reach the person, and what a list adds.
func (j *judge) contact(r *Row, at *layout, cells []cell) {
	phone, problem := phoneOf(tidy(at.get(cells, Phone).text))
	r.Phone = phone
	if phone != "" {
		j.phones[digitsKey(phone[1:])]++
	}
	if problem != "" {
		r.Warnings = append(r.Warnings, problem)
	}
	r.Address.Street = value(at.get(cells, Street).text)
	r.Address.RT, r.Address.RW, _ = strings.Cut(value(at.get(cells, RTRW).text), "/")
	r.Address.RT = first(r.Address.RT, value(at.get(cells, RT).text))
	r.Address.RW = first(r.Address.RW, value(at.get(cells, RW).text))
	r.Heir = value(at.get(cells, Heir).text)
	r.Person.MotherName = nameOf(at.get(cells, Mother).text)
	if card := value(at.get(cells, FamilyCard).text); card != "" {
		if number, problem := identity.CheckFamilyCard(card); problem == "" {
			r.Person.FamilyCard = number
		}
	}
}

// phoneOf is identity.CleanPhone, faster for what most lists write: 0812...
func phoneOf(s string) (e164 string, problem app.Code) {
	if len(s) >= 10 && len(s) <= 13 && s[0] == '0' && s[1] == '8' && allDigits(s) {
		return "+62" + s[1:], ""
	}
	return identity.CleanPhone(s)
}

// nameOf is identity.CleanName, faster for what is clean already.
func nameOf(s string) string {
	if s = value(s); s == "" {
		return ""
	}
	return strings.ToUpper(strings.Trim(s, "' \""))
}

func (j *judge) notVulnerable(occupation string) bool {
	if occupation == "" {
		return false
	}
	is, known := j.work[occupation]
	if !known {
		if len(j.work) >= maxKnown {
			clear(j.work)
		}
		is = j.options.Rules.NotVulnerable(occupation)
		j.work[occupation] = is
	}
	return is
}

// Words that say that somebody has died, and words before them that make it somebody else, or untrue.
var (
	deadWords  = strings.Fields("meninggal wafat almarhum almarhumah alm almh mendiang")
	otherWords = strings.Fields("suami istri isteri ayah ibu bapak anak ortu orangtua tua mertua saudara kakak adik belum tidak bukan")
)

// saysDeceased reads a note. "Suami meninggal" is a widow's, not a dead person's.
func saysDeceased(note string) bool {
	words := strings.Fields(identity.Plain(note))
	for i, w := range words {
		if !slices.Contains(deadWords, w) {
			continue
		}
		before := words[max(0, i-2):i]
		if !slices.ContainsFunc(before, func(b string) bool { return slices.Contains(otherWords, b) }) {
			return true
		}
	}
	return false
}
