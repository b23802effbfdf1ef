package app

// Codes of events and of the passes to them.
const (
	PassBad           Code = "access.pass_bad"
	PassSigner        Code = "access.pass_signer"
	PassSignerRemoved Code = "access.pass_signer_removed"
	PassKiosk         Code = "access.pass_kiosk"
	PassEvent         Code = "access.pass_event"
	PassEventClosed   Code = "access.pass_event_closed"
	PassEarly         Code = "access.pass_early"
	PassLate          Code = "access.pass_late"
	PassUsed          Code = "access.pass_used"
	PassUnprepared    Code = "access.pass_unprepared"
	PassRestore       Code = "access.pass_restore"
	AccessEventOver   Code = "access.event_over"

	EventNameMissing   Code = "event.name_missing"
	EventPlaceMissing  Code = "event.place_missing"
	EventPickUpMissing Code = "event.pickup_missing"
	EventHours         Code = "event.hours"
	EventLong          Code = "event.long"
	EventOver          Code = "event.over"
	EventTextLong      Code = "event.text_long"
	EventTasksMissing  Code = "event.tasks_missing"
	EventCodeBad       Code = "event.code_bad"
	EventUnknown       Code = "event.unknown"
	EventClosedBefore  Code = "event.closed_before"
	EventSticks        Code = "event.sticks"
	EventExplain       Code = "event.explain"
	EventPasses        Code = "event.passes"
)
