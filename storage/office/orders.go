package office

import (
	"context"
	"encoding/hex"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
)

// What became of one person of an order.
const (
	personTodo = iota
	personChanged
	personPlanned
	personPassed // nothing to do: decided otherwise, or changed since
)

// AskOrder writes down an order and whom it is for, and counts them: those that are named, or everybody
// accepted whom it would change, of a programme where one is named; of a take-back, those whom the former
// order changed. It does nothing yet.
func (s *Store) AskOrder(ctx context.Context, o books.Order, ids []app.EntryID, at time.Time) (asked books.Order, err error) {
	err = s.change(ctx, "office.AskOrder", at, func(t *tx) error {
		asked = o
		asked.State, asked.AskedAt = books.OrderAsked, at
		if err := t.forgetAsked(); err != nil {
			return err
		}
		if o.Act == books.OrderTakeBack {
			former, err := t.order(o.Former)
			if err != nil {
				return err
			}
			if until := former.TakeBackUntil(); until.IsZero() || at.After(until) {
				return app.Fail(app.OfficeTakeBackLate)
			}
			asked.Day, asked.Scope = former.Day, former.Scope
		}
		if asked.People, err = t.choosePeople(asked, ids); err != nil {
			return err
		}
		if asked.People == 0 {
			return app.Fail(app.OfficeNobodyChosen)
		}
		programme := ""
		if asked.Scope != (app.Scope{}) {
			programme = hex.EncodeToString(asked.Scope[:])
		}
		return t.must(`INSERT INTO orders (order_id, act, day, programme, former, people, done, changed, planned, state, asked_by, first_account, second_account,
			asked_at, started_at, ended_at, at_kiosk, at_incarnation, at_seq) VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, $7, $8, '', '', $9, 0, 0, 0, 0, 0)`,
			asked.ID[:], string(asked.Act), asked.Day.ISO(), programme, asked.Former[:], asked.People, string(asked.State), asked.AskedBy, ms(at))
	})
	return asked, err
}

// forgetAsked drops orders that were asked a day ago and never agreed to.
func (t *tx) forgetAsked() error {
	old := []any{string(books.OrderAsked), ms(t.at.Add(-24 * time.Hour))}
	if err := t.must("DELETE FROM order_people WHERE order_id IN (SELECT order_id FROM orders WHERE state = $1 AND asked_at < $2)", old...); err != nil {
		return err
	}
	return t.must("DELETE FROM orders WHERE state = $1 AND asked_at < $2", old...)
}

func (t *tx) choosePeople(o books.Order, ids []app.EntryID) (int, error) {
	if len(ids) > 0 {
		named := rowsFor("order_people (order_id, kiosk, incarnation, seq, outcome)", "ON CONFLICT (order_id, kiosk, incarnation, seq) DO NOTHING")
		for _, id := range ids {
			named.add(o.ID[:], id.Kiosk, id.Incarnation, id.Seq, personTodo)
		}
		n, err := t.insert(named)
		return int(n), err
	}
	query := "INSERT INTO order_people (order_id, kiosk, incarnation, seq, outcome) SELECT $1, kiosk, incarnation, seq, 0 FROM "
	args := []any{o.ID[:]}
	switch o.Act {
	case books.OrderTakeBack:
		query, args = query+"order_people WHERE order_id = $2 AND (outcome = 1 OR outcome = 2)", append(args, o.Former[:])
	case books.OrderEnd:
		query, args = query+"registrations WHERE state = $2 AND (cover = $3 OR cover = '' AND cover_from <> '')", append(args, string(app.Accepted), string(app.CoverBegun))
	default:
		query, args = query+"registrations WHERE state = $2 AND cover = '' AND cover_from = ''", append(args, string(app.Accepted))
	}
	if o.Scope != (app.Scope{}) && o.Act != books.OrderTakeBack {
		args = append(args, o.Scope[:])
		query += " AND scope = $" + string('0'+rune(len(args)))
	}
	n, err := t.do(query, args...)
	return int(n), err
}

// StartOrder lets an order run that two people agreed to; in practice second is "".
func (s *Store) StartOrder(ctx context.Context, id books.OrderID, first, second string, at time.Time) error {
	return s.change(ctx, "office.StartOrder", at, func(t *tx) error {
		o, err := t.order(id)
		switch {
		case err != nil:
			return err
		case o.State != books.OrderAsked, at.Sub(o.AskedAt) > books.OrderAskedFor:
			return app.Fail(app.OfficeOrderOld)
		}
		if err := t.must("UPDATE orders SET state = $2, first_account = $3, second_account = $4, started_at = $5 WHERE order_id = $1",
			id[:], string(books.OrderRunning), first, second, ms(at)); err != nil {
			return err
		}
		body := journal.OrderBody{Act: string(o.Act), People: o.People, Day: o.Day.ISO(), Second: second}
		return t.record(journal.CoverOrdered, first, o.Scope, id[:], body)
	})
}

