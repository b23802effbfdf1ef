package sponsor_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"loket/app"
	"loket/app/region"
	"loket/app/scheme"
	"loket/app/sponsor"
)

type clock struct{}

func (clock) Now() time.Time { return time.Date(2026, 11, 20, 14, 5, 0, 0, time.UTC) }

func newSponsor(closed error) *sponsor.Sponsor {
	rules := func() sponsor.Rules {
		return sponsor.Rules{Scheme: scheme.Embedded(), Regions: region.Load(), Closed: closed}
	}
	return sponsor.New(nil, rules, clock{}, func() app.Operator { return app.Operator{ID: "dl", Role: app.RoleSupervisor} })
}

func month(y int, m time.Month) app.Month { return app.Month{Year: y, Month: m} }

// The numbers are those of the payers' own letters.
func TestABudgetIsPeopleTimesMonthsTimesRate(t *testing.T) {
	const both = app.WorkAccident | app.Death
	for name, c := range map[string]struct {
		p      sponsor.Programme
		people int
		want   sponsor.Budget
	}{
		"Balikpapan: Rp1.9 billion for 10,000 disabled people": {
			sponsor.Programme{Payer: app.PayerRegency, Programmes: both, First: month(2026, 12), Months: 12, Budget: 1_900_000_000},
			10_000,
			sponsor.Budget{
				People: 10_000, Months: 12, Total: 2_016_000_000, Budget: 1_900_000_000, Left: -116_000_000, PersonMonths: 113_095, PeopleAYear: 9424,
				Lines: []sponsor.BudgetLine{{From: month(2026, 12), To: month(2027, 11), Months: 12, Rate: 16_800, Total: 2_016_000_000}},
			},
		},
		"Kutim: 150,000 vulnerable workers for a year": {
			sponsor.Programme{Payer: app.PayerRegency, Programmes: both, First: month(2027, 1), Months: 12},
			150_000,
			sponsor.Budget{
				People: 150_000, Months: 12, Total: 30_240_000_000, Left: -30_240_000_000,
				Lines: []sponsor.BudgetLine{{From: month(2027, 1), To: month(2027, 12), Months: 12, Rate: 16_800, Total: 30_240_000_000}},
			},
		},
		"Kutim: the 98,000 that could be verified": {
			sponsor.Programme{Payer: app.PayerRegency, Programmes: both, First: month(2027, 1), Months: 12, Budget: 30_240_000_000},
			98_000,
			sponsor.Budget{
				People: 98_000, Months: 12, Total: 19_756_800_000, Budget: 30_240_000_000, Left: 10_483_200_000, PersonMonths: 1_800_000, PeopleAYear: 150_000,
				Lines: []sponsor.BudgetLine{{From: month(2027, 1), To: month(2027, 12), Months: 12, Rate: 16_800, Total: 19_756_800_000}},
			},
		},
		"a company's relief ends with the year": {
			sponsor.Programme{Payer: app.PayerCompany, Programmes: both, First: month(2026, 11), Months: 4, Budget: 10_000_000},
			100,
			sponsor.Budget{
				People: 100, Months: 4, Total: 5_040_000, Budget: 10_000_000, Left: 4_960_000, PersonMonths: 1190, PeopleAYear: 99,
				Lines: []sponsor.BudgetLine{
					{From: month(2026, 11), To: month(2026, 12), Months: 2, Rate: 8_400, Relief: 50, Total: 1_680_000},
					{From: month(2027, 1), To: month(2027, 2), Months: 2, Rate: 16_800, Total: 3_360_000},
				},
			},
		},
		"the village's money has no relief": {
			sponsor.Programme{Payer: app.PayerVillage, Programmes: both, First: month(2026, 12), Months: 1},
			1,
			sponsor.Budget{People: 1, Months: 1, Total: 16_800, Left: -16_800, Lines: []sponsor.BudgetLine{{From: month(2026, 12), To: month(2026, 12), Months: 1, Rate: 16_800, Total: 16_800}}},
		},
		"a donor pays for old age too, without relief on it": {
			sponsor.Programme{Payer: app.PayerDonor, Programmes: both | app.OldAge, First: month(2026, 12), Months: 1},
			2,
			sponsor.Budget{
				People: 2, Months: 1, Total: 56_800, Left: -56_800,
				Lines: []sponsor.BudgetLine{{From: month(2026, 12), To: month(2026, 12), Months: 1, Rate: 28_400, Relief: 50, Total: 56_800}},
			},
		},
		"nobody yet": {
			sponsor.Programme{Payer: app.PayerProvince, Programmes: both, First: month(2026, 12), Months: 1, Budget: 16_799},
			0,
			sponsor.Budget{Months: 1, Budget: 16_799, Left: 16_799, Lines: []sponsor.BudgetLine{{From: month(2026, 12), To: month(2026, 12), Months: 1, Rate: 16_800}}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := newSponsor(nil).Budget(c.p, c.people)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got.Lines, c.want.Lines) {
				t.Errorf("lines %+v", got.Lines)
			}
			got.Lines, c.want.Lines = nil, nil
			if got.Total != c.want.Total || got.Left != c.want.Left || got.PersonMonths != c.want.PersonMonths || got.PeopleAYear != c.want.PeopleAYear || got.People != c.want.People || got.Months != c.want.Months {
				t.Errorf("%+v\nwant %+v", got, c.want)
			}
		})
	}
}

