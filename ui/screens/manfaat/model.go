package manfaat

import (
	"loket/app/benefit"
)

// Pages that are no topics of the guide.
const (
	PageHospitals = "hospitals"
	PageJMO       = "jmo"
)

// Model is the state of the screen.
type Model struct {
	Guide     benefit.Guide
	Directory benefit.Directory
	At        int    // the page in sight
	City      string // code; "" is every city
	Search    string
	Err       error
	Printed   string // the leaflet's file
	Busy      bool
}

// Pages are the keys of all pages, in their order.
func (m Model) Pages() []string {
	keys := make([]string, 0, len(m.Guide.Topics)+2)
	for _, t := range m.Guide.Topics {
		keys = append(keys, t.Key)
	}
	return append(keys, PageHospitals, PageJMO)
}

// Page is the key of the page in sight.
func (m Model) Page() string { return m.Pages()[m.At] }

// Topic is the topic in sight; none on the pages of hospitals and of the app.
func (m Model) Topic() (benefit.Topic, bool) { return m.Guide.Topic(m.Page()) }

// Turn goes to a page; false when there is none.
func (m *Model) Turn(to int) bool {
	if to < 0 || to >= len(m.Pages()) || to == m.At {
		return false
	}
	m.At = to
	return true
}

// Hospitals are those that fit what is looked for.
func (m Model) Hospitals() []benefit.Hospital { return m.Directory.Find(m.City, m.Search) }