// StopOrder ends an order that runs. Who was gone through stays so.
func (s *Store) StopOrder(ctx context.Context, id books.OrderID, by string, at time.Time) error {
	return s.change(ctx, "office.StopOrder", at, func(t *tx) error {
		o, err := t.order(id)
		if err != nil || o.State != books.OrderRunning {
			return err
		}
		if err := t.must("UPDATE orders SET state = $2, ended_at = $3 WHERE order_id = $1", id[:], string(books.OrderStopped), ms(at)); err != nil {
			return err
		}
		return t.record(journal.CoverOrderStopped, by, o.Scope, id[:], journal.OrderBody{Act: string(o.Act), People: o.Done})
	})
}

const orderColumns = `order_id, act, day, programme, former, people, done, changed, planned, state, asked_by, first_account, second_account, asked_at, started_at, ended_at`

func scanOrder(scan func(...any) error) (o books.Order, err error) {
	var id, former []byte
	var day, programme string
	var asked, started, ended int64
	err = scan(&id, &o.Act, &day, &programme, &former, &o.People, &o.Done, &o.Changed, &o.Planned, &o.State, &o.AskedBy, &o.First, &o.Second, &asked, &started, &ended)
	if err != nil {
		return o, err
	}
	copy(o.ID[:], id)
	copy(o.Former[:], former)
	o.Day, _ = app.ParseDate(day)
	scope, err := hex.DecodeString(programme)
	copy(o.Scope[:], scope)
	o.AskedAt, o.StartedAt, o.EndedAt = moment(asked), moment(started), moment(ended)
	return o, err
}

func (t *tx) orders(where string, args ...any) (all []books.Order, err error) {
	err = t.each("SELECT "+orderColumns+" FROM orders "+where, args, func(scan func(...any) error) error {
		o, err := scanOrder(scan)
		all = append(all, o)
		return err
	})
	return all, err
}

func (t *tx) order(id books.OrderID) (books.Order, error) {
	all, err := t.orders("WHERE order_id = $1", id[:])
	if err != nil || len(all) == 0 {
		if err == nil {
			err = app.Fail(app.NotFound)
		}
		return books.Order{}, err
	}
	return all[0], nil
}

// Order finds an order.
func (s *Store) Order(ctx context.Context, id books.OrderID) (o books.Order, err error) {
	err = s.look(ctx, "office.Order", func(t *tx) error {
		o, err = t.order(id)
		return err
	})
	return o, err
}

// Orders lists orders that were agreed to, the newest first.
func (s *Store) Orders(ctx context.Context, limit int) (all []books.Order, err error) {
	err = s.look(ctx, "office.Orders", func(t *tx) error {
		all, err = t.orders("WHERE state <> $1 ORDER BY started_at DESC LIMIT $2", string(books.OrderAsked), limit)
		return err
	})
	return all, err
}

// OrdersRunning lists what a worker has to go on with, the oldest first.
func (s *Store) OrdersRunning(ctx context.Context) (all []books.Order, err error) {
	err = s.look(ctx, "office.OrdersRunning", func(t *tx) error {
		all, err = t.orders("WHERE state = $1 ORDER BY started_at", string(books.OrderRunning))
		return err
	})
	return all, err
}

// orderPiece is how many people one transaction goes through, so that intake need not wait long.
const orderPiece = 200

// OrderPiece goes through the next people of an order that runs; false when nobody is left, or somebody
// stopped it. It may be killed at any point: a piece and the place after it are written together.
func (s *Store) OrderPiece(ctx context.Context, id books.OrderID, at time.Time) (more bool, err error) {
	err = s.change(ctx, "office.OrderPiece", at, func(t *tx) error {
		more = false
		o, err := t.order(id)
		if err != nil || o.State != books.OrderRunning {
			return err
		}
		people, err := t.nextPeople(id)
		if err != nil {
			return err
		}
		if len(people) == 0 {
			return t.must("UPDATE orders SET state = $2, ended_at = $3 WHERE order_id = $1", id[:], string(books.OrderDone), ms(at))
		}
		more = true
		return t.goThrough(o, people)
	})
	return more, err
}

