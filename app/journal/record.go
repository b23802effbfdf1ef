package journal

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"loket/app"
)

// RecordPart is the registration record as it travels and rests: short, because a batch of two
// hundred must pass a thin line. Numbers go as numbers, and what the NIK says already is left out.
type RecordPart struct {
	NIK        uint64        `cbor:"1,keyasint"`
	Name       string        `cbor:"2,keyasint"`
	BirthPlace string        `cbor:"3,keyasint,omitempty"`
	Born       uint32        `cbor:"4,keyasint,omitempty"` // see bornCode
	Sex        uint8         `cbor:"5,keyasint,omitempty"` // 1 female, 2 male, only with a full Born
	Mother     string        `cbor:"6,keyasint,omitempty"`
	Marital    string        `cbor:"7,keyasint,omitempty"`
	FamilyCard uint64        `cbor:"8,keyasint,omitempty"`
	Street     string        `cbor:"9,keyasint,omitempty"`
	RTRW       string        `cbor:"10,keyasint,omitempty"` // "014/003"
	Village    uint64        `cbor:"11,keyasint,omitempty"` // 6471011001
	Phone      uint64        `cbor:"12,keyasint,omitempty"`
	NoPhone    bool          `cbor:"13,keyasint,omitempty"`
	Through    string        `cbor:"14,keyasint,omitempty"`
	Email      string        `cbor:"15,keyasint,omitempty"`
	Work       workPart      `cbor:"16,keyasint"`
	Plan       planPart      `cbor:"17,keyasint"`
	Family     familyPart    `cbor:"18,keyasint,omitempty"`
	Guardian   string        `cbor:"19,keyasint,omitempty"`
	Help       []string      `cbor:"20,keyasint,omitempty"`
	Notice     []any         `cbor:"21,keyasint,omitempty"` // [text version, read aloud]
	Consents   []consentPart `cbor:"22,keyasint,omitempty"`
	Evidence   []FileBody    `cbor:"23,keyasint,omitempty"`
	Source     string        `cbor:"24,keyasint,omitempty"` // left out: walk-in
	Campaign   string        `cbor:"25,keyasint,omitempty"`
	Group      string        `cbor:"26,keyasint,omitempty"`
	Bank       []string      `cbor:"27,keyasint,omitempty"` // [bank, account, holder]
	Traits     uint8         `cbor:"28,keyasint,omitempty"` // 1 disabled, 2 female head of household
	Agreed     []string      `cbor:"29,keyasint,omitempty"` // [how, read aloud by]
	RowSalt    []byte        `cbor:"30,keyasint,omitempty"` // 16 bytes: see RowProof
	NoCard     bool          `cbor:"31,keyasint,omitempty"` // has no family card
}

type workPart struct {
	_          struct{} `cbor:",toarray"`
	Occupation string
	Owner      uint8 // 0 not asked, 1 no, 2 yes
	Income     uint64
	Place      string
	Hours      string
}

type planPart struct {
	_          struct{} `cbor:",toarray"`
	Programmes uint8
	First      uint32 // 202612
	Months     int
	Payer      string // "" self
	PayerName  string
}

type familyPart struct {
	Name     string `cbor:"1,keyasint,omitempty"`
	Relation string `cbor:"2,keyasint,omitempty"`
	Phone    uint64 `cbor:"3,keyasint,omitempty"`
	None     bool   `cbor:"4,keyasint,omitempty"`
}

type consentPart struct {
	_       struct{} `cbor:",toarray"`
	Purpose string
	Given   bool
	Text    string
}

// separators stand in village codes and phone numbers.
var separators = strings.NewReplacer(".", "", "+", "")

