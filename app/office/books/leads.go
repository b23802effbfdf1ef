package books

import "loket/app"

// LeadRow is a small employer for a branch to call.
type LeadRow struct {
	Lead   app.EmployerLead
	Branch string
}
