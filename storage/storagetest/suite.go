package storagetest

import (
	"context"
	"crypto/ed25519"
	"testing"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/sealed"
	"loket/app/vault"
)

// KioskStore is what every store of a kiosk must do, in groups as its users need them.
type KioskStore interface {
	kioskLife
	kioskMembers
	kioskJournal
	kioskPost
	kioskNews
}

type kioskLife interface {
	Begin(ctx context.Context, chain app.Chain, key *vault.Key, keys vault.Secrets, first vault.Member) error
	Unlock(key *vault.Key)
	Lock()
	Secrets(ctx context.Context) (vault.Secrets, error)
	Close() error
}

type kioskMembers interface {
	AddMember(ctx context.Context, by app.Author, m vault.Member) error
	RemoveMember(ctx context.Context, by app.Author, operator string) error
	Members(ctx context.Context) ([]vault.Member, error)
	Member(ctx context.Context, operator string) (vault.Member, error)
	Attempts(ctx context.Context, operator string) (int, time.Duration, error)
	PutAttempts(ctx context.Context, operator string, wrong int, wait time.Duration) error
}

type kioskJournal interface {
	Head() (uint64, journal.Head)
	Entries(ctx context.Context, from, to uint64) ([]journal.Entry, error)
	Part(ctx context.Context, seq uint64) (*journal.Part, error)
	CheckChain(ctx context.Context, device ed25519.PublicKey, progress func(done, total uint64)) error
	Unattested(ctx context.Context, operator string) (journal.AttestationBody, bool, error)
	Attest(ctx context.Context, by app.Author, body journal.AttestationBody) error
}

type kioskPost interface {
	Unsealed(ctx context.Context, limit int) (sealed.Sealing, []sealed.Item, error)
	BatchAgain(ctx context.Context, number uint64) (sealed.Sealing, []sealed.Item, error)
	RecordBatch(ctx context.Context, by app.Author, p *sealed.Prepared) error
	PendingBatches(ctx context.Context) ([]uint64, error)
	ApplyReceipt(ctx context.Context, f sealed.Frame, hash [32]byte, r sealed.Receipt) error
	Light(ctx context.Context) (entries, attachments int, err error)
}

type kioskNews interface {
	Feed(ctx context.Context) (last sealed.Place, hash [32]byte, err error)
	PassFrame(ctx context.Context, f sealed.Frame, hash [32]byte) error
	ApplySettings(ctx context.Context, f sealed.Frame, hash [32]byte, v sealed.Settings) error
	Authority(ctx context.Context) (time.Time, error)
	KnownTime(ctx context.Context) (time.Time, error)
}

// RunKiosk proves that a store keeps a kiosk's promises. Open opens the store in a folder, which
// may hold one already, with a clock.
func RunKiosk(t *testing.T, open func(t *testing.T, dir string, clock app.Clock) KioskStore) {
	for _, promise := range []struct {
		name string
		test func(*testing.T, *kept)
	}{
		{"a journal begins once", beginsOnce},
		{"what was saved is there after a restart", survivesRestart},
		{"a locked vault gives nothing personal", lockedGivesNothing},
		{"who was removed cannot sign in", removedIsGone},
		{"wrong PINs are counted across restarts", attemptsSurvive},
		{"an operator signs for the own entries once", attestsOnce},
		{"a batch continues the one before", batchesContinue},
		{"a batch sealed again keeps its identity", batchAgain},
		{"the light goes out with the receipt", lightGoesOut},
		{"a receipt for something else is refused", foreignReceipt},
		{"news is applied once and in order", newsInOrder},
		{"authority lasts at most 35 days", authorityEnds},
		{"a clock that goes back is written down", clockBack},
	} {
		t.Run(promise.name, func(t *testing.T) {
			promise.test(t, keep(t, open))
		})
	}
}

// kept is one store under test, with what it began with.
type kept struct {
	KioskStore
	dir   string
	clock *Clock
	key   *vault.Key
	keys  vault.Secrets
	first vault.Member
	open  func(t *testing.T, dir string, clock app.Clock) KioskStore
}

func keep(t *testing.T, open func(t *testing.T, dir string, clock app.Clock) KioskStore) *kept {
	k := &kept{dir: t.TempDir(), clock: NewClock(), open: open}
	k.KioskStore = open(t, k.dir, k.clock)
	t.Cleanup(func() { must(t, k.Close()) })
	k.key, k.keys, k.first = Founding(t)
	must(t, k.Begin(t.Context(), Chain, k.key, k.keys, k.first))
	return k
}

// restart closes the store and opens it again, signed in with the supervisor's PIN.
func (k *kept) restart(t *testing.T) {
	t.Helper()
	must(t, k.Close())
	k.KioskStore = k.open(t, k.dir, k.clock)
	m, err := k.Member(t.Context(), Supervisor.ID)
	must(t, err)
	opened, err := m.Slot.Open(vault.Opener{PIN: PIN, Machine: Machine})
	must(t, err)
	k.key = opened.Key
	k.Unlock(k.key)
}

// add makes an entry with a personal part: a new operator.
func (k *kept) add(t *testing.T, id, name string) {
	t.Helper()
	m := vault.Member{Operator: app.Operator{ID: id, Name: name, Role: app.RoleOfficer, Agency: app.AgencyInsurer}}
	signer := vault.NewSigner()
	m.Operator.Key = vault.Public(signer)
	var err error
	m.Label, err = Machine.SealLabel(id, name)
	must(t, err)
	m.Slot, err = vault.SealSlot(id, vault.Opener{PIN: PIN, Machine: Machine}, Cost, vault.Contents{Key: k.key, Signer: signer})
	must(t, err)
	must(t, k.AddMember(t.Context(), Supervisor.Author(), m))
}

// seal makes and records the next batch of what is unsealed.
func (k *kept) seal(t *testing.T, limit int) *sealed.Prepared {
	t.Helper()
	from, items, err := k.Unsealed(t.Context(), limit)
	must(t, err)
	p, err := sealed.Prepare(from, items, k.keys.Device)
	must(t, err)
	must(t, k.RecordBatch(t.Context(), Supervisor.Author(), p))
	return p
}

// frame is the next piece of news.
func (k *kept) frame(t *testing.T, kind sealed.FrameKind) (sealed.Frame, [32]byte) {
	t.Helper()
	last, hash, err := k.Feed(t.Context())
	must(t, err)
	f := sealed.Frame{Chain: Chain, Epoch: last.Epoch, Number: last.Number + 1, Previous: hash, Kind: kind, Issued: k.clock.Now(), Content: []byte{0xf6}}
	return f, [32]byte{byte(f.Number), 1}
}

func receiptFor(p *sealed.Prepared, at time.Time) sealed.Receipt {
	return sealed.Receipt{Identity: p.Identity, ReceivedAt: at, Verdicts: sealed.Verdicts{First: p.Header.First, Last: p.Header.Last}}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t *testing.T, what string, err error, want app.Code) {
	t.Helper()
	if got := app.CodeOf(err); got != want {
		t.Errorf("%s: %q, want %q (%v)", what, got, want, err)
	}
}