// PackRecord makes the travelling form. The record has passed the checks of its source, so a NIK
// or phone that is no number is a programming error and is refused.
func PackRecord(r app.Record) (RecordPart, error) {
	var bad error
	number := func(s string) uint64 {
		s = separators.Replace(s)
		if s == "" {
			return 0
		}
		n, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			bad = app.Fail(app.JournalBadEntry)
		}
		return n
	}
	born, sex := packBorn(r.Person)
	p := RecordPart{
		NIK: number(r.Person.NIK), Name: r.Person.Name, BirthPlace: r.Person.BirthPlace, Born: born, Sex: sex,
		Mother: r.Person.MotherName, Marital: r.Person.Marital, FamilyCard: number(r.Person.FamilyCard),
		Street: r.Address.Street, RTRW: packRTRW(r.Address), Village: number(r.Address.Village),
		Phone: number(r.Reach.Phone), NoPhone: r.Reach.NoPhone, Through: r.Reach.Through, Email: r.Reach.Email,
		Work: packWork(r.Work), Plan: packPlan(r.Plan),
		Family:   familyPart{Name: r.Family.Name, Relation: r.Family.Relation, Phone: number(r.Family.Phone), None: r.Family.None},
		Guardian: r.Guardian, Help: r.Help, Campaign: r.Campaign,
	}
	if r.Notice != nil {
		p.Notice = []any{r.Notice.Text, r.Notice.Read}
	}
	for _, c := range r.Consents {
		p.Consents = append(p.Consents, consentPart{Purpose: c.Purpose, Given: c.Given, Text: c.Text})
	}
	for _, e := range r.Evidence {
		p.Evidence = append(p.Evidence, FileBody{Kind: e.Kind, Hash: e.Hash[:], Size: e.Size})
	}
	if r.Source != app.SourceWalkIn {
		p.Source = string(r.Source)
	}
	p.packTold(r)
	return p, bad
}

// packTold packs what only some people tell.
func (p *RecordPart) packTold(r app.Record) {
	p.Group, p.NoCard = r.Plan.Group, r.Person.NoFamilyCard
	if r.Bank != (app.Bank{}) {
		p.Bank = []string{r.Bank.Name, r.Bank.Account, r.Bank.Holder}
	}
	if r.Agreed != (app.Agreement{}) {
		p.Agreed = []string{r.Agreed.How, r.Agreed.ReadBy}
	}
	if r.Traits.Disabled {
		p.Traits |= traitDisabled
	}
	if r.Traits.FemaleHead {
		p.Traits |= traitFemaleHead
	}
}

const (
	traitDisabled   = 1
	traitFemaleHead = 2
)

func (p RecordPart) told(r *app.Record) {
	r.Plan.Group, r.Person.NoFamilyCard = p.Group, p.NoCard
	if len(p.Bank) == 3 {
		r.Bank = app.Bank{Name: p.Bank[0], Account: p.Bank[1], Holder: p.Bank[2]}
	}
	if len(p.Agreed) == 2 {
		r.Agreed = app.Agreement{How: p.Agreed[0], ReadBy: p.Agreed[1]}
	}
	r.Traits = app.Traits{Disabled: p.Traits&traitDisabled != 0, FemaleHead: p.Traits&traitFemaleHead != 0}
}

// Record is the full record again.
func (p RecordPart) Record() (app.Record, error) {
	r := app.Record{
		Person: app.Person{
			NIK: digits(p.NIK, 16), Name: p.Name, BirthPlace: p.BirthPlace,
			MotherName: p.Mother, Marital: p.Marital, FamilyCard: digits(p.FamilyCard, 16),
		},
		Address:  app.Address{Street: p.Street, Village: villageCode(p.Village)},
		Reach:    app.Reach{Phone: phone(p.Phone), NoPhone: p.NoPhone, Through: p.Through, Email: p.Email},
		Work:     p.Work.work(),
		Plan:     p.Plan.plan(),
		Family:   app.FamilyContact{Name: p.Family.Name, Relation: p.Family.Relation, Phone: phone(p.Family.Phone), None: p.Family.None},
		Guardian: p.Guardian, Help: p.Help, Campaign: p.Campaign, Source: app.SourceWalkIn,
	}
	r.Person.BirthDate, r.Person.Sex = p.born(r.Person.NIK)
	r.Address.RT, r.Address.RW, _ = strings.Cut(p.RTRW, "/")
	if p.Source != "" {
		r.Source = app.Source(p.Source)
	}
	if len(p.Notice) == 2 {
		text, _ := p.Notice[0].(string)
		read, _ := p.Notice[1].(bool)
		r.Notice = &app.Notice{Text: text, Read: read}
	}
	for _, c := range p.Consents {
		r.Consents = append(r.Consents, app.Consent{Purpose: c.Purpose, Given: c.Given, Text: c.Text})
	}
	for _, f := range p.Evidence {
		if len(f.Hash) != 32 {
			return app.Record{}, app.Fail(app.JournalBadEntry)
		}
		r.Evidence = append(r.Evidence, app.Evidence{Kind: f.Kind, Hash: [32]byte(f.Hash), Size: f.Size})
	}
	p.told(&r)
	return r, nil
}

