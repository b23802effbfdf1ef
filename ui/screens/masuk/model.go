package masuk

import (
	"strings"

	"loket/app"
	"loket/app/sealed"
	"loket/app/vault"
)

// Stage is how far signing in has come.
type Stage int

// The stages.
const (
	Waiting   Stage = iota // the names are being read
	Names                  // pick who you are, and give the PIN
	First                  // this kiosk begins: enrolment
	ByPass                 // an event pass is shown
	Forgotten              // the PIN was forgotten
)

// Model is the state of the sign-in screen.
type Model struct {
	Stage  Stage
	People []app.Operator
	Chosen app.Operator // ID "" is nobody yet
	Busy   bool         // a PIN is being tried, or a kiosk begun
	Err    error        // what is wrong, to be shown where it happened
	Wait   int          // seconds until the next try
	Notice string       // why the one before was signed out; until somebody comes
	Start  Start
	Pass   Pass
	Forgot Forgot
}

// Start is what a first start asks.
type Start struct {
	Code  string // the enrolment code as it was pasted, scanned or read from a file
	Token sealed.Token
	Good  bool // the code was understood
	Name  string
	PIN   string
	Again string
}

// Listed takes the names in. With one person only, that one is chosen: nothing is given away by it,
// because the PIN decides.
func (m *Model) Listed(people []app.Operator, err error) {
	m.Stage, m.People, m.Err = Names, people, err
	if _, still := m.person(m.Chosen.ID); !still {
		m.Chosen = app.Operator{}
	}
	if len(people) == 1 {
		m.Chosen = people[0]
	}
}

// Begin is the screen of a kiosk that nobody has begun yet.
func (m *Model) Begin() { *m = Model{Stage: First, Start: m.Start} }

func (m *Model) person(id string) (app.Operator, bool) {
	for _, p := range m.People {
		if p.ID == id {
			return p, true
		}
	}
	return app.Operator{}, false
}

// Choose says who wants in.
func (m *Model) Choose(id string) {
	if p, ok := m.person(id); ok && !m.Busy {
		m.Chosen, m.Err, m.Wait, m.Notice = p, nil, 0, ""
	}
}

// Back unpicks the name; false when there is nothing to step back from.
func (m *Model) Back() bool {
	if back := map[Stage]func(){ByPass: m.passBack, Forgotten: m.forgotBack}[m.Stage]; back != nil {
		if !m.Busy {
			back()
		}
		return true
	}
	if m.Stage != Names || m.Busy || m.Chosen.ID == "" || len(m.People) == 1 {
		return false
	}
	m.Chosen, m.Err, m.Wait = app.Operator{}, nil, 0
	return true
}

// Digits is how many digits the chosen person's PIN has at least.
func (m *Model) Digits() int {
	if m.Chosen.Role == app.RoleSupervisor {
		return vault.PINLeastSupervisor
	}
	return vault.PINLeast
}

// Try says whether a PIN can be tried now, and notes that it is.
func (m *Model) Try() bool {
	if m.Busy || m.Chosen.ID == "" || m.Wait > 0 {
		return false
	}
	m.Busy, m.Err = true, nil
	return true
}

// Refused takes in why a PIN or a first start was not accepted.
func (m *Model) Refused(err error) {
	m.Busy, m.Err, m.Wait = false, err, secondsOf(err)
}

// secondsOf is how long to wait, where the refusal says so.
func secondsOf(err error) int {
	if known, ok := asWait(err); ok {
		if n, ok := known.Args["seconds"].(int); ok {
			return n
		}
	}
	return 0
}

func asWait(err error) (*app.Error, bool) {
	known, ok := err.(*app.Error) //nolint:errorlint // the sentence of a wait stands at the top or nowhere
	return known, ok && known.Code == app.AccessPINWait
}

// Tick is a second gone by; false when nobody waits any more.
func (m *Model) Tick() bool {
	if m.Wait > 0 {
		m.Wait--
		m.Err = nil
		if m.Wait > 0 {
			m.Err = app.Fail(app.AccessPINWait, "seconds", m.Wait)
		}
	}
	return m.Wait > 0
}

// SetCode takes the enrolment code. A wrong one is told as soon as it looks complete.
func (m *Model) SetCode(text string) {
	s := &m.Start
	s.Code, m.Err = text, nil
	token, err := sealed.ParseToken(strings.TrimSpace(text))
	s.Token, s.Good = token, err == nil
}

// LooksLikeCode says whether a text begins as an enrolment code does.
func LooksLikeCode(text string) bool {
	return strings.HasPrefix(strings.ToUpper(strings.TrimSpace(text)), "LOKET1")
}

// CodeWrong says whether something was put in that is no enrolment code.
func (s Start) CodeWrong() bool { return !s.Good && strings.TrimSpace(s.Code) != "" }

// Problem is the first thing that keeps this kiosk from beginning, and the field that it is about:
// code, name, pin or again.
func (s Start) Problem() (field string, err error) {
	switch {
	case !s.Good:
		return "code", app.Fail(app.TokenBad)
	case strings.TrimSpace(s.Name) == "":
		return "name", app.Fail(app.AccessNameMissing)
	}
	if err := vault.CheckPIN(s.PIN, app.RoleSupervisor); err != nil {
		return "pin", err
	}
	if s.PIN != s.Again {
		return "again", app.Fail(app.SignInPINDiffers)
	}
	return "", nil
}

// Initials are the one or two letters that stand for a name.
func Initials(name string) string {
	words := strings.Fields(name)
	switch len(words) {
	case 0:
		return "?"
	case 1:
		return strings.ToUpper(string([]rune(words[0])[:1]))
	}
	return strings.ToUpper(string([]rune(words[0])[:1]) + string([]rune(words[len(words)-1])[:1]))
}
