package kiosk

import (
	"database/sql"
	"fmt"

	"loket/app"
	"loket/app/sealed"
)

// batches holds each sealed batch against the entries: its signed header names where it begins and ends
// in the chain, and the batch before it. No entry of a batch may be missing from it.
func (c *checking) batches() error {
	c.at = "batches"
	rows, err := c.rows(`SELECT b.number, b.first, b.last, b.identity, b.signed, e.head,
		(SELECT count(*) FROM entries n WHERE n.seq BETWEEN b.first AND b.last AND n.batch = b.number), b.receipted_at, b.receipt
		FROM batches b LEFT JOIN entries e ON e.seq = b.last ORDER BY b.number`)
	if err != nil {
		return err
	}
	var before batchRow
	_, err = collect("kiosk.batches", rows, func(row scanner) (none, error) {
		next, err := c.batch(row, before)
		before = next
		return none{}, err
	})
	for number := range c.told.sealed {
		c.found(app.JournalRowDiffers, "batches/%d", number) // told of, and no row
	}
	return err
}

func (c *checking) batch(row scanner, before batchRow) (batchRow, error) {
	var number, first, last, held, receipted sql.NullInt64
	var identity, signed, head, receipt []byte
	if err := row.Scan(&number, &first, &last, &identity, &signed, &head, &held, &receipted, &receipt); err != nil {
		return before, err
	}
	c.Batches++
	c.at = fmt.Sprintf("batches/%d", number.Int64)
	is := batchRow{number: uint64(number.Int64), first: uint64(first.Int64), last: uint64(last.Int64)}
	copy(is.identity[:], identity)
	was, ok := c.told.sealed[is.number]
	delete(c.told.sealed, is.number)
	h, err := sealed.ParseHeader(signed, c.told.deviceOf(is.first).key)
	whole := err == nil && ok && h.Chain == c.Chain() && h.Number == is.number && h.First == is.first && h.Last == is.last &&
		is.number == before.number+1 && is.first == before.last+1 && h.Previous == before.identity &&
		string(head) == string(h.HeadAfter[:]) && h.Identity == is.identity &&
		was.First == is.first && was.Last == is.last && string(was.Identity) == string(identity) &&
		uint64(held.Int64) == is.last-is.first+1 && receipted.Valid == (receipt != nil)
	if !whole {
		c.found(app.JournalRowDiffers, "batches/%d", number.Int64)
	}
	return is, nil
}
