package desk_test

import (
	"bytes"
	"context"
	"encoding/hex"

	"loket/app"
	"loket/app/carrier"
	"loket/app/cmd/centre"
	"loket/app/sealed"
)

// counterOf is head office as a carrier sees it, without a line.
type counterOf struct{ head *centre.Centre }

// Enrol answers a request to be enrolled.
func (i counterOf) Enrol(ctx context.Context, request []byte) ([]byte, error) {
	return i.head.Office.Enrol(ctx, request)
}

// PutBatches takes consecutive batches in.
func (i counterOf) PutBatches(ctx context.Context, chain app.Chain, first uint64, files [][]byte) ([][]byte, error) {
	known, err := i.head.Store.Chain(ctx, chain)
	if err != nil {
		return nil, err
	}
	frames, err := i.head.Office.AtStick().DeliverAll(ctx, bytes.Join(files, nil), first, known)
	return [][]byte{frames}, err
}

// PutAttachment takes a file in.
func (i counterOf) PutAttachment(ctx context.Context, chain app.Chain, hash [32]byte, file []byte) ([][]byte, error) {
	known, err := i.head.Store.Chain(ctx, chain)
	if err != nil {
		return nil, err
	}
	frame, err := i.head.Office.DeliverAttachment(ctx, file, hash, known)
	return [][]byte{frame}, err
}

// Object is a published object, whole.
func (i counterOf) Object(ctx context.Context, _ app.Chain, hash, _ [32]byte) ([]byte, bool, error) {
	raw, err := i.head.Store.Object(ctx, hash)
	return raw, false, err
}

// Shelf names the published objects in force.
func (i counterOf) Shelf(ctx context.Context, chain app.Chain) ([][32]byte, error) {
	known, err := i.head.Store.Chain(ctx, chain)
	if err != nil {
		return nil, err
	}
	return i.head.Office.Shelf(ctx, known)
}

// Applied is up to where a life says that it has applied its news.
func (i counterOf) Applied(ctx context.Context, chain app.Chain) (sealed.Place, error) {
	return i.head.Store.Applied(ctx, chain)
}

// Feed is the news after a place.
func (i counterOf) Feed(ctx context.Context, chain app.Chain, ask carrier.Ask) (news carrier.News, err error) {
	known, err := i.head.Store.Chain(ctx, chain)
	if err != nil {
		return news, err
	}
	if news.Frames, _, err = i.head.Office.News(ctx, known, ask.After, 4<<20); err != nil || len(ask.Nonce) == 0 {
		return news, err
	}
	news.Time, err = i.head.Office.Time(chain, hex.EncodeToString(ask.Nonce))
	return news, err
}
