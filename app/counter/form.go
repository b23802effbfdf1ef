package counter

import (
	"maps"
	"regexp"
	"strconv"
	"strings"
	"time"

	"loket/app"
	"loket/app/identity"
	"loket/app/scheme"
)

// Form is a registration being typed. Typed keeps every text field exactly as it stands on the
// screen, so that a half-filled one survives a power cut; Record holds what was understood of it
// and everything that was chosen rather than typed.
type Form struct {
	Record app.Record
	Typed  map[Field]string
}

// NewForm is an empty form. Nothing that weighs is chosen: neither consent, nor notice, nor owner.
func NewForm(source app.Source) Form {
	return Form{
		Record: app.Record{Source: source, Plan: app.Plan{Payer: app.PayerSelf, Programmes: app.WorkAccident | app.Death, Months: 1}},
		Typed:  map[Field]string{},
	}
}

// Type takes what stands in a text field now. What cannot be understood leaves the record's own
// field empty; Inspect says so. Fields that are chosen are set in Record.
func (f *Form) Type(field Field, text string) {
	read, ok := readers[field]
	if !ok {
		return
	}
	typed := maps.Clone(f.Typed) // a copy, because a draft being saved may still hold the old one
	if typed == nil {
		typed = map[Field]string{}
	}
	typed[field] = text
	f.Typed = typed
	read(&f.Record, text)
}

// Text is what a text field shows.
func (f Form) Text(field Field) string { return f.Typed[field] }

// Empty says whether nothing was typed, so that there is nothing to lose.
func (f Form) Empty() bool {
	for _, text := range f.Typed {
		if strings.TrimSpace(text) != "" {
			return false
		}
	}
	return true
}

var readers = map[Field]func(*app.Record, string){
	scheme.FieldNIK:          func(r *app.Record, s string) { r.Person.NIK = identity.CleanDigits(s) },
	scheme.FieldName:         func(r *app.Record, s string) { r.Person.Name = identity.CleanName(s) },
	scheme.FieldBirthPlace:   func(r *app.Record, s string) { r.Person.BirthPlace = line(s) },
	scheme.FieldBirthDate:    func(r *app.Record, s string) { r.Person.BirthDate, _ = ParseDay(s) },
	scheme.FieldMotherName:   func(r *app.Record, s string) { r.Person.MotherName = identity.CleanName(s) },
	scheme.FieldFamilyCard:   readFamilyCard,
	scheme.FieldAddress:      func(r *app.Record, s string) { r.Address.Street = line(s) },
	RT:                       func(r *app.Record, s string) { r.Address.RT = neighbourhood(s) },
	RW:                       func(r *app.Record, s string) { r.Address.RW = neighbourhood(s) },
	scheme.FieldPhone:        func(r *app.Record, s string) { r.Reach.Phone, _ = identity.CleanPhone(s) },
	Through:                  func(r *app.Record, s string) { r.Reach.Through = line(s) },
	scheme.FieldEmail:        func(r *app.Record, s string) { r.Reach.Email, _ = parseEmail(s) },
	scheme.FieldWorkPlace:    func(r *app.Record, s string) { r.Work.Place = line(s) },
	scheme.FieldWorkingHours: func(r *app.Record, s string) { r.Work.Hours = line(s) },
	scheme.FieldIncome:       func(r *app.Record, s string) { r.Work.Income, _ = ParseAmount(s) },
	PayerName:                func(r *app.Record, s string) { r.Plan.PayerName = line(s) },
	scheme.FieldGroup:        func(r *app.Record, s string) { r.Plan.Group = line(s) },
	scheme.FieldCampaign:     func(r *app.Record, s string) { r.Campaign = strings.ToUpper(line(s)) },
	BankName:                 func(r *app.Record, s string) { r.Bank.Name = line(s) },
	BankAccount:              func(r *app.Record, s string) { r.Bank.Account, _ = parseAccount(s) },
	BankHolder:               func(r *app.Record, s string) { r.Bank.Holder = identity.CleanName(s) },

	FamilyName:           func(r *app.Record, s string) { r.Family.Name = identity.CleanName(s) },
	FamilyPhone:          func(r *app.Record, s string) { r.Family.Phone, _ = identity.CleanPhone(s) },
	scheme.FieldGuardian: func(r *app.Record, s string) { r.Guardian = identity.CleanName(s) },
}

// readFamilyCard takes the number; who has one has a family card.
func readFamilyCard(r *app.Record, s string) {
	r.Person.FamilyCard, _ = identity.CheckFamilyCard(s)
	if line(s) != "" {
		r.Person.NoFamilyCard = false
	}
}

// HasNoFamilyCard notes that the person has no family card, or takes that back.
func (f *Form) HasNoFamilyCard(none bool) {
	if none {
		f.Type(scheme.FieldFamilyCard, "")
	}
	f.Record.Person.NoFamilyCard = none
}

// ParseDay reads a day as people type it: 05-10-1990, 5/10/1990, 05.10.1990, 05101990, or ISO.
// Day comes before month; a year of two digits is refused because it can mean two people.
func ParseDay(text string) (app.Date, bool) {
	text = line(text)
	if d, ok := app.ParseDate(text); ok {
		return d, true
	}
	if len(text) == 8 && onlyDigits(text) {
		text = text[:2] + "-" + text[2:4] + "-" + text[4:]
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("-/. ", r) })
	if len(parts) != 3 || len(parts[2]) != 4 {
		return app.Date{}, false
	}
	var n [3]int
	for i, part := range parts {
		if !onlyDigits(part) {
			return app.Date{}, false
		}
		v, err := strconv.Atoi(part)
		if err != nil {
			return app.Date{}, false
		}
		n[i] = v
	}
	d := app.Date{Year: n[2], Month: time.Month(n[1]), Day: n[0]}
	return d, d.Valid()
}

// ParseAmount reads an amount of rupiah: 900000, 900.000, Rp 900.000, 1,5 juta is refused.
func ParseAmount(text string) (app.Rupiah, bool) {
	text = strings.ToLower(line(text))
	text = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(text, "rp"), "."))
	if text == "" || !amount.MatchString(text) {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.NewReplacer(".", "", ",00", "", ",-", "", " ", "").Replace(text), 10, 64)
	return app.Rupiah(n), err == nil && n <= maxAmount
}

// maxAmount is a monthly income that is surely a slip of the finger: ten billion rupiah.
const maxAmount = 10_000_000_000

var (
	amount = regexp.MustCompile(`^([0-9]+|[0-9]{1,3}([. ][0-9]{3})+)(,00|,-)?$`)
	email  = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s.]+$`)
)

// parseAccount reads a bank account: 6 to 20 digits, grouped as people like.
func parseAccount(text string) (string, bool) {
	account := identity.CleanDigits(text)
	if line(text) == "" {
		return "", true
	}
	if !onlyDigits(account) || len(account) < 6 || len(account) > 20 {
		return "", false
	}
	return account, true
}

func parseEmail(text string) (string, bool) {
	text = line(text)
	if identity.Filler(text) {
		return "", true
	}
	if len(text) > 254 || !email.MatchString(text) {
		return "", false
	}
	return text, true
}

// neighbourhood is the number of an RT or RW, three digits as on the e-KTP when it is a number.
func neighbourhood(text string) string {
	text = strings.ReplaceAll(line(text), "/", "")
	if n, err := strconv.Atoi(text); err == nil && n >= 0 && n < 1000 {
		return strings.Repeat("0", 3-len(strconv.Itoa(n))) + strconv.Itoa(n)
	}
	return text
}

func line(text string) string { return identity.CleanSpaces(text) }

func onlyDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
