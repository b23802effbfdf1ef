// Package post is the post box seen from inside (J9): it seals what is new into the outbox, applies
// what head office sent into the inbox, asks to be enrolled, and knows how many records exist only
// on this computer. Files are moved by a carrier, who sees none of this.
package post

import (
	"context"
	"crypto/ecdsa"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/office"
	"loket/app/sealed"
)

// Outgoing is what the store knows of batches and attachments.
type Outgoing interface {
	Evidence
	Unsealed(ctx context.Context, limit int) (sealed.Sealing, []sealed.Item, error)
	BatchAgain(ctx context.Context, number uint64) (sealed.Sealing, []sealed.Item, error)
	RecordBatch(ctx context.Context, by app.Author, p *sealed.Prepared) error
	PendingBatches(ctx context.Context) ([]uint64, error)
	Receipts(ctx context.Context, most int) (numbers, entries []uint64, at []time.Time, err error)
}

// Evidence is what the store knows of pictures and documents.
type Evidence interface {
	PendingAttachments(ctx context.Context) ([]app.Evidence, error)
	Blob(ctx context.Context, hash [32]byte) ([]byte, error)
}

// Decided takes in head office's word on registrations and on families' questions.
type Decided interface {
	ApplyDecisions(ctx context.Context, f sealed.Frame, hash [32]byte, all []journal.DecisionBody) error
	ApplyAnswer(ctx context.Context, f sealed.Frame, hash [32]byte, n journal.AnswerNews) error
}

// Incoming takes in what a frame brings, each in one transaction with its feed.applied.
type Incoming interface {
	ApplyReceipt(ctx context.Context, f sealed.Frame, hash [32]byte, r sealed.Receipt) error
	Decided
	ApplySendAgain(ctx context.Context, f sealed.Frame, hash [32]byte, from uint64) error
	ApplyLease(ctx context.Context, f sealed.Frame, hash [32]byte, l journal.LeaseBody) error
	ApplyTrust(ctx context.Context, f sealed.Frame, hash [32]byte, list []byte) error
	ApplyStatus(ctx context.Context, f sealed.Frame, hash [32]byte, shard uint32, list []byte) error
	ApplyAnnounced(ctx context.Context, f sealed.Frame, hash [32]byte, all []sealed.Announced) error
	ApplySettings(ctx context.Context, f sealed.Frame, hash [32]byte, v sealed.Settings) error
}

// Feed is where the store stands among head office's news, and what arrives out of turn.
type Feed interface {
	Feed(ctx context.Context) (last sealed.Place, hash [32]byte, err error)
	PassFrame(ctx context.Context, f sealed.Frame, hash [32]byte) error
	PutTrust(ctx context.Context, list []byte) error
	PutAuthority(ctx context.Context, until time.Time) error
	RemoveMember(ctx context.Context, by app.Author, operator string) error
	ApplyEnrolled(ctx context.Context, e sealed.Enrolled) error
}

// Published are the lists that head office publishes: which were announced, and those that are kept.
type Published interface {
	WantedLists(ctx context.Context) ([]sealed.Announced, error)
	KeepList(ctx context.Context, name sealed.ListName, raw []byte, parts [][]byte) error
	ForgetWanted(ctx context.Context, a sealed.Announced) error
}

// Lists reads the newest signed lists, and keeps which inbox files could not be applied.
type Lists interface {
	Trust(ctx context.Context) ([]byte, error)
	Statuses(ctx context.Context) ([][]byte, error)
	Problem(ctx context.Context, name string, code app.Code) error
	Solved(ctx context.Context, name string) error
	Problems(ctx context.Context) (map[string]app.Code, error)
}

// Standing is what the store knows of the kiosk itself.
type Standing interface {
	Chain() app.Chain // the zero chain before the journal has begun
	Light(ctx context.Context) (entries, attachments int, err error)
	Waiting(ctx context.Context) (batches int, err error) // sealed, without a receipt, also of former lives
	Again(ctx context.Context) (batches int, err error)
	KnownTime(ctx context.Context) (time.Time, error)
	ClockGap(ctx context.Context) (ahead, fast time.Duration, err error)
	Trouble() error // why no number is given out or nothing can be written; nil: neither
	Tampered() []string
	SetTime(ctx context.Context, at, asked time.Time) error
	OfficeEpoch(ctx context.Context) (uint64, error) // the highest of a certificate met
	Authority(ctx context.Context) (time.Time, error)
	Setting(ctx context.Context, name string) ([]byte, error)
	PutSetting(ctx context.Context, name string, value []byte) error
}

