package office

import (
	"crypto/rand"
	"encoding/binary"
	"math"
	"slices"
	"strconv"

	"loket/app"
	"loket/app/card"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
)

// leaseEpoch rises when head office makes all older leases void.
const leaseEpoch = 1

// leaseMembers lends a kiosk the next range of member numbers, and tells it.
func (t *tx) leaseMembers(chain app.Chain) error {
	first, err := t.count(books.MemberNumbers, int64(t.policy.FirstMember), t.policy.MemberBlock)
	if err != nil {
		return err
	}
	until := t.at.Add(t.policy.Lease)
	last := first + int64(t.policy.MemberBlock) - 1
	if err := t.must("INSERT INTO member_ranges (kiosk, incarnation, first, last, used, leased_at, expires_at) VALUES ($1, $2, $3, $4, 0, $5, $6)",
		chain.Kiosk, chain.Incarnation, first, last, ms(t.at), ms(until)); err != nil {
		return err
	}
	return t.lend(chain, journal.LeaseBody{Kind: "member", First: uint64(first), Last: uint64(last), Expires: ms(until), Epoch: leaseEpoch})
}

// leaseSerials lends a kiosk blocks of card serials at random places of a shard, so that neighbours
// in the status list are not neighbours in life.
func (t *tx) leaseSerials(chain app.Chain) error {
	until := t.at.Add(t.policy.Lease)
	body := journal.LeaseBody{Kind: "serial", Expires: ms(until), Epoch: leaseEpoch}
	for range t.policy.SerialBlocks {
		first, err := t.leaseRun(chain, ms(until))
		if err != nil {
			return err
		}
		for i := range t.run() {
			body.Blocks = append(body.Blocks, uint64(first+i*books.BlockSize))
		}
	}
	if err := t.want(books.ListName{Kind: books.TrustList}); err != nil {
		return err
	}
	return t.lend(chain, body)
}

func (t *tx) lend(chain app.Chain, body journal.LeaseBody) error {
	if err := t.record(journal.LeaseGranted, "", app.ScopeDevice, []byte(chain.String()), body); err != nil {
		return err
	}
	return t.tell(chain, sealed.FrameLease, body)
}

const blocksInShard = card.ShardSize / books.BlockSize

// run is how many blocks are lent side by side. Where programmes print runs of a village, 16 of them are
// one page of marks, and one gap in the trust list.
func (t *tx) run() uint32 { return uint32(max(t.policy.SerialRun, 1)) }

// leaseRun takes free blocks side by side. A shard in which many draws in a row hit taken blocks is full
// enough; the next one opens. The first place of each shard stays free: serial 0 is no card, and index 0 of no list is
// anybody's, so that a reader which loses an index is never answered about a card.
func (t *tx) leaseRun(chain app.Chain, until int64) (uint32, error) {
	first, err := t.firstShard()
	if err != nil {
		return 0, err
	}
	for shard := first; shard < 4096; shard++ {
		for range 8 {
			place, err := drawPlace(blocksInShard / t.run())
			if err != nil {
				return 0, err
			}
			block := place * t.run()
			free, err := t.takeBlocks(chain, shard, block, until)
			if err != nil {
				return 0, err
			}
			if free {
				if err := t.reached(books.SerialShards, int64(shard)); err != nil {
					return 0, err
				}
				return shard*card.ShardSize + block*books.BlockSize, t.wantFirst(shard)
			}
		}
	}
	return 0, app.Fail(app.OfficeNoSerials)
}

// takeBlocks lends a run of blocks, or nothing when one of them is lent already.
func (t *tx) takeBlocks(chain app.Chain, shard, block uint32, until int64) (bool, error) {
	run := []any{shard, block, block + t.run() - 1}
	var taken uint32
	if _, err := t.get("SELECT count(*) FROM serial_blocks WHERE shard = $1 AND block >= $2 AND block <= $3", run, &taken); err != nil || taken > 0 {
		return false, err
	}
	lent := rowsFor("serial_blocks (shard, block, kiosk, incarnation, used, leased_at, expires_at)", "ON CONFLICT (shard, block) DO NOTHING")
	for i := range t.run() {
		lent.add(shard, block+i, chain.Kiosk, chain.Incarnation, 0, ms(t.at), until)
	}
	n, err := t.insert(lent)
	if err != nil || n == int64(t.run()) {
		return err == nil, err
	}
	// Another process was quicker with one of them: none of the others was here before.
	return false, t.must("DELETE FROM serial_blocks WHERE shard = $1 AND block >= $2 AND block <= $3 AND kiosk = $4 AND incarnation = $5", append(run, chain.Kiosk, chain.Incarnation)...)
}

// drawPlace is any of so many places of a shard, a power of two above 1, but the first.
func drawPlace(places uint32) (place uint32, err error) {
	if places < 2 {
		return 0, app.Fail(app.OfficeNoSerials)
	}
	for place == 0 && err == nil {
		place, err = draw(places)
	}
	return place, err
}

// draw is a number below n, a power of two.
func draw(n uint32) (uint32, error) {
	var b [4]byte
	if _, err := rand.Read(b[:]); err != nil {
		return 0, err
	}
	return binary.BigEndian.Uint32(b[:]) % n, nil
}

// renewLeases lends more when at most half of a lease is left. A life that has ended issues no more.
func (t *tx) renewLeases(chain app.Chain) error {
	var ended int
	if found, err := t.get("SELECT 1 FROM chains WHERE kiosk = $1 AND incarnation = $2 AND (closed_at > 0 OR revoked_at > 0)", []any{chain.Kiosk, chain.Incarnation}, &ended); err != nil || found {
		return err
	}
	members, serials, err := t.left(chain)
	if err != nil {
		return err
	}
	if 2*members <= int64(t.policy.MemberBlock) {
		if err := t.leaseMembers(chain); err != nil {
			return err
		}
	}
	if 2*serials <= int64(t.policy.SerialBlocks*books.BlockSize)*int64(t.run()) {
		return t.leaseSerials(chain)
	}
	return nil
}

