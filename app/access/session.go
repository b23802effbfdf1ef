package access

import (
	"crypto/ed25519"
	"slices"
	"time"

	"loket/app"
	"loket/app/vault"
)

// Session is an operator at work. It ends when the vault is locked: its keys then do nothing more.
type Session struct {
	Operator   app.Operator
	Keys       vault.Secrets // the kiosk's device, issuing and opening keys
	Restricted bool          // head office's authority has run out: only sending is open
	Event      app.Event     // of the pass that the operator is here with; zero without one
	Until      time.Time     // when that pass ends; zero without one

	key    *vault.Key
	signer ed25519.PrivateKey // the operator's own
}

// Author is the operator as the author of entries.
func (s Session) Author() app.Author { return s.Operator.Author() }

// Task is something that a role may or may not do.
type Task = app.Task

// The tasks.
const (
	Register  = app.TaskRegister
	Ask       = app.TaskAsk
	Review    = app.TaskReview
	ListRows  = app.TaskList
	Print     = app.TaskPrint
	Dispatch  = app.TaskDispatch
	Handover  = app.TaskHandover
	Verify    = app.TaskVerify
	Send      = app.TaskSend
	Figures   = app.TaskFigures
	Operators = app.TaskOperators
	Settings  = app.TaskSettings
	Events    = app.TaskEvents
)

var everybody = []Task{Verify, Handover, Ask, Send}

var allowed = map[app.Role][]Task{
	app.RoleVolunteer:    append([]Task{Register}, everybody...),
	app.RoleDistribution: append([]Task{Dispatch, Figures}, everybody...),
	app.RoleOfficer:      append([]Task{Register, Print, Dispatch, Figures}, everybody...),
	app.RoleSupervisor:   append([]Task{Register, Review, ListRows, Print, Dispatch, Figures, Operators, Settings, Events}, everybody...),
}

// Roles lists the roles, in the order in which screens offer them.
var Roles = []app.Role{app.RoleOfficer, app.RoleVolunteer, app.RoleDistribution, app.RoleSupervisor}

// Allowed says whether a role includes a task.
func Allowed(role app.Role, task Task) bool { return slices.Contains(allowed[role], task) }

// Allow refuses what the operator's role or event pass does not include (not_allowed), and everything but sending
// while head office's authority has run out (access.restricted).
func (s Session) Allow(task Task) error {
	switch {
	case s.Operator.ID == "":
		return app.Fail(app.AccessSignedOut)
	case !Allowed(s.Operator.Role, task), !s.Operator.May(task):
		return app.Fail(app.NotAllowed)
	case s.Restricted && task != Send:
		return app.Fail(app.AccessRestricted)
	}
	return nil
}
