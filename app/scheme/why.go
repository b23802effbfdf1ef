package scheme

import (
	"loket/app"
	"loket/app/identity"
)

// ReliefOf is the relief that holds for a sector and a coverage month, whoever pays.
func (r *Rules) ReliefOf(sector app.Sector, month app.Month) (Relief, bool) {
	for _, x := range r.Reliefs {
		if x.Sector == sector && !month.Before(x.First) && !x.Last.Before(month) {
			return x, true
		}
	}
	return Relief{}, false
}

// Full is what a line would cost without its relief.
func (r *Rules) Full(l Line, income app.Rupiah) app.Rupiah {
	b := r.base(income)
	var full app.Rupiah
	for _, one := range []struct {
		programme    app.Programmes
		paid, tabled app.Rupiah
	}{{app.WorkAccident, l.JKK, b.JKK}, {app.Death, l.JKM, b.JKM}, {app.OldAge, l.JHT, b.JHT}} {
		if one.paid > 0 {
			full += one.tabled
		}
	}
	return full
}

// Everyday is the everyday word by which an occupation fits a text, "ojol"; "" where its own name fits
// as well.
func (o Occupation) Everyday(text string) string {
	wanted := identity.Plain(text)
	if wanted == "" {
		return ""
	}
	best, word := Occupation{ID: o.ID, EN: o.EN, Code: o.Code}.rank(wanted), ""
	for _, w := range o.Words {
		if rank := (Occupation{ID: w, EN: w, Code: w}).rank(wanted); rank < best {
			best, word = rank, w
		}
	}
	return word
}
