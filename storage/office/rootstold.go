package office

import (
	"context"
	"time"

	"loket/app"
	"loket/app/sealed"
)

// TellRoots puts every rotation of the root into a life's feed where it has not heard of so many. It only
// reads where there is nothing to tell.
func (s *Store) TellRoots(ctx context.Context, chain app.Chain, rotations [][]byte, at time.Time) error {
	var told int
	const asked = "SELECT roots_told FROM chains WHERE kiosk = $1 AND incarnation = $2"
	args := []any{chain.Kiosk, chain.Incarnation}
	err := s.look(ctx, "office.TellRoots", func(t *tx) error {
		_, err := t.get(asked, args, &told)
		return err
	})
	if err != nil || told >= len(rotations) {
		return err
	}
	return s.change(ctx, "office.TellRoots", at, func(t *tx) error {
		n, err := t.do("UPDATE chains SET roots_told = $3 WHERE kiosk = $1 AND incarnation = $2 AND roots_told < $3", chain.Kiosk, chain.Incarnation, len(rotations))
		if err != nil || n == 0 {
			return err
		}
		return t.tell(chain, sealed.FrameRoots, rotations)
	})
}
