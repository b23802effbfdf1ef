package app

// What can be wrong when a registration is completed, corrected, withdrawn or reviewed.
const (
	RecordWithdrawn      Code = "record.withdrawn"       // it was taken back: nothing more is done to it
	RecordRefused        Code = "record.refused"         // head office has refused it
	RecordCovered        Code = "record.covered"         // cover has begun: only head office ends it
	RecordMoved          Code = "record.moved"           // somebody changed it meanwhile
	RecordUnchanged      Code = "record.unchanged"       // nothing differs
	RecordWorse          Code = "record.worse"           // a required field would become empty
	RecordNotEmpty       Code = "record.not_empty"       // completing fills what is empty; changing is a correction
	RecordNoReason       Code = "record.no_reason"       // a correction or withdrawal says why
	RecordNotYours       Code = "record.not_yours"       // volunteers: only their own, of this event
	RecordNotFlagged     Code = "record.not_flagged"     // there is nothing to review
	RecordReviewed       Code = "record.reviewed"        // another supervisor has reviewed it
	RecordSentBack       Code = "record.sent_back"       // a supervisor wants it corrected first
	RecordFourEyes       Code = "record.four_eyes"       // the maker does not review where another supervisor can
	RecordConsentSame    Code = "record.consent_same"    // that is what stands already
	RecordConsentUnknown Code = "record.consent_unknown" // a purpose or way that nobody knows
	HandoverWithdrawn    Code = "handover.withdrawn"     // the registration was taken back: the card goes to nobody

	RecordFormerLife Code = "record.former_life" // of a life before: it can be read here, not changed
)
