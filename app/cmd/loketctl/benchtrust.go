package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/office"
	"loket/app/vault"
	"loket/assets"
)

// What a phone fetches to check a card of a country: 5,000 kiosks, 60,000 keys that they had before, 10
// million cards.
const (
	firstVisitTarget = 400_000 // bytes, with the page itself
	laterVisitTarget = 20_000  // bytes of lists, a day later
)

// country is the lists of one, as large as they get, and the card that the phone has at hand: of a key that
// was replaced.
type country struct {
	r      *rand.Rand
	kiosks int
	keys   []card.Key
	names  map[string]string
	shard  *card.Shard
	marks  []card.CardMark
	hand   app.Serial
	maker  ed25519.PublicKey
	office ed25519.PrivateKey
	cert   []byte
	now    time.Time
}

// benchTrust counts bytes; they are the same on every machine.
func benchTrust(_ context.Context, b *bench) ([]figure, error) {
	kiosks, former := 5000, 60_000
	if b.quick {
		kiosks, former = 500, 6000
	}
	c, err := newCountry(b.now(), kiosks, former)
	if err != nil {
		return nil, err
	}
	first, err := c.publish(7)
	if err != nil {
		return nil, err
	}
	page, err := pageSize()
	if err != nil {
		return nil, err
	}
	fetched, err := first.fetch(c, nil)
	if err != nil {
		return nil, err
	}
	c.aDayPasses()
	next, err := c.publish(8)
	if err != nil {
		return nil, err
	}
	again, err := next.fetch(c, first)
	if err != nil {
		return nil, err
	}
	detail := map[string]float64{"kiosks": float64(kiosks), "former": float64(former), "page": float64(page), "objects": float64(len(first.trust))}
	return []figure{
		figureOf("trust_first", "bytes", firstVisitTarget, float64(page+fetched), detail),
		figureOf("trust_later", "bytes", laterVisitTarget, float64(again), nil),
	}, nil
}

func newCountry(now time.Time, kiosks, former int) (*country, error) {
	c := &country{r: rand.New(rand.NewPCG(7, 11)), kiosks: kiosks, names: map[string]string{}, shard: card.NewShard(3), now: now.Truncate(time.Second)}
	root := vault.NewSigner()
	c.office = vault.NewSigner()
	var err error
	if c.cert, err = office.IssueCertificate(root, office.Certificate{
		Epoch: 1, Key: vault.Public(c.office), Uses: office.ForTrust | office.ForStatus, From: c.now.AddDate(0, 0, -1), Until: c.now.AddDate(1, 0, 0),
	}); err != nil {
		return nil, err
	}
	for i := range 125 {
		c.names[fmt.Sprintf("K%03d", i)] = fmt.Sprintf("Kantor Cabang Kabupaten Contoh %03d", i)
	}
	for i := range kiosks {
		k := card.Key{Public: c.key(), Kiosk: app.Kiosk(i + 1), Life: 3, Branch: fmt.Sprintf("K%03d", i%125)}
		k.From, k.Until, k.VerifyUntil = c.now.AddDate(0, -1, 0), c.now.AddDate(1, 0, 0), c.now.AddDate(11, 0, 0)
		for range 2000 / 64 { // 10 million cards in blocks of 64, anywhere
			first := app.Serial(1+c.r.IntN(16*card.ShardSize/64)) * 64
			k.Serials = append(k.Serials, card.SerialRange{First: first, Last: first + 63})
		}
		c.keys = append(c.keys, withoutOverlaps(k))
	}
	for i := range former {
		c.keys = append(c.keys, card.Key{Public: c.key(), Kiosk: app.Kiosk(i%kiosks + 1), Life: 2, Replaced: c.now.AddDate(0, -1, -i%3000)})
	}
	c.maker, c.hand = c.keys[len(c.keys)-1].Public, 3*card.ShardSize+70_000
	return c, c.fillShard()
}

// fillShard has four of five serials in use, and marks on most of them.
func (c *country) fillShard() error {
	for i := range uint32(card.ShardSize) {
		serial := app.Serial(3*card.ShardSize + i)
		if c.r.IntN(5) == 0 && serial != c.hand {
			continue
		}
		status := card.Active
		switch n := c.r.IntN(20); {
		case n < 2:
			status = card.Inactive
		case n < 3:
			status = card.Invalid
		}
		if err := c.shard.Set(serial, status); err != nil {
			return err
		}
		var m card.CardMark
		m.Serial = serial
		binary.BigEndian.PutUint64(m.Mark[:], c.r.Uint64())
		c.marks = append(c.marks, m)
	}
	return nil
}

