package officesuite

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/binary"
	"fmt"
	"testing"
	"time"

	"loket/app"
	"loket/app/journal"
	"loket/app/sealed"
)

// Kiosk is the other end of the post, for tests of head office: it keeps a journal in memory, seals
// batches, and reads its feed.
type Kiosk struct {
	Chain     app.Chain
	Device    ed25519.PrivateKey
	Issuing   ed25519.PrivateKey
	Opening   sealed.OpeningKey
	Transport *ecdsa.PrivateKey

	At       time.Time
	Scope    app.Scope // of what is written next: a programme's, or those who pay for themselves
	seq      uint64
	number   uint64
	counter  uint32
	head     journal.Head
	previous sealed.Identity
	counts   map[app.Scope]uint64
	waiting  []sealed.Item
	Event    string // at which entries are made; "" at the branch

	hashes map[[32]byte]sealed.Place // of the frames read
}

// NewKiosk makes a kiosk with fresh keys.
func NewKiosk(t testing.TB, chain app.Chain, at time.Time) *Kiosk {
	t.Helper()
	opening, err := sealed.NewOpeningKey()
	need(t, err)
	transport, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	need(t, err)
	k := &Kiosk{Chain: chain, Device: newKey(t), Issuing: newKey(t), Opening: opening, Transport: transport, At: at, Scope: app.ScopeSelfPayers, counts: map[app.Scope]uint64{}, hashes: map[[32]byte]sealed.Place{}}
	k.head = journal.Genesis(chain, public(k.Device))
	return k
}

// Request asks head office to take the kiosk in.
func (k *Kiosk) Request(t testing.TB, secret [16]byte) []byte {
	t.Helper()
	spki, err := x509.MarshalPKIXPublicKey(k.Transport.Public())
	need(t, err)
	b, err := sealed.SignRequest(sealed.Request{Chain: k.Chain, Keys: sealed.KioskKeys{
		Device: public(k.Device), Issuing: public(k.Issuing), Opening: k.Opening.Public(), Transport: spki,
	}, At: k.At}, secret, k.Device, k.Issuing, k.Transport)
	need(t, err)
	return b
}

// Add writes an entry.
func (k *Kiosk) Add(t testing.TB, kind journal.Kind, body any, part *journal.Part) app.EntryID {
	t.Helper()
	return k.add(t, kind, nil, body, part)
}

// About writes an entry about another of the same chain.
func (k *Kiosk) About(t testing.TB, kind journal.Kind, subject app.EntryID) {
	t.Helper()
	k.add(t, kind, binary.BigEndian.AppendUint64(nil, subject.Seq), nil, nil)
}

func (k *Kiosk) add(t testing.TB, kind journal.Kind, subject journal.Subject, body any, part *journal.Part) app.EntryID {
	t.Helper()
	packed, err := journal.Body(body)
	need(t, err)
	k.seq++
	e := journal.Entry{
		V: journal.Version, Kiosk: k.Chain.Kiosk, Incarnation: k.Chain.Incarnation, Seq: k.seq, At: k.At.UnixMilli() + int64(k.seq),
		Boot: 1, Operator: "dl", Agency: "insurer", Event: k.Event, Scope: k.Scope, Kind: kind, Subject: subject, Body: packed,
	}
	if part != nil {
		hash := part.Hash()
		e.Personal = hash[:]
	}
	k.waiting = append(k.waiting, sealed.Item{Entry: e, Part: part})
	return e.ID()
}

// Person is an invented person with a number of that person's own.
func Person(n int) app.Record {
	yes := true
	return app.Record{
		Person: app.Person{
			NIK: fmt.Sprintf("647101%02d0190%04d", n%28+1, n), Name: fmt.Sprintf("YOHANES CONTOH %d", n),
			BirthPlace: "Bontang", BirthDate: app.Date{Year: 1990, Month: 1, Day: n%28 + 1}, Sex: app.Male, MotherName: "MARIA CONTOH",
		},
		Address: app.Address{Street: "Jl. Contoh 1", RT: "001", RW: "002", Village: "64.71.01.1001"},
		Reach:   app.Reach{NoPhone: true},
		Work:    app.Work{Occupation: "farmer", BusinessOwner: &yes, Income: 900000},
		Plan:    app.Plan{Programmes: app.WorkAccident | app.Death, FirstMonth: app.Month{Year: 2026, Month: 12}, Months: 3, Payer: app.PayerSelf},
		Source:  app.SourceWalkIn,
	}
}

// Register captures a person; member and review may be empty.
func (k *Kiosk) Register(t testing.TB, person app.Record, member, review string) app.EntryID {
	t.Helper()
	packed, err := journal.PackRecord(person)
	need(t, err)
	part, err := journal.NewPart(packed)
	need(t, err)
	k.counter++
	return k.Add(t, journal.RegistrationCaptured, journal.RegistrationBody{Counter: k.counter, Member: member, Review: review}, &part)
}

// Queue queues a card.
func (k *Kiosk) Queue(t testing.TB, serial uint32, registration app.EntryID, replaces uint32) {
	t.Helper()
	hash := sha256.Sum256([]byte{byte(serial), byte(serial >> 8), byte(serial >> 16)})
	kind := journal.CardQueued
	if replaces != 0 {
		kind = journal.CardReissued
	}
	k.Add(t, kind, journal.CardBody{Serial: serial, Registration: registration.Seq, Member: "26100000001", Generation: 1, Hash: hash[:], Replaces: replaces}, nil)
}

// Seal makes the next batch of what waits.
func (k *Kiosk) Seal(t testing.TB) *sealed.Prepared {
	t.Helper()
	k.number++
	p, err := sealed.Prepare(sealed.Sealing{Chain: k.Chain, Number: k.number, Previous: k.previous, Before: k.head, Counts: k.counts}, k.waiting, k.Device)
	need(t, err)
	k.previous, k.head, k.counts, k.waiting = p.Identity, p.Header.HeadAfter, p.Header.Counts, nil
	return p
}

// Copy is another kiosk with the same keys and the same story so far: what a stolen disk makes.
func (k *Kiosk) Copy() *Kiosk {
	twin := *k
	twin.waiting = append([]sealed.Item(nil), k.waiting...)
	return &twin
}

// Read opens a feed from its first frame and proves its chain.
func (k *Kiosk) Read(t testing.TB, clerk *Clerk, feed [][]byte) []sealed.Frame {
	t.Helper()
	var frames []sealed.Frame
	var previous [32]byte
	for i, raw := range feed {
		f, hash, err := sealed.OpenFrame(raw, k.Chain, k.Opening, clerk.Roots(), k.At)
		need(t, err)
		if i == 0 {
			previous, err = sealed.FeedGenesis(k.Chain, f.Epoch)
			need(t, err)
		}
		if f.Number != uint64(i+1) || f.Previous != previous {
			t.Fatalf("frame %d is out of the chain", f.Number)
		}
		previous, k.hashes[hash] = hash, f.Place()
		frames = append(frames, f)
	}
	return frames
}
