package headoffice

import (
	"context"
	"crypto/rand"
	"time"

	"loket/app"
	"loket/app/office/books"
)

// AskOrder writes an order down with the number of its people, and does nothing yet.
func (o *Office) AskOrder(ctx context.Context, order books.Order, ids []app.EntryID) (books.Order, error) {
	if _, err := rand.Read(order.ID[:]); err != nil {
		return order, app.Wrap("headoffice.AskOrder", app.Internal, err)
	}
	now := o.clock.Now()
	if order.Act == books.OrderEnd && books.Today(now).Before(order.Day) {
		return order, app.Fail(app.OfficeEndDay)
	}
	return o.store.AskOrder(ctx, order, ids, now)
}

// StartOrder lets an order run that two people agreed to. Whoever has the turn goes through it.
func (o *Office) StartOrder(ctx context.Context, id books.OrderID, first, second string) error {
	return o.store.StartOrder(ctx, id, first, second, o.clock.Now())
}

// StopOrder ends an order that runs.
func (o *Office) StopOrder(ctx context.Context, id books.OrderID, by string) error {
	return o.store.StopOrder(ctx, id, by, o.clock.Now())
}

// RunOrder goes through one order here and now, for commands; killed, it is gone on with by the server.
func (o *Office) RunOrder(ctx context.Context, id books.OrderID) (books.Order, error) {
	for more := true; more; {
		var err error
		if more, err = o.store.OrderPiece(ctx, id, o.clock.Now()); err != nil {
			return books.Order{}, err
		}
	}
	return o.store.Order(ctx, id)
}

const (
	ordersEvery = time.Second
	ordersTurn  = 30 * time.Second // another process takes over after this
)

// orderly goes through orders until the context ends: also those that a browser left, that another
// process began, or that a restart cut. Of several processes one has the turn.
func (o *Office) orderly(ctx context.Context, kick <-chan struct{}, publish func()) {
	holder := processName()
	tick := time.NewTicker(ordersEvery)
	defer tick.Stop()
	for {
		worked, err := o.ordersInTurn(ctx, holder)
		if err != nil && ctx.Err() == nil {
			o.log.Error("an order waits", "code", app.CodeOf(err), "error", err)
		}
		if worked {
			publish()
		}
		select {
		case <-ctx.Done():
			return
		case <-kick:
		case <-tick.C:
		}
	}
}

func (o *Office) ordersInTurn(ctx context.Context, holder string) (worked bool, err error) {
	running, err := o.store.OrdersRunning(ctx)
	if err != nil {
		return false, err
	}
	for _, order := range running {
		for more := true; more; {
			now := o.clock.Now()
			mine, err := o.store.TakeTurn(ctx, "orders", holder, now, now.Add(ordersTurn))
			if err != nil || !mine {
				return worked, err
			}
			if more, err = o.store.OrderPiece(ctx, order.ID, now); err != nil {
				return worked, err
			}
			worked = true
		}
	}
	return worked, nil
}