// aDayPasses: kiosks change keys and windows on every page, one serial of a hundred changes its status, and
// other pages of marks grow.
func (c *country) aDayPasses() {
	for range 3 * c.kiosks / 5 {
		c.keys = append(c.keys, card.Key{Public: c.key(), Kiosk: 1, Life: 2, Replaced: c.now})
	}
	for range card.ShardSize / 100 {
		serial := app.Serial(3*card.ShardSize + 1 + c.r.IntN(card.ShardSize-1))
		if err := c.shard.Set(serial, card.Status(c.r.IntN(3))); err != nil {
			return
		}
	}
	c.marks = c.marks[200:]
	c.now = c.now.Add(24 * time.Hour)
}

func (c *country) key() ed25519.PublicKey {
	var seed [8]byte
	binary.BigEndian.PutUint64(seed[:], c.r.Uint64())
	sum := sha256.Sum256(seed[:]) // nobody signs with it
	return sum[:]
}

// published is a version of the lists in force.
type published struct {
	head, status []byte
	trust, marks map[[32]byte][]byte
}

func (c *country) publish(seq uint64) (*published, error) {
	list := card.TrustList{Epoch: 1, Seq: seq, Issued: c.now, NextUpdate: c.now.AddDate(0, 0, 7), Branches: c.names, Keys: c.keys, Certificate: c.cert}
	status := card.StatusList{Epoch: 1, Seq: seq, Issued: c.now, Expires: c.now.AddDate(0, 0, 7), Shard: c.shard.Clone(), Marks: c.marks, Certificate: c.cert}
	p := &published{trust: map[[32]byte][]byte{}, marks: map[[32]byte][]byte{}}
	var parts [][]byte
	var err error
	if p.head, parts, err = list.Pack(c.office); err != nil {
		return nil, err
	}
	for _, part := range parts {
		p.trust[sha256.Sum256(part)] = part
	}
	if p.status, parts, err = status.Pack(c.office); err != nil {
		return nil, err
	}
	for _, part := range parts {
		p.marks[sha256.Sum256(part)] = part
	}
	return p, nil
}

// fetch counts what a phone that holds an earlier version downloads for the card at hand.
func (p *published) fetch(c *country, held *published) (int, error) {
	size, err := squeezedSize(p.head)
	if err != nil {
		return 0, err
	}
	status := p.status
	if held != nil {
		if status, err = card.Patch(held.status, p.status); err != nil {
			return 0, err
		}
	}
	objects := [][]byte{status}
	for _, part := range p.way(c) {
		if held == nil || held.trust[sha256.Sum256(part)] == nil && held.marks[sha256.Sum256(part)] == nil {
			objects = append(objects, part)
		}
	}
	for _, o := range objects {
		n, err := squeezedSize(o)
		if err != nil {
			return 0, err
		}
		size += n
	}
	return size, nil
}

// way is what leads to the card at hand: names, indexes, the page of its key and that of its mark.
func (p *published) way(c *country) (way [][]byte) {
	var to func(at map[[32]byte][]byte, named [][32]byte, found func([]byte) bool) bool
	to = func(at map[[32]byte][]byte, named [][32]byte, found func([]byte) bool) bool {
		for _, hash := range named {
			if found(at[hash]) || to(at, card.PartsOf(at[hash]), found) {
				way = append(way, at[hash])
				return true
			}
		}
		return false
	}
	named := card.PartsOf(p.head)
	way = append(way, p.trust[named[0]]) // names
	to(p.trust, named[1:], func(o []byte) bool { return bytes.Contains(o, c.maker) })
	mark := c.marks[len(c.marks)/2]
	for _, m := range c.marks {
		if m.Serial == c.hand {
			mark = m
		}
	}
	to(p.marks, card.PartsOf(p.status), func(o []byte) bool { return bytes.Contains(o, mark.Mark[:]) })
	return way
}

func squeezedSize(b []byte) (int, error) {
	var packed bytes.Buffer
	g := gzip.NewWriter(&packed)
	if _, err := g.Write(b); err != nil {
		return 0, app.Wrap("loketctl.bench", app.Internal, err)
	}
	if err := g.Close(); err != nil {
		return 0, app.Wrap("loketctl.bench", app.Internal, err)
	}
	return min(packed.Len(), len(b)), nil
}

// pageSize is the verify page as it travels.
func pageSize() (size int, err error) {
	for _, name := range []string{"index.html", "verify.css", "verify.js", "sw.js"} {
		b, err := fs.ReadFile(assets.VerifyPage, "web/verify/"+name)
		if err != nil {
			return 0, app.Wrap("loketctl.bench", app.Internal, err)
		}
		n, err := squeezedSize(b)
		if err != nil {
			return 0, err
		}
		size += n
	}
	return size, nil
}

// withoutOverlaps keeps of ranges that were drawn at random those that follow one another.
func withoutOverlaps(k card.Key) card.Key {
	taken := map[app.Serial]bool{}
	kept := k.Serials[:0]
	for _, r := range k.Serials {
		if !taken[r.First] {
			taken[r.First] = true
			kept = append(kept, r)
		}
	}
	k.Serials = kept
	return k
}
