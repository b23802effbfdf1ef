// Package desk is one open kiosk: the store of a data folder and the use cases upon it, wired
// together for the window (main.go) and for loketctl. It decides nothing itself.
package desk

import (
	"context"
	"crypto"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"loket/app"
	"loket/app/access"
	"loket/app/card"
	"loket/app/carrier"
	"loket/app/checking"
	"loket/app/counter"
	"loket/app/custody"
	"loket/app/event"
	"loket/app/issuing"
	"loket/app/office"
	"loket/app/post"
	"loket/app/region"
	"loket/app/reporting"
	"loket/app/scheme"
	"loket/app/sealed"
	"loket/app/sponsor"
	"loket/app/vault"
	"loket/storage/kiosk"
	"loket/storage/machine"
)

// Options of an open kiosk. The zero value suits a branch office.
type Options struct {
	Clock    app.Clock  // nil: the computer's own
	Cost     vault.Cost // of new PIN slots; zero: what this computer's memory allows
	State    string     // folder of the machine secret; "": the system's own place
	PrintDir string     // where PDF files are printed to; "": the "cetak" folder in the data folder
}

func (o Options) withDefaults() Options {
	if o.Clock == nil {
		o.Clock = app.SystemClock{}
	}
	o.Clock = atBranch(o.Clock)
	if o.Cost == (vault.Cost{}) {
		o.Cost = machine.Cost()
	}
	return o
}

// Desk is an open kiosk.
type Desk struct {
	Dir      string
	Clock    app.Clock
	Store    *kiosk.Store
	Door     *access.Door
	Counter  *counter.Counter
	Sponsor  *sponsor.Sponsor
	Records  *counter.Records
	Families *counter.Families
	Issuing  *issuing.Issuing
	Custody  *custody.Custody
	Checking *checking.Checking
	Post     *post.Post
	Events   *event.Events
	Paper    *Paper
	Reports  *reporting.Reporting

	unchecked atomic.Pointer[error] // why a check of the journal came to nothing
	renewing  sync.Mutex            // one change of keys at a time: the next one begins with what it made

	living sync.RWMutex // held while the kiosk goes on as its next life: no turn of the post begins meanwhile

	mu      sync.RWMutex
	formers []*former // lives before, while somebody is signed in
	checks  []func()  // each ends a check of the journal that runs
	session access.Session
	began   began // when the session did
	office  sealed.Settings
	judging office.Judge
}

// Open opens a data folder, and makes it where there is none. Nobody is signed in yet.
func Open(ctx context.Context, dir string, o Options) (*Desk, error) {
	o = o.withDefaults()
	by, err := machineSecret(o.State)
	if err != nil {
		return nil, err
	}
	store, err := kiosk.OpenWatched(ctx, dir, o.Clock, by)
	if code := app.CodeOf(err); code == app.StorageFull || code == app.StorageReadOnly {
		// Reading and carrying out go on; what writes says why it cannot.
		d, reading := openReading(ctx, dir, o, code)
		if reading != nil {
			return nil, err
		}
		return d, nil
	}
	if err != nil {
		return nil, err
	}
	d, err := assemble(ctx, dir, store, by.Secret, o)
	if err != nil {
		return nil, err
	}
	if err := d.Paper.sweep(ctx); err != nil {
		return nil, closing(store, err)
	}
	return d, nil
}

// assemble wires the use cases upon an open store.
func assemble(ctx context.Context, dir string, store *kiosk.Store, secret vault.Machine, o Options) (*Desk, error) {
	d := &Desk{Dir: dir, Clock: o.Clock, Store: store, Door: access.New(store, secret, o.Cost)}
	if err := protect(dir, store, o.State); err != nil {
		return nil, closing(store, err)
	}
	if err := guard(ctx, store, secret, o.State); err != nil {
		return nil, closing(store, err)
	}
	known := knownClock{store, o.Clock}
	d.Counter = counter.New(store, d.rules, known, d.atWork)
	d.Sponsor = sponsor.New(store, d.sponsorRules, known, d.atWork)
	d.Sponsor.Tell(d.Counter.Put)
	d.Records = counter.NewRecords(d.Counter, store)
	d.Families = counter.NewFamilies(store, d.Counter)
	d.Issuing = issuing.New(store, d.issuingKey, d.cardPolicy, known, d.atWork)
	d.Checking = checking.New(store, d.judge, d.hosts, known, d.atWork)
	d.Custody = custody.New(store, d.Checking.Verify, d.handoverPolicy, d.atWork)
	d.Post = post.New(store, carrierOf(dir), o.Clock)
	d.Events = event.New(store, known, d.closed, d.atWork)
	d.Paper = newPaper(d, o.PrintDir)
	d.Issuing.Tell(d.Paper.ended)
	d.Reports = newReporting(d)
	if err := d.reread(ctx); err != nil {
		return nil, closing(store, err)
	}
	return d, nil
}

