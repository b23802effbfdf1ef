package console

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"loket/app"
)

const (
	sessionCookie = "loket_session"
	langCookie    = "loket_lang"
	sessionLife   = 10 * time.Hour // a working day
)

// session is who is signed in: account, the account's session number, end, and random bytes. It is
// all in a signed cookie, so that any process beside the same database knows it.
type session struct {
	account string
	role    string
	number  int64
	until   time.Time
	raw     string
}

func (c *Console) sign(text string) string {
	mac := hmac.New(sha256.New, c.secret)
	mac.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func (c *Console) openSession(w http.ResponseWriter, r *http.Request, account string, number int64) error {
	var random [12]byte
	if _, err := rand.Read(random[:]); err != nil {
		return app.Wrap("console.openSession", app.Internal, err)
	}
	text := strings.Join([]string{
		base64.RawURLEncoding.EncodeToString([]byte(account)), strconv.FormatInt(number, 10),
		strconv.FormatInt(c.clock.Now().Add(sessionLife).Unix(), 10), base64.RawURLEncoding.EncodeToString(random[:]),
	}, ".")
	http.SetCookie(w, &http.Cookie{
		Name: sessionCookie, Value: text + "." + c.sign("session|"+text), Path: "/console", HttpOnly: true,
		SameSite: http.SameSiteStrictMode, Secure: overTLS(r), MaxAge: int(sessionLife.Seconds()),
	})
	return nil
}

func overTLS(r *http.Request) bool {
	return r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https"
}

func (c *Console) closeSession(w http.ResponseWriter) {
	http.SetCookie(w, &http.Cookie{Name: sessionCookie, Path: "/console", MaxAge: -1, HttpOnly: true})
}

// sessionOf reads the cookie; nil when nobody is signed in, or the account's sessions were ended.
func (c *Console) sessionOf(r *http.Request) *session {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return nil
	}
	text, mac, ok := cutLast(cookie.Value, ".")
	if !ok || !hmac.Equal([]byte(mac), []byte(c.sign("session|"+text))) {
		return nil
	}
	fields := strings.Split(text, ".")
	if len(fields) != 4 {
		return nil
	}
	name, err := base64.RawURLEncoding.DecodeString(fields[0])
	if err != nil {
		return nil
	}
	number, until := parseInt(fields[1]), parseInt(fields[2])
	s := &session{account: string(name), number: number, until: time.Unix(until, 0), raw: text}
	if !c.clock.Now().Before(s.until) {
		return nil
	}
	a, err := c.desk.Account(r.Context(), s.account)
	if err != nil || a.Session != s.number {
		return nil
	}
	s.role = a.Role
	return s
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

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// parseInt reads a number that this program wrote and signed; nonsense is 0, which is long past.
func parseInt(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
