package books

import (
	"time"

	"loket/app"
)

// Role is what an account of the console may do. Any other word may do nothing.
type Role string

// The roles. A payer's reader sees one programme and nothing else.
const (
	RoleClerk         Role = "clerk"
	RoleSupervisor    Role = "supervisor"
	RoleAuditor       Role = "auditor"
	RoleAdministrator Role = "administrator"
	RolePayer         Role = "payer"
)

// Roles are all of them, as they are shown.
var Roles = []Role{RoleClerk, RoleSupervisor, RoleAuditor, RoleAdministrator, RolePayer}

// Account is somebody who may open the console.
type Account struct {
	Name      string
	Role      Role
	Programme app.Scope // of a payer's reader; zeros: none
	Password  []byte    // argon2id, encoded
	Session   int64     // rises at each change of password and each block
	AddedAt   time.Time
	BlockedAt time.Time // zero: not blocked
	SeenAt    time.Time // the newest sign-in; zero: never
}

// Session is one sign-in of an account. Its name is the hash of what the browser holds, so that
// nobody who reads the books can take it over.
type Session struct {
	Name    [32]byte
	Account Account
	Until   time.Time
}

// Act is what an account did that has no entry of its own, or that takes the word of two.
type Act struct {
	Name   string // "kiosk.invite"
	By     string // account
	Second string // account; "": one was enough
	About  string // a kiosk, a registration; nothing personal
	At     time.Time
}
