package lengkapi

import (
	"image"
	"slices"

	"loket/app"
	"loket/app/counter"
	"loket/app/scheme"
)

// Model is the state of the screen: the lists of what waits, and the registration at hand.
type Model struct {
	Tab      app.WorkList
	Counts   map[app.WorkList]int
	List     []app.Registration
	Loaded   bool
	Selected string
	Page     *Page
}

// Page is one registration being completed or corrected.
type Page struct {
	Half     counter.Half
	Fields   []counter.Field
	Picture  image.Image
	Shown    int // which of the pictures
	Zoom     int
	Alike    []counter.Likeness // look-alikes of the corrected person that nobody has compared
	Asked    bool               // about the look-alikes: the next save goes on
	Problems map[counter.Field]error
	Err      error
	Busy     bool
}

// Fields of a bank account, which only JHT asks for.
const (
	bankName    counter.Field = "bank_name"
	bankAccount counter.Field = "bank_account"
	bankHolder  counter.Field = "bank_holder"
	traits      counter.Field = "traits"
	absent      counter.Field = "absent" // no phone, no family: answers, too
)

// completed are the fields that stage 2 fills in, as far as they are empty.
var completed = []struct {
	field counter.Field
	empty func(app.Record) bool
}{
	{counter.FamilyName, noFamily},
	{counter.FamilyRelation, noFamily},
	{counter.FamilyPhone, noFamily},
	{scheme.FieldPhone, noPhone},
	{absent, func(r app.Record) bool { return noFamily(r) || noPhone(r) }},
	{scheme.FieldMotherName, func(r app.Record) bool { return r.Person.MotherName == "" }},
	{scheme.FieldAddress, func(r app.Record) bool { return r.Address.Street == "" }},
	{scheme.FieldBirthPlace, func(r app.Record) bool { return r.Person.BirthPlace == "" }},
	{scheme.FieldFamilyCard, func(r app.Record) bool { return r.Lacks().Has(app.LacksFamilyCard) }},
	{scheme.FieldMarital, func(r app.Record) bool { return r.Person.Marital == "" }},
	{counter.RT, func(r app.Record) bool { return r.Address.RT == "" }},
	{counter.RW, func(r app.Record) bool { return r.Address.RW == "" }},
	{scheme.FieldWorkPlace, func(r app.Record) bool { return r.Work.Place == "" }},
	{scheme.FieldWorkingHours, func(r app.Record) bool { return r.Work.Hours == "" }},
	{scheme.FieldEmail, func(r app.Record) bool { return r.Reach.Email == "" }},
	{scheme.FieldGuardian, func(r app.Record) bool { return r.Guardian == "" && r.Source == app.SourceList }},
	{bankName, lacksBank},
	{bankAccount, lacksBank},
	{bankHolder, lacksBank},
	{traits, func(r app.Record) bool { return r.Traits == app.Traits{} }},
}

// noFamily and noPhone are what lists leave open; at the counter both were answered.
func noFamily(r app.Record) bool { return r.Family == (app.FamilyContact{}) }

func noPhone(r app.Record) bool { return r.Reach.Phone == "" && !r.Reach.NoPhone }

func lacksBank(r app.Record) bool { return r.Lacks().Has(app.LacksBank) }

// corrected are the fields that a correction can change.
var corrected = []counter.Field{
	scheme.FieldName, scheme.FieldNIK, scheme.FieldFamilyCard, scheme.FieldBirthPlace, scheme.FieldBirthDate,
	scheme.FieldSex, scheme.FieldMotherName, scheme.FieldMarital, scheme.FieldAddress, counter.RT, counter.RW, scheme.FieldVillage,
	scheme.FieldPhone, scheme.FieldEmail, scheme.FieldWorkPlace, scheme.FieldWorkingHours, counter.FamilyName, counter.FamilyPhone,
}

// newPage shows a registration that was opened.
func newPage(h counter.Half) *Page {
	p := &Page{Half: h, Problems: map[counter.Field]error{}}
	if h.Correcting {
		p.Fields = corrected
		return p
	}
	for _, c := range completed {
		if c.empty(h.From.Record) {
			p.Fields = append(p.Fields, c.field)
		}
	}
	return p
}

