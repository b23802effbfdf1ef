package journal

import "loket/app"

// AccountBody is account.added, blocked, unblocked and renewed.
type AccountBody struct {
	Account   string     `cbor:"1,keyasint"`
	Role      string     `cbor:"2,keyasint,omitempty"`
	Programme *app.Scope `cbor:"3,keyasint,omitempty"` // of a payer's reader
}

// ActedBody is account.acted: an act, with the second account's word where two are needed.
type ActedBody struct {
	Act    string `cbor:"1,keyasint"`           // "kiosk.invite"
	Second string `cbor:"2,keyasint,omitempty"` // account
	About  string `cbor:"3,keyasint,omitempty"` // a kiosk, a registration; nothing personal
}

// OrderBody is cover.ordered, and cover.order-stopped with how many were done by then.
type OrderBody struct {
	Act    string `cbor:"1,keyasint"` // begin, end, take_back
	People int    `cbor:"2,keyasint"`
	Day    string `cbor:"3,keyasint,omitempty"` // "2026-12-01"
	Second string `cbor:"4,keyasint,omitempty"` // account
}
