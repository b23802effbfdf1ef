package app

// What can be wrong at the counter, beside who may be registered (codes_scheme.go).
const (
	RegistrationIncomplete Code = "registration.incomplete"
	RegistrationUnreadable Code = "registration.unreadable" // a field cannot be understood as typed
	RegistrationUnsettled  Code = "registration.unsettled"  // a likely duplicate was not compared yet
	RegistrationAskOffice  Code = "registration.ask_office"
	RegistrationSame       Code = "registration.same_person" // an officer says: this person is registered already
	DateUnreadable         Code = "counter.date_unreadable"
	AmountUnreadable       Code = "counter.amount_unreadable"
	EmailUnreadable        Code = "counter.email_unreadable"
	ReferralUnknown        Code = "counter.referral_unknown"
	LeadIncomplete         Code = "counter.lead_incomplete"
	LeadWorkers            Code = "counter.lead_workers"
	AccountUnreadable      Code = "counter.account_unreadable"
	NumbersExhausted       Code = "counter.numbers_exhausted" // a million registrations in one incarnation
	DraftGone              Code = "counter.draft_gone"
	DraftUnreadable        Code = "counter.draft_unreadable"
	AttachmentTooBig       Code = "counter.attachment_too_big"
	AttachmentEmpty        Code = "counter.attachment_empty"
)
