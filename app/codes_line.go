package app

// What can be wrong on the way to head office.
const (
	PostNotEnrolled Code = "post.not_enrolled"
	PostUnknownNews Code = "post.unknown_news"
	PostInboxFull   Code = "post.inbox_full"
	LineAddress     Code = "line.address"
	LineDown        Code = "line.down"
	LineSlow        Code = "line.slow"
	LineCut         Code = "line.cut"
	LinePinDiffers  Code = "line.pin_differs"
	LineOfficeFails Code = "line.office_fails"
	LineNotOffice   Code = "line.not_office"
	LineRefused     Code = "line.refused"
	AgentRunning    Code = "agent.running"
	AgentService    Code = "agent.service" // the system's service manager refused
	AgentNoFolder   Code = "agent.no_folder"
	StickForeign    Code = "stick.foreign"
	StickRefused    Code = "stick.refused"
)

// What the tour can find wrong.
const (
	TourDiffers Code = "tour.differs"
	TourLate    Code = "tour.late"
)
