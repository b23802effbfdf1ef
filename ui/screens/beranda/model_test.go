package beranda

import (
	"slices"
	"testing"
	"time"

	"loket/app"
	"loket/app/access"
	"loket/app/post"
)

func modelOf(d *desk) Model {
	m := Model{Known: true, Facts: d.facts, Now: d.now, Allowed: map[access.Task]bool{}}
	for _, t := range []access.Task{access.Register, access.Print, access.Handover, access.Verify, access.Ask, access.Send, access.Figures, access.Review} {
		m.Allowed[t] = d.session.Allow(t) == nil
	}
	return m
}

func places(tiles []Tile) (all []string) {
	for _, t := range tiles {
		all = append(all, t.Place)
	}
	return all
}

func TestEachRoleHasItsBigButtons(t *testing.T) {
	for role, want := range map[app.Role][]string{
		app.RoleOfficer:      {"register", "cards", "handover", "check"},
		app.RoleSupervisor:   {"register", "cards", "handover", "check"},
		app.RoleVolunteer:    {"register", "handover", "check", "find"},
		app.RoleDistribution: {"handover", "check", "find", "post"},
	} {
		d := busyDay()
		d.session.Operator.Role = role
		if got := places(modelOf(d).Tiles()); !slices.Equal(got, want) {
			t.Errorf("%s has %v", role, got)
		}
	}
}

func TestWithoutAuthorityOnlySendingIsOffered(t *testing.T) {
	d := busyDay()
	d.session.Restricted = true
	m := modelOf(d)
	if got := places(m.Tiles()); !slices.Equal(got, []string{"post"}) {
		t.Error(got)
	}
	for _, todo := range m.Todos() {
		if todo.Place != "post" {
			t.Errorf("%s leads to a closed screen", todo.Word)
		}
	}
}

func sentences(todos []Todo) (all []string) {
	for _, t := range todos {
		all = append(all, t.Word)
	}
	return all
}

func TestWhatWaits(t *testing.T) {
	now := busyDay().now
	quiet := freshMorning().facts
	for name, c := range map[string]struct {
		change func(*Facts)
		want   []string
	}{
		"nothing":                 {func(*Facts) {}, nil},
		"drafts":                  {func(f *Facts) { f.Drafts = 2 }, []string{"ui.beranda.do.drafts"}},
		"not enrolled":            {func(f *Facts) { f.Post = post.State{} }, []string{"ui.beranda.do.not_enrolled"}},
		"asked":                   {func(f *Facts) { f.Post = post.State{Asked: true} }, []string{"ui.beranda.do.asked"}},
		"few numbers":             {func(f *Facts) { f.Stock.Members = 49 }, []string{"ui.beranda.do.members"}},
		"no numbers":              {func(f *Facts) { f.Stock.Serials = 0 }, []string{"ui.beranda.do.serials.none"}},
		"printed, not queued":     {func(f *Facts) { f.Day.WaitingCards, f.Unchecked = 3, 3 }, []string{"ui.beranda.do.unchecked"}},
		"queued":                  {func(f *Facts) { f.Day.WaitingCards = 3 }, []string{"ui.beranda.do.queued"}},
		"stale":                   {func(f *Facts) { f.Post.Trust = now.Add(-7 * 24 * time.Hour) }, []string{"ui.beranda.do.lists"}},
		"no list":                 {func(f *Facts) { f.Post.Trust = time.Time{} }, []string{"ui.beranda.do.lists.none"}},
		"authority ends":          {func(f *Facts) { f.Post.Authority = now.Add(3 * 24 * time.Hour) }, []string{"ui.beranda.do.permit"}},
		"the pressing come first": {func(f *Facts) { f.Post.Entries, f.Drafts, f.Post.Recall = 1, 1, "stolen" }, []string{"ui.beranda.do.recalled", "ui.beranda.do.drafts", "ui.beranda.do.here"}},
	} {
		d := busyDay()
		d.facts = quiet
		c.change(&d.facts)
		if got := sentences(modelOf(d).Todos()); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestHours(t *testing.T) {
	m := modelOf(busyDay())
	hours := m.Hours()
	if hours[0].Word != "07–08" || len(hours) != 5 || !hours[4].Now || hours[2].Count != 14 {
		t.Error(hours)
	}
	m.Now = time.Date(2026, 11, 20, 16, 0, 0, 0, wita)
	if hours = m.Hours(); len(hours) != 10 || hours[0].Word != "07" {
		t.Error(hours)
	}
	early := Model{Now: time.Date(2026, 11, 20, 5, 0, 0, 0, wita)}
	if hours = early.Hours(); len(hours) != 1 || hours[0].Word != "05–06" {
		t.Error(hours)
	}
}

// Once, and to who can do it: what was sent back is in its own line.
func TestWhatIsToBeReviewedIsListedOnce(t *testing.T) {
	for role, want := range map[app.Role][]string{app.RoleSupervisor: {"ui.beranda.do.review"}, app.RoleOfficer: nil} {
		d := busyDay()
		d.facts, d.session.Operator.Role = freshMorning().facts, role
		d.facts.Day.ToReview, d.facts.Waiting = 1, map[app.WorkList]int{app.WorkReview: 1}
		if got := sentences(modelOf(d).Todos()); !slices.Equal(got, want) {
			t.Errorf("%s: %v", role, got)
		}
	}
}
