package journal

import "fmt"

// Kind says what happened. The list is closed: numbers are never used again for something else.
type Kind uint16

// The kinds of this version. Numbers are grouped by subject, with room between.
const (
	OperatorAdded    Kind = 1
	OperatorSignedIn Kind = 2
	OperatorAttested Kind = 3
	OperatorRemoved  Kind = 4
	OperatorRestored Kind = 5 // a forgotten PIN was replaced, with whose word

	EventOpened     Kind = 10
	EventPassIssued Kind = 11
	EventJoined     Kind = 12 // a volunteer showed a pass and chose a PIN
	EventClosed     Kind = 13 // with its reconciliation

	RegistrationCaptured  Kind = 20
	RegistrationCompleted Kind = 21
	RegistrationCorrected Kind = 22
	RegistrationWithdrawn Kind = 23
	RegistrationReviewed  Kind = 24
	RegistrationCompared  Kind = 25
	RegistrationDecided   Kind = 26 // head office's decision, in its own journal
	RegistrationReferred  Kind = 27 // construction and migrant workers: where they were sent
	EmployerLead          Kind = 28 // a small employer (PU) that wants to register its workers

	LookupAsked    Kind = 30 // J8: a family asks
	LookupAnswered Kind = 31 // head office's answer, also the answer frame
	LookupCalled   Kind = 32 // the family was called back

	RosterImported  Kind = 34
	RosterRowJudged Kind = 35 // a row that was rejected or warned of

	ConsentGiven     Kind = 37
	ConsentWithdrawn Kind = 38

	LeaseGranted  Kind = 40
	LeaseReturned Kind = 41

	CardQueued    Kind = 50
	CardSent      Kind = 51
	CardConfirmed Kind = 52
	CardSpoiled   Kind = 53
	CardReissued  Kind = 54
	CardLost      Kind = 55

	ProgrammeOpened  Kind = 60
	ProgrammeChanged Kind = 61
	ProgrammeClosed  Kind = 62

	ProgrammeRowsGiven Kind = 63 // the payer's file of rows and salts was written

	HandoverDone      Kind = 80
	HandoverFailed    Kind = 81
	HandoverCorrected Kind = 82
	AttachmentAdded   Kind = 90

	PostSealed    Kind = 100
	PostReceipted Kind = 101
	PostRejected  Kind = 102
	FeedApplied   Kind = 103

	PostAskedAgain Kind = 104 // head office asked for batches again that it no longer has; at both ends

	AccessLookedUp Kind = 110
	ClockJumped    Kind = 120
	PersonalPurged Kind = 121
	BackupMade     Kind = 122
	VaultTampered  Kind = 123 // what this computer keeps for itself does not check

	DeviceEnrolled Kind = 130
	DeviceStarted  Kind = 131
	DeviceRevoked  Kind = 132
	DeviceRekeyed  Kind = 134 // signed by the old key, names the new ones: the chain goes on
	TrustPublished Kind = 133

	// Of head office's own journal: what accounts of its console did.
	AccountAdded      Kind = 140
	AccountBlocked    Kind = 141
	AccountUnblocked  Kind = 142
	AccountRenewed    Kind = 143 // has a new password
	AccountSignedIn   Kind = 144
	AccountSignedOut  Kind = 145
	AccountActed      Kind = 146 // an act that has no kind of its own, or a second person's word for one
	CoverOrdered      Kind = 147 // cover of many begins, ends or is taken back: how many, by whose word
	CoverOrderStopped Kind = 148

	BooksRestored Kind = 149 // head office's own books come out of a backup from here on

	DeviceSuspended Kind = 135 // by one person, until a second one decides
	DeviceLifted    Kind = 136 // a second person let it go on
	BatchLetIn      Kind = 137 // two people took in what a revoked life sent late
	KeyLetIn        Kind = 138 // a person let in the issuing key of a kiosk that changes keys too often
)

var kindNames = map[Kind]string{
	OperatorAdded: "operator.added", OperatorSignedIn: "operator.signed-in",
	OperatorAttested: "operator.attested", OperatorRemoved: "operator.removed",
	RegistrationCaptured: "registration.captured", RegistrationCompleted: "registration.completed",
	RegistrationCorrected: "registration.corrected", RegistrationWithdrawn: "registration.withdrawn",
	RegistrationReviewed: "registration.reviewed", RegistrationCompared: "registration.compared",
	OperatorRestored: "operator.restored",
	EventOpened:      "event.opened", EventPassIssued: "event.pass-issued", EventJoined: "event.joined", EventClosed: "event.closed",
	RegistrationDecided: "registration.decided", RegistrationReferred: "registration.referred", EmployerLead: "lead.employer",
	LookupAsked: "lookup.asked", LookupAnswered: "lookup.answered", LookupCalled: "lookup.called-back",
	RosterImported: "roster.imported", RosterRowJudged: "roster.row-judged",
	ConsentGiven: "consent.given", ConsentWithdrawn: "consent.withdrawn",
	ProgrammeOpened: "programme.opened", ProgrammeChanged: "programme.changed", ProgrammeClosed: "programme.closed",
	ProgrammeRowsGiven: "programme.rows-given",
	DeviceRekeyed:      "device.rekeyed",
	LeaseGranted:       "lease.granted", LeaseReturned: "lease.returned",
	CardQueued: "card.queued", CardSent: "card.sent", CardConfirmed: "card.confirmed",
	CardSpoiled: "card.spoiled", CardReissued: "card.reissued", CardLost: "card.lost",
	HandoverDone: "handover.done", HandoverFailed: "handover.failed",
	HandoverCorrected: "handover.corrected", AttachmentAdded: "attachment.added",
	PostSealed: "post.sealed", PostReceipted: "post.receipted", PostRejected: "post.rejected",
	PostAskedAgain: "post.asked-again", BooksRestored: "books.restored",
	FeedApplied: "feed.applied", AccessLookedUp: "access.looked-up", ClockJumped: "clock.jumped",
	PersonalPurged: "personal.purged", BackupMade: "backup.made", VaultTampered: "vault.tampered",
	DeviceEnrolled: "device.enrolled", DeviceStarted: "device.started",
	AccountAdded: "account.added", AccountBlocked: "account.blocked", AccountUnblocked: "account.unblocked",
	AccountRenewed: "account.renewed", AccountSignedIn: "account.signed-in", AccountSignedOut: "account.signed-out",
	AccountActed: "account.acted", CoverOrdered: "cover.ordered", CoverOrderStopped: "cover.order-stopped",
	DeviceRevoked: "device.revoked", TrustPublished: "device.trust-published",
	DeviceSuspended: "device.suspended", DeviceLifted: "device.lifted", BatchLetIn: "batch.let-in", KeyLetIn: "key.let-in",
}

// String is the kind's name in documents and reports: "registration.captured".
func (k Kind) String() string {
	if name, ok := kindNames[k]; ok {
		return name
	}
	return fmt.Sprintf("kind-%d", uint16(k))
}

// Known says whether this version knows the kind.
func (k Kind) Known() bool { _, ok := kindNames[k]; return ok }

// Bookkeeping entries speak of the post itself. Alone they never cause a batch, and the light does
// not count them, else every receipt would need a receipt.
func (k Kind) Bookkeeping() bool {
	switch k {
	case PostSealed, PostReceipted, PostRejected, PostAskedAgain, FeedApplied, OperatorAttested:
		return true
	}
	return false
}
