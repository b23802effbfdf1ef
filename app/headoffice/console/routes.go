package console

import (
	"net/http"

	"loket/app"
	"loket/assets"
)

// route is one address of the console, and who may ask for it.
type route struct {
	pattern string // of http.ServeMux: "GET /console/kiosks"
	who     rights
	page    pageHandler
	open    http.HandlerFunc // without signing in; then nobody is asked
}

// routes are all of them. A route without a row here does not exist, and a row names its roles: nobody
// passes where none stands.
func (c *Console) routes() []route {
	return append(c.openRoutes(), []route{
		{pattern: "POST /console/signout", who: everybody, page: c.signOut},
		{pattern: "GET /console/password", who: everybody, page: c.showPassword},
		{pattern: "POST /console/password", who: everybody, page: c.setPassword},
		{pattern: "GET /console/{$}", who: everybody, page: c.home},
		{pattern: "GET /console/kiosks", who: staff, page: c.kiosks},
		{pattern: "POST /console/kiosks", who: seniors, page: c.invite},
		{pattern: "GET /console/kiosks/{kiosk}", who: staff, page: c.kiosk},
		{pattern: "POST /console/kiosks/{kiosk}", who: seniors, page: c.kioskAct},
		{pattern: "GET /console/events", who: staff, page: c.events},
		{pattern: "GET /console/registrations", who: staff, page: c.registrations},
		{pattern: "POST /console/registrations", who: staff, page: c.registrations}, // a search: what is looked for stays out of addresses and their logs
		{pattern: "POST /console/registrations/cover", who: counters, page: c.cover},
		{pattern: "GET /console/orders", who: staff, page: c.orders},
		{pattern: "GET /console/orders/{order}", who: staff, page: c.order},
		{pattern: "POST /console/orders/{order}", who: seniors, page: c.orderAct},
		{pattern: "GET /console/registrations/{id}", who: staff, page: c.registration},
		{pattern: "POST /console/registrations/{id}", who: seniors, page: c.rule},
		{pattern: "GET /console/leads", who: staff, page: c.leads},
		{pattern: "GET /console/batches", who: staff, page: c.batches},
		{pattern: "GET /console/programmes", who: staff, page: c.programmes},
		{pattern: "GET /console/programmes/{scope}", who: everybody, page: c.programme},
		{pattern: "POST /console/programmes/{scope}/export", who: seniors | auditor | payer, page: c.export},
		{pattern: "GET " + checkPath, who: counters, page: c.showCheck},
		{pattern: "POST " + checkPath, who: counters, page: c.check},
		{pattern: "GET /console/coverage", who: staff, page: c.coverage},
		{pattern: "POST /console/coverage", who: seniors, page: c.setCoverage},
		{pattern: "GET /console/lookups", who: staff, page: c.lookups},
		{pattern: "GET /console/lookups/{id}", who: staff, page: c.lookup},
		{pattern: "POST /console/lookups/{id}", who: counters, page: c.answerLookup},
	}...)
}

func (c *Console) openRoutes() []route {
	return []route{
		{pattern: "GET /console/style.css", open: file("style.css", "text/css; charset=utf-8")},
		{pattern: "GET /console/inter.ttf", open: bytesOf(assets.InterRegular, "font/ttf")},
		{pattern: "GET /console/inter-bold.ttf", open: bytesOf(assets.InterSemiBold, "font/ttf")},
		{pattern: "GET /console/lang", open: c.chooseLang},
		{pattern: "GET /console/signin", open: c.showSignIn},
		{pattern: "POST /console/signin", open: c.signIn},
		{pattern: "GET /console", open: func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/console/", http.StatusSeeOther)
		}},
	}
}

// Handler serves everything under /console.
func (c *Console) Handler() http.Handler { return c.handler(c.routes()) }

func (c *Console) handler(routes []route) http.Handler {
	mux := http.NewServeMux()
	for _, r := range routes {
		if r.open != nil {
			mux.HandleFunc(r.pattern, r.open)
		} else {
			mux.HandleFunc(r.pattern, c.in(r))
		}
	}
	return guarded(http.NewCrossOriginProtection().Handler(mux))
}

// in lets those pass who are signed in and whose role the route names, and forms only with their token.
func (c *Console) in(route route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s, err := c.sessionOf(r)
		v := &visit{w, r, langOf(r), s}
		switch {
		case err != nil:
			c.wrong(v, err)
			return
		case s == nil:
			http.Redirect(w, r, "/console/signin", http.StatusSeeOther)
			return
		case s.rights&route.who == 0:
			c.wrong(v, app.Fail(app.OfficeNoRight))
			return
		}
		if r.Method == http.MethodPost {
			err = c.readForm(s, r)
		}
		if err == nil {
			err = route.page(v)
		}
		if err != nil {
			c.wrong(v, err)
		}
	}
}
