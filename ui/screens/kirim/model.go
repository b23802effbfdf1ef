package kirim

import (
	"maps"
	"slices"
	"strings"
	"time"

	"loket/app"
	"loket/app/post"
	"loket/app/sealed"
)

// Work is what is going on.
type Work string

// The works.
const (
	Idle      Work = ""
	Sending   Work = "sending"
	Exporting Work = "exporting"
	Importing Work = "importing"
	Enrolling Work = "enrolling"
	GoingOn   Work = "going on"
)

// Model is the state of Kirim.
type Model struct {
	Known    bool // the state was read at least once
	State    post.State
	Receipts []Receipt
	Message  string // head office's newest message
	Now      time.Time
	Work     Work
	Err      error // why the state could not be read, or sending failed

	Folder   string // of the stick
	Stick    Stick  // what the last journey carried
	StickErr error

	Code    string // the enrolment token, as it was put in
	Asking  bool   // a new token is asked for although one was given
	CodeErr error

	Kiosk app.Chain // which kiosk this is now
	May   bool      // who is signed in may let it go on
	Gone  GoneOn
}

// Stick is what was carried by the last journey of a USB stick. Nothing is Done before the first.
type Stick struct {
	Done    Work
	Carried Carried
}

// Carried is what was copied to a stick, or taken from one.
type Carried struct {
	Batches, Attachments int // out
	Frames, Applied      int // in
}

// Receipt is head office's word that a batch has arrived.
type Receipt struct {
	Batch   uint64
	Entries int
	At      time.Time
}

// Read takes the state in.
func (m *Model) Read(r Reading, err error) {
	m.Known, m.State, m.Receipts, m.Message = true, r.State, r.Receipts, r.Message
	m.Kiosk, m.May = r.Kiosk, r.May
	if m.Work == Idle {
		m.Err = err
	}
}

// Begin notes that work begins; false while other work goes on.
func (m *Model) Begin(w Work) bool {
	if m.Work != Idle {
		return false
	}
	m.Work = w
	return true
}

// Here counts what exists only on this computer.
func (m Model) Here() int { return m.State.Entries + m.State.Attachments }

// Line is how the line to head office stands.
type Line int

// The lines.
const (
	LineNever   Line = iota // nobody carries, nothing was ever tried
	LineGood                // the last try went well
	LineFailing             // the last try failed, and why is known
	LineStill               // nobody carries now
)

// Line judges the carrier's last word.
func (m Model) Line() Line {
	switch c := m.State.Contact; {
	case c.Code != "":
		return LineFailing
	case !c.Running && c.Good.IsZero():
		return LineNever
	case !c.Running:
		return LineStill
	case c.Good.IsZero():
		return LineNever
	}
	return LineGood
}

// LineProblem is why the last try failed, as an error to be said in words; nil when it did not.
func (m Model) LineProblem() error {
	c := m.State.Contact
	if c.Code == "" {
		return nil
	}
	return app.Fail(c.Code, "reason", c.Reason, "status", c.Reason)
}

// Problem is a piece of news, or a list, that could not be used.
type Problem struct {
	Key    string // of the sentence that names it
	Number string // of a piece of news, "17"; of a list of card states its part, "0"
	Err    error
}

// Problems lists them in the order of their names in the post box: "000017.frame", "2-000017.frame" of news
// that began anew, "trust-0.list", "status-3.list".
func (m Model) Problems() (problems []Problem) {
	for _, name := range slices.Sorted(maps.Keys(m.State.Problems)) {
		p := Problem{Key: "ui.kirim.news.problem", Err: app.Fail(m.State.Problems[name])}
		before, number, parts := strings.Cut(strings.TrimSuffix(strings.TrimSuffix(name, ".frame"), ".list"), "-")
		switch {
		case !parts:
			number = before
		case before == "trust", before == "status":
			p.Key = "ui.kirim.news.problem." + before
		default:
			p.Key = "ui.kirim.news.problem.anew"
		}
		if p.Number = strings.TrimLeft(number, "0"); p.Number == "" {
			p.Number = "0"
		}
		problems = append(problems, p)
	}
	return problems
}

// Anew says whether head office's news began again since this kiosk was enrolled.
func (m Model) Anew() bool { return m.State.News.Epoch > 1 }

// Age is how a thing that should be fresh stands.
type Age int

// The ages.
const (
	AgeNone Age = iota // there is none
	AgeGood
	AgeOld
)

const (
	oldLists     = 7 * 24 * time.Hour
	endingPermit = 7 * 24 * time.Hour
)

// AgeOf judges the age of a signed list.
func (m Model) AgeOf(issued time.Time) Age {
	switch {
	case issued.IsZero():
		return AgeNone
	case m.Now.Sub(issued) >= oldLists:
		return AgeOld
	}
	return AgeGood
}

// PermitAge judges how long this kiosk may work without news.
func (m Model) PermitAge() Age {
	switch until := m.State.Authority; {
	case until.IsZero():
		return AgeNone
	case until.Sub(m.Now) < endingPermit:
		return AgeOld
	}
	return AgeGood
}

// AskToken says whether the token field is shown.
func (m Model) AskToken() bool {
	return m.Known && !m.Behind() && !m.State.Enrolled && (!m.State.Asked || m.Asking)
}

// LooksLikeToken says whether a text begins as an enrolment token does.
func LooksLikeToken(text string) bool {
	return strings.HasPrefix(strings.ToUpper(strings.TrimSpace(text)), "LOKET1")
}

// CodeProblem says what is wrong with the token that was put in; nil when it can be tried.
func (m Model) CodeProblem() error {
	if _, err := sealed.ParseToken(strings.TrimSpace(m.Code)); err != nil {
		return app.Fail(app.TokenBad)
	}
	return nil
}