func (t *tx) nextPeople(id books.OrderID) (people []app.EntryID, err error) {
	var after app.EntryID
	if _, err := t.get("SELECT at_kiosk, at_incarnation, at_seq FROM orders WHERE order_id = $1", []any{id[:]}, &after.Kiosk, &after.Incarnation, &after.Seq); err != nil {
		return nil, err
	}
	err = t.each(`SELECT kiosk, incarnation, seq FROM order_people WHERE order_id = $1 AND (kiosk, incarnation, seq) > ($2, $3, $4)
		ORDER BY kiosk, incarnation, seq LIMIT $5`, []any{id[:], after.Kiosk, after.Incarnation, after.Seq, orderPiece}, func(scan func(...any) error) error {
		var p app.EntryID
		err := scan(&p.Kiosk, &p.Incarnation, &p.Seq)
		people = append(people, p)
		return err
	})
	return people, err
}

func (t *tx) goThrough(o books.Order, people []app.EntryID) error {
	for _, p := range people {
		outcome, err := t.orderOne(o, p)
		if err != nil {
			return err
		}
		o.Done++
		switch outcome {
		case personChanged:
			o.Changed++
		case personPlanned:
			o.Planned++
		}
		if err := t.must("UPDATE order_people SET outcome = $5 WHERE order_id = $1 AND kiosk = $2 AND incarnation = $3 AND seq = $4",
			o.ID[:], p.Kiosk, p.Incarnation, p.Seq, outcome); err != nil {
			return err
		}
	}
	last := people[len(people)-1]
	return t.must("UPDATE orders SET done = $2, changed = $3, planned = $4, at_kiosk = $5, at_incarnation = $6, at_seq = $7 WHERE order_id = $1",
		o.ID[:], o.Done, o.Changed, o.Planned, last.Kiosk, last.Incarnation, last.Seq)
}

// orderOne does to one person what the order says.
func (t *tx) orderOne(o books.Order, id app.EntryID) (outcome int, err error) {
	var n books.Covered
	switch o.Act {
	case books.OrderBegin:
		err = t.orderCover([]app.EntryID{id}, o.Day, o.First, &n)
	case books.OrderEnd:
		err = t.endCover(id, o.Day, o.First, &n)
	case books.OrderTakeBack:
		err = t.takeBack(id, o.Day, o.First, &n)
	}
	switch {
	case n.Begun > 0:
		outcome = personChanged
	case n.Planned > 0:
		outcome = personPlanned
	default:
		outcome = personPassed
	}
	return outcome, err
}

// EndCover ends the cover of registrations on a day that has come. What was only planned begins no more.
func (s *Store) EndCover(ctx context.Context, ids []app.EntryID, day app.Date, by string, at time.Time) (done books.Covered, err error) {
	err = s.change(ctx, "office.EndCover", at, func(t *tx) error {
		done = books.Covered{}
		for _, id := range ids {
			if err := t.endCover(id, day, by, &done); err != nil {
				return err
			}
		}
		return nil
	})
	return done, err
}

// endCover ends one person's cover: the kiosk hears of it, and the card's status is no more active.
func (t *tx) endCover(id app.EntryID, day app.Date, by string, n *books.Covered) error {
	if books.Today(t.at).Before(day) {
		return app.Fail(app.OfficeEndDay)
	}
	return t.uncover(id, app.CoverEnded, day, by, n, func(app.Date) bool { return true })
}

// takeBack makes a cover that began wrongly one that never was, where it is still as the order made it.
func (t *tx) takeBack(id app.EntryID, day app.Date, by string, n *books.Covered) error {
	return t.uncover(id, app.CoverNone, day, by, n, func(from app.Date) bool { return from == day })
}

func (t *tx) uncover(id app.EntryID, cover app.Cover, day app.Date, by string, n *books.Covered, as func(from app.Date) bool) error {
	r, found, err := t.regOf(id)
	if err != nil || !found || r.state != app.Accepted {
		return err
	}
	var text string
	if _, err := t.get("SELECT cover_from FROM registrations WHERE kiosk = $1 AND incarnation = $2 AND seq = $3", []any{id.Kiosk, id.Incarnation, id.Seq}, &text); err != nil {
		return err
	}
	from, planned := app.ParseDate(text)
	if r.cover != app.CoverBegun && (r.cover != app.CoverNone || !planned) || !as(from) {
		return nil
	}
	until := day.ISO()
	if cover == app.CoverNone || r.cover == app.CoverNone {
		cover, until = app.CoverNone, ""
	}
	if err := t.must("UPDATE registrations SET cover = $4, cover_from = $5 WHERE kiosk = $1 AND incarnation = $2 AND seq = $3",
		id.Kiosk, id.Incarnation, id.Seq, string(cover), until); err != nil {
		return err
	}
	d := journal.DecisionBody{Outcome: journal.OutcomeCoverEnded, Member: string(r.member), From: day.ISO()}
	if r.cover == app.CoverNone { // the kiosk never heard of it
		n.Planned++
		return t.ownDecision(r, d, by)
	}
	n.Begun++
	return t.announce(r, d, by)
}
