package benefit

import (
	"slices"
	"strings"
	"sync"

	"loket/app"
	"loket/app/identity"
)

// Directory is where people can be treated, as of a day. Partners change: each visit is confirmed by
// a call first.
type Directory struct {
	AsOf      app.Date   `json:"as_of"`
	Source    Text       `json:"source"`
	Cities    []City     `json:"cities"`
	Hospitals []Hospital `json:"hospitals"`
}

// City is a regency or city that the directory covers.
type City struct {
	Region string `json:"region"` // official code "64.71"
	Name   string `json:"name"`
}

// Hospital is one of them. What is not certain is empty.
type Hospital struct {
	Name    string `json:"name"`
	Also    string `json:"also"` // how people call it
	Region  string `json:"region"`
	Address string `json:"address"`
	Phone   string `json:"phone"`
}

// Hospitals is the directory that ships with the program.
var Hospitals = sync.OnceValue(func() (d Directory) {
	read("hospitals-2026.1.json", &d)
	return d
})

// CityOf is the name of a city by its code, "" when the directory does not cover it.
func (d Directory) CityOf(region string) string {
	for _, c := range d.Cities {
		if c.Region == region {
			return c.Name
		}
	}
	return ""
}

// Find lists the hospitals of a city ("" is every city) whose name, or how people call it, has words
// that begin as each word of a text does.
func (d Directory) Find(region, text string) (found []Hospital) {
	wanted := strings.Fields(identity.Plain(text))
	for _, h := range d.Hospitals {
		in := strings.Fields(identity.Plain(strings.Join([]string{h.Name, h.Also, h.Address, d.CityOf(h.Region)}, " ")))
		fits := func(word string) bool {
			return slices.ContainsFunc(in, func(have string) bool { return strings.HasPrefix(have, word) })
		}
		if (region == "" || region == h.Region) && !slices.ContainsFunc(wanted, func(w string) bool { return !fits(w) }) {
			found = append(found, h)
		}
	}
	return found
}
