package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"

	"loket/app"
	"loket/app/carrier"
	"loket/app/cmd/centre"
	"loket/app/sealed"
)

// officeStickCmd takes a kiosk's stick in and lays the answers on it: the same exchange as over the
// line.
type officeStickCmd struct {
	officeData
	Dir string `arg:"" help:"post.cli.stick" type:"path"`
}

// Run may be repeated with the same stick; it changes nothing more.
func (c *officeStickCmd) Run(ctx context.Context, env *Env) error {
	return c.with(ctx, env, func(head *centre.Centre) error {
		n, refused := carrier.Served(ctx, c.Dir, intake{head})
		if refused != nil && app.CodeOf(refused) != app.StickRefused {
			return refused
		}
		if err := head.Office.Publish(ctx); err != nil {
			return err
		}
		_, err := carrier.Served(ctx, c.Dir, intake{head}) // the news that came of it
		if err != nil && app.CodeOf(err) != app.StickRefused {
			return err
		}
		return errors.Join(refused, env.Say("office.stick.served", "n", n))
	})
}

// intake is head office as a carrier sees it, without a line.
type intake struct{ head *centre.Centre }

// Enrol answers a request to be enrolled.
func (i intake) Enrol(ctx context.Context, request []byte) ([]byte, error) {
	return i.head.Office.Enrol(ctx, request)
}

// PutBatches takes consecutive batches in.
func (i intake) PutBatches(ctx context.Context, chain app.Chain, first uint64, files [][]byte) ([][]byte, error) {
	known, err := i.head.Store.Chain(ctx, chain)
	if err != nil {
		return nil, err
	}
	frames, err := i.head.Office.AtStick().DeliverAll(ctx, bytes.Join(files, nil), first, known)
	return [][]byte{frames}, err
}

// PutAttachment takes a file in.
func (i intake) PutAttachment(ctx context.Context, chain app.Chain, hash [32]byte, file []byte) ([][]byte, error) {
	known, err := i.head.Store.Chain(ctx, chain)
	if err != nil {
		return nil, err
	}
	frame, err := i.head.Office.DeliverAttachment(ctx, file, hash, known)
	return [][]byte{frame}, err
}

// Object is a published object, whole.
func (i intake) Object(ctx context.Context, _ app.Chain, hash, _ [32]byte) ([]byte, bool, error) {
	raw, err := i.head.Store.Object(ctx, hash)
	return raw, false, err
}

// Shelf names the published objects in force.
func (i intake) Shelf(ctx context.Context, chain app.Chain) ([][32]byte, error) {
	known, err := i.head.Store.Chain(ctx, chain)
	if err != nil {
		return nil, err
	}
	return i.head.Office.Shelf(ctx, known)
}

// Applied is up to where a life says that it has applied its news.
func (i intake) Applied(ctx context.Context, chain app.Chain) (sealed.Place, error) {
	return i.head.Store.Applied(ctx, chain)
}

// Feed is the news after a place.
func (i intake) Feed(ctx context.Context, chain app.Chain, ask carrier.Ask) (news carrier.News, err error) {
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
