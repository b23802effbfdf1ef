package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"loket/app"
	"loket/app/carrier"
	"loket/app/cmd/desk"
	"loket/app/issuing"
	"loket/app/journal"
	"loket/app/post"
	"loket/app/vault"
)

// tourPIN is the supervisor's PIN; it protects nothing but this folder.
const tourPIN = "84061937"

func (t *tour) officeDir() string { return filepath.Join(t.work, "pusat") }
func (t *tour) kioskDir() string  { return filepath.Join(t.work, "loket") }
func (t *tour) tokenFile() string { return filepath.Join(t.work, "token.txt") }

func (t *tour) startOffice(ctx context.Context) (string, error) {
	t.office = &officeProcess{
		data: t.officeDir(), log: filepath.Join(t.work, "serve.log"), practice: t.cmd.Practice,
		console: "127.0.0.1:0", kiosks: "127.0.0.1:0",
	}
	return "", t.office.start(ctx)
}

// open opens the kiosk as the window does, with a cheaper PIN slot: it protects invented people.
func (t *tour) open(ctx context.Context) error {
	var err error
	t.desk, err = desk.Open(ctx, t.kioskDir(), desk.Options{
		Clock: envClock{t.env}, State: filepath.Join(t.work, "mesin"), Cost: vault.Cost{Memory: 64 << 10, Time: 1},
	})
	return err
}

// reopen ends the program and starts it again.
func (t *tour) reopen(ctx context.Context) error {
	if t.desk != nil {
		if err := t.desk.Close(ctx); err != nil {
			return err
		}
		t.desk = nil
	}
	if err := t.open(ctx); err != nil {
		return err
	}
	var err error
	t.who, err = t.desk.SignIn(ctx, t.who.Operator.ID, tourPIN)
	return err
}

// readToken: a token with one wrong letter is refused, the right one is read.
func (t *tour) readToken(ctx context.Context) (string, error) {
	pair, err := pairOf(ctx, t.officeDir())
	if err != nil {
		return "", err
	}
	t.pair = pair
	if _, err := must(ctx, append([]string{"office", "token", "--data", t.officeDir(), "--branch", "K06", "--branch-name", "Kantor Cabang Contoh", "--out", t.tokenFile()}, pair...)...); err != nil {
		return "", err
	}
	if err := t.open(ctx); err != nil {
		return "", err
	}
	text, err := t.token()
	if err != nil {
		return "", err
	}
	wrong := []byte(text)
	wrong[len(wrong)/2] = "AB"[min(1, int(wrong[len(wrong)/2]&1))]
	if string(wrong) == text {
		wrong[len(wrong)/2] = 'C'
	}
	if _, err := t.desk.Post.Welcome(ctx, string(wrong)); app.CodeOf(err) != app.TokenBad {
		return "", errors.Join(differs("a spoiled token must be refused"), err)
	}
	token, err := t.desk.Post.Welcome(ctx, text)
	return token.Chain.String(), err
}

func (t *tour) token() (string, error) {
	b, err := os.ReadFile(t.tokenFile())
	return strings.TrimSpace(string(b)), app.Wrap("tour.token", app.FileUnread, err)
}

func (t *tour) firstStart(ctx context.Context) (string, error) {
	text, err := t.token()
	if err != nil {
		return "", err
	}
	token, err := t.desk.Post.Welcome(ctx, text)
	if err != nil {
		return "", err
	}
	if t.who, err = t.desk.FirstStart(ctx, token, "DEWI CONTOH", tourPIN); err != nil {
		return "", err
	}
	if _, err := t.desk.Door.SignIn(ctx, t.who.Operator.ID, "11112222"); app.CodeOf(err) != app.AccessPINWrong {
		return "", errors.Join(differs("a wrong PIN must be refused"), err)
	}
	t.supervisor = t.who.Operator.ID
	return t.supervisor, nil
}

func (t *tour) enrol(ctx context.Context) (string, error) {
	stage, err := t.desk.Post.EnrolNow(ctx, t.who.Keys)
	if err == nil && stage != post.Enrolled {
		err = differs("the enrolment")
	}
	if err != nil {
		return string(stage), err
	}
	if again, err := t.desk.Post.EnrolNow(ctx, t.who.Keys); err != nil || again != post.Enrolled {
		return "", errors.Join(differs("a second enrolment changes nothing"), err)
	}
	return string(stage), t.desk.Reload(ctx)
}

