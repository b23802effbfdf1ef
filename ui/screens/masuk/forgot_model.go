package masuk

import (
	"loket/app"
	"loket/app/vault"
)

// Forgot is what somebody who forgot the PIN is asked, and what head office is asked for.
type Forgot struct {
	Newcomer
	Known  bool   // whether a request waits was read
	Code   string // of the request that waits for its answer; "" when there is none
	File   string // where that request was written just now
	Answer []byte // head office's, judged and found good
}

// Lost begins: whether a request waits already is not known yet.
func (m *Model) Lost() {
	if !m.Busy {
		m.Stage, m.Err, m.Forgot = Forgotten, nil, Forgot{}
	}
}

// Waits takes in the code of the request that waits; "" when there is none.
func (m *Model) Waits(code string, err error) {
	m.Forgot.Known, m.Forgot.Code, m.Err = true, code, err
}

// Asked takes in the request that was written, or why it was not. After a failure an earlier request
// may be of no use any more, so that whether one waits must be read again.
func (m *Model) Asked(file, code string, err error) {
	m.Busy, m.Err = false, err
	if err == nil {
		m.Forgot.File, m.Forgot.Code = file, code
	}
}

// AnswerJudged takes in head office's answer, or why it is none.
func (m *Model) AnswerJudged(answer []byte, err error) {
	m.Busy, m.Err = false, err
	if err == nil {
		m.Forgot.Answer = answer
	}
}

// RecoverPIN takes the new PIN, first and again; true when both agree and the kiosk can be opened.
func (m *Model) RecoverPIN(pin string) bool {
	m.Err = m.Forgot.Take(pin, app.RoleSupervisor)
	return m.Err == nil && m.Forgot.Done
}

// RecoveryRefused takes in why the kiosk was not opened: with the name or PIN, or with the answer.
func (m *Model) RecoveryRefused(err error) {
	m.Busy, m.Err = false, err
	if !m.Forgot.Refused(err) {
		m.Forgot.Answer = nil
	}
}

// forgotBack steps back: from the PIN to its beginning, from the name to the request, from there to
// the names.
func (m *Model) forgotBack() {
	switch f := &m.Forgot; {
	case f.PIN != "":
		f.PIN = ""
	case f.Answer != nil:
		f.Answer = nil
	default:
		m.Stage = Names
	}
	m.Err, m.Forgot.Wrong = nil, ""
}

// leastSupervisor is how many digits the new PIN has at least.
const leastSupervisor = vault.PINLeastSupervisor
