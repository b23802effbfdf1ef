package access

import (
	"crypto/ed25519"
	"time"

	"loket/app"
	"loket/app/vault"
)

// Session is an operator at work. It ends when the vault is locked: its keys then do nothing more.
type Session struct {
	Operator   app.Operator
	Keys       vault.Secrets // the kiosk's device, issuing and opening keys
	Restricted bool          // head office's authority has run out: only sending is open
	Ahead      time.Duration // known time is so far ahead of the clock; then drafts can be typed though Restricted
	Event      app.Event     // of the pass that the operator is here with; zero without one
	Until      time.Time     // when that pass ends; zero without one

	key    *vault.Key
	signer ed25519.PrivateKey // the operator's own
}

// Author is the operator as the author of entries.
func (s Session) Author() app.Author { return s.Operator.Author() }

// MayDraft says whether registrations can be typed and kept as drafts although they cannot be saved:
// this computer's clock was ahead, which a contact with head office mends.
func (s Session) MayDraft() bool {
	return s.Restricted && s.Ahead > 0 && s.Operator.May(Register) == nil
}

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

// Roles lists the roles, in the order in which screens offer them.
var Roles = app.Roles

// Allowed says whether a role includes a task.
func Allowed(role app.Role, task Task) bool { return role.Includes(task) }

// Allow refuses what the operator's role or event pass does not include, see app.Operator.May, and everything but
// sending while head office's authority has run out (access.restricted).
func (s Session) Allow(task Task) error {
	if err := s.Operator.May(task); err != nil {
		return err
	}
	if s.Restricted && task != Send {
		return app.Fail(app.AccessRestricted)
	}
	return nil
}
