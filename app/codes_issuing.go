package app

// What can be wrong with issuing cards.
const (
	CardLeaseEmpty   Code = "card.lease_empty"
	CardLeaseExpired Code = "card.lease_expired"
	CardWindowOver   Code = "card.window_over"
	CardNoMember     Code = "card.no_member_number"
	CardNotAccepted  Code = "card.not_accepted"       // the policy prints only who is accepted
	CardNotPerson    Code = "card.registration_ended" // duplicate, rejected or withdrawn
	CardHasOne       Code = "card.has_one"
	CardUnknownHere  Code = "card.unknown_here"
	CardOtherState   Code = "card.other_state"
	CardRunTooLong   Code = "card.run_too_long"
	CardReasonNeeded Code = "card.reason_needed"
	CardHashDiffers  Code = "card.hash_differs" // the scanned card is not the one that was issued
	CardKeyMissing   Code = "card.key_missing"  // no issuing key: not enrolled yet
	LeaseUnknown     Code = "lease.unknown"     // head office lent numbers in a form that this program does not know
	DecisionUnknown  Code = "decision.unknown"  // head office decided something that this program does not know
)
