package access

import (
	"crypto/ed25519"
	"slices"

	"loket/app"
	"loket/app/vault"
)

// Session is an operator at work. It ends when the vault is locked: its keys then do nothing more.
type Session struct {
	Operator   app.Operator
	Keys       vault.Secrets // the kiosk's device, issuing and opening keys
	Restricted bool          // head office's authority has run out: only sending is open

	key    *vault.Key
	signer ed25519.PrivateKey // the operator's own
}

// Author is the operator as the author of entries.
func (s Session) Author() app.Author { return s.Operator.Author() }

// Task is something that a role may or may not do.
type Task string

// The tasks.
const (
	Register  Task = "register"  // J1, J2
	Ask       Task = "ask"       // J8
	Review    Task = "review"    // flagged registrations
	ListRows  Task = "list"      // J3
	Print     Task = "print"     // J4: runs, and a walk-in's card
	Dispatch  Task = "dispatch"  // J5
	Handover  Task = "handover"  // J6
	Verify    Task = "verify"    // J7
	Send      Task = "send"      // J9
	Figures   Task = "figures"   // the day's figures
	Operators Task = "operators" // add and remove
	Settings  Task = "settings"
)

var everybody = []Task{Verify, Handover, Ask, Send}

var allowed = map[app.Role][]Task{
	app.RoleVolunteer:    append([]Task{Register}, everybody...),
	app.RoleDistribution: append([]Task{Dispatch, Figures}, everybody...),
	app.RoleOfficer:      append([]Task{Register, Print, Dispatch, Figures}, everybody...),
	app.RoleSupervisor:   append([]Task{Register, Review, ListRows, Print, Dispatch, Figures, Operators, Settings}, everybody...),
}

// Roles lists the roles, in the order in which screens offer them.
var Roles = []app.Role{app.RoleOfficer, app.RoleVolunteer, app.RoleDistribution, app.RoleSupervisor}

// Allowed says whether a role includes a task.
func Allowed(role app.Role, task Task) bool { return slices.Contains(allowed[role], task) }

// Allow refuses what the operator's role does not include (not_allowed), and everything but sending
// while head office's authority has run out (access.restricted).
func (s Session) Allow(task Task) error {
	switch {
	case s.Operator.ID == "":
		return app.Fail(app.AccessSignedOut)
	case !Allowed(s.Operator.Role, task):
		return app.Fail(app.NotAllowed)
	case s.Restricted && task != Send:
		return app.Fail(app.AccessRestricted)
	}
	return nil
}
