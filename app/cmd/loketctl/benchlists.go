package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"os"
	"path/filepath"

	"loket/app"
	"loket/app/cmd/centre"
	"loket/app/office/books"
	"loket/app/sealed"
	"loket/app/vault"
)

// What a list costs: however many kiosks there are, its bytes stand once.
const (
	versionTarget   = 1.0 // MB in all, one version told to every kiosk
	enrolmentTarget = 1.2 // times: a late enrolment against an early one
)

// benchPublished enrols kiosks one after another, each with the lists that fall due, then publishes one more
// version and tells it to all of them.
func benchPublished(ctx context.Context, b *bench) ([]figure, error) {
	kiosks := 300
	if b.quick {
		kiosks = 40
	}
	p := publishing{dir: filepath.Join(b.dir, "published")}
	if err := p.open(ctx); err != nil {
		return nil, err
	}
	times, err := p.enrolAll(ctx, kiosks)
	if err != nil {
		return nil, errors.Join(err, p.close(ctx))
	}
	early, late := median(times[20:30]), median(times[len(times)-10:])
	figures := []figure{figureOf("enrolment", "times", enrolmentTarget, late/early, map[string]float64{"kiosks": float64(kiosks), "early_ms": early, "late_ms": late})}
	grown, whole, err := p.version(ctx)
	if err = errors.Join(err, p.close(ctx)); err != nil {
		return nil, err
	}
	return append(figures, figureOf("version", "MB", versionTarget, grown, map[string]float64{"kiosks": float64(kiosks), "list_kb": whole})), nil
}

// publishing is a head office with its kiosks' chains.
type publishing struct {
	dir    string
	head   *centre.Centre
	chains []app.Chain
}

func (p *publishing) open(ctx context.Context) (err error) {
	p.head, err = centre.Open(ctx, centre.Options{Data: p.dir})
	return err
}

func (p *publishing) close(ctx context.Context) error { return p.head.Stop(ctx) }

func (p *publishing) enrolAll(ctx context.Context, kiosks int) (times []float64, err error) {
	for range kiosks {
		token, request, err := p.asks(ctx)
		if err != nil {
			return nil, err
		}
		took, err := timed(func() error {
			if _, err := p.head.Office.Enrol(ctx, request); err != nil {
				return err
			}
			if err := p.head.Office.PublishDue(ctx); err != nil {
				return err
			}
			return p.news(ctx, token.Chain)
		})
		if err != nil {
			return nil, err
		}
		times, p.chains = append(times, took), append(p.chains, token.Chain)
	}
	return times, nil
}

// asks is a kiosk with fresh keys that asks to be taken in.
func (p *publishing) asks(ctx context.Context) (sealed.Token, []byte, error) {
	token, err := p.head.Office.Invite(ctx, books.Guest{BranchCode: "K06", BranchName: "Kantor Cabang Contoh"}, "https://pusat.contoh.id:8443", "bench")
	if err != nil {
		return token, nil, err
	}
	opening, err := sealed.NewOpeningKey()
	if err != nil {
		return token, nil, err
	}
	transport, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return token, nil, app.Wrap("bench.published", app.Internal, err)
	}
	public, err := x509.MarshalPKIXPublicKey(&transport.PublicKey)
	if err != nil {
		return token, nil, app.Wrap("bench.published", app.Internal, err)
	}
	device, issuing := vault.NewSigner(), vault.NewSigner()
	request, err := sealed.SignRequest(sealed.Request{Chain: token.Chain, At: app.SystemClock{}.Now(), Keys: sealed.KioskKeys{
		Device: vault.Public(device), Issuing: vault.Public(issuing), Opening: opening.Public(), Transport: public,
	}}, token.Secret, device, issuing, transport)
	return token, request, err
}

// version publishes every list once more and tells every kiosk, and says by how many MB the books grew, and
// how many kB the trust list has.
func (p *publishing) version(ctx context.Context) (grown, whole float64, err error) {
	if err := p.tellAll(ctx); err != nil { // what they have not heard yet
		return 0, 0, err
	}
	before, err := p.settled(ctx)
	if err != nil {
		return 0, 0, err
	}
	if err := p.head.Office.PublishAnew(ctx); err != nil {
		return 0, 0, err
	}
	if err := p.tellAll(ctx); err != nil {
		return 0, 0, err
	}
	list, err := p.head.Office.Trust(ctx)
	if err != nil {
		return 0, 0, err
	}
	after, err := p.settled(ctx)
	return max(float64(after-before), float64(sha256.Size)) / (1 << 20), float64(len(list)) / 1024, err
}

func (p *publishing) tellAll(ctx context.Context) error {
	for _, chain := range p.chains {
		if err := p.news(ctx, chain); err != nil {
			return err
		}
	}
	return nil
}

// news is what a kiosk's request for its feed does at head office.
func (p *publishing) news(ctx context.Context, chain app.Chain) error {
	known, err := p.head.Store.Chain(ctx, chain)
	if err == nil {
		_, _, err = p.head.Office.News(ctx, known, sealed.BeforeAll, 1<<20)
	}
	return err
}

// settled closes the books, so that they are one file, and opens them again.
func (p *publishing) settled(ctx context.Context) (int64, error) {
	if err := p.close(ctx); err != nil {
		return 0, err
	}
	info, err := os.Stat(filepath.Join(p.dir, "office.db"))
	if err != nil {
		return 0, app.Wrap("bench.published", app.FileUnread, err)
	}
	return info.Size(), p.open(ctx)
}
