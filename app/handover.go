package app

import "time"

// Receiver says who took the card. Nothing is preselected: "" is not chosen.
type Receiver string

// Who can take a card.
const (
	ReceiverHolder Receiver = "holder"
	ReceiverFamily Receiver = "family"
	ReceiverProxy  Receiver = "proxy"
)

// EvidenceLevel of a handover, 1 to 3, as a sponsor programme demands it.
type EvidenceLevel int

// Handover is a card that reached a person.
type Handover struct {
	ID             EntryID
	Serial         Serial
	CredentialHash [32]byte // SHA-256 of the COSE bytes scanned at that moment
	Receiver       Receiver
	Name           string // of family or proxy; personal
	Relation       string
	Level          EvidenceLevel
	Evidence       []Evidence
	At             time.Time
	Operator       string
}
