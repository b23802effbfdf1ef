package console

import (
	"net/http"

	"loket/app"
	"loket/app/office/books"
	"loket/app/words"
)

// orderPage is one order: the second question, its progress, or what came of it.
type orderPage struct {
	books.Order
	Programme string
	Bar       bar
	Undo      bool // it can still be taken back
}

func (c *Console) orders(v *visit) error {
	all, err := c.desk.Orders(v.r.Context(), rowsShown)
	if err != nil {
		return err
	}
	pages := make([]orderPage, len(all))
	for i, o := range all {
		if pages[i], err = c.orderPage(v, o); err != nil {
			return err
		}
	}
	c.show(v, http.StatusOK, "orders", page{Title: "console.orders.title", Data: pages})
	return nil
}

func (c *Console) orderPage(v *visit, o books.Order) (p orderPage, err error) {
	p = orderPage{Order: o, Bar: bar{Good: o.Done * thousand / max(o.People, 1)}}
	until := o.TakeBackUntil()
	p.Undo = !until.IsZero() && c.clock.Now().Before(until)
	p.Programme, err = c.programmeName(v, o.Scope)
	return p, err
}

func (c *Console) order(v *visit) error { return c.showOrder(v, http.StatusOK, "") }

func (c *Console) showOrder(v *visit, status int, notice string) error {
	o, err := c.orderOf(v)
	if err != nil {
		return err
	}
	p, err := c.orderPage(v, o)
	if err != nil {
		return err
	}
	show := page{Title: "console.orders.title", Notice: notice, Data: p}
	if o.State == books.OrderRunning {
		show.Again = 2
	}
	c.show(v, status, "order", show)
	return nil
}

func (c *Console) orderOf(v *visit) (books.Order, error) {
	id, ok := books.ParseOrderID(v.r.PathValue("order"))
	if !ok {
		return books.Order{}, app.Fail(app.NotFound)
	}
	return c.desk.Order(v.r.Context(), id)
}

// orderAct starts an order by the word of two people, stops it, or asks to take it back.
func (c *Console) orderAct(v *visit) error {
	o, err := c.orderOf(v)
	if err != nil {
		return err
	}
	to := o.ID
	switch act := v.r.PostFormValue("act"); act {
	case "start":
		err = c.startOrder(v, o)
	case "stop":
		err = c.desk.StopOrder(v.r.Context(), o.ID, v.session.account)
	case "take_back":
		var asked books.Order
		asked, err = c.desk.AskOrder(v.r.Context(), books.Order{Act: books.OrderTakeBack, Former: o.ID, AskedBy: v.session.account}, nil)
		to = asked.ID
	default:
		err = app.Fail(app.WrongUse, "value", act)
	}
	if err != nil {
		c.refused(v, err)
		return c.showOrder(v, statusOf(err), words.Error(v.lang, err))
	}
	http.Redirect(v.w, v.r, "/console/orders/"+to.String(), http.StatusSeeOther)
	return nil
}

func (c *Console) startOrder(v *visit, o books.Order) error {
	second, err := c.second(v, "cover."+string(o.Act), o.ID.String())
	if err != nil {
		return err
	}
	return c.desk.StartOrder(v.r.Context(), o.ID, v.session.account, second)
}
