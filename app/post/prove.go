package post

import (
	"context"

	"loket/app"
	"loket/app/office"
	"loket/app/sealed"
	"loket/app/vault"
)

// Prover proves what lies on a stick before it is kept: by the pinned roots, and with the opening key
// that only a signed-in operator's vault gives.
type Prover struct {
	chain   app.Chain
	key     sealed.OpeningKey
	judge   office.Judge
	request []byte // to be enrolled; nil none
}

// Prover gathers what a proof needs.
func (p *Post) Prover(ctx context.Context, keys vault.Secrets) (Prover, error) {
	r := Prover{chain: p.store.Chain()}
	var err error
	if r.key, err = sealed.ParseOpeningKey(keys.Opening); err != nil {
		return r, err
	}
	if r.judge, err = p.Judge(ctx); err != nil {
		return r, err
	}
	r.request, err = p.carrier.Gate.Request()
	return r, err
}

// Frame proves that a file is a frame of head office for this kiosk, of whatever number and date.
func (r Prover) Frame(file []byte) error {
	_, _, err := sealed.ProveFrame(file, r.chain, r.key, r.judge)
	return err
}

// Answer proves that a file answers this kiosk's request to be enrolled.
func (r Prover) Answer(file []byte) error {
	_, err := sealed.OpenEnrolled(file, r.request, r.chain, r.judge.Roots)
	return err
}
