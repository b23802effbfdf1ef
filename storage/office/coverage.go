package office

import (
	"context"
	"strings"
	"time"

	"loket/app"
	"loket/app/office/books"
	"loket/app/region"
	"loket/app/sealed"
)

// recount is how old the figures of coverage may grow before they are counted again.
const recount = time.Hour

// Coverage lists how far regions are covered, by their code.
func (s *Store) Coverage(ctx context.Context) (all []books.Coverage, err error) {
	err = s.look(ctx, "office.Coverage", func(t *tx) error {
		all, err = t.coverage()
		return err
	})
	return all, err
}

func (t *tx) coverage() (all []books.Coverage, err error) {
	err = t.each("SELECT region, workers, covered, target, as_of, added, counted_at FROM coverage ORDER BY region", nil, func(scan func(...any) error) error {
		var c books.Coverage
		var day string
		var counted int64
		err := scan(&c.Region, &c.Workers, &c.Covered, &c.Target, &day, &c.Added, &counted)
		c.AsOf, _ = app.ParseDate(day)
		c.CountedAt = moment(counted)
		all = append(all, c)
		return err
	})
	return all, err
}

// SetCoverage enters what head office's main books say of regions, and lets every kiosk hear of it.
// A region without workers, target and covered people is taken off the list.
func (s *Store) SetCoverage(ctx context.Context, rows []books.Coverage, at time.Time) error {
	return s.change(ctx, "office.SetCoverage", at, func(t *tx) error {
		for _, c := range rows {
			if err := t.setCoverage(c); err != nil {
				return err
			}
		}
		if err := t.countCoverage(0); err != nil {
			return err
		}
		return t.must("UPDATE chains SET settings_at = 0 WHERE kiosk <> $1", pusat.Kiosk)
	})
}

func (t *tx) setCoverage(c books.Coverage) error {
	if c.Workers == 0 && c.Target == 0 && c.Covered == 0 {
		return t.must("DELETE FROM coverage WHERE region = $1", c.Region)
	}
	return t.must(`INSERT INTO coverage (region, workers, covered, target, as_of, added, counted_at) VALUES ($1, $2, $3, $4, $5, 0, 0)
		ON CONFLICT (region) DO UPDATE SET workers = $2, covered = $3, target = $4, as_of = $5, counted_at = 0`, c.Region, c.Workers, c.Covered, c.Target, c.AsOf.ISO())
}

// CountCoverage counts again whom Loket brought in, where the figures have grown old.
func (s *Store) CountCoverage(ctx context.Context, at time.Time) error {
	return s.change(ctx, "office.CountCoverage", at, func(t *tx) error { return t.countCoverage(recount) })
}

func (t *tx) countCoverage(age time.Duration) error {
	all, err := t.coverage()
	if err != nil {
		return err
	}
	counts := map[app.Date]map[string]int{}
	for _, c := range all {
		if t.at.Sub(c.CountedAt) < age {
			continue
		}
		if counts[c.AsOf] == nil {
			if counts[c.AsOf], err = t.acceptedSince(c.AsOf); err != nil {
				return err
			}
		}
		added := 0
		for _, v := range region.Load().Villages(c.Region) {
			added += counts[c.AsOf][string(t.villageIndex(v.Code))]
		}
		if err := t.must("UPDATE coverage SET added = $2, counted_at = $3 WHERE region = $1", c.Region, added, ms(t.at)); err != nil {
			return err
		}
	}
	return nil
}

// acceptedSince counts whom head office accepted after a day, by the blind index of the village.
func (t *tx) acceptedSince(day app.Date) (map[string]int, error) {
	counts := map[string]int{}
	next := day.AddDays(1)
	from := time.Date(next.Year, next.Month, next.Day, 0, 0, 0, 0, books.Zone)
	err := t.each("SELECT village_index, count(*) FROM registrations WHERE state = $1 AND decided_at >= $2 GROUP BY village_index", []any{string(app.Accepted), ms(from)},
		func(scan func(...any) error) error {
			var village []byte
			var n int
			err := scan(&village, &n)
			counts[string(village)] = n
			return err
		})
	return counts, err
}

// toldCoverage is what a kiosk hears: of its branch's regencies, of all where none are named.
func (t *tx) toldCoverage(regencies []string) (told []sealed.Coverage, err error) {
	all, err := t.coverage()
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		if inside(c.Region, regencies) && len(told) < sealed.MaxCoverage {
			told = append(told, c.Told())
		}
	}
	return told, nil
}

func inside(code string, regencies []string) bool {
	for _, r := range regencies {
		if strings.HasPrefix(code+".", r+".") {
			return true
		}
	}
	return len(regencies) == 0
}

// tellCoverageSoon lets a kiosk that was just enrolled hear of coverage with the next settings.
func (t *tx) tellCoverageSoon(chain app.Chain) error {
	return t.must("UPDATE chains SET settings_at = 0 WHERE kiosk = $1 AND incarnation = $2 AND EXISTS (SELECT 1 FROM coverage)", chain.Kiosk, chain.Incarnation)
}
