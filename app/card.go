package app

import (
	"slices"
	"time"
)

// CardState is where a physical card stands. "Confirmed" (sudah dicek) means scanned back or
// confirmed by a person, never that a spooler said so.
type CardState string

// The states of a card.
const (
	CardQueued    CardState = "queued"
	CardSent      CardState = "sent"
	CardConfirmed CardState = "confirmed"
	CardSpoiled   CardState = "spoiled"
	CardPacked    CardState = "packed"
	CardHanded    CardState = "handed"
	CardReturned  CardState = "returned"
	CardLost      CardState = "lost"
	CardReplaced  CardState = "replaced"
)

var cardMoves = map[CardState][]CardState{
	CardQueued:    {CardSent, CardSpoiled},
	CardSent:      {CardConfirmed, CardSpoiled, CardLost},
	CardConfirmed: {CardPacked, CardHanded, CardSpoiled, CardLost, CardReplaced},
	CardPacked:    {CardHanded, CardReturned, CardLost, CardReplaced},
	CardReturned:  {CardPacked, CardHanded, CardLost, CardReplaced},
	CardHanded:    {CardLost, CardReplaced},
}

// May says whether a card can go from one state to the next.
func (s CardState) May(next CardState) bool { return slices.Contains(cardMoves[s], next) }

// Follows says whether a word about a card may still change what is known of it. Words come late and out
// of order, so steps may be missing, but none goes back: a card that ended stays ended, and one that was
// handed over is not merely printed.
func (s CardState) Follows(next CardState) bool {
	if s.ended() || next == s {
		return false
	}
	return next.ended() || cardSteps[next] > cardSteps[s] || s == CardReturned && next == CardPacked
}

func (s CardState) ended() bool { return s == CardSpoiled || s == CardLost || s == CardReplaced }

var cardSteps = map[CardState]int{CardQueued: 1, CardSent: 2, CardConfirmed: 3, CardPacked: 4, CardReturned: 5, CardHanded: 6}

// Card is one physical card: a serial of its own, for one person.
type Card struct {
	Serial       Serial
	Member       MemberNumber
	Registration EntryID
	Generation   int
	State        CardState
	Reason       string // of spoiling: ribbon, smudged, cut, wrong_person, other
	Credential   []byte // the COSE bytes printed on it
	IssuedAt     time.Time
	ChangedAt    time.Time
}
