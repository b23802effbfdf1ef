package desk_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loket/app"
	"loket/app/access"
	"loket/app/carrier"
	"loket/app/cmd/centre"
	"loket/app/cmd/desk"
	"loket/app/cmd/people"
	"loket/app/counter"
)

// branch is a kiosk of a head office of its own, with somebody at it.
type branch struct {
	desk  *desk.Desk
	s     access.Session
	crowd *people.Crowd
	regs  []app.EntryID
	cards map[app.Serial]app.EntryID
}

func branchOf(t *testing.T, c *centre.Centre, number app.Kiosk) *branch {
	t.Helper()
	ctx := t.Context()
	dir := t.TempDir()
	d, err := desk.Open(ctx, filepath.Join(dir, "data"), desk.Options{State: filepath.Join(dir, "state")})
	must(t, err)
	t.Cleanup(func() { must(t, d.Close(context.WithoutCancel(ctx))) })
	token, err := c.Office.Invite(ctx, guestOf(number), c.KioskAddress, "test")
	must(t, err)
	b := &branch{desk: d, crowd: people.New(uint64(number), app.DateOf(time.Now())), cards: map[app.Serial]app.EntryID{}}
	b.s, err = d.FirstStart(ctx, token, "DEWI LESTARI", "83640219")
	must(t, err)
	_, err = d.Post.EnrolNow(ctx, b.s.Keys)
	must(t, err)
	b.exchange(t, c)
	return b
}

// exchange carries the post until nothing more comes of it.
func (b *branch) exchange(t *testing.T, c *centre.Centre) {
	t.Helper()
	ctx := t.Context()
	agent := carrier.Agent{Dir: b.desk.Dir}
	for range 4 {
		_, err := b.desk.Beat(ctx, true)
		must(t, err)
		must(t, agent.Once(ctx))
		must(t, c.Office.Publish(ctx))
		must(t, agent.Once(ctx))
		_, err = b.desk.Beat(ctx, false)
		must(t, err)
	}
}

func (b *branch) register(t *testing.T, n int, withCard bool) {
	t.Helper()
	for range n {
		d := counter.NewDraft(app.SourceWalkIn)
		d.Form = people.Form(b.crowd.WalkIn())
		r, err := b.desk.Counter.Save(t.Context(), b.s.Operator, d)
		must(t, err)
		b.regs = append(b.regs, r.ID)
		if withCard {
			card, err := b.desk.Issuing.Issue(t.Context(), b.s.Operator, r.ID)
			must(t, err)
			b.cards[card.Serial] = r.ID
		}
	}
}

// Head office is restored from a backup that is older than receipts, cards, news and leases. Nobody at
// a kiosk does anything about it: every record is there once, under the number that it had, what was
// lost is told to the kiosk again, and no number is given twice.
func TestAHeadOfficeComesOutOfABackup(t *testing.T) {
	ctx, data := t.Context(), t.TempDir()
	options := centre.Options{Data: data, Listen: "127.0.0.1:0", KioskListen: "127.0.0.1:0", Practice: true}
	c, err := centre.Start(ctx, options)
	must(t, err)
	options.KioskListen = strings.TrimPrefix(c.KioskAddress, "https://")
	a, b := branchOf(t, c, 417), branchOf(t, c, 418)
	a.register(t, 3, true)
	b.register(t, 2, false)
	a.exchange(t, c)
	b.exchange(t, c)
	backup := filepath.Join(t.TempDir(), "backup")
	_, err = centre.Backup(ctx, options, backup, false)
	must(t, err)

	for range 2 { // with receipts, decisions, and leases of which they use numbers
		a.register(t, 140, true)
		a.exchange(t, c)
	}
	b.register(t, 2, false) // and no more after this
	b.exchange(t, c)
	if s, err := a.desk.Post.State(ctx); err != nil || !s.Green() {
		t.Fatalf("%+v %v", s, err)
	}
	must(t, c.Stop(ctx))

	r, err := centre.Restore(ctx, options, backup, 0)
	must(t, err)
	if r.Aside == "" {
		t.Error("the books that were there are gone")
	}
	a.register(t, 1, true) // while head office is away
	if c, err = centre.Start(ctx, options); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { must(t, c.Stop(context.WithoutCancel(ctx))) })
	a.exchange(t, c)
	b.exchange(t, c)
	a.register(t, 1, true)
	a.exchange(t, c)
	a.whole(t, c)
	b.whole(t, c)
	f, err := c.Store.Figures(ctx, time.Now(), time.Now())
	must(t, err)
	if f.Accepted != len(a.regs)+len(b.regs) || f.Quarantined+f.Alarms+f.Duplicates+f.Waiting != 0 {
		t.Errorf("%+v", f)
	}
	alarms, err := c.Office.Alarms(ctx)
	if err != nil || len(alarms) != 0 {
		t.Errorf("%+v %v", alarms, err)
	}
	a.unlikeAny(t, c, branchOf(t, c, 419))
}

// whole says that both sides tell the same of each registration, that every card is good, and that
// nothing exists at the kiosk alone.
func (b *branch) whole(t *testing.T, c *centre.Centre) {
	t.Helper()
	s, err := b.desk.Post.State(t.Context())
	if err != nil || !s.Green() || s.Again != 0 || len(s.Problems) != 0 {
		t.Errorf("%+v %v", s, err)
	}
	for _, id := range b.regs {
		here, err := b.desk.Store.Registration(t.Context(), id)
		must(t, err)
		there, err := c.Store.Registration(t.Context(), id)
		must(t, err)
		if there.State != app.Accepted || here.State != app.Accepted || here.Member != there.Member || here.Member == "" {
			t.Errorf("%v: %s %s here, %s %s there", id, here.State, here.Member, there.State, there.Member)
		}
	}
	for serial := range b.cards {
		face, err := b.desk.Issuing.Face(t.Context(), serial)
		must(t, err)
		if answer, err := b.desk.Checking.Check(t.Context(), face.Text); err != nil || !answer.Genuine {
			t.Errorf("card %d: %v %v", serial, answer.Reason, err)
		}
	}
}

// unlikeAny says that a new kiosk gets no number that this one has used.
func (b *branch) unlikeAny(t *testing.T, c *centre.Centre, young *branch) {
	t.Helper()
	young.register(t, 3, true)
	young.exchange(t, c)
	young.whole(t, c)
	members := map[app.MemberNumber]bool{}
	for _, id := range b.regs {
		r, err := c.Store.Registration(t.Context(), id)
		must(t, err)
		members[r.Member] = true
	}
	for _, id := range young.regs {
		r, err := c.Store.Registration(t.Context(), id)
		must(t, err)
		if members[r.Member] {
			t.Errorf("number %s was given twice", r.Member)
		}
	}
	for serial := range young.cards {
		if _, twice := b.cards[serial]; twice {
			t.Errorf("serial %d was given twice", serial)
		}
	}
}
