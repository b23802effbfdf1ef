package headoffice

import (
	"context"
	"crypto/sha256"
	"time"

	"loket/app"
	"loket/app/office/books"
	"loket/app/sealed"
)

// TokenLife is how long an enrolment token works.
const TokenLife = 72 * time.Hour

// Invite makes an enrolment token. Head office's address must be one that the kiosk can reach.
// Two-person approval of enrolments is not asked for yet.
func (o *Office) Invite(ctx context.Context, g books.Guest, address, by string) (sealed.Token, error) {
	secret, err := sealed.NewSecret()
	if err != nil {
		return sealed.Token{}, app.Wrap("headoffice.Invite", app.Internal, err)
	}
	if g.BranchCode == "" || address == "" || g.Kiosk > 99999 {
		return sealed.Token{}, app.Fail(app.WrongUse, "value", "branch, address, kiosk")
	}
	now := o.clock.Now()
	chain, err := o.store.Invite(ctx, books.Invitation{
		Chain: app.Chain{Kiosk: g.Kiosk}, BranchCode: g.BranchCode, BranchName: g.BranchName, Label: g.Label, BranchAddress: g.BranchAddress, Stolen: g.Stolen,
		Secret: secret, Expires: now.Add(TokenLife), By: by,
	}, now)
	if err != nil {
		return sealed.Token{}, err
	}
	return sealed.Token{
		Address: address, TLSPin: o.keys.pin, Roots: o.keys.Roots(), Chain: chain, Secret: secret, Expires: now.Add(TokenLife),
		BranchCode: g.BranchCode, BranchName: g.BranchName, RecoveryKey: o.keys.recovery,
	}, nil
}

// Enrol answers a request. The request proves each of the kiosk's keys and the token's secret; the
// same request is answered with the same bytes again.
func (o *Office) Enrol(ctx context.Context, request []byte) ([]byte, error) {
	r, holds, err := sealed.OpenRequest(request)
	if err != nil {
		return nil, err
	}
	in, err := o.store.Invitation(ctx, r.Chain, holds)
	if err != nil {
		return nil, err
	}
	now := o.clock.Now()
	authority := now.Add(o.policy.Authority)
	settings := o.policy.Settings
	settings.BranchCode, settings.BranchName, settings.Authority = in.BranchCode, in.BranchName, authority.Unix()
	settings.BranchAddress, settings.Issuing = in.BranchAddress, now.Add(o.policy.Issuing).Unix()
	hash := sha256.Sum256(request)
	speaker, err := o.keys.Speaker(now)
	if err != nil {
		return nil, err
	}
	answer, err := sealed.SignEnrolled(sealed.Enrolled{
		Request: hash, Chain: r.Chain, Settings: settings, Roots: *o.keys.roots.Load(), At: now, Authority: authority,
	}, speaker)
	if err != nil {
		return nil, err
	}
	return o.store.Enrol(ctx, in, books.Enrolment{Request: r, Hash: hash, Answer: answer, At: now})
}
