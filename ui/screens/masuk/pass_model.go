package masuk

import (
	"loket/app"
	"loket/app/sealed"
)

// Pass is what a volunteer who shows an event pass is asked.
type Pass struct {
	Newcomer
	Code  string
	Good  bool // the pass was judged and can be used
	Event app.Event
}

// ShowPass begins: the code is awaited.
func (m *Model) ShowPass() {
	if !m.Busy {
		m.Stage, m.Err, m.Pass, m.Notice = ByPass, nil, Pass{}, ""
	}
}

// PassJudged takes in what a pass says, or why it cannot be used.
func (m *Model) PassJudged(e app.Event, err error) {
	m.Busy, m.Err = false, err
	m.Pass.Event, m.Pass.Good, m.Pass.Wrong = e, err == nil, ""
	if err != nil {
		m.Pass.Wrong = "code"
	}
}

// ChoosePIN takes a PIN, first and again; true when both agree and the volunteer can join.
func (m *Model) ChoosePIN(pin string) bool {
	m.Err = m.Pass.Take(pin, app.RoleVolunteer)
	return m.Err == nil && m.Pass.Done
}

// PassRefused takes in why somebody could not join: with the name or PIN, or with the pass itself.
func (m *Model) PassRefused(err error) {
	m.Busy, m.Err = false, err
	if !m.Pass.Refused(err) {
		m.Pass.Good = false
	}
}

// passBack steps back: from the PIN to its beginning, from the name to the code, from the code to
// the names.
func (m *Model) passBack() {
	switch p := &m.Pass; {
	case p.PIN != "":
		p.PIN = ""
	case p.Good:
		p.Good, p.Code = false, ""
	default:
		m.Stage = Names
	}
	m.Err, m.Pass.Wrong = nil, ""
}

// LooksLikePass says whether a text begins as an event pass does.
func LooksLikePass(text string) bool { return sealed.LooksLikePass(text) }
