package post_test

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"testing"
	"time"

	"loket/app"
	"loket/app/carrier"
	"loket/app/cose"
	"loket/app/journal"
	"loket/app/office"
	"loket/app/sealed"
	"loket/app/vault"
)

// pusat is a small head office on app/sealed alone: it keeps what it took, once, and answers.
type pusat struct {
	clock   app.Clock
	root    ed25519.PrivateKey
	key     ed25519.PrivateKey
	cert    []byte
	address sealed.OpeningKey

	chain    app.Chain
	device   ed25519.PublicKey
	opening  []byte
	epoch    uint64
	frames   [][]byte
	told     []sealed.Frame // as they were first said
	previous [32]byte

	receipts map[uint64][]byte // by number of the batch
	known    map[uint64]sealed.Identity
	waiting  map[uint64]*sealed.Batch // came before its turn
	entries  []journal.Entry          // applied, in order
	head     journal.Head
	applied  uint64
	pictures map[[32]byte][]byte // receipts
}

func newPusat(t testing.TB, clock app.Clock, chain app.Chain, keys vault.Secrets) *pusat {
	t.Helper()
	opening, err := sealed.ParseOpeningKey(keys.Opening)
	if err != nil {
		t.Fatal(err)
	}
	p := &pusat{
		epoch: 1, clock: clock, root: vault.NewSigner(), key: vault.NewSigner(), chain: chain,
		device: vault.Public(keys.Device), opening: opening.Public(),
		receipts: map[uint64][]byte{}, known: map[uint64]sealed.Identity{}, waiting: map[uint64]*sealed.Batch{}, pictures: map[[32]byte][]byte{},
	}
	p.head = journal.Genesis(chain, p.device)
	p.renew(t)
	return p
}

// renew gives head office another key that batches are sealed to; the old one is destroyed.
func (p *pusat) renew(t testing.TB) {
	t.Helper()
	var err error
	if p.address, err = sealed.NewOpeningKey(); err != nil {
		t.Fatal(err)
	}
	p.certify(t, p.clock.Now().AddDate(100, 0, 0))
}

