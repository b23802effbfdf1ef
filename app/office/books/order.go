package books

import (
	"encoding/hex"
	"time"

	"loket/app"
)

// OrderID names an order.
type OrderID [16]byte

// String is the name in addresses: 32 hex digits.
func (id OrderID) String() string { return hex.EncodeToString(id[:]) }

// ParseOrderID reads what String wrote.
func ParseOrderID(text string) (id OrderID, ok bool) {
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != len(id) {
		return id, false
	}
	return OrderID(b), true
}

// OrderAct is what an order does to cover.
type OrderAct string

// The acts of an order.
const (
	OrderBegin    OrderAct = "begin"
	OrderEnd      OrderAct = "end"
	OrderTakeBack OrderAct = "take_back" // undoes a begin
)

// OrderState is how far an order is.
type OrderState string

// An order is asked, agreed to, and runs until all is done or somebody stops it.
const (
	OrderAsked   OrderState = "asked"
	OrderRunning OrderState = "running"
	OrderStopped OrderState = "stopped"
	OrderDone    OrderState = "done"
)

// How long an order may wait for its second question, and how long a begin may be taken back.
const (
	OrderAskedFor    = time.Hour
	OrderTakeBackFor = 24 * time.Hour
)

// Order begins or ends the cover of many. Its people are fixed when it is asked.
type Order struct {
	ID      OrderID
	Act     OrderAct
	Day     app.Date
	Scope   app.Scope // of one programme; zeros: of all, or chosen one by one
	Former  OrderID   // of a take-back: the order that it undoes
	State   OrderState
	AskedBy string

	First, Second string // who agreed; Second is "" in practice
	AskedAt       time.Time
	StartedAt     time.Time
	EndedAt       time.Time
	OrderCount
}

// OrderCount is an order's people.
type OrderCount struct {
	People  int // chosen
	Done    int // gone through
	Changed int // of them, whose cover began or ended
	Planned int // of them, whose cover begins on a later day
}

// TakeBackUntil is until when a begin may be taken back; zero: not at all.
func (o Order) TakeBackUntil() time.Time {
	if o.Act != OrderBegin || o.State != OrderDone && o.State != OrderStopped || o.Changed+o.Planned == 0 {
		return time.Time{}
	}
	return o.StartedAt.Add(OrderTakeBackFor)
}