// packBorn leaves out what the NIK says: 0 the NIK's date in 19xx, 1 in 20xx; any other date is
// YYYYMMDD, with the sex beside it.
func packBorn(p app.Person) (born uint32, sex uint8) {
	for code, century := range []int{1900, 2000} {
		if d, s, ok := nikBorn(p.NIK, century); ok && d == p.BirthDate && s == p.Sex {
			return uint32(code), 0
		}
	}
	sex = 2
	if p.Sex == app.Female {
		sex = 1
	}
	if p.Sex == "" {
		sex = 0
	}
	return uint32(p.BirthDate.Year*10000 + int(p.BirthDate.Month)*100 + p.BirthDate.Day + bornOffset), sex
}

// bornOffset keeps a full date apart from the codes 0 and 1, also when it is not known.
const bornOffset = 2

func (p RecordPart) born(nik string) (app.Date, app.Sex) {
	if p.Born < bornOffset {
		d, s, _ := nikBorn(nik, 1900+100*int(p.Born))
		return d, s
	}
	n := int(p.Born - bornOffset)
	d := app.Date{Year: n / 10000, Month: time.Month(n / 100 % 100), Day: n % 100}
	return d, [...]app.Sex{"", app.Female, app.Male}[min(p.Sex, 2)]
}

func nikBorn(nik string, century int) (app.Date, app.Sex, bool) {
	if len(nik) != 16 {
		return app.Date{}, "", false
	}
	var dd, mm, yy int
	if _, err := fmt.Sscanf(nik[6:12], "%2d%2d%2d", &dd, &mm, &yy); err != nil {
		return app.Date{}, "", false
	}
	sex := app.Male
	if dd > 40 {
		dd, sex = dd-40, app.Female
	}
	d := app.Date{Year: century + yy, Month: time.Month(mm), Day: dd}
	return d, sex, d.Valid()
}

func packRTRW(a app.Address) string {
	if a.RT == "" && a.RW == "" {
		return ""
	}
	return a.RT + "/" + a.RW
}

func packWork(w app.Work) workPart {
	p := workPart{Occupation: w.Occupation, Income: uint64(max(w.Income, 0)), Place: w.Place, Hours: w.Hours}
	if w.BusinessOwner != nil {
		p.Owner = 1
		if *w.BusinessOwner {
			p.Owner = 2
		}
	}
	return p
}

func (p workPart) work() app.Work {
	w := app.Work{Occupation: p.Occupation, Income: app.Rupiah(p.Income), Place: p.Place, Hours: p.Hours}
	if p.Owner != 0 {
		owner := p.Owner == 2
		w.BusinessOwner = &owner
	}
	return w
}

func packPlan(p app.Plan) planPart {
	out := planPart{Programmes: uint8(p.Programmes), First: uint32(p.FirstMonth.Year*100 + int(p.FirstMonth.Month)), Months: p.Months, PayerName: p.PayerName}
	if p.Payer != app.PayerSelf {
		out.Payer = string(p.Payer)
	}
	return out
}

func (p planPart) plan() app.Plan {
	out := app.Plan{
		Programmes: app.Programmes(p.Programmes), FirstMonth: app.Month{Year: int(p.First / 100), Month: time.Month(p.First % 100)},
		Months: p.Months, Payer: app.PayerSelf, PayerName: p.PayerName,
	}
	if p.Payer != "" {
		out.Payer = app.PayerKind(p.Payer)
	}
	return out
}

func digits(n uint64, width int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%0*d", width, n)
}

func phone(n uint64) string {
	if n == 0 {
		return ""
	}
	return "+" + strconv.FormatUint(n, 10)
}

func villageCode(n uint64) string {
	if n == 0 {
		return ""
	}
	s := digits(n, 10)
	return s[:2] + "." + s[2:4] + "." + s[4:6] + "." + s[6:]
}
