package counter

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"loket/app"
	"loket/app/scheme"
)

// Ticket is a number of the queue: the letter is the kiosk's, and the numbers begin anew each day.
type Ticket struct {
	Day    string `cbor:"1,keyasint"` // "2026-11-20"
	Letter string `cbor:"2,keyasint"`
	Number int    `cbor:"3,keyasint"`
}

// String is "A-001"; "" is no ticket.
func (t Ticket) String() string {
	if t.Number == 0 {
		return ""
	}
	return fmt.Sprintf("%s-%03d", t.Letter, t.Number)
}

// Queue gives out numbers. NextTicket keeps a draft under the next number of a day, in one
// transaction: no number is given twice, and none without its draft.
type Queue interface {
	NextTicket(ctx context.Context, day, draft string, body func(number int) ([]byte, error)) (int, error)
}

// TakeNumber starts a draft in the queue: with a NIK, a name or neither, and the next number.
func (c *Counter) TakeNumber(ctx context.Context, by app.Operator, source app.Source, nik, name string) (Draft, error) {
	if err := c.mayRecord(by); err != nil {
		return Draft{}, err
	}
	d := NewDraft(source)
	d.Form.Type(scheme.FieldNIK, nik)
	d.Form.Type(scheme.FieldName, name)
	d.Parked, d.Operator, d.Event, d.Changed = true, by.ID, by.Event, c.clock.Now()
	d.Ticket = Ticket{Day: c.Today().ISO(), Letter: "A"}
	number, err := c.store.NextTicket(ctx, d.Ticket.Day, d.ID, func(number int) ([]byte, error) {
		d.Ticket.Number = number
		return d.encode()
	})
	d.Ticket.Number = number
	return d, err
}

// Waiting lists the drafts of the queue that nobody has taken up, the lowest number of the oldest day
// first.
func Waiting(drafts []Draft) []Draft {
	waiting := slices.DeleteFunc(slices.Clone(drafts), func(d Draft) bool { return d.Ticket.Number == 0 || !d.Parked })
	slices.SortFunc(waiting, func(a, b Draft) int {
		return cmp.Or(cmp.Compare(a.Ticket.Day, b.Ticket.Day), cmp.Compare(a.Ticket.Number, b.Ticket.Number))
	})
	return waiting
}
