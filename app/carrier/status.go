package carrier

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"time"

	"loket/app"
	"loket/app/durable"
)

// Status is what the agent last did, for the window's status bar: carrier/agent-status.json.
type Status struct {
	At          time.Time `json:"at"`                    // of the last round, good or bad
	LastContact time.Time `json:"last_contact,omitzero"` // when head office last answered well
	Code        app.Code  `json:"code,omitempty"`        // why the last round failed; "" it did not
	Reason      string    `json:"reason,omitempty"`      // head office's own code or status
	Waiting     int       `json:"waiting"`               // batches in the outbox
	Attachments int       `json:"attachments"`           // attachments in the outbox
	NextTry     time.Time `json:"next_try,omitzero"`     // when the agent goes on
	Stopped     bool      `json:"stopped,omitempty"`     // the agent ended
}

// stallsAfter is how long head office may not answer while something waits before it is told; a turn that
// was due may be late by lateTurn.
const (
	stallsAfter = time.Hour
	lateTurn    = 10 * time.Minute
)

// Stalled says that the line stands still: something waits to be sent, and head office has not answered
// well for an hour, or never although it was tried.
func (s Status) Stalled(now time.Time) bool {
	if s.Waiting+s.Attachments == 0 {
		return false
	}
	if s.LastContact.IsZero() {
		return s.Code != ""
	}
	return now.Sub(s.LastContact) >= stallsAfter
}

// Hung says that an agent which ought to be at work has let its next turn go by.
func (s Status) Hung(now time.Time) bool {
	return !s.Stopped && !s.NextTry.IsZero() && now.Sub(s.NextTry) >= lateTurn
}

// StatusOf reads the agent's last word; the zero Status where none was ever written, or where the
// disk has spoiled it: it is only a word about the work, and the next round writes another.
func StatusOf(dir string) (Status, error) {
	var s Status
	b, err := os.ReadFile(statusPath(dir))
	if errors.Is(err, os.ErrNotExist) {
		return s, nil
	}
	if err == nil && json.Unmarshal(b, &s) != nil {
		return Status{}, nil
	}
	return s, app.Wrap("carrier.StatusOf", app.FileUnread, err)
}

func keepStatus(dir string, s Status) error {
	b, err := json.MarshalIndent(s, "", "  ")
	if err == nil {
		err = durable.Write(statusPath(dir), b, 0o600)
	}
	return unwritten("carrier.keepStatus", err)
}

func statusPath(dir string) string { return filepath.Join(dir, "carrier", "agent-status.json") }

// Contact is the status as the post box's screen wants it.
type Contact struct {
	At      time.Time // of the last try; zero when there never was one
	Good    time.Time // when head office last answered well
	Code    app.Code  // why the last try failed; "" when it did not
	Reason  string    // head office's own word for it
	Next    time.Time // when the carrier tries again
	Running bool      // an agent is at work
}

// ContactOf reads the agent's last word, and whether an agent is at work on the folder.
func ContactOf(dir string) (Contact, error) {
	s, err := StatusOf(dir)
	if err != nil {
		return Contact{}, err
	}
	running, err := Running(dir)
	return Contact{s.At, s.LastContact, s.Code, s.Reason, s.NextTry, running}, err
}

// Running says whether an agent is at work on the folder.
func Running(dir string) (bool, error) {
	if _, err := os.Stat(filepath.Join(dir, "carrier")); errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	lock, err := durable.Lock(lockPath(dir))
	if errors.Is(err, durable.ErrHeld) {
		return true, nil
	}
	if durable.ReadOnly(err) || durable.Full(err) {
		return false, nil // an agent could not have taken it either
	}
	if err != nil {
		return false, app.Wrap("carrier.Running", app.FileUnread, err)
	}
	return false, app.Wrap("carrier.Running", app.FileUnread, lock.Close())
}

func lockPath(dir string) string { return filepath.Join(dir, "carrier", "agent.lock") }