// pictured are the kinds of evidence that something can be read from, the best first.
var pictured = []string{app.EvidenceEKTP, app.EvidenceArchiveSheet, app.EvidencePhoto, app.EvidenceThumbprint}

// Pictures are those of the registration that something can be read from.
func (p *Page) Pictures() (found []app.Evidence) {
	for _, kind := range pictured {
		for _, e := range p.Half.Form.Record.Evidence {
			if e.Kind == kind {
				found = append(found, e)
			}
		}
	}
	return found
}

// Wanted are the kinds of pictures that the registration has none of.
func (p *Page) Wanted() (kinds []string) {
	for _, kind := range []string{app.EvidenceEKTP, app.EvidenceArchiveSheet, app.EvidencePhoto, app.EvidenceThumbprint} {
		if !p.Half.Form.Record.HasEvidence(kind) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// Take adds a picture that was kept, and shows it.
func (p *Page) Take(e app.Evidence) {
	r := &p.Half.Form.Record
	r.Evidence = append(slices.Clone(r.Evidence), e)
	p.Shown = slices.Index(p.Pictures(), e)
	p.Zoom = 0
}

// Text is what a field shows.
func (p *Page) Text(f counter.Field) string {
	bank := p.Half.Form.Record.Bank
	switch f {
	case bankName:
		return bank.Name
	case bankAccount:
		return bank.Account
	case bankHolder:
		return bank.Holder
	}
	return p.Half.Form.Text(f)
}

// Type takes what stands in a field now.
func (p *Page) Type(f counter.Field, text string) {
	form := &p.Half.Form
	switch f {
	case bankName:
		form.Record.Bank.Name = text
	case bankAccount:
		form.Record.Bank.Account = text
	case bankHolder:
		form.Record.Bank.Holder = text
	}
	form.Type(f, text)
	p.changed(f)
}

// NoFamilyCard takes the answer that the person has no family card, or takes it back.
func (p *Page) NoFamilyCard(none bool) {
	p.Half.Form.HasNoFamilyCard(none)
	p.changed(scheme.FieldFamilyCard)
}

// Choose takes what was chosen for a field.
func (p *Page) Choose(f counter.Field, value string) {
	r := &p.Half.Form.Record
	switch f {
	case scheme.FieldMarital:
		r.Person.Marital = value
	case scheme.FieldSex:
		r.Person.Sex = app.Sex(value)
	case scheme.FieldVillage:
		r.Address.Village = value
	case counter.FamilyRelation:
		r.Family.Relation = value
	}
	p.changed(f)
}

// Chosen is what was chosen for a field.
func (p *Page) Chosen(f counter.Field) string {
	r := p.Half.Form.Record
	switch f {
	case scheme.FieldMarital:
		return r.Person.Marital
	case scheme.FieldSex:
		return string(r.Person.Sex)
	case scheme.FieldVillage:
		return r.Address.Village
	case counter.FamilyRelation:
		return r.Family.Relation
	}
	return ""
}

func (p *Page) changed(f counter.Field) {
	delete(p.Problems, f)
	p.Err = nil
	if p.Asked { // another person, perhaps: look again
		p.Asked, p.Alike = false, nil
	}
}

// Settle records what was judged about a look-alike.
func (p *Page) Settle(id app.EntryID, outcome counter.Comparison) {
	if p.Half.Compared == nil {
		p.Half.Compared = map[app.EntryID]counter.Comparison{}
	}
	p.Half.Compared[id] = outcome
}

// Unsettled are the look-alikes that nobody has compared.
func (p *Page) Unsettled(alike []counter.Likeness) (open []counter.Likeness) {
	for _, l := range alike {
		if l.Outcome == "" && p.Half.Compared[l.ID] == "" {
			open = append(open, l)
		}
	}
	return open
}

// Key names a registration in the list.
func Key(r app.Registration) string { return r.ID.String() }

// Find is a registration of the list.
func (m *Model) Find(key string) (app.Registration, bool) {
	i := slices.IndexFunc(m.List, func(r app.Registration) bool { return Key(r) == key })
	if i < 0 {
		return app.Registration{}, false
	}
	return m.List[i], true
}

// Last is the last one listed, behind which the list goes on.
func (m *Model) Last() app.EntryID {
	if len(m.List) == 0 {
		return app.EntryID{}
	}
	return m.List[len(m.List)-1].ID
}