// ofAList says whether a failure is that of a list at hand, which does not prove under the roots pinned
// now: it is not used, and the next one is on its way. It keeps nobody from working.
func ofAList(err error) bool {
	room, _, _ := strings.Cut(string(app.CodeOf(err)), ".")
	return slices.Contains([]string{"trust", "status", "office", "cose"}, room)
}

// knownClock is known time: the later of the clock and what head office has signed. Ages, reliefs and
// first months are judged by it, so that a dead battery or a turned clock changes nobody's rights.
type knownClock struct {
	store *kiosk.Store
	clock app.Clock
}

// Now falls back to the clock where the store cannot answer.
func (k knownClock) Now() time.Time {
	now := k.clock.Now()
	known, err := k.store.KnownTime(context.Background())
	if err != nil {
		return now
	}
	return known.In(now.Location())
}

func machineSecret(dir string) (w kiosk.Watch, err error) {
	if w.State, err = stateFolder(dir); err == nil {
		w.Secret, err = machine.Secret(w.State)
	}
	return w, err
}

func stateFolder(dir string) (string, error) {
	if dir != "" {
		return dir, nil
	}
	return machine.Folder()
}

// protect lets nobody else into the data folder and the folder of the secret.
func protect(dir string, store *kiosk.Store, state string) error {
	if store.Reading() != "" {
		return nil
	}
	if state == "" {
		var err error
		if state, err = machine.Folder(); err != nil {
			return err
		}
	}
	return errors.Join(machine.Protect(dir), machine.Protect(state))
}

// guard checks what stands before sign-in, where this computer has a secret.
func guard(ctx context.Context, store *kiosk.Store, secret vault.Machine, state string) error {
	if secret == nil {
		return nil
	}
	if state == "" {
		var err error
		if state, err = machine.Folder(); err != nil {
			return err
		}
	}
	return store.Guard(ctx, secret, state)
}

func closing(store *kiosk.Store, cause error) error {
	if err := store.Close(); err != nil {
		return err
	}
	return cause
}

// Close signs out, so that the operator's authorship is signed for, and closes the folder.
func (d *Desk) Close(ctx context.Context) error {
	err := d.SignOut(ctx)
	if closed := d.Store.Close(); err == nil {
		err = closed
	}
	return err
}

// Begun says whether the kiosk's journal has begun: someone can sign in.
func (d *Desk) Begun() bool { return d.Store.Chain() != (app.Chain{}) }

// Reload takes in what head office last said: settings, pinned roots, lists. A list that does not
// prove is told by the checking screen; the desk works on.
func (d *Desk) Reload(ctx context.Context) error {
	settings, err := d.Store.Office(ctx)
	if err != nil {
		return err
	}
	judge, err := d.Post.Judge(ctx)
	if err != nil {
		return err
	}
	d.mu.Lock()
	d.office, d.judging = settings, judge
	d.mu.Unlock()
	if c, is := d.Clock.(branchClock); is {
		c.follow(settings)
	}
	return d.Checking.Reload(ctx)
}

// Settings is what head office says of this kiosk.
func (d *Desk) Settings() sealed.Settings {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.office
}

// Practice says whether nothing here is real.
func (d *Desk) Practice() bool { return d.Settings().Issuer == card.PracticeIssuer }

// Session is who is signed in; the zero Session is nobody.
func (d *Desk) Session() access.Session {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.session
}

// atWork is who is signed in, for the use cases: they refuse what this person's tasks leave out.
func (d *Desk) atWork() app.Operator { return d.Session().Operator }

func (d *Desk) setSession(s access.Session) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.session = s
}

// restrict notes whether only sending is open to who is signed in. Nothing else of the session is
// touched: its keys or its event may have changed since somebody looked.
func (d *Desk) restrict(operator string, fresh access.Session) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.session.Operator.ID == operator {
		d.session.Restricted, d.session.Ahead = fresh.Restricted, fresh.Ahead
	}
}

// SignIn opens the vault and gets the use cases ready for the operator.
func (d *Desk) SignIn(ctx context.Context, operator, pin string) (access.Session, error) {
	s, err := d.Door.SignIn(ctx, operator, pin)
	if err != nil {
		return access.Session{}, err
	}
	return s, d.begin(ctx, s)
}

// FirstStart begins the kiosk with its first supervisor and an enrolment token, who is then signed
// in. Head office need not answer for registration to work.
func (d *Desk) FirstStart(ctx context.Context, token sealed.Token, name, pin string) (access.Session, error) {
	text, err := token.Text()
	if err != nil {
		return access.Session{}, err
	}
	if _, err := d.Post.Welcome(ctx, text); err != nil {
		return access.Session{}, err
	}
	s, err := d.Door.FirstStart(ctx, access.First{
		Chain: token.Chain, Until: token.Expires, RecoveryKey: token.RecoveryKey, Name: name, PIN: pin,
	})
	if err != nil {
		return access.Session{}, err
	}
	return s, d.begin(ctx, s)
}

