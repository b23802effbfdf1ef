package office

import (
	"loket/app"
	"loket/app/office/books"
)

// What books lent after the backup that they come out of, they do not know. The life that shows such a
// number first had it: nobody else is lent one of those any more.

// adoptMembers takes numbers as lent that may have been after the backup.
func (t *tx) adoptMembers(chain app.Chain, numbers map[app.MemberNumber]int64, lent map[app.MemberNumber]bool) error {
	if len(lent) == len(numbers) {
		return nil
	}
	r, is, err := t.restoration()
	if err != nil || !is {
		return err
	}
	for m, n := range numbers {
		if lent[m] || !r.MayHaveLent(n) {
			continue
		}
		if err := t.must(`INSERT INTO member_ranges (kiosk, incarnation, first, last, used, leased_at, expires_at) VALUES ($1, $2, $3, $3, 1, $4, $4)
			ON CONFLICT (kiosk, incarnation, first) DO NOTHING`, chain.Kiosk, chain.Incarnation, n, ms(t.at)); err != nil {
			return err
		}
		lent[m] = true
	}
	return nil
}

// adoptBlock takes a block of serials as lent that may have been after the backup; false when it is
// another life's, or was never lent.
func (t *tx) adoptBlock(chain app.Chain, shard, block uint32) (bool, error) {
	r, is, err := t.restoration()
	if err != nil || !is || !r.MayHaveOpened(shard) {
		return false, err
	}
	n, err := t.do(`INSERT INTO serial_blocks (shard, block, kiosk, incarnation, used, leased_at, expires_at) VALUES ($1, $2, $3, $4, 0, $5, $6)
		ON CONFLICT (shard, block) DO NOTHING`, shard, block, chain.Kiosk, chain.Incarnation, ms(t.at), ms(t.at.Add(t.policy.Lease)))
	if err != nil || n == 0 {
		return false, err
	}
	if err := t.want(books.ListName{Kind: books.StatusList, Shard: shard}); err != nil {
		return false, err
	}
	return true, t.want(books.ListName{Kind: books.TrustList})
}