func (t *tour) startAgent(ctx context.Context) (string, error) {
	var err error
	if t.agent, err = start(filepath.Join(t.work, "agent.log"), "agent", "run", "--data", t.kioskDir(), "--rest", "1s"); err != nil {
		return "", err
	}
	return "", until(ctx, "agent", func() (bool, error) {
		if gone, how := t.agent.ended(); gone {
			return false, errors.Join(differs("agent run"), how)
		}
		s, err := carrier.StatusOf(t.kioskDir())
		return !s.LastContact.IsZero(), err
	})
}

// awaitLease: numbers for people and cards come as news, together with the first lists.
func (t *tour) awaitLease(ctx context.Context) (string, error) {
	var stock issuing.Stock
	err := until(ctx, "lease", func() (bool, error) {
		if _, err := t.desk.Beat(ctx, false); err != nil {
			return false, err
		}
		var err error
		stock, err = t.desk.Issuing.Remaining(ctx)
		return stock.Members > 0 && stock.Serials > 0 && t.desk.Checking.Trust() != nil, err
	})
	return fmt.Sprintf("%d numbers, %d serials", stock.Members, stock.Serials), err
}

// send: two people registered, a card handed over; the light is on until the receipt is applied.
func (t *tour) send(ctx context.Context) (string, error) {
	entries, attachments, err := t.desk.Post.Light(ctx)
	if err != nil {
		return "", err
	}
	if entries == 0 || attachments != 1 {
		return "", differs("records that exist only here")
	}
	return fmt.Sprintf("%d records, %d attachment", entries, attachments), t.sendAll(ctx)
}

// sendAll sends what there is and waits until nothing exists only here.
func (t *tour) sendAll(ctx context.Context) error {
	if _, err := t.desk.Beat(ctx, true); err != nil {
		return err
	}
	if err := carrier.SendNow(t.kioskDir()); err != nil {
		return err
	}
	return t.untilGreen(ctx)
}

func (t *tour) untilGreen(ctx context.Context) error {
	return until(ctx, "receipts", func() (bool, error) {
		if _, err := t.desk.Beat(ctx, true); err != nil {
			return false, err
		}
		s, err := t.desk.Post.State(ctx)
		if err == nil && len(s.Problems) > 0 {
			err = differs(fmt.Sprint("news without problems: ", s.Problems))
		}
		return s.Green() && s.Batches == 0, err
	})
}

// untilStands waits until head office's word on a person has come.
func (t *tour) untilStands(ctx context.Context, id app.EntryID, what string, stands func(app.Registration) bool) error {
	return until(ctx, what, func() (bool, error) {
		if _, err := t.desk.Beat(ctx, false); err != nil {
			return false, err
		}
		r, err := t.desk.Store.Registration(ctx, id)
		return stands(r), err
	})
}

func accepted(r app.Registration) bool { return r.State == app.Accepted && r.Member.Valid() }

func (t *tour) awaitDecision(ctx context.Context) (string, error) {
	n, err := t.allDecided(ctx)
	return fmt.Sprintf("%d accepted", n), err
}

// allDecided waits until head office has accepted everybody of this kiosk, and counts them. Whom two
// sponsors pay for it keeps once.
func (t *tour) allDecided(ctx context.Context) (n int, err error) {
	err = until(ctx, "decisions", func() (bool, error) {
		if _, err := t.desk.Beat(ctx, false); err != nil {
			return false, err
		}
		n = 0
		for r, err := range t.desk.Store.Registrations(ctx) {
			if err != nil {
				return false, err
			}
			if !accepted(r) && !paidTwice(r) {
				return false, nil
			}
			n++
		}
		return true, nil
	})
	return n, err
}

func paidTwice(r app.Registration) bool {
	return r.State == app.Duplicate && r.Reason == app.OfficeOtherPayer
}

