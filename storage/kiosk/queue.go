package kiosk

import "context"

// NextTicket keeps a draft under the next number of a day's queue, both or neither.
func (s *Store) NextTicket(ctx context.Context, day, draft string, body func(number int) ([]byte, error)) (int, error) {
	var number int
	err := s.write(ctx, "kiosk.NextTicket", func(t *tx) error {
		err := t.row(`INSERT INTO tickets (day, last) VALUES (?, 1)
			ON CONFLICT (day) DO UPDATE SET last = last + 1 RETURNING last`, day).Scan(&number)
		if err != nil {
			return err
		}
		plain, err := body(number)
		if err != nil {
			return err
		}
		return t.saveDraft(roomRegistration, draft, plain)
	})
	return number, err
}
