package app

// What can be wrong with a handover.
const (
	HandoverDoneBefore      Code = "handover.done_before"
	HandoverNotChecked      Code = "handover.not_checked" // the card was printed and nobody has confirmed it
	HandoverNotScanned      Code = "handover.not_scanned"
	HandoverNoReceiver      Code = "handover.no_receiver"
	HandoverNoRelation      Code = "handover.no_relation"
	HandoverNoName          Code = "handover.no_name"
	HandoverNoEvidence      Code = "handover.no_evidence"
	HandoverEvidenceUnknown Code = "handover.evidence_unknown"
	EvidenceUsed            Code = "handover.evidence_used"
	HandoverCardInvalid     Code = "handover.card_invalid"
	ParkedUnreadable        Code = "handover.parked_unreadable"
	HandoverNotAccepted     Code = "handover.not_accepted" // a warning: head office has not answered yet
)
