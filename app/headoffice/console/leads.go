package console

import "net/http"

// leads lists the small employers that counters recorded, for a branch to call.
func (c *Console) leads(v *visit) error {
	rows, err := c.desk.Leads(v.r.Context(), rowsShown)
	if err != nil {
		return err
	}
	if err := c.listed(v, "leads", len(rows), false); err != nil {
		return err
	}
	c.show(v, http.StatusOK, "leads", page{Title: "console.leads.title", Data: rows})
	return nil
}
