package daftar

import (
	"slices"
	"strings"

	"loket/app/counter"
	"loket/app/identity"
	"loket/app/scheme"
	"loket/app/words"
	"loket/ui/widgets"
)

const mostOffers = 8

// findVillage offers villages: those of the branch's regencies first. A village elsewhere is given
// by its code, ten digits as on the family card's region.
func (v *view) findVillage(text string) (offers []widgets.Option) {
	regions := v.s.model.judge.Rules().Regions
	for _, p := range regions.Search(text, v.near(), mostOffers) {
		offers = append(offers, widgets.Option{Value: p.Code, Word: p.Name, More: strings.Join(p.Parents[:min(2, len(p.Parents))], ", ")})
	}
	if code := identity.CleanDigits(text); len(offers) == 0 && len(code) == 10 {
		dotted := code[:2] + "." + code[2:4] + "." + code[4:6] + "." + code[6:]
		if district, ok := regions.Lookup(dotted[:8]); ok {
			offers = append(offers, widgets.Option{Value: dotted, Word: dotted, More: district.Label()})
		}
	}
	return offers
}

// near are the regencies of the branch. Before head office has said which they are, registering goes
// on: the whole country is looked through.
func (v *view) near() []string {
	if v.s.uses.Near == nil {
		return nil
	}
	return v.s.uses.Near()
}

// findOccupation offers occupations for everyday words: "ojol", "tukang bakso".
func (v *view) findOccupation(text string) (offers []widgets.Option) {
	for _, o := range v.s.model.judge.Rules().Scheme.OccupationSearch(text) {
		offers = append(offers, widgets.Option{Value: o.Code, Word: v.occupation(o), More: o.Everyday(text)})
	}
	return offers
}

func (v *view) occupation(o scheme.Occupation) string {
	if v.s.window.Lang() == words.EN {
		return o.EN
	}
	return o.ID
}

// wordOf is the word of a chosen value.
func (v *view) wordOf(f counter.Field, value string) string {
	if value == "" {
		return ""
	}
	rules := v.s.model.judge.Rules()
	switch f {
	case scheme.FieldVillage:
		name, _, _ := strings.Cut(rules.Regions.Label(value), ", ")
		return name
	case scheme.FieldOccupation:
		if o, ok := rules.Scheme.Occupation(value); ok {
			return v.occupation(o)
		}
		return value
	case scheme.FieldPeriod:
		return v.say("ui.daftar.months_n", "n", value)
	case scheme.FieldSex:
		return v.say("sex." + value)
	case scheme.FieldMarital:
		return v.say("marital." + value)
	case counter.Source:
		return v.say("ui.daftar.source." + value)
	case counter.FamilyRelation:
		if value == "spouse" {
			return v.say("ui.daftar.spouse")
		}
		return v.say("relation." + value)
	case scheme.FieldPayer:
		if key := "ui.daftar.payer." + value; words.Has(key) { // shorter, for a narrow field
			return v.say(key)
		}
		return v.say("payer." + value)
	}
	return value
}

// helps are the kinds of help that somebody may need, in the order in which they are offered.
var helps = []string{"companion", "read_aloud", "home_delivery", "chat"}

// helpNeeded offers kinds of help; choosing one again takes it back.
func (v *view) helpNeeded() *widgets.Pick {
	p := widgets.NewPick(onDesk{v.s.window, v.afterHelp}, v.say("ui.daftar.help"), func(string) (offers []widgets.Option) {
		needed := v.s.model.Draft.Form.Record.Help
		for _, h := range helps {
			word := v.say("help." + h)
			if slices.Contains(needed, h) {
				word = "✓ " + word
			}
			offers = append(offers, widgets.Option{Value: h, Word: word})
		}
		return append(offers, widgets.Option{Value: No, Word: v.say("help.none")})
	})
	p.OnPicked = func(o widgets.Option) {
		delete(v.drawn, "choices") // the field shows the sum, not what was picked
		v.s.model.Help(helpAfter(v.s.model.Draft.Form.Record.Help, o.Value))
		v.s.changed()
	}
	p.Field.OnFocused(p.Field.SelectAll)
	v.help = p
	return p
}

// afterHelp is the proof of signing; a finger or a mouse signs.
func (v *view) afterHelp() {
	v.columns.Reveal(v.chips[onPaper])
	v.chips[onPaper].Focus(v.s.window)
}

// helpAfter is the help needed after one kind was chosen.
func helpAfter(needed []string, chosen string) []string {
	switch {
	case chosen == No:
		return nil
	case chosen == "":
		return needed
	case slices.Contains(needed, chosen):
		return slices.DeleteFunc(slices.Clone(needed), func(h string) bool { return h == chosen })
	}
	return append(slices.Clone(needed), chosen)
}

func (v *view) helpWord(needed []string) string {
	var all []string
	for _, h := range helps {
		if slices.Contains(needed, h) {
			all = append(all, v.say("help."+h))
		}
	}
	return strings.Join(all, ", ")
}
