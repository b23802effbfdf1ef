package office

import (
	"context"

	"loket/app/office/books"
)

// WriteAhead makes the store tell, before a number is given out, how far numbers go; and what was given
// out already it tells now.
func (s *Store) WriteAhead(ctx context.Context, a books.Ahead) error {
	s.ahead = a
	given := map[string]int64{}
	err := s.look(ctx, "office.WriteAhead", func(t *tx) error {
		for name, query := range map[string]string{
			books.MemberNumbers: "SELECT COALESCE(MAX(value), 1) - 1 FROM counters WHERE name = 'member'",
			books.SerialShards:  "SELECT COALESCE(MAX(shard), 0) FROM serial_blocks",
			books.KioskNumbers:  "SELECT COALESCE(MAX(kiosk), 0) FROM kiosks",
		} {
			var n int64
			if _, err := t.get(query, nil, &n); err != nil {
				return err
			}
			given[name] = n
		}
		return nil
	})
	for name, n := range given {
		if err == nil && n > 0 {
			err = a.Reached(name, n)
		}
	}
	return err
}

// reached tells it. An operation that runs again tells it again, which changes nothing.
func (t *tx) reached(name string, value int64) error {
	if t.ahead == nil {
		return nil
	}
	return t.ahead.Reached(name, value)
}

// firstShard is the first shard from which serials are lent: those before a restore stay closed, because
// nobody knows which of their blocks were lent after the backup.
func (t *tx) firstShard() (uint32, error) {
	var first uint32
	_, err := t.get("SELECT value FROM counters WHERE name = $1", []any{books.SerialShards}, &first)
	return first, err
}
