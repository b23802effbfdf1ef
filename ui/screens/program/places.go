package program

import (
	"strings"

	"loket/app"
	"loket/app/region"
	"loket/ui/widgets"
)

// placesMost is how many places are offered at once.
const placesMost = 8

// placesFor finds regencies, districts and villages while somebody types: those of the office first.
func placesFor(t *region.Table, text string, near []string) (fit []widgets.Option) {
	add := func(p region.Place) {
		for _, o := range fit {
			if o.Value == p.Code {
				return
			}
		}
		if len(fit) < placesMost {
			fit = append(fit, optionOf(p))
		}
	}
	text = strings.TrimSpace(text)
	for _, code := range near {
		if p, ok := t.Lookup(code); ok && begins(p.Name, text) {
			add(p)
		}
	}
	if text == "" {
		return fit
	}
	if p, ok := t.Lookup(text); ok {
		add(p)
	}
	for _, code := range near {
		for _, p := range t.Districts(code) {
			if begins(p.Name, text) {
				add(p)
			}
		}
	}
	for _, province := range t.Provinces() {
		for _, p := range t.Regencies(province.Code) {
			if begins(p.Name, text) {
				add(p)
			}
		}
	}
	for _, p := range t.Search(text, near, placesMost) {
		add(p)
	}
	return fit
}

// begins says whether a word of a name begins as was typed.
func begins(name, text string) bool {
	name, text = strings.ToLower(name), strings.ToLower(text)
	return strings.HasPrefix(name, text) || strings.Contains(name, " "+text)
}

// inWords says a large amount as people say it: "Rp1,9 miliar".
func inWords(w widgets.Window, amount app.Rupiah) string {
	for _, unit := range []struct {
		key  string
		size app.Rupiah
	}{{"trillion", 1e12}, {"billion", 1e9}, {"million", 1e6}} {
		if amount < unit.size {
			continue
		}
		whole, rest := amount/unit.size, amount%unit.size/(unit.size/1000)
		text := number(int(whole))
		if rest > 0 {
			decimals := strings.TrimRight(threeDigits(int(rest)), "0")
			text += "," + decimals
		}
		word := w.Say("ui.program.amount."+unit.key, "n", text)
		if amount%(unit.size/1000) != 0 {
			word = "± " + word
		}
		return word
	}
	return amount.String()
}

func threeDigits(n int) string {
	text := number(1000 + n)
	return strings.ReplaceAll(text, ".", "")[1:]
}
