package books

import (
	"time"

	"loket/app"
)

// LookupRow is a family's question with what came of it. The question is personal and decrypted.
type LookupRow struct {
	app.Lookup
	AnsweredBy string            // account; "" by rule, or not yet
	Held       app.Code          // why it waits for a person although the books are certain; "" they are not
	Candidates []RegistrationRow // on a page of its own: who may be meant
}

// LookupAnswer is a person's answer in the console: what the books say of a registration, or a finding
// that needs none.
type LookupAnswer struct {
	Question     app.EntryID
	Registration app.EntryID // zero: none
	Finding      app.Finding // without a registration: not_found or come
	Text         string
	By           string
	At           time.Time
}
