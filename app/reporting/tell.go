package reporting

import (
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"loket/app"
	"loket/app/words"
)

// Told is a report in the words of a language: what screens, paper and workbook show.
type Told struct {
	Title    string // "Laporan harian", "Laporan kegiatan", "Laporan program"
	About    string // which days, which event, which programme
	Place    string
	Made     string
	Figures  []Figure
	Chart    Section // by hour or by day
	Sections []Section
	Sum      string // word for a total
	Note     string // what the figures say and do not say
}

// Figure is one number with its word.
type Figure struct {
	Word  string
	Value int
}

// Section is one table: lines with their counts, the largest first.
type Section struct {
	Key   string // states, districts, villages, payers, scopes, operators, bars
	Title string
	Lines []Row
}

// Row is one line of a section.
type Row struct {
	Key     string
	Word    string
	Count   int
	Percent float64 // of the registered
}

// Total adds the section up.
func (s Section) Total() (sum int) {
	for _, r := range s.Lines {
		sum += r.Count
	}
	return sum
}

// Section finds a section by its key.
func (t Told) Section(key string) Section {
	for _, s := range t.Sections {
		if s.Key == key {
			return s
		}
	}
	return Section{Key: key}
}

// teller says a report in a language.
type teller struct {
	Report
	lang words.Lang
}

func (t teller) say(key string, pairs ...any) string { return words.Say(t.lang, key, pairs...) }

// Tell puts a report in words.
func Tell(lang words.Lang, r Report, names Names) Told {
	t := teller{r, lang}
	told := Told{
		Title: t.say(t.title()), About: t.about(names), Place: r.Place, Note: t.say("report.note"), Sum: t.say("print.report.total"),
		Made: t.say("report.made", "at", r.Made.Format("02-01-2006 15.04")+" "+app.ZoneName(r.Made)),
		Figures: []Figure{
			{t.say("report.registered"), r.Registered},
			{t.say("report.confirmed"), r.Cards.Confirmed},
			{t.say("report.handed"), r.Cards.Handed},
			{t.say("report.waiting"), r.Waiting},
		},
	}
	chart := map[string]string{"15": "report.by_hour", time.DateOnly: "report.by_day"}[r.step()]
	if chart == "" {
		chart = "report.by_month"
	}
	told.Chart = t.section("bars", chart, r.Bars, t.bar)
	told.Sections = []Section{
		t.section("states", "report.by_state", r.States, func(l Line) string { return t.say("report.state." + l.Key) }),
		t.section("districts", "report.by_district", r.Districts, t.known),
		t.section("villages", "report.by_village", r.Villages, t.known),
		t.section("payers", "report.by_payer", r.Payers, t.payer),
		t.section("scopes", "report.by_scope", r.Scopes, t.scope),
		t.section("operators", "report.by_operator", r.Operators, names.operator),
	}
	return told
}

// Names are names that a report itself does not hold. Either may be nil.
type Names struct {
	Operators map[string]string // by ID: for screens; files show the ID alone
	Event     string            // of the event that is asked about
	Scope     string            // of the programme that is asked about
}

func (n Names) operator(l Line) string {
	if name := n.Operators[l.Key]; name != "" {
		return name
	}
	return l.Key
}

func (t teller) title() string {
	switch {
	case t.Scope != nil:
		return "report.title.programme"
	case t.Event != "":
		return "report.title.event"
	case t.ByHour:
		return "report.title.day"
	}
	return "report.title.range"
}

func (t teller) about(n Names) string {
	days := t.From.String()
	if t.Until != t.From {
		days = t.say("report.days", "from", t.From, "until", t.Until)
	}
	parts := []string{days}
	if t.Event != "" {
		parts = append(parts, t.say("report.event", "name", either(n.Event, t.Event)))
	}
	if t.Scope != nil {
		parts = append(parts, t.say("report.programme", "name", either(n.Scope, t.scope(Line{Key: hex.EncodeToString(t.Scope[:])}))))
	}
	return strings.Join(parts, " · ")
}

func either(name, id string) string {
	if name != "" {
		return name
	}
	return id
}

func (t teller) section(key, title string, lines []Line, word func(Line) string) Section {
	s := Section{Key: key, Title: t.say(title)}
	for _, l := range lines {
		percent := 0.0
		if t.Registered > 0 {
			percent = 100 * float64(l.Count) / float64(t.Registered)
		}
		s.Lines = append(s.Lines, Row{Key: l.Key, Word: word(l), Count: l.Count, Percent: percent})
	}
	return s
}

// bar is short: many stand beside each other.
func (t teller) bar(l Line) string {
	if d, ok := app.ParseDate(l.Key); ok {
		return strconv.Itoa(d.Day) + "/" + strconv.Itoa(int(d.Month))
	}
	if m, ok := app.ParseMonth(l.Key); ok {
		return strconv.Itoa(int(m.Month)) + "/" + strconv.Itoa(m.Year)
	}
	return l.Key
}

func (t teller) known(l Line) string {
	switch {
	case l.Name != "":
		return l.Name
	case l.Key != "":
		return l.Key
	}
	return t.say("report.unknown")
}

func (t teller) payer(l Line) string {
	if l.Key == "" {
		return t.say("report.unknown")
	}
	return t.say("payer." + l.Key)
}

func (t teller) scope(l Line) string {
	switch {
	case l.Key == hex.EncodeToString(app.ScopeSelfPayers[:]):
		return t.say("report.scope.self")
	case l.Name != "":
		return l.Name
	}
	return t.say("report.scope.other", "code", l.Key)
}
