package post_test

import (
	"context"
	"crypto/sha256"
	"testing"
	"time"

	"loket/app"
	"loket/app/carrier"
	"loket/app/post"
	"loket/app/sealed"
	"loket/storage/storagetest"
)

// line is a gate whose line leads to the small head office of these tests.
type line struct {
	carrier.Gate
	k *loket
}

// Send sends the request, and keeps the answer as the carrier does.
func (l line) Send(ctx context.Context) error {
	_, err := carrier.Served(ctx, l.k.exported(), enrolling{l.k.office, l.k})
	if err != nil {
		return err
	}
	_, err = carrier.Import(l.k.box, l.k.stick, l.k.prover())
	return err
}

func (k *loket) exported() string {
	_, err := carrier.Export(k.box, k.stick)
	k.must(err)
	return k.stick
}

// enrolling is head office that takes a kiosk in; the same request gets the same answer.
type enrolling struct {
	*pusat
	k *loket
}

// Enrol answers a request that holds the token's secret.
func (e enrolling) Enrol(_ context.Context, request []byte) ([]byte, error) {
	r, holds, err := sealed.OpenRequest(request)
	if err != nil {
		return nil, err
	}
	if !holds(e.k.token.Secret) {
		return nil, app.Fail(app.LineRefused, "reason", string(app.EnrolRefused))
	}
	return sealed.SignEnrolled(sealed.Enrolled{
		Request: sha256.Sum256(request), Chain: r.Chain, At: e.clock.Now(), Authority: e.clock.Now().Add(100 * time.Hour),
		Settings: sealed.Settings{Issuer: "CONTOH", BranchCode: "K06"},
	}, sealed.Speaker{Certificate: e.cert, Key: e.key})
}

// unenrolled is a kiosk with a token, before head office knows it.
func unenrolled(t *testing.T) (k *loket, token string) {
	t.Helper()
	k = newLoket(t)
	t.Cleanup(k.close)
	k.must(k.store.PutAddress(t.Context(), nil))
	k.stick = tempDir(t)
	k.post = post.New(k.store, post.Carrier{
		Box:     func(app.Chain) (post.Box, error) { return k.box, nil },
		Gate:    line{carrier.NewGate(k.dir), k},
		Contact: func() (post.Contact, error) { return post.Contact{}, nil },
	}, k.clock)
	k.token = sealed.Token{
		Address: "https://pusat.contoh.id:8443", Roots: k.office.roots(), Chain: storagetest.Chain,
		Secret: [16]byte{1}, Expires: k.clock.Now().Add(72 * time.Hour), BranchCode: "K06", BranchName: "Cabang Contoh",
	}
	token, err := k.token.Text()
	k.must(err)
	return k, token
}

func TestEnrolment(t *testing.T) {
	k, token := unenrolled(t)
	ctx := t.Context()
	if stage, err := k.post.Enrol(ctx, k.keys); err != nil || stage != post.NotAsked {
		t.Fatal(stage, err)
	}
	if _, err := k.post.Welcome(ctx, token); err != nil {
		t.Fatal(err)
	}
	if stage, err := k.post.Enrol(ctx, k.keys); err != nil || stage != post.Asked {
		t.Fatal(stage, err)
	}
	request, err := carrier.NewGate(k.dir).Request()
	k.must(err)
	if stage, err := k.post.EnrolNow(ctx, k.keys); err != nil || stage != post.Enrolled {
		t.Fatal(stage, err)
	}
	again, err := carrier.NewGate(k.dir).Request()
	if err != nil || string(again) != string(request) {
		t.Error("the request stays the same, so that head office can answer it again")
	}
	settings, err := k.store.Office(ctx)
	if err != nil || settings.Issuer != "CONTOH" {
		t.Errorf("%+v %v", settings, err)
	}
	if kept, err := k.store.Setting(ctx, "enrol.token"); err != nil || len(kept) > 0 {
		t.Error("the secret is forgotten once it has served")
	}
	storagetest.Register(t, k.store, storagetest.Person(1))
	if k.seal() != 1 {
		t.Error("now there is somebody to seal to")
	}
}

func TestTokensThatDoNotWork(t *testing.T) {
	k, token := unenrolled(t)
	ctx := t.Context()
	other := k.token
	other.Chain.Kiosk = 9
	foreign, err := other.Text()
	k.must(err)
	for name, c := range map[string]struct {
		text string
		want app.Code
	}{
		"nothing":         {"", app.TokenBad},
		"something":       {"LOKET1ABCDEFGH", app.TokenBad},
		"cut":             {token[:len(token)-4], app.TokenBad},
		"another kiosk's": {foreign, app.PostOtherKiosk},
	} {
		if _, err := k.post.Welcome(ctx, c.text); app.CodeOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	k.clock.Add(73 * time.Hour)
	if _, err := k.post.Welcome(ctx, token); app.CodeOf(err) != app.TokenExpired {
		t.Error("too late:", err)
	}
}

func TestASecondTokenMakesANewRequest(t *testing.T) {
	k, token := unenrolled(t)
	ctx := t.Context()
	if _, err := k.post.Welcome(ctx, token); err != nil {
		t.Fatal(err)
	}
	k.token.Secret = [16]byte{2} // head office made another token, and knows only that
	if stage, err := k.post.EnrolNow(ctx, k.keys); app.CodeOf(err) != app.StickRefused || stage != post.Asked {
		t.Fatal(stage, err)
	}
	second, err := k.token.Text()
	k.must(err)
	if _, err := k.post.Welcome(ctx, second); err != nil {
		t.Fatal(err)
	}
	if stage, err := k.post.EnrolNow(ctx, k.keys); err != nil || stage != post.Enrolled {
		t.Error(stage, err)
	}
}

func TestAnAnswerToSomethingElseIsDropped(t *testing.T) {
	k, token := unenrolled(t)
	ctx := t.Context()
	if _, err := k.post.Welcome(ctx, token); err != nil {
		t.Fatal(err)
	}
	if _, err := k.post.Enrol(ctx, k.keys); err != nil {
		t.Fatal(err)
	}
	liar := newPusat(t, k.clock, storagetest.Chain, k.keys) // with a root that the token does not pin
	request, err := carrier.NewGate(k.dir).Request()
	k.must(err)
	answer, err := enrolling{liar, k}.Enrol(ctx, request)
	k.must(err)
	writeAnswer(t, k.dir, answer)
	if stage, err := k.post.Enrol(ctx, k.keys); app.CodeOf(err) != app.OfficeUnknownRoot || stage != post.Asked {
		t.Fatal(stage, err)
	}
	if stage, err := k.post.EnrolNow(ctx, k.keys); err != nil || stage != post.Enrolled {
		t.Error("the true answer is taken afterwards:", stage, err)
	}
}
