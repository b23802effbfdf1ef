package console

import (
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"time"

	"loket/app"
	"loket/app/identity"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/region"
	"loket/app/words"
	"loket/assets"
)

// page is what every template gets.
type page struct {
	Lang     words.Lang
	Title    string // key of the title's sentence
	Account  string
	Form     string // token of forms
	Practice bool
	Now      time.Time
	Path     string
	Notice   string // what was just done
	Again    int    // seconds after which the page is asked for anew; 0 never
	Data     any

	rights rights
	who    map[string]rights
}

// May says whether the account may ask for a route, so that pages show no door that is shut.
func (p page) May(pattern string) bool { return p.rights&p.who[pattern] != 0 }

// pages are the templates by language and name, each with the layout.
type pages map[words.Lang]map[string]*template.Template

var pageNames = []string{"signin", "password", "home", "kiosks", "kiosk", "token", "registrations", "registration", "batches", "leads", "programmes", "programme", "check", "coverage", "lookups", "lookup", "orders", "order", "events", "wrong"}

func parsePages() (pages, error) {
	all := pages{}
	for _, lang := range words.Langs {
		all[lang] = map[string]*template.Template{}
		for _, name := range pageNames {
			t, err := template.New(name).Funcs(functions(lang)).ParseFS(assets.Console, "web/console/layout.html", "web/console/"+name+".html")
			if err != nil {
				return nil, app.Wrap("console.parsePages", app.Internal, err)
			}
			all[lang][name] = t
		}
	}
	return all, nil
}

func functions(lang words.Lang) template.FuncMap {
	return template.FuncMap{
		"say":      func(key string, pairs ...any) string { return words.Say(lang, key, pairs...) },
		"state":    func(s app.RegistrationState) string { return words.Say(lang, "console.state."+string(s)) },
		"card":     func(s app.CardState) string { return words.Say(lang, "console.card."+string(s)) },
		"compared": func(outcome string) string { return words.Say(lang, "compare."+outcome) },
		"amended":  func(a books.Amendment) string { return amendedText(lang, a) },
		"evidence": func(kind string) string { return known(lang, "ui.complete.kind.", kind) },
		"code":     func(c app.Code) string { return codeText(lang, c) },
		"alarm":    func(a books.Alarm) string { return words.Error(lang, &app.Error{Code: a.Code, Args: a.Args}) },
		"alarmof": func(code app.Code, chain app.Chain) string {
			return words.Error(lang, app.Fail(code, "kiosk", chain.Kiosk.Digits()))
		},
		"when":    when,
		"why":     func(err error) string { return words.Error(lang, err) },
		"payer":   func(kind string) string { return words.Say(lang, "payer."+kind) },
		"terms":   func(b journal.ProgrammeBody) [][2]string { return termTexts(lang, b) },
		"month":   func(m app.Month) string { return monthText(lang, m) },
		"place":   func(code string) string { return region.Load().Label(code) },
		"isodate": isoDate,
		"day":     func(d app.Date) string { return d.String() },
		"today":   func(t time.Time) string { return longDate(lang, t.In(books.Zone)) },
		"isoday":  func(t time.Time) string { return app.DateOf(t.In(books.Zone)).ISO() },
		"count":   func(n int) string { return app.GroupThousands(strconv.Itoa(n)) },
		"partner": func(p string) string { return partnerName(lang, p) },
		"ago":     func(now, t time.Time) string { return ago(lang, now, t) },
		"hideNIK": hideNIK,
		"finding": func(a app.LookupAnswer) string { return finding(lang, a) },
		"starts":  strings.HasPrefix,
		"phone":   identity.FormatPhone,
		"size":    func(n int) string { return app.GroupThousands(strconv.Itoa(n)) + " B" },
		"other":   func() words.Lang { return map[words.Lang]words.Lang{words.ID: words.EN, words.EN: words.ID}[lang] },
	}
}

func codeText(lang words.Lang, c app.Code) string {
	if c == "" {
		return ""
	}
	return words.Error(lang, app.Fail(c))
}

func when(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.In(books.Zone).Format("02-01-2006 15.04 ") + app.ZoneName(t.In(books.Zone))
}

// isoDate shows a day that an entry wrote as "2026-11-20".
func isoDate(text string) string {
	if d, ok := app.ParseDate(text); ok {
		return d.String()
	}
	return "–"
}

func longDate(lang words.Lang, t time.Time) string {
	day := words.Say(lang, "console.day."+strconv.Itoa(int(t.Weekday())))
	month := words.Say(lang, "console.month."+strconv.Itoa(int(t.Month())))
	return day + ", " + strconv.Itoa(t.Day()) + " " + month + " " + strconv.Itoa(t.Year())
}

func ago(lang words.Lang, now, t time.Time) string {
	d := now.Sub(t)
	switch {
	case t.IsZero():
		return words.Say(lang, "console.never")
	case d < time.Hour:
		return words.Say(lang, "console.ago.minutes", "n", max(0, int(d.Minutes())))
	case d < 48*time.Hour:
		return words.Say(lang, "console.ago.hours", "n", int(d.Hours()))
	}
	return words.Say(lang, "console.ago.days", "n", int(d.Hours()/24))
}

// hideNIK shows the region and the last four digits: enough to compare, not enough to copy.
func hideNIK(nik string) string {
	if len(nik) != 16 {
		return nik
	}
	return nik[:6] + "······" + nik[12:]
}

func langOf(r *http.Request) words.Lang {
	if c, err := r.Cookie(langCookie); err == nil && words.Lang(c.Value) == words.EN {
		return words.EN
	}
	return words.ID
}

// chooseLang keeps the language in a cookie and goes back to a page of the console.
func (c *Console) chooseLang(w http.ResponseWriter, r *http.Request) {
	lang := words.ID
	if r.URL.Query().Get("to") == string(words.EN) {
		lang = words.EN
	}
	http.SetCookie(w, &http.Cookie{Name: langCookie, Value: string(lang), Path: "/console", MaxAge: 365 * 86400, SameSite: http.SameSiteLaxMode, HttpOnly: true})
	back := r.URL.Query().Get("back")
	if !strings.HasPrefix(back, "/console/") {
		back = "/console/"
	}
	http.Redirect(w, r, back, http.StatusSeeOther)
}
