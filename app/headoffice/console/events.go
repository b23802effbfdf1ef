package console

import (
	"net/http"

	"loket/app/words"
)

// events lists events with what has come from each kiosk.
func (c *Console) events(v *visit) error {
	rows, err := c.desk.Events(v.r.Context(), rowsShown)
	if err != nil {
		return err
	}
	c.show(v, http.StatusOK, "events", page{Title: "console.events.title", Data: rows})
	return nil
}

// partnerName is an institution in a language, or its own words.
func partnerName(lang words.Lang, partner string) string {
	if key := "partner." + partner; words.Has(key) {
		return words.Say(lang, key)
	}
	return partner
}
