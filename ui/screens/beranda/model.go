package beranda

import (
	"fmt"
	"time"

	"loket/app"
	"loket/app/access"
	"loket/app/counter"
	"loket/app/issuing"
	"loket/app/post"
)

// Model is the state of the first screen.
type Model struct {
	Known   bool // the facts were read at least once
	Facts   Facts
	Err     error // the first thing that could not be read
	Now     time.Time
	Name    string // of who is signed in
	Allowed map[access.Task]bool
	Refusal error // everything but sending is closed, and why

	Regencies, Districts []Covered // as head office counted them; none while it has not said
}

// Facts are the figures and what waits for somebody.
type Facts struct {
	Day       counter.Figures
	Drafts    int                  // registrations that were begun and not saved
	Unchecked int                  // cards printed and not yet seen by anybody
	Handovers int                  // begun and not finished
	Waiting   map[app.WorkList]int // registrations to complete, to review, sent back
	Stock     issuing.Stock
	Post      post.State
}

// Tile is one of the big buttons.
type Tile struct {
	Place, Icon, Word string
	More              string // key of the small line
	Count             int
}

// tasks are the big buttons in the order of their weight; each role has the first four that it may.
var tasks = []struct {
	task access.Task
	tile Tile
}{
	{access.Register, Tile{Place: "register", Icon: "register", Word: "ui.nav.register", More: "ui.beranda.tile.register"}},
	{access.Print, Tile{Place: "cards", Icon: "card", Word: "ui.beranda.tile.cards", More: "ui.beranda.tile.cards.none"}},
	{access.Handover, Tile{Place: "handover", Icon: "handover", Word: "ui.beranda.tile.handover", More: "ui.beranda.tile.handover.more"}},
	{access.Verify, Tile{Place: "check", Icon: "verify", Word: "ui.nav.check", More: "ui.beranda.tile.check"}},
	{access.Ask, Tile{Place: "find", Icon: "search", Word: "ui.nav.find", More: "ui.beranda.tile.find"}},
	{access.Send, Tile{Place: "post", Icon: "send", Word: "ui.nav.post", More: "ui.beranda.tile.post"}},
}

// Tiles are the big buttons of who is signed in, the most important first.
func (m Model) Tiles() (tiles []Tile) {
	for _, t := range tasks {
		if !m.Allowed[t.task] || len(tiles) == 4 {
			continue
		}
		if t.task == access.Print && m.Facts.Day.WaitingCards > 0 {
			t.tile.More, t.tile.Count = "ui.beranda.tile.cards.waiting", m.Facts.Day.WaitingCards
		}
		tiles = append(tiles, t.tile)
	}
	return tiles
}

// Fresh says that nothing has happened today yet.
func (m Model) Fresh() bool {
	d := m.Facts.Day
	return d.Registered == 0 && d.Confirmed == 0 && d.Handed == 0 && d.ByHour == [24]int{}
}

// Hour is one bar of the day.
type Hour struct {
	Word  string
	Count int
	Now   bool
}

const (
	opening  = 8 // the hour at which a day's chart begins, unless somebody was earlier
	longWord = 7 // so many bars have room for "08–09"
)

// Hours are the bars of the day, until now.
func (m Model) Hours() (hours []Hour) {
	last := m.Now.Hour()
	first := min(opening, last)
	for h, n := range m.Facts.Day.ByHour {
		if n > 0 {
			first, last = min(first, h), max(last, h)
		}
	}
	long := last-first < longWord
	for h := first; h <= last; h++ {
		word := fmt.Sprintf("%02d", h)
		if long {
			word = fmt.Sprintf("%02d–%02d", h, (h+1)%24)
		}
		hours = append(hours, Hour{Word: word, Count: m.Facts.Day.ByHour[h], Now: h == m.Now.Hour()})
	}
	return hours
}
