package desk_test

import (
	"context"
	"errors"
	"log"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"loket/app"
	"loket/app/access"
	"loket/app/carrier"
	"loket/app/cmd/centre"
	"loket/app/cmd/desk"
	"loket/app/cmd/people"
	"loket/app/counter"
	"loket/app/office/books"
	"loket/app/vault"
	"loket/app/words"
)

// Bad input, from the counter's side: each kind has a code, a sentence in both languages that says
// what to do, and loses nothing.

const pin = "83640219"

var cheap = vault.Cost{Memory: 8, Time: 1} // no protection, and fast

// clock is a clock that tests move.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock {
	return &clock{at: time.Date(2026, 11, 20, 14, 5, 0, 0, time.FixedZone("WITA", 8*3600))}
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// kiosk is an enrolled kiosk with its supervisor signed in.
type kiosk struct {
	*desk.Desk
	*people.Crowd
	clock *clock
	s     access.Session
	state string
}

// headOffice answers all kiosks of these tests; each kiosk has a number and a clock of its own.
var (
	headOffice *centre.Centre

	headOfficeDir string
	officeTime    = newClock()
	kiosks        atomic.Uint32
)

func TestMain(m *testing.M) { os.Exit(testAll(m)) }

func testAll(m *testing.M) int {
	dir, err := os.MkdirTemp("", "loket-desk-*")
	headOfficeDir = dir
	if err == nil {
		headOffice, err = centre.Start(context.Background(), centre.Options{Data: dir, Listen: "127.0.0.1:0", KioskListen: "127.0.0.1:0", Clock: officeTime})
	}
	if err != nil {
		log.Print(err)
		return 1
	}
	code := m.Run()
	if err := errors.Join(headOffice.Stop(context.Background()), os.RemoveAll(dir)); err != nil {
		log.Print(err)
		return 1
	}
	return code
}

// begun is a kiosk in a folder with its first supervisor signed in, without any word to head office.
func begun(t *testing.T, dir string) *kiosk {
	t.Helper()
	return begunWith(t, dir, t.TempDir())
}

func guestOf(number app.Kiosk) books.Guest {
	return books.Guest{Kiosk: number, BranchCode: "BALIKPAPAN", BranchName: "Kantor Cabang Balikpapan"}
}

// begunWith is begun on a computer whose secret lies in a folder.
func begunWith(t *testing.T, dir, state string) *kiosk {
	t.Helper()
	at, number := newClock(), app.Kiosk(400+kiosks.Add(1))
	k := &kiosk{Crowd: people.New(uint64(number), app.DateOf(at.Now())), clock: at, state: state}
	k.reopen(t, dir)
	token, err := headOffice.Office.Invite(t.Context(), guestOf(number), headOffice.KioskAddress, "test")
	must(t, err)
	k.s, err = k.FirstStart(t.Context(), token, "DEWI LESTARI", pin)
	must(t, err)
	return k
}

func (k *kiosk) reopen(t *testing.T, dir string) {
	t.Helper()
	d, err := desk.Open(t.Context(), dir, k.options())
	must(t, err)
	k.Desk = d
	t.Cleanup(func() {
		if k.Desk == d {
			must(t, d.Close(context.Background()))
		}
	})
}

func (k *kiosk) options() desk.Options {
	return desk.Options{Clock: k.clock, Cost: cheap, State: k.state}
}

func (k *kiosk) shut(t *testing.T) (dir string) {
	t.Helper()
	dir, k.Desk = k.Dir, closed(t, k.Desk)
	return dir
}

func closed(t *testing.T, d *desk.Desk) *desk.Desk {
	t.Helper()
	must(t, d.Close(t.Context()))
	return nil
}

func (k *kiosk) signIn(t *testing.T) {
	t.Helper()
	all, err := k.Door.People(t.Context())
	must(t, err)
	k.s, err = k.SignIn(t.Context(), all[0].ID, pin)
	must(t, err)
}

func folder(t *testing.T) string { return filepath.Join(t.TempDir(), "data") }

// enrolled is a kiosk that has numbers and lists.
func enrolled(t *testing.T) *kiosk {
	t.Helper()
	k := begun(t, folder(t))
	_, err := k.Post.EnrolNow(t.Context(), k.s.Keys)
	must(t, err)
	k.exchange(t)
	return k
}

func (k *kiosk) exchange(t *testing.T) {
	t.Helper()
	_, err := k.Beat(t.Context(), true)
	must(t, err)
	agent := carrier.Agent{Dir: k.Dir}
	must(t, agent.Once(t.Context()))
	must(t, headOffice.Office.Publish(t.Context())) // which it does by itself, a moment later
	must(t, agent.Once(t.Context()))
	_, err = k.Beat(t.Context(), false)
	must(t, err)
}

// typed is a complete form of somebody new, kept as a draft.
func (k *kiosk) typed(t *testing.T) counter.Draft {
	t.Helper()
	d := counter.NewDraft(app.SourceWalkIn)
	d.Form = people.Form(k.WalkIn())
	must(t, k.Counter.SaveDraft(t.Context(), k.s.Operator, d))
	return d
}

func (k *kiosk) registered(t *testing.T) app.Registration {
	t.Helper()
	r, err := k.Counter.Save(t.Context(), k.s.Operator, k.typed(t))
	must(t, err)
	return r
}

// kept says that a draft is there as it was typed.
func (k *kiosk) kept(t *testing.T, want counter.Draft) counter.Draft {
	t.Helper()
	got, err := k.Counter.Resume(t.Context(), want.ID)
	must(t, err)
	for field, text := range want.Form.Typed {
		if got.Form.Text(field) != text {
			t.Errorf("the draft has lost %s", field)
		}
	}
	return got
}

func (k *kiosk) seq() uint64 {
	seq, _ := k.Store.Head()
	return seq
}

// intact says that the journal's chain still checks and holds so many entries.
func (k *kiosk) intact(t *testing.T, seq uint64) {
	t.Helper()
	if got := k.seq(); got != seq {
		t.Errorf("the journal has %d entries, want %d", got, seq)
	}
	device, err := k.Store.Device(t.Context())
	must(t, err)
	must(t, k.Store.CheckChain(t.Context(), device, nil))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refused demands a code that speaks for itself.
func refused(t *testing.T, err error, want app.Code) {
	t.Helper()
	if got := app.CodeOf(err); got != want {
		t.Fatalf("%q, want %q (%v)", got, want, err)
	}
	var known *app.Error
	if !errors.As(err, &known) {
		t.Fatal("a foreign error reached the edge:", err)
	}
	said := map[string]bool{}
	for _, lang := range []words.Lang{words.ID, words.EN} {
		s := words.Error(lang, err)
		// What to do stands in a sentence of its own.
		if strings.ContainsAny(s, "{}[]") || strings.Count(s, ".")+strings.Count(s, ":") < 2 || said[s] {
			t.Errorf("%s in %s: %q", want, lang, s)
		}
		said[s] = true
	}
}
