package console

import "loket/app/office/books"

// rights are the roles that a route lets pass.
type rights uint8

const (
	clerk rights = 1 << iota
	supervisor
	auditor
	administrator
	payer // a payer's reader: one programme
)

const (
	everybody rights = clerk | supervisor | auditor | administrator | payer
	staff            = clerk | supervisor | auditor | administrator
	counters         = clerk | supervisor | administrator
	seniors          = supervisor | administrator
)

// rightOf is what a role counts as. A word that is none of the roles opens nothing.
func rightOf(role books.Role) rights {
	return map[books.Role]rights{
		books.RoleClerk: clerk, books.RoleSupervisor: supervisor, books.RoleAuditor: auditor,
		books.RoleAdministrator: administrator, books.RolePayer: payer,
	}[role]
}

// mayReadNIK says whether an account sees whole NIKs in what it takes out. All others get them
// masked: enough to compare, not enough to copy.
func mayReadNIK(role books.Role) bool { return role == books.RoleAdministrator }
