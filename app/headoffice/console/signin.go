package console

import (
	"net/http"
	"sync"

	"loket/app"
	"loket/app/words"
)

func (c *Console) showSignIn(w http.ResponseWriter, r *http.Request) {
	p := page{Title: "console.signin.title", Data: "admin"}
	v := &visit{w, r, langOf(r), nil}
	if r.URL.Query().Get("renewed") != "" {
		p.Notice, p.Data = words.Say(v.lang, "console.password.done"), ""
	}
	c.show(v, http.StatusOK, "signin", p)
}

// signIn compares the password and opens a session.
func (c *Console) signIn(w http.ResponseWriter, r *http.Request) {
	v := &visit{w, r, langOf(r), nil}
	account, err := c.proven(r, r.PostFormValue("name"), r.PostFormValue("password"))
	if err == nil {
		err = c.openSession(w, r, account)
	}
	if err != nil {
		c.refused(v, err)
		c.show(v, statusOf(err), "signin", page{Title: "console.signin.title", Notice: words.Error(v.lang, err), Data: r.PostFormValue("name")})
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

func (c *Console) signOut(v *visit) error {
	if err := c.desk.CloseSession(v.r.Context(), v.session.name, c.clock.Now()); err != nil {
		return err
	}
	dropCookie(v.w, v.r)
	http.Redirect(v.w, v.r, "/console/signin", http.StatusSeeOther)
	return nil
}

// shortest is how many characters a password of one's own must have.
const shortest = 12

func (c *Console) showPassword(v *visit) error {
	c.show(v, http.StatusOK, "password", page{Title: "console.password.title", Data: shortest})
	return nil
}

// setPassword gives the account its own new password; all its sessions end, this one too.
func (c *Console) setPassword(v *visit) error {
	err := c.newPassword(v)
	if err != nil {
		c.refused(v, err)
		c.show(v, statusOf(err), "password", page{Title: "console.password.title", Notice: words.Error(v.lang, err), Data: shortest})
		return nil
	}
	dropCookie(v.w, v.r)
	http.Redirect(v.w, v.r, "/console/signin?renewed=1", http.StatusSeeOther)
	return nil
}

func (c *Console) newPassword(v *visit) error {
	chosen := v.r.PostFormValue("new")
	switch {
	case len([]rune(chosen)) < shortest || len(chosen) > 200:
		return app.Fail(app.OfficePasswordShort, "n", shortest)
	case chosen != v.r.PostFormValue("again"):
		return app.Fail(app.OfficePasswordsDiffer)
	}
	if _, err := c.proven(v.r, v.session.account, v.r.PostFormValue("old")); err != nil {
		return err
	}
	var hash []byte
	var failed error
	if err := c.gate.through(v.r.Context(), func() { hash, failed = HashPassword(chosen) }); err != nil {
		return err
	}
	if failed != nil {
		return failed
	}
	return c.desk.SetPassword(v.r.Context(), v.session.account, hash, v.session.account, c.clock.Now())
}