// certify gives head office's key another certificate, until a moment.
func (p *pusat) certify(t testing.TB, until time.Time) {
	t.Helper()
	var err error
	p.cert, err = office.IssueCertificate(p.root, office.Certificate{
		Epoch: 1, Key: vault.Public(p.key), HPKEKey: p.address.Public(),
		Uses: office.ForReceipts | office.ForFeed | office.ForTrust | office.ForStatus,
		From: p.clock.Now().Add(-time.Hour), Until: until,
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (p *pusat) roots() office.Roots { return office.Roots{office.FingerprintOf(vault.Public(p.root))} }

func (p *pusat) tell(kind sealed.FrameKind, batch uint64, content []byte) ([]byte, error) {
	return p.again(sealed.Frame{Kind: kind, Batch: batch, Content: content})
}

func (p *pusat) again(f sealed.Frame) ([]byte, error) {
	f.Chain, f.Epoch, f.Number, f.Previous = p.chain, p.epoch, uint64(len(p.frames)+1), p.previous
	f.Issued, f.Expires = p.clock.Now(), p.clock.Now().Add(1000*time.Hour)
	file, hash, err := sealed.SealFrame(f, sealed.Speaker{Certificate: p.cert, Key: p.key}, p.opening)
	if err == nil {
		p.frames, p.previous = append(p.frames, file), hash
		if f.First == [32]byte{} {
			f.First = hash
		}
		p.told = append(p.told, f)
	}
	return file, err
}

// beginAnew begins the feed in its next epoch and says everything again: head office knows nothing of
// what was applied. What was said long ago is enclosed, as of the time before contents were kept.
func (p *pusat) beginAnew(enclosed int) error {
	told, frames := p.told, p.frames
	p.epoch++
	p.told, p.frames = nil, nil
	var err error
	if p.previous, err = sealed.FeedGenesis(p.chain, p.epoch); err != nil {
		return err
	}
	for i, f := range told {
		receipt := f.Kind == sealed.FrameReceipt
		if i < enclosed && f.Epoch == 1 && !receipt {
			f.Enclosed, f.Content = true, frames[i]
		}
		if receipt {
			if f.Content, err = sealed.SignReceiptAgain(f.Content, p.key); err != nil {
				return err
			}
		}
		file, err := p.again(f)
		if err != nil {
			return err
		}
		if receipt {
			p.lead(frames[i], file)
		}
	}
	return nil
}

// lead makes the receipt of a batch or a picture the frame that now says it.
func (p *pusat) lead(before, now []byte) {
	for n, file := range p.receipts {
		if string(file) == string(before) {
			p.receipts[n] = now
		}
	}
	for hash, file := range p.pictures {
		if string(file) == string(before) {
			p.pictures[hash] = now
		}
	}
}

func (p *pusat) say(kind sealed.FrameKind, content any) error {
	b, err := cose.Marshal(content)
	if err == nil {
		_, err = p.tell(kind, 0, b)
	}
	return err
}

// Enrol is not asked for in these tests.
func (p *pusat) Enrol(context.Context, []byte) ([]byte, error) {
	return nil, app.Fail(app.EnrolRefused)
}

// PutBatches takes batches in, in whatever order they come.
func (p *pusat) PutBatches(_ context.Context, chain app.Chain, first uint64, files [][]byte) ([][]byte, error) {
	var out [][]byte
	for i, file := range files {
		b, err := sealed.OpenBatch(file, p.address, p.device)
		if err != nil && len(out) > 0 {
			return out, nil
		}
		if err != nil {
			return out, app.Fail(app.LineRefused, "reason", string(app.CodeOf(err)))
		}
		if b.Header.Number != first+uint64(i) || b.Header.Chain != chain {
			return out, app.Fail(app.LineRefused, "reason", "headoffice.other_path")
		}
		receipt, err := p.take(b)
		if err != nil {
			return out, err
		}
		out = append(out, receipt)
	}
	return out, nil
}

func (p *pusat) take(b *sealed.Batch) ([]byte, error) {
	n := b.Header.Number
	if before, ok := p.known[n]; ok {
		if before != b.Identity {
			return nil, fmt.Errorf("clone alarm: batch %d has two identities", n)
		}
		return p.receipts[n], nil
	}
	content, err := sealed.SignReceipt(sealed.Receipt{
		Identity: b.Identity, ReceivedAt: p.clock.Now(), LogIndex: uint64(len(p.known) + 1),
		Verdicts: sealed.Verdicts{First: b.Header.First, Last: b.Header.Last},
	}, p.key)
	if err != nil {
		return nil, err
	}
	receipt, err := p.tell(sealed.FrameReceipt, n, content)
	if err != nil {
		return nil, err
	}
	p.known[n], p.receipts[n], p.waiting[n] = b.Identity, receipt, b
	return receipt, p.applyInOrder()
}

func (p *pusat) applyInOrder() error {
	for {
		b, ok := p.waiting[p.applied+1]
		if !ok {
			return nil
		}
		if b.Header.HeadBefore != p.head {
			return fmt.Errorf("batch %d does not continue the chain", b.Header.Number)
		}
		for _, it := range b.Items {
			p.entries = append(p.entries, it.Entry)
			if it.Entry.Kind != journal.RegistrationCaptured {
				continue
			}
			err := p.say(sealed.FrameDecision, journal.DecisionBody{
				Kiosk: p.chain.Kiosk, Incarnation: p.chain.Incarnation, Seq: it.Entry.Seq,
				Outcome: journal.OutcomeAccepted, Member: fmt.Sprintf("%011d", 26_100_000_000+it.Entry.Seq), At: p.clock.Now().UnixMilli(),
			})
			if err != nil {
				return err
			}
		}
		p.head, p.applied = b.Header.HeadAfter, b.Header.Number
	}
}

// PutAttachment takes a file in.
func (p *pusat) PutAttachment(_ context.Context, chain app.Chain, hash [32]byte, file []byte) ([][]byte, error) {
	from, is, plain, err := sealed.OpenAttachment(file, p.address)
	if err != nil || from != chain || is != hash || sha256.Sum256(plain) != hash {
		return nil, app.Fail(app.LineRefused, "reason", string(app.CodeOf(err)))
	}
	if receipt, ok := p.pictures[hash]; ok {
		return [][]byte{receipt}, nil
	}
	content, err := sealed.SignReceipt(sealed.Receipt{Identity: hash, ReceivedAt: p.clock.Now(), LogIndex: 1}, p.key)
	if err != nil {
		return nil, err
	}
	p.pictures[hash], err = p.tell(sealed.FrameReceipt, 0, content)
	return [][]byte{p.pictures[hash]}, err
}

// Object is nothing: this head office publishes none.
func (p *pusat) Object(context.Context, app.Chain, [32]byte, [32]byte) ([]byte, bool, error) {
	return nil, false, app.Fail(app.LineRefused, "reason", string(app.NotFound))
}

// Shelf is empty.
func (p *pusat) Shelf(context.Context, app.Chain) ([][32]byte, error) { return nil, nil }

// Applied knows nothing.
func (p *pusat) Applied(context.Context, app.Chain) (sealed.Place, error) {
	return sealed.BeforeAll, nil
}

// Feed answers some of the frames at a time.
func (p *pusat) Feed(_ context.Context, _ app.Chain, ask carrier.Ask) (carrier.News, error) {
	from := 0
	if ask.After.Epoch == p.epoch {
		from = min(int(ask.After.Number), len(p.frames)) //nolint:gosec // small numbers
	}
	return carrier.News{Frames: p.frames[from:min(from+5, len(p.frames))]}, nil
}
