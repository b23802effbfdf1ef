package console

import (
	"net"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"loket/app"
	"loket/app/words"
)

// doors slow down guessing: a few tries an address, then one every some seconds.
type doors struct {
	mu   sync.Mutex
	from map[string]*rate.Limiter
}

const (
	triesAtOnce = 10
	tryEvery    = 6 * time.Second
	maxDoors    = 10_000
)

func newDoors() *doors { return &doors{from: map[string]*rate.Limiter{}} }

func (d *doors) open(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	l, ok := d.from[host]
	if !ok {
		if len(d.from) >= maxDoors {
			clear(d.from)
		}
		l = rate.NewLimiter(rate.Every(tryEvery), triesAtOnce)
		d.from[host] = l
	}
	return l.Allow()
}

func (c *Console) showSignIn(w http.ResponseWriter, r *http.Request) {
	c.show(&visit{w, r, langOf(r), nil}, http.StatusOK, "signin", page{Title: "console.signin.title"})
}

// signIn compares the password. An unknown name costs the same time as a wrong password.
func (c *Console) signIn(w http.ResponseWriter, r *http.Request) {
	v := &visit{w, r, langOf(r), nil}
	if !c.doors.open(r) {
		c.refuseSignIn(v, http.StatusTooManyRequests, app.Fail(app.OfficeTooMany))
		return
	}
	name := r.PostFormValue("name")
	account, err := c.desk.Account(r.Context(), name)
	if err != nil && app.CodeOf(err) != app.NotFound {
		c.wrong(v, err)
		return
	}
	stored := account.Password
	if err != nil {
		stored = nobody()
	}
	if !rightPassword(stored, r.PostFormValue("password")) || err != nil {
		c.log.Warn("console sign-in refused")
		c.refuseSignIn(v, http.StatusForbidden, app.Fail(app.OfficeWrongPassword))
		return
	}
	if err := c.openSession(w, r, account.Name, account.Session); err != nil {
		c.wrong(v, err)
		return
	}
	http.Redirect(w, r, "/console/", http.StatusSeeOther)
}

// nobody is the password of accounts that do not exist: nothing opens it.
var nobody = sync.OnceValue(func() []byte {
	secret, err := NewPassword()
	if err != nil {
		return nil
	}
	hash, err := HashPassword(secret)
	if err != nil {
		return nil
	}
	return hash
})

func (c *Console) refuseSignIn(v *visit, status int, err error) {
	c.show(v, status, "signin", page{Title: "console.signin.title", Notice: words.Error(v.lang, err)})
}

func (c *Console) signOut(v *visit) error {
	c.closeSession(v.w)
	http.Redirect(v.w, v.r, "/console/signin", http.StatusSeeOther)
	return nil
}
