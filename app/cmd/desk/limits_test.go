package desk_test

import (
	"strings"
	"testing"
	"time"

	"loket/app"
	"loket/app/counter"
	"loket/app/event"
	"loket/app/office/books"
	"loket/app/sponsor"
)

func regency() sponsor.Programme {
	return sponsor.Programme{
		Name: "Pekerja rentan", Payer: app.PayerRegency, PayerName: "Kabupaten Kutai Timur", Decree: "800/1",
		DecreeDay: app.Date{Year: 2026, Month: 1, Day: 15}, Programmes: app.WorkAccident | app.Death,
		First: app.Month{Year: 2026, Month: 12}, Months: 12, Level: 2, Region: "64.08",
	}
}

// A text that was pasted by mistake is refused with a sentence: in the journal it would stop the post
// for ever, because no batch can carry it.
func TestAHugeTextDoesNotStopThePost(t *testing.T) {
	k := enrolled(t)
	by, huge := k.s.Operator, strings.Repeat("panjang sekali ", 700_000)
	r := k.registered(t)
	e, _ := bazaar(t, k)
	for name, write := range map[string]func(text string) error{
		"withdrawal": func(text string) error {
			_, err := k.Records.Withdraw(t.Context(), by, r.ID, counter.Why{Reason: "other", Note: text})
			return err
		},
		"referral": func(text string) error {
			_, err := k.Counter.Refer(t.Context(), by, app.Referral{Why: app.ReferMigrant, Name: text})
			return err
		},
		"employer": func(text string) error {
			_, err := k.Counter.AddLead(t.Context(), by, app.EmployerLead{Name: "CV Maju", Address: text, Workers: 3})
			return err
		},
		"question": func(text string) error {
			_, err := k.Families.Ask(t.Context(), by, asking(app.Question{Name: text, Born: r.Record.Person.BirthDate}))
			return err
		},
		"programme": func(text string) error {
			p := regency()
			p.Release = text
			_, err := k.Sponsor.Open(t.Context(), by, p)
			return err
		},
		"end of an event": func(text string) error {
			_, err := k.Events.Close(t.Context(), by, e.ID, event.Sticks{Known: true, Out: 1}, text)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			want := app.JournalTooLong
			if name == "programme" {
				want = app.SponsorTextLong
			}
			seq := k.seq()
			refused(t, write(huge), want)
			k.intact(t, seq)
			must(t, write("Catatan biasa"))
		})
	}
	k.clock.add(2 * time.Minute)
	k.exchange(t)
	if state, err := k.Post.State(t.Context()); err != nil || state.Entries != 0 {
		t.Errorf("%d entries stay here, %v", state.Entries, err)
	}
}

// What an event pass does not include is refused by the use cases, whatever a screen shows.
func TestAPassLetsDoItsTasksAndNothingElse(t *testing.T) {
	k := begun(t, folder(t))
	by := app.Operator{ID: "rela", Role: app.RoleVolunteer, Agency: app.AgencyPartner, Event: "abc234", Tasks: []app.Task{app.TaskVerify}}
	ask := asking(app.Question{NIK: k.WalkIn().Person.NIK})
	for name, do := range map[string]func(by app.Operator) error{
		"a number of the queue": func(by app.Operator) error {
			_, err := k.Counter.TakeNumber(t.Context(), by, app.SourceWalkIn, "", "")
			return err
		},
		"a referral": func(by app.Operator) error {
			_, err := k.Counter.Refer(t.Context(), by, app.Referral{Why: app.ReferMigrant})
			return err
		},
		"an employer": func(by app.Operator) error {
			_, err := k.Counter.AddLead(t.Context(), by, app.EmployerLead{Name: "CV Maju", Address: "Jl. Poros", Workers: 3})
			return err
		},
		"a family's question": func(by app.Operator) error {
			_, err := k.Families.Ask(t.Context(), by, ask)
			return err
		},
		"the families' list": func(by app.Operator) error {
			_, err := k.Families.List(t.Context(), by)
			return err
		},
		"a registration": func(by app.Operator) error {
			_, err := k.Counter.Save(t.Context(), by, k.typed(t))
			return err
		},
	} {
		by := by
		refused(t, do(by), app.AccessNotInPass)
		by.Tasks = app.EventTasks
		if err := do(by); err != nil {
			t.Errorf("%s is within the tasks: %v", name, err)
		}
	}
}

// Cover that has begun is ended by nobody at the counter, who may not have heard of it: the registration
// stands again, and says why nothing was taken back.
func TestAWithdrawalThatCameTooLateIsUndone(t *testing.T) {
	k := enrolled(t)
	r := k.registered(t)
	k.exchange(t)
	_, err := headOffice.Office.BeginCover(t.Context(), []app.EntryID{r.ID}, books.Today(officeTime.Now()), "test")
	must(t, err)
	r, err = k.Records.Withdraw(t.Context(), k.s.Operator, r.ID, counter.Why{Reason: "asked"})
	must(t, err)
	if r.State != app.Withdrawn {
		t.Fatal(r.State)
	}
	k.exchange(t)
	k.exchange(t)
	if r = k.again(t, r.ID); r.State != app.Accepted || r.Cover != app.CoverBegun {
		t.Errorf("%s, cover %s", r.State, r.Cover)
	}
}

// A registration that was taken back stays so, although the acceptance was on its way already.
func TestALateAcceptanceRevivesNothing(t *testing.T) {
	k := enrolled(t)
	r := k.registered(t)
	k.exchange(t) // up, and the decision lies at head office or in the inbox
	r = k.again(t, r.ID)
	if r.State != app.Accepted {
		t.Fatal(r.State)
	}
	s := k.registered(t)
	_, err := k.Beat(t.Context(), true)
	must(t, err)
	must(t, k.carry(t)) // head office accepts it
	_, err = k.Records.Withdraw(t.Context(), k.s.Operator, s.ID, counter.Why{Reason: "asked"})
	must(t, err)
	k.exchange(t)
	k.exchange(t)
	if got := k.again(t, s.ID); got.State != app.Withdrawn {
		t.Errorf("it is %s again", got.State)
	}
	row, err := headOffice.Store.Registration(t.Context(), s.ID)
	must(t, err)
	if row.State != app.Withdrawn {
		t.Errorf("head office: %s", row.State)
	}
}
