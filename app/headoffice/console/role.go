package console

import "loket/app/office/books"

// mayReadNIK says whether an account sees whole NIKs in what it takes out. All others get them
// masked: enough to compare, not enough to copy.
func mayReadNIK(role string) bool { return role == books.RoleAdmin }