// beginCover is a person's work at head office; "aktif" is said from then on only.
func (t *tour) beginCover(ctx context.Context) (string, error) {
	from := app.DateOf(t.env.Now()).ISO()
	if _, err := must(ctx, append([]string{"office", "cover", "--data", t.officeDir(), "--all", "--from", from}, t.pair...)...); err != nil {
		return "", err
	}
	return from, t.untilStands(ctx, t.siti.ID, "cover", func(r app.Registration) bool { return r.Cover == app.CoverBegun })
}

// byStick: with nobody on the line, a stick carries the same bytes there and back.
func (t *tour) byStick(ctx context.Context) (string, error) {
	if err := t.agent.stop(); err != nil {
		return "", err
	}
	t.agent = nil
	r, err := t.register(ctx, 2)
	if err != nil {
		return "", err
	}
	stick := filepath.Join(t.work, "stik")
	inventory, err := exportPost(ctx, t.desk, t.who, stick)
	if err != nil {
		return "", err
	}
	if len(inventory.Batches) == 0 {
		return "", differs("a batch on the stick")
	}
	for range 2 { // the second time changes nothing
		if _, err := must(ctx, "office", "stick", stick, "--data", t.officeDir()); err != nil {
			return "", err
		}
	}
	frames, _, err := importPost(ctx, t.desk, t.who, stick)
	if err != nil {
		return "", err
	}
	if now, err := t.desk.Store.Registration(ctx, r.ID); err != nil || !accepted(now) {
		return "", errors.Join(differs("the decision from the stick"), err)
	}
	_, err = t.startAgent(ctx)
	return fmt.Sprintf("%d batches out, %d frames in", len(inventory.Batches), frames), err
}

// killed: head office and the agent die in the middle of their work, each time at another moment,
// and nothing is lost or doubled.
func (t *tour) killed(ctx context.Context) (string, error) {
	kills := 0
	for n := 3; n < len(invented); n++ {
		if _, err := t.register(ctx, n); err != nil {
			return "", err
		}
		if _, err := t.desk.Beat(ctx, true); err != nil {
			return "", err
		}
		if err := carrier.SendNow(t.kioskDir()); err != nil {
			return "", err
		}
		for _, victim := range []func(context.Context) error{t.killOffice, t.killAgent} {
			if err := pause(ctx, time.Duration(kills*kills)*8*time.Millisecond); err != nil {
				return "", err
			}
			if err := victim(ctx); err != nil {
				return "", err
			}
			kills++
		}
	}
	return fmt.Sprintf("%d kills", kills), t.untilGreen(ctx)
}

// pause spreads the kills over what the two are doing; no outcome depends on how long it is.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return app.Wrap("tour.pause", app.Cancelled, ctx.Err())
	case <-time.After(d):
		return nil
	}
}

func (t *tour) killOffice(ctx context.Context) error {
	if err := t.office.process.kill(); err != nil {
		return err
	}
	return t.office.start(ctx)
}

func (t *tour) killAgent(ctx context.Context) error {
	if err := t.agent.kill(); err != nil {
		return err
	}
	_, err := t.startAgent(ctx)
	return err
}

func (t *tour) green(ctx context.Context) (string, error) {
	if err := t.untilGreen(ctx); err != nil {
		return "", err
	}
	_, err := t.allDecided(ctx)
	return "0 only here", err
}

func (t *tour) checkChain(ctx context.Context) (string, error) {
	device, err := t.desk.Store.Device(ctx)
	if err != nil {
		return "", err
	}
	seq, _ := t.desk.Store.Head()
	if err := t.desk.Store.CheckChain(ctx, device, nil); err != nil {
		return "", err
	}
	captured, err := t.captured(ctx)
	if err != nil {
		return "", err
	}
	for _, id := range t.people {
		if !captured[id] {
			return "", differs(fmt.Sprint("a captured entry of ", id))
		}
	}
	return fmt.Sprintf("%d entries", seq), nil
}

// captured are all who were registered here, by the journal.
func (t *tour) captured(ctx context.Context) (map[app.EntryID]bool, error) {
	seq, _ := t.desk.Store.Head()
	entries, err := t.desk.Store.Entries(ctx, 1, seq)
	ids := map[app.EntryID]bool{}
	for _, e := range entries {
		if e.Kind == journal.RegistrationCaptured {
			ids[app.EntryID{Chain: t.desk.Store.Chain(), Seq: e.Seq}] = true
		}
	}
	return ids, err
}
