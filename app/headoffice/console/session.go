package console

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"time"

	"loket/app"
	"loket/app/office/books"
)

const (
	sessionCookie = "loket_session"
	langCookie    = "loket_lang"
	sessionLife   = 10 * time.Hour // a working day
)

// session is who is signed in. The browser holds random bytes, the books their hash: signing out, a
// block and a new password end it for every process at once.
type session struct {
	account   string
	role      books.Role
	rights    rights
	programme app.Scope // of a payer's reader
	raw       string    // what the browser holds
	name      [32]byte  // what the books hold
}

func (c *Console) sign(text string) string {
	mac := hmac.New(sha256.New, c.secret)
	mac.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func (c *Console) openSession(w http.ResponseWriter, r *http.Request, account books.Account) error {
	random := make([]byte, 32)
	if _, err := rand.Read(random); err != nil {
		return app.Wrap("console.openSession", app.Internal, err)
	}
	raw, now := base64.RawURLEncoding.EncodeToString(random), c.clock.Now()
	in := books.Session{Name: nameOf(raw), Account: account, Until: now.Add(sessionLife)}
	if err := c.desk.OpenSession(r.Context(), in, now); err != nil {
		return err
	}
	http.SetCookie(w, cookie(r, raw, int(sessionLife.Seconds())))
	return nil
}

// nameOf is how the books name a session.
func nameOf(raw string) [32]byte { return sha256.Sum256([]byte("loket/session|" + raw)) }

// cookie goes back to this console alone: not to scripts, not from other sites, not in the clear where
// there is TLS.
func cookie(r *http.Request, value string, age int) *http.Cookie {
	return &http.Cookie{
		Name: sessionCookie, Value: value, Path: "/console", HttpOnly: true,
		SameSite: http.SameSiteStrictMode, Secure: overTLS(r), MaxAge: age,
	}
}

func dropCookie(w http.ResponseWriter, r *http.Request) { http.SetCookie(w, cookie(r, "", -1)) }

// overTLS says whether the browser speaks TLS. What a proxy says of it was taken away before, unless the
// proxy is trusted.
func overTLS(r *http.Request) bool {
	return r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https"
}

// sessionOf reads the cookie; nil when nobody is signed in, or the session was ended.
func (c *Console) sessionOf(r *http.Request) (*session, error) {
	held, err := r.Cookie(sessionCookie)
	if err != nil || len(held.Value) > 100 {
		return nil, nil //nolint:nilnil // nobody is signed in
	}
	in, err := c.desk.Session(r.Context(), nameOf(held.Value), c.clock.Now())
	if app.CodeOf(err) == app.NotFound {
		return nil, nil //nolint:nilnil // nobody is signed in
	}
	if err != nil {
		return nil, err
	}
	a := in.Account
	return &session{a.Name, a.Role, rightOf(a.Role), a.Programme, held.Value, in.Name}, nil
}

// formToken is what every form of a session carries: another site cannot know it.
func (c *Console) formToken(s *session) string {
	if s == nil {
		return ""
	}
	return c.sign("form|" + s.raw)
}

func (c *Console) rightForm(s *session, r *http.Request) bool {
	return hmac.Equal([]byte(r.PostFormValue("form")), []byte(c.formToken(s)))
}

// readForm reads a whole form into memory and looks for its token. What is not a form of this kind, or
// longer than it may be, has none.
func (c *Console) readForm(s *session, r *http.Request) error {
	err := r.ParseMultipartForm(maxList)
	var big *http.MaxBytesError
	if errors.As(err, &big) {
		return app.Fail(app.RosterFileTooBig, "mb", big.Limit>>20)
	}
	if !c.rightForm(s, r) {
		return app.Fail(app.OfficeFormOld)
	}
	return nil
}

// parseInt reads a number of an address or form; nonsense is 0, which names nothing.
func parseInt(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
