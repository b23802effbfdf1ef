package program

import (
	"slices"

	"loket/app"
	"loket/app/sponsor"
)

// Page is the part of the screen that is in sight.
type Page string

// The pages, in the order in which one comes to them.
const (
	PageList      Page = "list"
	PageForm      Page = "form" // a new programme, or a change
	PageProgramme Page = "programme"
	PageBudget    Page = "budget"
	PageFile      Page = "file"    // a list and its columns
	PageVerdict   Page = "verdict" // how its rows were judged
	PageDone      Page = "done"    // what the import did
)

// Work is what is going on.
type Work string

// The works.
const (
	Idle      Work = ""
	Opening   Work = "opening" // reading a list
	Judging   Work = "judging"
	Importing Work = "importing"
	Writing   Work = "writing"
	Saving    Work = "saving"
)

// Tab is one of the lists of a programme.
type Tab string

// The tabs.
const (
	TabVersions Tab = "versions"
	TabLeavers  Tab = "leavers"
	TabOverlaps Tab = "overlaps"
)

// Tabs lists them in the order in which they stand.
var Tabs = []Tab{TabVersions, TabLeavers, TabOverlaps}

// Model is the state of the screen.
type Model struct {
	Page   Page
	Known  bool // the programmes were read at least once
	All    []sponsor.Standing
	Closed bool // those that are closed are shown too
	Err    error
	Chosen Chosen
	Form   Form
	People string // on the budget page, as it was typed
	Import Import
	Work   Work
	unread bool // the last reading failed
}

// Chosen is the programme that is open, with what was read of it.
type Chosen struct {
	sponsor.Standing
	Versions []sponsor.Version
	Leavers  []sponsor.Leaver
	Overlaps []sponsor.Overlap
	Read     bool // the lists were read
	Tab      Tab
	First    int // of the rows that are shown
}

// Unfinished says whether the import of the newest list was interrupted.
func (c *Chosen) Unfinished() bool { return len(c.Versions) > 0 && c.Versions[0].At.IsZero() }

// Shown are the programmes to show: those at work, and the closed ones when they are asked for.
func (m *Model) Shown() []sponsor.Standing {
	return slices.DeleteFunc(slices.Clone(m.All), func(s sponsor.Standing) bool { return s.Closed && !m.Closed })
}

// Shut counts the closed programmes.
func (m *Model) Shut() int {
	return len(m.All) - len(slices.DeleteFunc(slices.Clone(m.All), func(s sponsor.Standing) bool { return s.Closed }))
}

// Read takes the programmes in.
func (m *Model) Read(all []sponsor.Standing, err error) {
	m.Known = true
	switch {
	case err != nil:
		m.Err, m.unread = err, true
		return
	case m.unread: // that trouble is over; what another act met stays in sight
		m.Err, m.unread = nil, false
	}
	m.All = all
}

// Choose opens a programme. What was begun for another is put away.
func (m *Model) Choose(scope app.Scope) bool {
	for _, s := range m.All {
		if s.Scope == scope {
			if m.Chosen.Scope != scope {
				m.Import = Import{}
			}
			m.Chosen = Chosen{Standing: s, Tab: TabVersions}
			m.Page, m.People, m.Err = PageProgramme, "", nil
			return true
		}
	}
	return false
}

// Begin notes that work begins; false while other work goes on.
func (m *Model) Begin(w Work) bool {
	if m.Work != Idle {
		return false
	}
	m.Work, m.Err = w, nil
	return true
}

// backs says where Esc goes from a page.
var backs = map[Page]Page{
	PageForm: PageList, PageProgramme: PageList, PageBudget: PageProgramme,
	PageFile: PageProgramme, PageVerdict: PageFile, PageDone: PageProgramme,
}

// Back steps back; false at the list. What was typed stays for the next time. While rows are judged
// or written there is no way back but the stop.
func (m *Model) Back() bool {
	to, ok := backs[m.Page]
	if !ok {
		return false
	}
	if m.Work == Judging || m.Work == Importing {
		return true
	}
	if m.Page == PageForm && m.Form.Scope != (app.Scope{}) {
		to = PageProgramme
	}
	m.Page, m.Err = to, nil
	return true
}
