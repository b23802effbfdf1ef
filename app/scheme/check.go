package scheme

import (
	"slices"

	"loket/app"
)

// check names the first part of a rule set that cannot be relied on, or "".
func (r *Rules) check() string {
	switch {
	case r.Version == "" || !r.ValidFrom.Valid():
		return "version"
	case !r.basesSound():
		return "income_base"
	case r.Always == 0 || r.Always&r.Optional != 0 || !(r.Always | r.Optional).Has(r.OwnerNeeds):
		return "programmes"
	case !r.reliefsSound():
		return "reliefs"
	case r.Ages.Youngest < 1 || r.Ages.TooOld <= r.Ages.Youngest || r.Ages.TooOld > 120 || r.Ages.GuardianUntil < 0 || r.Ages.GuardianUntil > r.Ages.TooOld:
		return "ages"
	case !ascending(r.Periods) || r.Periods[0] < 1 || r.Periods[len(r.Periods)-1] > MostMonths:
		return "periods"
	case r.FirstAfter < 0 || r.FirstAfter > 12 || r.Arrears < 0 || r.CardYears < 1 || r.CardYears > 50:
		return "limits"
	case !r.occupationsSound():
		return "occupations"
	case !r.askingSound():
		return "required"
	}
	return ""
}

// mostRupiah bounds every amount, so that no sum of a quotation can overflow.
const mostRupiah app.Rupiah = 1e12

// basesSound: the table begins at no income, only rises, and has no free row.
func (r *Rules) basesSound() bool {
	if len(r.Bases) == 0 || r.Bases[0].From != 0 {
		return false
	}
	for i, b := range r.Bases {
		if b.Base <= 0 || b.JKK <= 0 || b.JKM <= 0 || b.JHT <= 0 || max(b.From, b.Base, b.JKK, b.JKM, b.JHT) > mostRupiah {
			return false
		}
		if i == 0 {
			continue
		}
		last := r.Bases[i-1]
		if b.From <= last.From || b.Base <= last.Base || b.JKK < last.JKK || b.JKM < last.JKM || b.JHT < last.JHT {
			return false
		}
	}
	return true
}

// reliefsSound: known names, an end not before the beginning, whole rupiah in every row, and never
// two reliefs for the same sector, programme and month.
func (r *Rules) reliefsSound() bool {
	for i, x := range r.Reliefs {
		if !knownSector(x.Sector) || x.Percent < 1 || x.Percent > 100 || x.First.Year == 0 || x.Last.Before(x.First) || x.Source == "" {
			return false
		}
		if slices.ContainsFunc(x.Excluded, func(k app.PayerKind) bool { return !slices.Contains(app.PayerKinds, k) }) {
			return false
		}
		for _, b := range r.Bases {
			if !whole(x, app.WorkAccident, b.JKK) || !whole(x, app.Death, b.JKM) || !whole(x, app.OldAge, b.JHT) {
				return false
			}
		}
		for _, y := range r.Reliefs[:i] {
			if x.Sector == y.Sector && x.Programmes&y.Programmes != 0 && !x.Last.Before(y.First) && !y.Last.Before(x.First) {
				return false
			}
		}
	}
	return true
}

func whole(r Relief, p app.Programmes, amount app.Rupiah) bool {
	return !r.Programmes.Has(p) || amount*app.Rupiah(r.Percent)%100 == 0
}

func (r *Rules) occupationsSound() bool {
	seen := map[string]bool{}
	for _, o := range r.Occupations {
		if o.Code == "" || seen[o.Code] || o.ID == "" || o.EN == "" || !knownSector(o.Sector) {
			return false
		}
		seen[o.Code] = true
	}
	return len(seen) > 0
}

func (r *Rules) askingSound() bool {
	for _, s := range []app.Source{app.SourceWalkIn, app.SourceEvent, app.SourcePartner, app.SourceList} {
		if len(r.Asking.Required[s]) == 0 {
			return false
		}
	}
	for _, fields := range r.Asking.Required {
		if slices.ContainsFunc(fields, func(f Field) bool { return has[f] == nil }) {
			return false
		}
	}
	for _, c := range r.Asking.Consents {
		if c.Purpose == "" || c.Text == "" {
			return false
		}
	}
	return r.Asking.NoticeText != ""
}

func knownSector(s app.Sector) bool { return s == app.SectorTransport || s == app.SectorOther }

func ascending(n []int) bool {
	return len(n) > 0 && slices.IsSorted(n) && len(slices.Compact(slices.Clone(n))) == len(n)
}
