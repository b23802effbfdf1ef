package kiosk

import (
	"context"
	"database/sql"
	"errors"
)

// roomSponsor keeps what is unfinished about sponsor programmes.
const roomSponsor = "sponsor"

// SaveUnfinished keeps a programme or decisions about a list as they are so far, sealed; nothing
// forgets them. No entry is written.
func (s *Store) SaveUnfinished(ctx context.Context, id string, body []byte) error {
	return s.write(ctx, "kiosk.SaveUnfinished", func(t *tx) error {
		if body == nil {
			return t.deleteDraft(roomSponsor, id)
		}
		return t.saveDraft(roomSponsor, id, body)
	})
}

// Unfinished is what was kept; nil is nothing.
func (s *Store) Unfinished(ctx context.Context, id string) ([]byte, error) {
	return s.oneDraft(ctx, roomSponsor, id)
}

// oneDraft is a draft by its room and id; nil where there is none.
func (s *Store) oneDraft(ctx context.Context, room, id string) ([]byte, error) {
	var sealed []byte
	err := s.r.row(ctx, `SELECT sealed FROM drafts WHERE room = ? AND id = ?`, room, id).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, failed("kiosk.draft", err)
	}
	return s.unseal("drafts", room, id, sealed)
}
