package console

import (
	"net/http"
	"time"

	"loket/app/office/books"
)

const (
	silentAfter = 3 * 24 * time.Hour
	rowsShown   = 200
)

func (c *Console) home(v *visit) error {
	if v.session.rights&payer != 0 { // one programme is all that this account has
		http.Redirect(v.w, v.r, "/console/programmes/"+hexOf(v.session.programme), http.StatusSeeOther)
		return nil
	}
	now := c.clock.Now().In(books.Zone)
	y, m, d := now.Date()
	f, err := c.desk.Figures(v.r.Context(), time.Date(y, m, d, 0, 0, 0, 0, books.Zone), now.Add(-silentAfter))
	if err != nil {
		return err
	}
	newest, err := c.desk.Registrations(v.r.Context(), books.Filter{Limit: 8})
	if err != nil {
		return err
	}
	if err := c.listed(v, "home", len(newest), false); err != nil {
		return err
	}
	alarms, err := c.desk.Alarms(v.r.Context())
	if err != nil {
		return err
	}
	c.show(v, http.StatusOK, "home", page{Title: "console.home.title", Data: struct {
		books.Figures
		Newest []books.RegistrationRow
		Urgent []books.Alarm
	}{f, newest, alarms}})
	return nil
}

func (c *Console) batches(v *visit) error {
	rows, err := c.desk.Batches(v.r.Context(), rowsShown)
	if err != nil {
		return err
	}
	c.show(v, http.StatusOK, "batches", page{Title: "console.batches.title", Data: rows})
	return nil
}
