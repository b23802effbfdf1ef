package storagetest_test

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"errors"
	"testing"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/issuing"
	"loket/app/journal"
	"loket/storage/kiosk"
	"loket/storage/storagetest"
)

var _ issuing.Store = (*kiosk.Store)(nil)

// desk is a kiosk that makes cards, with a printer that keeps what it was given.
type desk struct {
	*issuing.Issuing
	store  *kiosk.Store
	clock  *storagetest.Clock
	post   *storagetest.Post
	key    ed25519.PrivateKey
	policy issuing.Policy
	jobs   [][]issuing.Face
	jam    error
}

func (d *desk) Print(_ context.Context, _ string, faces []issuing.Face) error {
	d.jobs = append(d.jobs, faces)
	return d.jam
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{clock: storagetest.NewClock(), post: &storagetest.Post{}}
	d.store = storagetest.Kiosk(t, d.clock)
	keys, err := d.store.Secrets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	d.key = keys.Issuing
	d.policy = issuing.Policy{
		Issuer: card.PracticeIssuer, Branch: "BALIKPAPAN", Host: "kartu.contoh.id", Hosts: []string{"kartu.contoh.id"},
		Years: 5, WalkInAtOnce: true,
	}
	d.Issuing = issuing.New(d.store, func() (crypto.Signer, error) { return d.key, nil }, func() issuing.Policy { return d.policy }, d.clock, storagetest.AtWork)
	return d
}

// lend gives the desk numbers for a month.
func (d *desk) lend(t testing.TB) {
	t.Helper()
	until := d.clock.Now().AddDate(0, 1, 0)
	d.post.Lease(t, d.store, journal.LeaseBody{Kind: "member", First: 26133068531, Last: 26133069999, Epoch: 1}, until)
	d.post.Lease(t, d.store, journal.LeaseBody{Kind: "serial", Blocks: []uint64{98432, 64}, Epoch: 1}, until)
}