// extendLeases lets what was lent hold on when less than half of its time is left: a kiosk that makes few
// cards, and is in touch, never stands there without numbers. The same numbers travel again with their new
// end, which the kiosk takes as its lease renewed.
func (t *tx) extendLeases(chain app.Chain) error {
	until := ms(t.at.Add(t.policy.Lease))
	args := []any{chain.Kiosk, chain.Incarnation, ms(t.at.Add(t.policy.Lease / 2)), until}
	var bodies []journal.LeaseBody
	err := t.each(`UPDATE member_ranges SET expires_at = $4 WHERE kiosk = $1 AND incarnation = $2 AND expires_at <= $3 AND used < last - first + 1
		RETURNING first, last`, args, func(scan func(...any) error) error {
		b := journal.LeaseBody{Kind: "member", Expires: until, Epoch: leaseEpoch}
		err := scan(&b.First, &b.Last)
		bodies = append(bodies, b)
		return err
	})
	if err != nil {
		return err
	}
	serials := journal.LeaseBody{Kind: "serial", Expires: until, Epoch: leaseEpoch}
	err = t.each(`UPDATE serial_blocks SET expires_at = $4 WHERE kiosk = $1 AND incarnation = $2 AND expires_at <= $3 AND used < $5
		RETURNING shard, block`, append(args, books.BlockSize), func(scan func(...any) error) error {
		var shard, block uint64
		err := scan(&shard, &block)
		serials.Blocks = append(serials.Blocks, shard*card.ShardSize+block*books.BlockSize)
		return err
	})
	if err != nil {
		return err
	}
	if len(serials.Blocks) > 0 {
		bodies = append(bodies, serials)
	}
	for _, b := range bodies {
		if err := t.lend(chain, b); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) left(chain app.Chain) (members, serials int64, err error) {
	args := []any{chain.Kiosk, chain.Incarnation, ms(t.at)}
	if _, err = t.get("SELECT COALESCE(SUM(last - first + 1 - used), 0) FROM member_ranges WHERE kiosk = $1 AND incarnation = $2 AND expires_at > $3", args, &members); err != nil {
		return 0, 0, err
	}
	args = append(args, books.BlockSize)
	_, err = t.get("SELECT COALESCE(SUM($4 - used), 0) FROM serial_blocks WHERE kiosk = $1 AND incarnation = $2 AND expires_at > $3", args, &serials)
	return members, serials, err
}

// useSerial counts a card against its block; false when the block is not the kiosk's.
func (t *tx) useSerial(chain app.Chain, serial uint32) (bool, error) {
	shard, block := serial/card.ShardSize, serial%card.ShardSize/books.BlockSize
	for range 2 {
		n, err := t.do("UPDATE serial_blocks SET used = used + 1 WHERE shard = $1 AND block = $2 AND kiosk = $3 AND incarnation = $4",
			shard, block, chain.Kiosk, chain.Incarnation)
		if err != nil || n == 1 || serial == 0 {
			return n == 1 && serial != 0, err
		}
		if adopted, err := t.adoptBlock(chain, shard, block); err != nil || !adopted {
			return false, err
		}
	}
	return false, nil
}

// useMembers counts numbers against the kiosk's ranges, and says which of them it was lent.
func (t *tx) useMembers(chain app.Chain, members []app.MemberNumber) (lent map[app.MemberNumber]bool, err error) {
	numbers := map[app.MemberNumber]int64{}
	least, most := int64(math.MaxInt64), int64(0)
	for _, m := range members {
		n, err := strconv.ParseInt(string(m), 10, 64)
		if err != nil || !m.Valid() {
			continue
		}
		numbers[m], least, most = n, min(least, n), max(most, n)
	}
	type lease struct{ first, last, used int64 }
	var leases []lease
	err = t.each("SELECT first, last FROM member_ranges WHERE kiosk = $1 AND incarnation = $2 AND last >= $3 AND first <= $4",
		[]any{chain.Kiosk, chain.Incarnation, least, most}, func(scan func(...any) error) error {
			var l lease
			err := scan(&l.first, &l.last)
			leases = append(leases, l)
			return err
		})
	if err != nil {
		return nil, err
	}
	lent = map[app.MemberNumber]bool{}
	for _, m := range members {
		n, valid := numbers[m]
		if i := slices.IndexFunc(leases, func(l lease) bool { return valid && l.first <= n && n <= l.last }); i >= 0 {
			lent[m] = true
			leases[i].used++
		}
	}
	if err := t.adoptMembers(chain, numbers, lent); err != nil {
		return nil, err
	}
	for _, l := range leases {
		if err := t.must("UPDATE member_ranges SET used = used + $4 WHERE kiosk = $1 AND incarnation = $2 AND first = $3", chain.Kiosk, chain.Incarnation, l.first, l.used); err != nil {
			return nil, err
		}
	}
	return lent, nil
}

// count takes n numbers from a counter and returns the first.
func (t *tx) count(name string, start int64, n int) (int64, error) {
	if err := t.must("INSERT INTO counters (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", name, start); err != nil {
		return 0, err
	}
	var next int64
	if _, err := t.get("UPDATE counters SET value = CASE WHEN value < $3 THEN $3 ELSE value END + $2 WHERE name = $1 RETURNING value", []any{name, n, start}, &next); err != nil {
		return 0, err
	}
	if name == books.MemberNumbers {
		if err := t.reached(name, next-1); err != nil {
			return 0, err
		}
	}
	return next - int64(n), nil
}
