// Package access is who may work at this kiosk: the first start, operators and their PINs, signing
// in and out, what each role may do, and each operator's signature over the own entries. A Session
// is a value: whoever needs one is given it.
//
// Opening and sealing slots takes a good part of a second by design: callers keep it off the
// screen's thread.
package access

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/vault"
)

// Members keeps who can sign in.
type Members interface {
	Begin(ctx context.Context, chain app.Chain, key *vault.Key, keys vault.Secrets, first vault.Member) error
	Members(ctx context.Context) ([]vault.Member, error)
	Member(ctx context.Context, operator string) (vault.Member, error)
	AddMember(ctx context.Context, by app.Author, m vault.Member) error
	RemoveMember(ctx context.Context, by app.Author, operator string) error
	ChangeSlot(ctx context.Context, slot vault.Slot) error
}

// Tries counts wrong PINs and what is left of waits, across restarts and whatever the clock is set to.
type Tries interface {
	Attempts(ctx context.Context, operator string) (wrong int, left time.Duration, err error)
	PutAttempts(ctx context.Context, operator string, wrong int, wait time.Duration) error
}

// Vault is opened and closed with the data key.
type Vault interface {
	Unlock(key *vault.Key)
	Lock()
	Secrets(ctx context.Context) (vault.Secrets, error)
	// Prove fails with vault.tampered where it cannot be known what an operator may do.
	Prove(ctx context.Context, operator string) error
	// Vouch begins to guard local truth; anew where what was guarded is lost.
	Vouch(ctx context.Context, anew bool) error
}

// Office is what head office said of this kiosk.
type Office interface {
	KnownTime(ctx context.Context) (time.Time, error)
	ClockGap(ctx context.Context) (ahead, fast time.Duration, err error)
	Authority(ctx context.Context) (time.Time, error)
	PutAuthority(ctx context.Context, until time.Time) error
	PutRecovery(ctx context.Context, to, sealed []byte) error
	RecoveryKey(ctx context.Context) ([]byte, error)
	Recovery(ctx context.Context) ([]byte, error)
}

// Authorship knows which entries an operator has not signed for.
type Authorship interface {
	Unattested(ctx context.Context, operator string) (body journal.AttestationBody, ok bool, err error)
	Attest(ctx context.Context, by app.Author, body journal.AttestationBody) error
}

// Keys change when somebody leaves, and places when somebody forgot the PIN.
type Keys interface {
	RekeyDue(ctx context.Context) (bool, error)
	DataKey(ctx context.Context) (version uint32, err error)
	KeyChanges(ctx context.Context) ([]time.Time, error)
	Rekey(ctx context.Context, by app.Author, r vault.Rekeying) error
	RestoreMember(ctx context.Context, by app.Author, old string, m vault.Member) error
	RecoverMember(ctx context.Context, m vault.Member) error
	PutOpening(ctx context.Context, operator string, public []byte) error
}

// Notes are settings of this computer, and which kiosk it is.
type Notes interface {
	Chain() app.Chain
	Setting(ctx context.Context, name string) ([]byte, error)
	PutSetting(ctx context.Context, name string, value []byte) error
}

// Store is all of them: one kiosk's database.
type Store interface {
	Members
	Tries
	Vault
	Office
	Authorship
	Keys
	Notes
	EventBook
	Passes
	Lives
}

// Door is the way in.
type Door struct {
	store   Store
	machine vault.Machine
	cost    vault.Cost
	turn    sync.Mutex // one try of a PIN at a time
}

// New opens nothing yet. The cost is that of new slots; vault.DefaultCost, or vault.LargeCost where
// there is much memory.
func New(store Store, machine vault.Machine, cost vault.Cost) *Door {
	return &Door{store: store, machine: machine, cost: cost}
}

// People lists who can sign in here, ordered by name, for the sign-in screen. Who is here with an
// event pass has its event.
func (d *Door) People(ctx context.Context) ([]app.Operator, error) {
	members, err := d.store.Members(ctx)
	if err != nil {
		return nil, err
	}
	people := make([]app.Operator, 0, len(members))
	for _, m := range members {
		o, err := d.named(m)
		if err == nil {
			o.Event, err = d.eventOf(ctx, o)
		}
		if err != nil {
			return nil, err
		}
		people = append(people, o)
	}
	slices.SortStableFunc(people, func(a, b app.Operator) int {
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return people, nil
}

func (d *Door) named(m vault.Member) (app.Operator, error) {
	name, err := d.machine.OpenLabel(m.Operator.ID, m.Label)
	o := m.Operator
	o.Name = name
	return o, err
}

// eventOf is the event of the pass that somebody is here with; "" without one.
func (d *Door) eventOf(ctx context.Context, o app.Operator) (string, error) {
	if o.Role != app.RoleVolunteer {
		return "", nil
	}
	p, err := d.store.PassOf(ctx, o.ID)
	if app.CodeOf(err) == app.NotFound {
		return "", nil
	}
	return p.Event, err
}
