package roster

import (
	"context"
	"strings"

	"loket/app"
	"loket/app/identity"
	"loket/app/region"
	"loket/app/scheme"
)

// judge is what is remembered from row to row.
type judge struct {
	options  Options
	atlas    *atlas
	regions  map[string]identity.RegionKnowledge // by the first six digits of a NIK
	work     map[string]bool                     // occupations of lists: not vulnerable
	accept   map[uint64]struct{}                 // NIKs of rows that were not rejected
	phones   map[uint64]int32                    // how often each stands in the list
	district string                              // that the titles of the sheet name
	result   Result
}

func newJudge(o Options) (*judge, error) {
	if o.Rules == nil {
		o.Rules = scheme.Embedded()
	}
	if o.Regions == nil {
		o.Regions = region.Load()
	}
	if _, ok := o.Regions.Lookup(o.Region); !ok {
		return nil, app.Fail(app.RosterRegion, "region", o.Region)
	}
	return &judge{
		options: o,
		atlas:   newAtlas(o),
		regions: map[string]identity.RegionKnowledge{},
		work:    map[string]bool{},
	}, nil
}

// expect makes room for about so many rows, so that it need not be moved again and again.
func (j *judge) expect(rows int) {
	rows = min(rows, MaxRows)
	j.result.Rows = make([]Row, 0, rows)
	j.accept = make(map[uint64]struct{}, rows)
	j.phones = make(map[uint64]int32, rows)
}

// takes says whether a sheet is judged, and notes those that are not. Beside a sheet with NIKs one
// without is no list of people to register: a committee, a summary.
func (j *judge) takes(s Sheet, numbered bool) bool {
	switch {
	case s.Hidden && !j.options.Hidden:
		j.result.Hidden = append(j.result.Hidden, s.Name)
	case !s.Has(NIK) && (numbered || !s.Has(Name)):
		if len(s.Sample) > 0 {
			j.result.Unknown = append(j.result.Unknown, s.Name)
		}
	default:
		return true
	}
	return false
}

// sheet judges the rows of one sheet. A header may stand again on every page; a row may name the
// village of the rows below it.
func (j *judge) sheet(ctx context.Context, b *Book, i int) error {
	s := b.Sheets[i]
	at := layoutOf(s.Columns)
	village, district := j.atlas.ofSheet(s)
	closed := false
	j.district = district
	merged := places(b.source.merged(i), at)
	return b.source.rows(i, func(number int, cells []cell) error {
		cells = merged.fill(number, cells)
		switch {
		case number <= s.Header:
			return nil
		case s.repeats(at, cells):
			closed = false
			return nil
		case !at.isPerson(cells, closed):
			closed = closed || closing(cells, true)
			if name, ok := heading(cells); ok {
				village, closed = j.atlas.match(tidy(name), ""), false
			}
			return nil
		case len(j.result.Rows) == MaxRows:
			return app.Fail(app.RosterTooManyRows, "limit", MaxRows)
		}
		j.result.Rows = append(j.result.Rows, Row{Sheet: s.Name, Line: number})
		j.row(&j.result.Rows[len(j.result.Rows)-1], at, cells, village)
		return j.pause(ctx)
	})
}

// pause lets the caller look and stop, every thousand rows.
func (j *judge) pause(ctx context.Context) error {
	n := len(j.result.Rows)
	if n%1000 != 0 {
		return nil
	}
	if j.options.Progress != nil {
		j.options.Progress(n)
	}
	return ctx.Err()
}

// repeats says whether a row is the header once more, as on every printed page.
func (s *Sheet) repeats(at *layout, cells []cell) bool {
	for _, f := range []Field{NIK, Name} {
		c := at.get(cells, f)
		if c.text == "" || len(c.text) > longTitle || digits(c.text) > 0 {
			continue
		}
		return c.kind == text && strings.HasSuffix(s.Columns[at[f]].Title, tidy(c.text)) && isHeader(cells)
	}
	return false
}

// sharedPhoneRows is from how many rows on a phone counts as shared.
const sharedPhoneRows = 5

// sharedPhones warns of phones on many rows, which is known only at the end.
func (j *judge) sharedPhones() {
	for i := range j.result.Rows {
		row := &j.result.Rows[i]
		if row.Phone != "" && j.phones[digitsKey(row.Phone[1:])] >= sharedPhoneRows {
			row.Warnings = append([]app.Code{app.PhoneShared}, row.Warnings...)
		}
	}
}
