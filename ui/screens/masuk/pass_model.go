package masuk

import (
	"strings"

	"loket/app"
	"loket/app/sealed"
	"loket/app/vault"
)

// Pass is what a volunteer who shows an event pass is asked.
type Pass struct {
	Code  string
	Good  bool // the pass was judged and can be used
	Event app.Event
	Name  string
	PIN   string // the first time; the second is compared with it
	Wrong string // the field that the error is about: code, name or pin
}

// ShowPass begins: the code is awaited.
func (m *Model) ShowPass() {
	if !m.Busy {
		m.Stage, m.Err, m.Pass = ByPass, nil, Pass{}
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
func (m *Model) ChoosePIN(pin string) (done bool) {
	p := &m.Pass
	m.Err, p.Wrong = nil, ""
	switch {
	case strings.TrimSpace(p.Name) == "":
		m.Err, p.Wrong = app.Fail(app.AccessNameMissing), "name"
	case p.PIN == "":
		if m.Err = vault.CheckPIN(pin, app.RoleVolunteer); m.Err != nil {
			p.Wrong = "pin"
			return false
		}
		p.PIN = pin
	case p.PIN != pin:
		m.Err, p.Wrong, p.PIN = app.Fail(app.SignInPINDiffers), "pin", ""
	default:
		return true
	}
	return false
}

// PassRefused takes in why somebody could not join: with the name or PIN, or with the pass itself.
func (m *Model) PassRefused(err error) {
	m.Busy, m.Err, m.Pass.PIN = false, err, ""
	switch app.CodeOf(err) {
	case app.AccessNameMissing:
		m.Pass.Wrong = "name"
	case app.VaultPINCommon, app.VaultPINDigits, app.VaultPINLong, app.VaultPINShort:
		m.Pass.Wrong = "pin"
	default:
		m.Pass.Good, m.Pass.Wrong = false, "code"
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
