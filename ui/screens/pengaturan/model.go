package pengaturan

import (
	"strings"
	"time"

	"loket/app"
	"loket/app/access"
	"loket/app/vault"
)

// Mode is which form is open; one at a time.
type Mode int

// The modes.
const (
	Rest      Mode = iota
	Adding         // an operator
	Changing       // the own PIN
	Restoring      // somebody else's PIN, which was forgotten
)

// Model is the state of Pengaturan.
type Model struct {
	Mode   Mode
	Busy   bool  // a PIN is being sealed
	Err    error // why the open form was not accepted
	Wrong  string
	New    Newcomer
	Change Change
	Back   Restored

	People    []app.Operator
	PeopleErr error
	Leaving   string // id of who is being removed while all keys change; "" otherwise
	Printer   Printer
	About     About
	AboutErr  error
}

// Newcomer is an operator to be added, as typed.
type Newcomer struct {
	Name, PIN, Again string
	Role             app.Role
	Agency           app.Agency
}

// Change is a new PIN for oneself, as typed.
type Change struct{ Old, PIN, Again string }

// Restored is a new PIN for somebody who forgot the old one, as typed by that person.
type Restored struct {
	Who        app.Operator
	PIN, Again string
}

// Problem is the first thing that keeps the PIN from being given, and the field that it is about.
func (r Restored) Problem() (field string, err error) {
	if err := vault.CheckPIN(r.PIN, r.Who.Role); err != nil {
		return "pin", err
	}
	if r.PIN != r.Again {
		return "again", app.Fail(app.SignInPINDiffers)
	}
	return "", nil
}

// Printer is where documents are printed to.
type Printer struct {
	Folder string // as typed
	Kept   string // as it is kept
	Saved  bool   // by this person, now
	Err    error
}

// About is what this program and this kiosk are.
type About struct {
	Version string
	Kiosk   string // number and incarnation
	Office  string
	Data    string    // the data folder
	Trust   time.Time // when the list of genuine cards was issued; zero when there is none
	Keys    time.Time // until when a change of keys that is due must wait; zero when none does
}

// Open opens a form, empty; a new operator works for the same agency unless somebody says otherwise.
func (m *Model) Open(mode Mode, by app.Operator) {
	if m.Busy {
		return
	}
	m.Mode, m.Err, m.Wrong = mode, nil, ""
	m.New, m.Change, m.Back = Newcomer{Agency: by.Agency}, Change{}, Restored{}
}

// Shut closes the open form and forgets what was typed; false when none is open.
func (m *Model) Shut() bool {
	if m.Mode == Rest || m.Busy {
		return false
	}
	m.Mode, m.Err, m.Wrong = Rest, nil, ""
	m.New, m.Change, m.Back = Newcomer{}, Change{}, Restored{}
	return true
}

// Problem is the first thing that keeps the newcomer out, and the field that it is about: name,
// role, pin or again.
func (n Newcomer) Problem() (field string, err error) {
	switch {
	case strings.TrimSpace(n.Name) == "":
		return "name", app.Fail(app.AccessNameMissing)
	case n.Role == "":
		return "role", app.Fail(app.AccessRoleUnknown)
	}
	if err := vault.CheckPIN(n.PIN, n.Role); err != nil {
		return "pin", err
	}
	if n.PIN != n.Again {
		return "again", app.Fail(app.SignInPINDiffers)
	}
	return "", nil
}

// Newcomer is what the door takes.
func (n Newcomer) Newcomer() access.Newcomer {
	return access.Newcomer{Name: n.Name, PIN: n.PIN, Role: n.Role, Agency: n.Agency}
}

// Problem is the first thing that keeps a PIN from being changed, and the field that it is about:
// old, pin or again.
func (c Change) Problem(role app.Role) (field string, err error) {
	if c.Old == "" {
		return "old", app.Fail(app.SettingsPINOld)
	}
	if err := vault.CheckPIN(c.PIN, role); err != nil {
		return "pin", err
	}
	switch {
	case c.PIN != c.Again:
		return "again", app.Fail(app.SignInPINDiffers)
	case c.PIN == c.Old:
		return "pin", app.Fail(app.AccessPINSame)
	}
	return "", nil
}

// Refused takes in why the door did not accept a form, and where that is told. A wrong PIN is typed
// anew.
func (m *Model) Refused(err error) {
	m.Busy, m.Err, m.Wrong = false, err, "pin"
	switch app.CodeOf(err) {
	case app.AccessPINWrong, app.AccessPINWait:
		m.Wrong, m.Change.Old = "old", ""
	case app.AccessNameMissing:
		m.Wrong = "name"
	case app.AccessRoleUnknown:
		m.Wrong = "role"
	}
}

// Least is how many digits a PIN of a role has at least.
func Least(role app.Role) int {
	if role == app.RoleSupervisor {
		return vault.PINLeastSupervisor
	}
	return vault.PINLeast
}

// Initials are the one or two letters that stand for a name.
func Initials(name string) string {
	names := strings.Fields(name)
	if len(names) == 0 {
		return "?"
	}
	first := string([]rune(names[0])[:1])
	if len(names) > 1 {
		first += string([]rune(names[len(names)-1])[:1])
	}
	return strings.ToUpper(first)
}
