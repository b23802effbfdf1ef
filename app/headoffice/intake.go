package headoffice

import (
	"context"

	"loket/app"
	"loket/app/cose"
	"loket/app/office/books"
	"loket/app/sealed"
)

// maxBatches is how many consecutive batches one request may hold.
const maxBatches = 4

// Deliver takes one batch file of a chain in and returns its receipt frame. It is the same for a
// request and for a USB stick.
func (o *Office) Deliver(ctx context.Context, file []byte, number uint64, chain books.Chain) ([]byte, error) {
	d, err := o.prove(ctx, file, number, chain)
	if err != nil {
		return nil, err
	}
	return o.store.Take(ctx, d)
}

// AtStick is head office for what comes by stick: a kiosk's whole outbox may wait for what is missing
// before it, not only some batches.
func (o *Office) AtStick() *Office {
	at := *o
	at.stick = true
	return &at
}

// prove opens a batch file, shows that it is what it says, and works out what can be before its turn
// comes.
func (o *Office) prove(ctx context.Context, file []byte, number uint64, chain books.Chain) (d books.Delivery, err error) {
	switch why := chain.Stopped(); why {
	case "":
		return o.opened(ctx, file, number, chain)
	case app.OfficeRevoked:
		return d, o.setAside(ctx, file, number, chain)
	default:
		return d, app.Fail(why)
	}
}

// opened opens a batch file and shows that it is what it says.
func (o *Office) opened(ctx context.Context, file []byte, number uint64, chain books.Chain) (d books.Delivery, err error) {
	out, err := sealed.PeekBatch(file)
	if err != nil {
		return d, err
	}
	if out.Chain != chain.Chain {
		return d, app.Fail(app.PostOtherKiosk, "kiosk", out.Chain)
	}
	if out.Number != number {
		return d, app.Fail(app.OfficeOtherPath)
	}
	key, err := o.keys.openingFor(out.Recipient)
	if err != nil {
		return d, err
	}
	batch, err := o.openBatch(ctx, file, key, chain)
	if err != nil {
		return d, err
	}
	d = books.Delivery{Batch: batch, Raw: file, At: o.clock.Now(), Stick: o.stick}
	return d, o.store.Prepare(&d)
}

// openBatch proves a batch by the kiosk's device key: the present one, one that it replaced, for what
// was made then, or one that came with a batch just before this one.
func (o *Office) openBatch(ctx context.Context, file []byte, key sealed.OpeningKey, chain books.Chain) (*sealed.Batch, error) {
	batch, err := byDeviceKeys(file, key, chain)
	if app.CodeOf(err) != app.CoseSignature {
		return batch, err
	}
	now, lookErr := o.store.Chain(ctx, chain.Chain)
	if lookErr != nil || now.Device.Equal(chain.Device) {
		return nil, err
	}
	return byDeviceKeys(file, key, now)
}

func byDeviceKeys(file []byte, key sealed.OpeningKey, chain books.Chain) (*sealed.Batch, error) {
	batch, err := sealed.OpenBatch(file, key, chain.Device)
	if app.CodeOf(err) != app.CoseSignature || len(chain.Former) == 0 {
		return batch, err
	}
	signer, unread := sealed.SignerOf(file, key)
	if unread != nil {
		return nil, err
	}
	for _, f := range chain.Former {
		if cose.KeyIDOf(f.Device) != signer {
			continue
		}
		before, failed := sealed.OpenBatch(file, key, f.Device)
		if failed == nil && before.Header.Last <= f.Through {
			batch, err = before, nil
		}
	}
	return batch, err
}

// DeliverAll takes a CBOR sequence of up to four consecutive batches and answers their receipt
// frames as a sequence. What was taken before one is refused stays taken: its receipts are the
// answer, and the sender meets the refusal when it sends the rest again.
func (o *Office) DeliverAll(ctx context.Context, body []byte, first uint64, chain books.Chain) ([]byte, error) {
	files, err := sequence(body)
	if err != nil {
		return nil, err
	}
	ahead := o.proveAhead(ctx, files, first, chain)
	var receipts []byte
	for i, file := range files {
		p := <-ahead[i]
		if p.err != nil && i > 0 { // the batch before may have brought the key that signed this one
			p.d, p.err = o.prove(ctx, file, first+uint64(i), chain)
		}
		receipt, err := []byte(nil), p.err
		if err == nil {
			receipt, err = o.store.Take(ctx, p.d)
		}
		if err != nil && len(receipts) > 0 {
			o.log.Warn("batch refused", "kiosk", chain.Kiosk.Digits(), "number", first+uint64(i), "code", app.CodeOf(err))
			return receipts, nil
		}
		if err != nil {
			return nil, err
		}
		receipts = append(receipts, receipt...)
	}
	return receipts, nil
}

// proven is a batch file that was looked at before its turn.
type proven struct {
	d   books.Delivery
	err error
}

// proveAhead looks at all files at once, so that the books are written to while the next batch is
// still being proven.
func (o *Office) proveAhead(ctx context.Context, files [][]byte, first uint64, chain books.Chain) []chan proven {
	ahead := make([]chan proven, len(files))
	for i := range ahead {
		ahead[i] = make(chan proven, 1)
	}
	go func() {
		for i, file := range files {
			d, err := o.prove(ctx, file, first+uint64(i), chain)
			ahead[i] <- proven{d, err}
		}
	}()
	return ahead
}

func sequence(body []byte) (files [][]byte, err error) {
	for rest := body; len(rest) > 0; {
		var file []byte
		if file, rest, err = cose.First(rest); err != nil {
			return nil, &app.Error{Code: app.PostMalformed, Op: "headoffice.sequence", Err: err}
		}
		if files = append(files, file); len(files) > maxBatches {
			return nil, app.Fail(app.OfficeTooMuch)
		}
	}
	if len(files) == 0 {
		return nil, app.Fail(app.PostMalformed)
	}
	return files, nil
}

// DeliverAttachment takes a sealed file in and returns its receipt frame.
func (o *Office) DeliverAttachment(ctx context.Context, file []byte, hash [32]byte, chain books.Chain) ([]byte, error) {
	if why := chain.Stopped(); why != "" {
		return nil, app.Fail(why)
	}
	var opened *books.Attachment
	for _, key := range o.keys.openings() { // few: the present key and those not yet destroyed
		from, is, plain, err := sealed.OpenAttachment(file, key)
		if err != nil && app.CodeOf(err) != app.PostChanged {
			return nil, err
		}
		if err == nil {
			opened = &books.Attachment{Chain: from, Hash: is, Plain: plain, At: o.clock.Now()}
			break
		}
	}
	switch {
	case opened == nil:
		return nil, app.Fail(app.OfficeUnknownKey)
	case opened.Chain != chain.Chain:
		return nil, app.Fail(app.PostOtherKiosk, "kiosk", opened.Chain)
	case opened.Hash != hash:
		return nil, app.Fail(app.PostHashDiffers)
	}
	return o.store.TakeAttachment(ctx, *opened)
}
