package post

import (
	"context"
	"errors"

	"loket/app"
	"loket/app/sealed"
	"loket/app/vault"
)

// Stage is how far the enrolment has come.
type Stage string

// The stages.
const (
	NotAsked Stage = "not_asked" // no token
	Asked    Stage = "asked"     // the request waits for its answer
	Enrolled Stage = "enrolled"
)

// Welcome reads an enrolment token and keeps it and the roots that it pins. It fails with token.bad,
// token.expired, or post.other_kiosk when this folder holds another kiosk's journal. A second token
// takes the place of the first as long as the kiosk is not enrolled.
func (p *Post) Welcome(ctx context.Context, text string) (sealed.Token, error) {
	t, err := sealed.ParseToken(text)
	if err != nil {
		return t, err
	}
	now, err := p.store.KnownTime(ctx)
	if err != nil {
		return t, err
	}
	chain := p.store.Chain()
	switch {
	case !now.Before(t.Expires):
		return t, app.Fail(app.TokenExpired)
	case chain.Kiosk == t.Chain.Kiosk && chain.Incarnation < t.Chain.Incarnation:
		return t, nil // the next life of this kiosk: it is kept once that has begun
	case chain != (app.Chain{}) && chain != t.Chain:
		return t, app.Fail(app.PostOtherKiosk, "kiosk", t.Chain)
	}
	same, err := t.Text()
	if err != nil {
		return t, err
	}
	return t, p.keepToken(ctx, t, same)
}

func (p *Post) keepToken(ctx context.Context, t sealed.Token, text string) error {
	before, err := p.store.Setting(ctx, settingToken)
	if err != nil || string(before) == text {
		return err
	}
	if enrolled, err := p.store.Address(ctx); err != nil || len(enrolled) > 0 {
		return err
	}
	if err := p.carrier.Gate.Forget(); err != nil { // it proved another secret
		return err
	}
	var roots []byte
	for _, r := range t.Roots {
		roots = append(roots, r[:]...)
	}
	if err := p.store.PutSetting(ctx, settingRoots, roots); err != nil {
		return err
	}
	return p.store.PutSetting(ctx, settingToken, []byte(text))
}

// Enrol goes on with the enrolment from wherever it stands: it makes the request once, takes in the
// answer when one has come, and otherwise waits for the carrier. Called again after a crash at any
// point it does what is left; head office answers the same request with the same answer.
func (p *Post) Enrol(ctx context.Context, keys vault.Secrets) (Stage, error) {
	if to, err := p.store.Address(ctx); err != nil || len(to) > 0 {
		return Enrolled, err
	}
	request, err := p.request(ctx, keys)
	if err != nil || request == nil {
		return NotAsked, err
	}
	answer, err := p.carrier.Gate.Answer()
	if err != nil || answer == nil {
		return Asked, err
	}
	roots, err := p.Roots(ctx)
	if err != nil {
		return Asked, err
	}
	e, err := sealed.OpenEnrolled(answer, request, p.store.Chain(), roots)
	if err == nil && len(e.By.HPKEKey) == 0 {
		err = app.Fail(app.EnrolRefused)
	}
	if err != nil { // not the answer to this request: a better one may come
		return Asked, errors.Join(err, p.carrier.Gate.DropAnswer())
	}
	if err := p.store.ApplyEnrolled(ctx, e); err != nil {
		return Asked, err
	}
	return Enrolled, p.store.PutSetting(ctx, settingToken, nil)
}

// EnrolNow is Enrol that asks head office over the line at once, while somebody waits before the
// screen.
func (p *Post) EnrolNow(ctx context.Context, keys vault.Secrets) (Stage, error) {
	stage, err := p.Enrol(ctx, keys)
	if err != nil || stage != Asked {
		return stage, err
	}
	if err := p.carrier.Gate.Send(ctx); err != nil {
		return stage, err
	}
	return p.Enrol(ctx, keys)
}

// request is the one that was made before, or a new one from the token; nil without a token.
func (p *Post) request(ctx context.Context, keys vault.Secrets) ([]byte, error) {
	if kept, err := p.carrier.Gate.Request(); err != nil || kept != nil {
		return kept, err
	}
	text, err := p.store.Setting(ctx, settingToken)
	if err != nil || len(text) == 0 {
		return nil, err
	}
	t, err := sealed.ParseToken(string(text))
	if err != nil {
		return nil, err
	}
	request, err := p.compose(t, keys)
	if err != nil {
		return nil, err
	}
	return request, p.carrier.Gate.KeepRequest(t, request)
}

func (p *Post) compose(t sealed.Token, keys vault.Secrets) ([]byte, error) {
	transport, public, err := p.carrier.Gate.TransportKey()
	if err != nil {
		return nil, err
	}
	opening, err := sealed.ParseOpeningKey(keys.Opening)
	if err != nil {
		return nil, err
	}
	r := sealed.Request{Chain: t.Chain, At: p.clock.Now(), Keys: sealed.KioskKeys{
		Device: vault.Public(keys.Device), Issuing: vault.Public(keys.Issuing),
		Opening: opening.Public(), Transport: public,
	}}
	return sealed.SignRequest(r, t.Secret, keys.Device, keys.Issuing, transport)
}
