package kiosk

import (
	"context"

	"loket/app"
)

// Together lists those whom one payer pays for with the registration of a counter, the first of them
// first; alone it is that registration itself.
func (s *Store) Together(ctx context.Context, counter uint32) ([]app.Registration, error) {
	rows, err := s.r.rows(ctx, `WITH first (counter) AS (SELECT CASE together WHEN 0 THEN counter ELSE together END FROM registrations WHERE counter = ?)
		`+selectRegistrations+` JOIN first f ON r.counter = f.counter OR r.together = f.counter ORDER BY r.counter`, counter)
	if err != nil {
		return nil, failed("kiosk.Together", err)
	}
	return collect("kiosk.Together", rows, s.registrationOf)
}
