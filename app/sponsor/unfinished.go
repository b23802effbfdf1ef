package sponsor

import (
	"context"

	"loket/app"
)

// Unfinished keeps what was typed and decided so far, sealed.
type Unfinished interface {
	SaveUnfinished(ctx context.Context, id string, body []byte) error // nil forgets it
	Unfinished(ctx context.Context, id string) ([]byte, error)        // nil is nothing
}

// Keep keeps something unfinished, so that a power cut or an idle lock loses nothing; nil forgets it.
func (s *Sponsor) Keep(ctx context.Context, by app.Operator, id string, body []byte) error {
	if err := s.may(by); err != nil {
		return err
	}
	return s.store.SaveUnfinished(ctx, id, body)
}

// Kept is what was kept by that name; nil is nothing.
func (s *Sponsor) Kept(ctx context.Context, by app.Operator, id string) ([]byte, error) {
	if err := s.may(by); err != nil {
		return nil, err
	}
	return s.store.Unfinished(ctx, id)
}