// made is a registered person with a queued card.
func (d *desk) made(t testing.TB, n int) app.Card {
	t.Helper()
	c, err := d.Issue(t.Context(), storagetest.Supervisor, storagetest.Register(t, d.store, storagetest.Person(n)).ID)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// checked is a person's card that was printed and scanned back, with the text of its QR code.
func (d *desk) checked(t testing.TB, n int) (app.Card, string) {
	t.Helper()
	c := d.made(t, n)
	if _, err := d.Issuing.Print(t.Context(), storagetest.Supervisor, d, []app.Serial{c.Serial}); err != nil {
		t.Fatal(err)
	}
	text := d.text(t, c.Serial)
	c, err := d.Confirm(t.Context(), storagetest.Supervisor, text)
	if err != nil {
		t.Fatal(err)
	}
	return c, text
}

func (d *desk) text(t testing.TB, serial app.Serial) string {
	t.Helper()
	f, err := d.Face(t.Context(), serial)
	if err != nil {
		t.Fatal(err)
	}
	return f.Text
}

func TestWithoutALeaseThereIsTheSlipAlone(t *testing.T) {
	d := newDesk(t)
	by := storagetest.Supervisor
	early := storagetest.Register(t, d.store, storagetest.Person(1))
	if early.Member != "" {
		t.Fatal("a member number without a lease:", early.Member)
	}
	if _, err := d.Issue(t.Context(), by, early.ID); app.CodeOf(err) != app.CardNoMember {
		t.Errorf("without a member number: %v", err)
	}
	until := d.clock.Now().Add(time.Hour)
	d.post.Lease(t, d.store, journal.LeaseBody{Kind: "member", First: 133068531, Last: 133068532, Epoch: 1}, until)
	r := storagetest.Register(t, d.store, storagetest.Person(2))
	if r.Member != "00133068531" {
		t.Errorf("eleven digits: %q", r.Member)
	}
	if _, err := d.Issue(t.Context(), by, r.ID); app.CodeOf(err) != app.CardLeaseEmpty {
		t.Errorf("without a serial: %v", err)
	}
	serials := journal.LeaseBody{Kind: "serial", First: 0, Last: 1, Epoch: 1}
	d.post.Lease(t, d.store, serials, until)
	stock, err := d.Remaining(t.Context())
	if err != nil || stock.Members != 1 || stock.Serials != 1 || !stock.SerialsUntil.Equal(until) {
		t.Errorf("zero is no serial: %+v %v", stock, err)
	}
	d.clock.Add(2 * time.Hour)
	if _, err := d.Issue(t.Context(), by, r.ID); app.CodeOf(err) != app.CardLeaseExpired {
		t.Errorf("an expired lease: %v", err)
	}
	if late := storagetest.Register(t, d.store, storagetest.Person(3)); late.Member != "" {
		t.Error("a member number from an expired lease:", late.Member)
	}
	d.clock.Add(-2 * time.Hour)
	news, hash := d.post.Next("message")
	news.Issued = until
	if err := d.store.PassFrame(t.Context(), news, hash); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Issue(t.Context(), by, r.ID); app.CodeOf(err) != app.CardLeaseExpired {
		t.Errorf("a clock set back gains nothing: %v", err)
	}
	d.clock.Add(2 * time.Hour)
	serials.Epoch = 2
	d.post.Lease(t, d.store, serials, d.clock.Now().Add(time.Hour))
	if c, err := d.Issue(t.Context(), by, r.ID); err != nil || c.Serial != 1 {
		t.Errorf("the lease renewed: %v %v", c.Serial, err)
	}
}

func TestWhoGetsACard(t *testing.T) {
	d := newDesk(t)
	d.lend(t)
	by := storagetest.Supervisor
	tests := map[string]struct {
		r      app.Registration
		atOnce bool
		want   app.Code
	}{
		"a walk-in at once":      {app.Registration{State: app.Captured, Member: "26133068531"}, true, ""},
		"a walk-in, only later":  {app.Registration{State: app.Captured, Member: "26133068531"}, false, app.CardNotAccepted},
		"accepted":               {app.Registration{State: app.Accepted, Member: "26133068531"}, false, ""},
		"to be reviewed":         {app.Registration{State: app.NeedsReview, Member: "26133068531"}, true, app.CardNotAccepted},
		"a duplicate":            {app.Registration{State: app.Duplicate, Member: "26133068531"}, true, app.CardNotPerson},
		"without a number":       {app.Registration{State: app.Accepted}, true, app.CardNoMember},
		"with a number of eight": {app.Registration{State: app.Accepted, Member: "26133068"}, true, app.CardNoMember},
	}
	for name, tt := range tests {
		d.policy.WalkInAtOnce = tt.atOnce
		if got := app.CodeOf(d.May(tt.r)); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	d.policy.WalkInAtOnce = true
	volunteer := by
	volunteer.Role = app.RoleVolunteer
	r := storagetest.Register(t, d.store, storagetest.Person(1))
	if _, err := d.Issue(t.Context(), volunteer, r.ID); app.CodeOf(err) != app.AccessNotInRole {
		t.Errorf("a volunteer: %v", err)
	}
	if _, err := d.Issue(t.Context(), by, r.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Issue(t.Context(), by, r.ID); app.CodeOf(err) != app.CardHasOne {
		t.Errorf("a second card: %v", err)
	}
	if stock, err := d.Remaining(t.Context()); err != nil || stock.Serials != 127 {
		t.Errorf("a refused card takes no serial: %+v %v", stock, err)
	}
}

func TestACardSaysWhatIsPrinted(t *testing.T) {
	d := newDesk(t)
	d.lend(t)
	d.policy.VerifyUntil = d.clock.Now().AddDate(2, 0, 0)
	c := d.made(t, 1)
	f, err := d.Face(t.Context(), c.Serial)
	if err != nil {
		t.Fatal(err)
	}
	got, err := card.Parse(f.Card.Credential)
	if err != nil {
		t.Fatal(err)
	}
	claims := got.Claims
	if claims.Name != "SITI AMINAH" || claims.Member != "26133068531" || claims.Issuer != "LATIHAN" || claims.Generation != 1 ||
		claims.Serial != c.Serial || claims.Payer != card.PaysSelf || claims.Programmes != app.WorkAccident|app.Death {
		t.Errorf("%+v", claims)
	}
	if claims.Expires.After(d.policy.VerifyUntil) || !claims.IssuedAt.Equal(c.IssuedAt) {
		t.Errorf("from %v until %v", claims.IssuedAt, claims.Expires)
	}
	if f.Code != card.CardCode(c.Credential) || f.Version < card.MinVersion || f.Registration.Record.Person.Name != "SITI AMINAH" {
		t.Errorf("%+v", f)
	}
}

func TestARun(t *testing.T) {
	d := newDesk(t)
	d.lend(t)
	by := storagetest.Supervisor
	one, two := d.made(t, 1), d.made(t, 2)
	if queue, err := d.Queue(t.Context()); err != nil || len(queue) != 2 || queue[0].Registration.Record.Person.NIK == "" {
		t.Fatal(queue, err)
	}
	if _, err := d.ConfirmByWord(t.Context(), by, one.Serial); app.CodeOf(err) != app.CardOtherState {
		t.Errorf("a card that was never sent: %v", err)
	}
	if _, err := d.Issuing.Print(t.Context(), by, d, make([]app.Serial, 51)); app.CodeOf(err) != app.CardRunTooLong {
		t.Errorf("51 cards: %v", err)
	}
	d.jam = errors.New("jam")
	job, err := d.Issuing.Print(t.Context(), by, d, []app.Serial{one.Serial, two.Serial})
	if !errors.Is(err, d.jam) || job == "" || len(d.jobs[0]) != 2 {
		t.Errorf("the printer's failure shows: %q %v", job, err)
	}
	if unchecked, err := d.Unchecked(t.Context()); err != nil || len(unchecked) != 2 {
		t.Errorf("both may have come out: %v %v", unchecked, err)
	}
	d.jam = nil
	if _, err := d.Issuing.Print(t.Context(), by, d, []app.Serial{one.Serial}); app.CodeOf(err) != app.CardOtherState {
		t.Errorf("a serial is not printed twice by itself: %v", err)
	}
	if _, err := d.PrintAgain(t.Context(), by, d, []app.Serial{two.Serial}); err != nil {
		t.Errorf("a person says that nothing came out: %v", err)
	}
	if _, err := d.Confirm(t.Context(), by, d.text(t, one.Serial)); err != nil {
		t.Error(err)
	}
	if c, err := d.Confirm(t.Context(), by, d.text(t, one.Serial)); err != nil || c.State != app.CardConfirmed {
		t.Errorf("scanned twice: %v %v", c.State, err)
	}
	if c, err := d.ConfirmByWord(t.Context(), by, two.Serial); err != nil || c.State != app.CardConfirmed {
		t.Errorf("%v %v", c.State, err)
	}
	if _, err := d.Confirm(t.Context(), by, "4711"); app.CodeOf(err) == "" || app.CodeOf(err) == app.Internal {
		t.Errorf("not a card: %v", err)
	}
}

func TestASpoiledCardGetsASuccessor(t *testing.T) {
	d := newDesk(t)
	d.lend(t)
	by := storagetest.Supervisor
	old, text := d.checked(t, 1)
	if _, err := d.Spoil(t.Context(), by, old.Serial, "because"); app.CodeOf(err) != app.CardReasonNeeded {
		t.Errorf("an invented reason: %v", err)
	}
	fresh, err := d.Spoil(t.Context(), by, old.Serial, "smudged")
	if err != nil || fresh.Serial == old.Serial || fresh.Generation != 2 || fresh.State != app.CardQueued {
		t.Fatalf("%+v %v", fresh, err)
	}
	if was, err := d.store.Card(t.Context(), old.Serial); err != nil || was.State != app.CardSpoiled || was.Reason != "smudged" {
		t.Errorf("%+v %v", was, err)
	}
	if _, err := d.Spoil(t.Context(), by, old.Serial, "smudged"); app.CodeOf(err) != app.CardOtherState {
		t.Errorf("spoiled twice: %v", err)
	}
	if _, err := d.Confirm(t.Context(), by, text); app.CodeOf(err) != app.CardOtherState {
		t.Errorf("a spoiled card scanned back: %v", err)
	}
	cards, err := d.store.CardsOf(t.Context(), old.Registration)
	if err != nil || len(cards) != 2 || cards[0].Serial != fresh.Serial {
		t.Errorf("%+v %v", cards, err)
	}
}

func TestACardSpoilsAlsoWithoutALease(t *testing.T) {
	d := newDesk(t)
	d.lend(t)
	old, _ := d.checked(t, 1)
	d.clock.Add(60 * 24 * time.Hour)
	if _, err := d.Spoil(t.Context(), storagetest.Supervisor, old.Serial, "cut"); app.CodeOf(err) != app.CardLeaseExpired {
		t.Errorf("%v", err)
	}
	if was, err := d.store.Card(t.Context(), old.Serial); err != nil || was.State != app.CardSpoiled {
		t.Errorf("%+v %v", was, err)
	}
}

// Somebody else's card with our serial is seen.
func TestAnotherCardOfTheSameSerialIsSeen(t *testing.T) {
	d := newDesk(t)
	d.lend(t)
	c := d.made(t, 1)
	got, err := card.Parse(c.Credential)
	if err != nil {
		t.Fatal(err)
	}
	claims := got.Claims
	claims.Name = "BUDI SANTOSO"
	forged, err := card.Sign(claims, d.key)
	if err != nil {
		t.Fatal(err)
	}
	text, err := card.URL(d.policy.Host, forged)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Confirm(t.Context(), storagetest.Supervisor, text); app.CodeOf(err) != app.CardHashDiffers {
		t.Error(err)
	}
	claims.Serial = 77
	if forged, err = card.Sign(claims, d.key); err != nil {
		t.Fatal(err)
	}
	if text, err = card.URL(d.policy.Host, forged); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Confirm(t.Context(), storagetest.Supervisor, text); app.CodeOf(err) != app.CardUnknownHere {
		t.Error(err)
	}
}

// The store itself keeps to the moves that app.CardState allows, whoever asks.
func TestTheStoreRefusesImpossibleMoves(t *testing.T) {
	d := newDesk(t)
	d.lend(t)
	by := storagetest.Supervisor.Author()
	one, two := d.made(t, 1), d.made(t, 2)
	move := func(to app.CardState, serials ...app.Serial) app.Code {
		return app.CodeOf(d.store.MoveCards(t.Context(), by, serials, to, "x"))
	}
	for _, to := range []app.CardState{app.CardConfirmed, app.CardLost, app.CardHanded, app.CardReplaced, app.CardQueued, "gone"} {
		if got := move(to, one.Serial); got != app.CardOtherState {
			t.Errorf("from queued to %s: %q", to, got)
		}
	}
	if got := move(app.CardSent, one.Serial); got != "" {
		t.Fatal(got)
	}
	if c, err := d.store.Card(t.Context(), one.Serial); err != nil || c.State != app.CardSent || c.Reason != "" {
		t.Errorf("%+v %v", c, err)
	}
	if got := move(app.CardConfirmed, one.Serial, two.Serial); got != app.CardOtherState {
		t.Errorf("one of two cannot be confirmed: %q", got)
	}
	if c, err := d.store.Card(t.Context(), one.Serial); err != nil || c.State != app.CardSent {
		t.Errorf("then none is: %s %v", c.State, err)
	}
	if got := move(app.CardSpoiled, one.Serial); got != "" {
		t.Fatal(got)
	}
	for _, to := range []app.CardState{app.CardSent, app.CardConfirmed, app.CardSpoiled, app.CardLost} {
		if got := move(to, one.Serial); got != app.CardOtherState {
			t.Errorf("from spoiled to %s: %q", to, got)
		}
	}
	if got := move(app.CardSent, 999); got != app.NotFound {
		t.Errorf("no such card: %q", got)
	}
}

// Serial 0 is no card, whatever somebody lends.
func TestSerialZeroIsNotGivenOut(t *testing.T) {
	d := newDesk(t)
	until := d.clock.Now().AddDate(0, 1, 0)
	d.post.Lease(t, d.store, journal.LeaseBody{Kind: "member", First: 26133068531, Last: 26133069999, Epoch: 1}, until)
	d.post.Lease(t, d.store, journal.LeaseBody{Kind: "serial", Blocks: []uint64{0}, Epoch: 1}, until)
	if stock, err := d.Remaining(t.Context()); err != nil || stock.Serials != 63 {
		t.Errorf("%+v %v", stock, err)
	}
	c, err := d.Issue(t.Context(), storagetest.Supervisor, storagetest.Register(t, d.store, storagetest.Person(1)).ID)
	if err != nil || c.Serial != 1 {
		t.Errorf("%v %v", c.Serial, err)
	}
}
