package kiosk

import (
	"context"
)

// What is unfinished is kept by the room that it belongs to.
const (
	roomRegistration = "registration"
	roomHandover     = "handover"
)

// SaveDraft keeps a registration as it was typed so far, sealed. No entry is written.
func (s *Store) SaveDraft(ctx context.Context, id string, body []byte) error {
	return s.saveDraft(ctx, roomRegistration, id, body)
}

// Drafts are the unfinished registrations, the newest first.
func (s *Store) Drafts(ctx context.Context) ([][]byte, error) { return s.drafts(ctx, roomRegistration) }

// DeleteDraft ends a draft; one that is gone already is no mistake.
func (s *Store) DeleteDraft(ctx context.Context, id string) error {
	return s.write(ctx, "kiosk.DeleteDraft", func(t *tx) error { return t.deleteDraft(roomRegistration, id) })
}

// SaveParked keeps an unfinished handover, by its card's serial.
func (s *Store) SaveParked(ctx context.Context, id string, body []byte) error {
	return s.saveDraft(ctx, roomHandover, id, body)
}

// Parked are the unfinished handovers, the newest first.
func (s *Store) Parked(ctx context.Context) ([][]byte, error) { return s.drafts(ctx, roomHandover) }

// DeleteParked drops an unfinished handover; one that is gone already is no mistake.
func (s *Store) DeleteParked(ctx context.Context, id string) error {
	return s.write(ctx, "kiosk.DeleteParked", func(t *tx) error { return t.deleteDraft(roomHandover, id) })
}

func (s *Store) saveDraft(ctx context.Context, room, id string, body []byte) error {
	return s.write(ctx, "kiosk.saveDraft", func(t *tx) error { return t.saveDraft(room, id, body) })
}

func (t *tx) saveDraft(room, id string, body []byte) error {
	sealed, err := t.seal("drafts", room, id, body)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO drafts (room, id, changed_at, sealed) VALUES (?, ?, ?, ?)
		ON CONFLICT (room, id) DO UPDATE SET changed_at = excluded.changed_at, sealed = excluded.sealed`, room, id, t.ms(), sealed)
}

func (s *Store) drafts(ctx context.Context, room string) ([][]byte, error) {
	rows, err := s.r.rows(ctx, `SELECT id, sealed FROM drafts WHERE room = ? ORDER BY changed_at DESC, id`, room)
	if err != nil {
		return nil, failed("kiosk.drafts", err)
	}
	return collect("kiosk.drafts", rows, func(row scanner) ([]byte, error) {
		var id string
		var sealed []byte
		if err := row.Scan(&id, &sealed); err != nil {
			return nil, err
		}
		return s.unseal("drafts", room, id, sealed)
	})
}

func (t *tx) deleteDraft(room, id string) error {
	return t.exec(`DELETE FROM drafts WHERE room = ? AND id = ?`, room, id)
}