// Address is the key that batches are sealed to.
type Address interface {
	Address(ctx context.Context) ([]byte, error)
	PutAddress(ctx context.Context, hpke []byte) error
}

// Store is all of them: one kiosk's database.
type Store interface {
	Outgoing
	Incoming
	Feed
	Lists
	Published
	Standing
	Address
}

// Outbox is where sealed batches wait for the carrier.
type Outbox interface {
	PutBatch(number uint64, file []byte) error
	Batches() ([]uint64, error)
	DropBatch(number uint64) error
}

// Pictures is where sealed attachments wait, the slower lane.
type Pictures interface {
	PutAttachment(hash [32]byte, file []byte) error
	Attachments() ([][32]byte, error)
	DropAttachment(hash [32]byte) error
}

// Inbox is where frames wait to be applied.
type Inbox interface {
	Frames() ([]sealed.Place, error) // rising
	Frame(p sealed.Place) ([]byte, error)
	DropFrame(p sealed.Place) error
	SetAside(p sealed.Place) error // keeps the file, out of the way
	Cursor() sealed.Place
	SetCursor(p sealed.Place) error
}

// Objects is where published objects lie, by the hash of their bytes.
type Objects interface {
	Object(hash [32]byte) ([]byte, error) // nil when it has not come
	Objects() ([][32]byte, error)
	DropObject(hash [32]byte) error
	SetWanted(all []sealed.Announced) error // what the carrier shall fetch
}

// Box is the post box of one journal.
type Box interface {
	Outbox
	Pictures
	Inbox
	Objects
	Clockwork
}

// Papers are the request to be enrolled and its answer, on their way.
type Papers interface {
	Request() ([]byte, error) // nil when there is none
	Answer() ([]byte, error)  // nil when none has come
	KeepRequest(t sealed.Token, request []byte) error
	DropAnswer() error
	Forget() error // request and answer
}

// Gate is the carrier's part in enrolment.
type Gate interface {
	Papers
	TransportKey() (key *ecdsa.PrivateKey, public []byte, err error)
	Send(ctx context.Context) error // the request over the line, now
}

// Contact is what the carrier last did.
type Contact struct {
	At      time.Time // of the last try; zero when there never was one
	Good    time.Time // when head office last answered well
	Code    app.Code  // why the last try failed; "" when it did not
	Reason  string    // head office's own word for it
	Next    time.Time // when the carrier tries again
	Running bool      // somebody carries by himself
}

// Carrier is how this use case reaches the files: functions, because there is no box before there
// is a journal.
type Carrier struct {
	Box     func(app.Chain) (Box, error)
	Gate    Gate
	Contact func() (Contact, error)
}

// Post is the use case.
type Post struct {
	store   Store
	carrier Carrier
	clock   app.Clock
	behind  map[sealed.Place]bool // frames that wait behind a missing one and were proven
	timed   time.Time             // head office's last answer to what time it is
	tidied  bool                  // the objects were looked through since the program began
}

// New wires it up.
func New(store Store, carrier Carrier, clock app.Clock) *Post {
	return &Post{store: store, carrier: carrier, clock: clock}
}

// box opens the journal's post box; post.not_enrolled before there is a journal.
func (p *Post) box() (Box, error) {
	chain := p.store.Chain()
	if chain == (app.Chain{}) {
		return nil, app.Fail(app.PostNotEnrolled)
	}
	return p.carrier.Box(chain)
}

// Names of the settings that this package keeps.
const (
	settingRoots   = "office.roots"   // the pinned fingerprints, one after the other
	settingToken   = "enrol.token"    // the token's text, until the answer is applied
	settingRecall  = "office.recall"  // why head office called this kiosk back
	settingMessage = "office.message" // CBOR [id, en], the newest
)

// Roots are the pinned root keys: they came with the token, by hand.
func (p *Post) Roots(ctx context.Context) (office.Roots, error) {
	b, err := p.store.Setting(ctx, settingRoots)
	if err != nil {
		return nil, err
	}
	var roots office.Roots
	for ; len(b) >= len(office.Fingerprint{}); b = b[len(office.Fingerprint{}):] {
		roots = append(roots, office.Fingerprint(b))
	}
	return roots, nil
}

// Judge is how this kiosk judges head office's certificates.
func (p *Post) Judge(ctx context.Context) (office.Judge, error) {
	roots, err := p.Roots(ctx)
	if err != nil {
		return office.Judge{}, err
	}
	known, err := p.store.KnownTime(ctx)
	if err != nil {
		return office.Judge{}, err
	}
	epoch, err := p.store.OfficeEpoch(ctx)
	return office.Judge{Roots: roots, Known: known, Epoch: epoch}, err
}