func (d *Desk) begin(ctx context.Context, s access.Session) error {
	if err := d.onDuty(ctx, s); err != nil {
		return err
	}
	d.setSession(s)
	if err := d.openFormers(ctx, s); err != nil {
		return err
	}
	d.Paper.empty(time.Now().Add(-printedFor)) // by the clock that dates files
	if err := d.Counter.Open(ctx); err != nil && !oneRecord(err) {
		return err
	}
	return d.reread(ctx)
}

// reread is Reload where a list that does not prove keeps nobody from working.
func (d *Desk) reread(ctx context.Context) error {
	if err := d.Reload(ctx); err != nil && !ofAList(err) {
		return err
	}
	return nil
}

// refill takes in everybody again when the keys changed while they were being read.
func (d *Desk) refill(ctx context.Context) error {
	if l := d.Counter.Loading(); l.Complete() && l.Err == nil {
		return nil
	}
	if err := d.Counter.Open(ctx); err != nil && !oneRecord(err) {
		return err
	}
	return nil
}

// oneRecord says whether a failure is that of single records: what is personal in them is lost, and
// head office is told when they are sent. Nobody is locked out for it.
func oneRecord(err error) bool {
	code := app.CodeOf(err)
	return code == app.VaultUnreadable || code == app.StorageDamaged || code == app.JournalPartLost
}

// sealingPatience is how long a person who signs out waits for what is sealed: a few hundred batches. The
// rest of a long list stays in the journal, signed for, and is sealed after the next sign-in, whoever
// that is.
const sealingPatience = 5 * time.Second

// SignOut seals what waits, signs for the operator's entries and forgets the data key.
func (d *Desk) SignOut(ctx context.Context) error { return d.signOut(ctx, sealingPatience) }

func (d *Desk) signOut(ctx context.Context, patience time.Duration) error {
	d.living.RLock()
	defer d.living.RUnlock()
	s := d.Session()
	if s.Operator.ID == "" {
		return nil
	}
	sealErr := d.sealWithin(ctx, s, patience)
	d.setSession(access.Session{})
	d.Counter.Close()
	d.endChecks()
	closed := d.closeFormers()
	if err := d.Door.SignOut(ctx, s); err != nil {
		return err
	}
	return errors.Join(sealErr, closed)
}

func (d *Desk) rules() counter.Rules {
	return counter.Rules{Scheme: scheme.Embedded(), Regions: region.Load(), Closed: d.closed()}
}

func (d *Desk) sponsorRules() sponsor.Rules {
	return sponsor.Rules{Scheme: scheme.Embedded(), Regions: region.Load(), Closed: d.closed()}
}

// closed is why only sending is open: head office has called this kiosk back, or it has not connected
// for too long, or the event of who is signed in is over.
func (d *Desk) closed() error {
	if behind := d.Store.Behind(); behind != nil {
		return behind.Err()
	}
	switch s := d.Session(); {
	case s.Restricted:
		return app.Fail(app.AccessRestricted)
	case d.over(s):
		return app.Fail(app.AccessEventOver)
	}
	return nil
}

func (d *Desk) issuingKey() (crypto.Signer, error) {
	key := d.Session().Keys.Issuing
	if key == nil {
		return nil, app.Fail(app.VaultLocked)
	}
	return key, d.closed()
}

func (d *Desk) hosts() []string { return []string{d.Settings().Host} }

// judge is how the kiosk judged head office's word when it last read what came.
func (d *Desk) judge() office.Judge {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.judging
}

func (d *Desk) cardPolicy() issuing.Policy {
	s := d.Settings()
	var until time.Time
	if s.Issuing > 0 {
		until = time.Unix(s.Issuing, 0)
	}
	return issuing.Policy{
		IssueUntil: until,
		Issuer:     s.Issuer, Branch: s.BranchCode, Host: s.Host, Hosts: []string{s.Host},
		Years: scheme.Embedded().CardYears, WalkInAtOnce: s.AtOnce, VerifyUntil: d.verifyUntil(),
	}
}

// verifyUntil is how long the trust list lets this kiosk's cards hold.
func (d *Desk) verifyUntil() (until time.Time) {
	key := d.Session().Keys.Issuing
	trust := d.Checking.Trust()
	if key == nil || trust == nil {
		return until
	}
	for _, k := range trust.Keys {
		if k.Public.Equal(vault.Public(key)) {
			return k.VerifyUntil
		}
	}
	return until
}

func (d *Desk) handoverPolicy() custody.Policy {
	return custody.Policy{Hosts: d.hosts(), Level: 1, Closed: d.closed()}
}

func carrierOf(dir string) post.Carrier {
	return post.Carrier{
		Box: func(c app.Chain) (post.Box, error) { return carrier.OpenBox(dir, c) },
		Contact: func() (post.Contact, error) {
			c, err := carrier.ContactOf(dir)
			return post.Contact(c), err
		},
		Gate: carrier.NewGate(dir),
	}
}

// folder is a place inside the data folder.
func (d *Desk) folder(name string) string { return filepath.Join(d.Dir, name) }