// sound is a programme with nothing wrong.
func sound() sponsor.Programme {
	return sponsor.Programme{
		Name: "Difabel Balikpapan", Payer: app.PayerRegency, PayerName: "Kota Balikpapan", Decree: "188.45/1/2026", DecreeDay: app.Date{Year: 2026, Month: 1, Day: 15},
		Programmes: app.WorkAccident | app.Death, First: month(2026, 12), Months: 12, Budget: 1_900_000_000, Level: 2, Region: "64.71",
	}
}

func TestAProgrammeIsRefusedWithTheFirstThingWrong(t *testing.T) {
	if err := newSponsor(nil).Check(sound()); err != nil {
		t.Fatal(err)
	}
	for want, spoil := range map[app.Code]func(*sponsor.Programme){
		app.SponsorNameMissing:   func(p *sponsor.Programme) { p.Name = "" },
		app.SponsorPayerMissing:  func(p *sponsor.Programme) { p.Payer = app.PayerFamily },
		app.SponsorDecreeMissing: func(p *sponsor.Programme) { p.DecreeDay = app.Date{Year: 2026, Month: 2, Day: 30} },
		app.SponsorLevelUnknown:  func(p *sponsor.Programme) { p.Level = 4 },
		app.SponsorTextLong:      func(p *sponsor.Programme) { p.Release = strings.Repeat("syarat ", 60) },
		app.SponsorRegionUnknown: func(p *sponsor.Programme) { p.Region = "99.99" },
		app.SponsorAmountBad:     func(p *sponsor.Programme) { p.Budget = -1 },
		app.MonthsImpossible:     func(p *sponsor.Programme) { p.Months = 0 },
		app.FirstMonthMissing:    func(p *sponsor.Programme) { p.First = app.Month{} },
		app.ProgrammesIncomplete: func(p *sponsor.Programme) { p.Programmes = app.Death },
		app.PayerUnknown:         func(p *sponsor.Programme) { p.Payer = "uncle" },
	} {
		p := sound()
		spoil(&p)
		if err := newSponsor(nil).Check(p); app.CodeOf(err) != want {
			t.Errorf("%s: %v", want, err)
		}
	}
}

func TestAKioskThatIsCalledBackTakesNothingIn(t *testing.T) {
	s, by := newSponsor(app.Fail(app.AccessRestricted)), app.Operator{ID: "dl", Role: app.RoleSupervisor}
	_, opened := s.Open(t.Context(), by, sound())
	_, judged := s.Judge(t.Context(), app.Scope{7}, nil, sponsor.JudgeOptions{})
	_, imported := s.Import(t.Context(), by, app.Scope{7}, [32]byte{}, nil, nil)
	for _, err := range []error{opened, judged, imported, s.Change(t.Context(), by, sound()), s.Close(t.Context(), by, app.Scope{7})} {
		if app.CodeOf(err) != app.AccessRestricted {
			t.Error(err)
		}
	}
}
