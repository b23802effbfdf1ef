package kiosk

import (
	"context"
	"database/sql"
	"errors"
	"strconv"

	"loket/app"
)

// Formers gives the store the former lives of its folder, to read in them; nil takes them away.
func (s *Store) Formers(all []*Store) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.before = all
}

// formerLives are the former lives that are open, oldest first.
func (s *Store) formerLives() []*Store {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.before
}

// former is the former life of which an entry is; nil where it is of none that is open.
func (s *Store) former(id app.EntryID) *Store {
	for _, f := range s.formerLives() {
		if f.Chain() == id.Chain {
			return f
		}
	}
	return nil
}

// notHere is why nothing can be done about a registration of another life.
func (s *Store) notHere(id app.EntryID) error {
	if s.former(id) != nil {
		return app.Fail(app.RecordFormerLife)
	}
	return app.Fail(app.NotFound)
}

// settingTold is the last registration of a former life that the next one told again.
const settingTold = "life.told"

// NextUntold is the next registration of this former life that head office did not take and that was not
// told again yet.
func (s *Store) NextUntold(ctx context.Context) (id app.EntryID, ok bool, err error) {
	text, err := s.Setting(ctx, settingTold)
	if err != nil {
		return id, false, err
	}
	after, err := strconv.ParseUint("0"+string(text), 10, 64)
	if err != nil {
		return id, false, failed("kiosk.NextUntold", err)
	}
	id.Chain = s.Chain()
	err = s.r.row(ctx, `SELECT r.seq FROM registrations r JOIN entries e ON e.seq = r.seq
		WHERE e.receipted = 0 AND r.state <> 'withdrawn' AND r.seq > ? ORDER BY r.seq LIMIT 1`, after).Scan(&id.Seq)
	if errors.Is(err, sql.ErrNoRows) {
		return id, false, nil
	}
	return id, err == nil, failed("kiosk.NextUntold", err)
}

// Told notes that a registration was told again: its entries are not this life's to send any more.
func (s *Store) Told(ctx context.Context, id app.EntryID) error {
	return s.PutSetting(ctx, settingTold, []byte(strconv.FormatUint(id.Seq, 10)))
}
