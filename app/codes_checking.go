package app

// What can be wrong with checking a card.
const (
	CheckEmpty   Code = "check.empty"
	CheckNotCard Code = "check.not_a_card" // a barcode of ours, but not a card's QR code
)
