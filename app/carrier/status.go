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

// StatusOf reads the agent's last word; the zero Status where none was ever written.
func StatusOf(dir string) (Status, error) {
	var s Status
	b, err := os.ReadFile(statusPath(dir))
	if errors.Is(err, os.ErrNotExist) {
		return s, nil
	}
	if err == nil {
		err = json.Unmarshal(b, &s)
	}
	return s, app.Wrap("carrier.StatusOf", app.FileUnread, err)
}

func keepStatus(dir string, s Status) error {
	b, err := json.MarshalIndent(s, "", "  ")
	if err == nil {
		err = durable.Write(statusPath(dir), b, 0o600)
	}
	return app.Wrap("carrier.keepStatus", app.FileUnwritten, err)
}

func statusPath(dir string) string { return filepath.Join(dir, "carrier", "agent-status.json") }
