package years

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"loket/app"
	"loket/app/access"
	"loket/app/card"
	"loket/app/carrier"
	"loket/app/cmd/desk"
	"loket/app/cmd/people"
	"loket/app/counter"
	"loket/app/custody"
	"loket/app/issuing"
	"loket/app/office/books"
	"loket/app/sealed"
	"loket/app/vault"
)

const pin = "83640219"

// cheap PIN slots protect nothing, and a life of years signs in thousands of times.
var cheap = vault.Cost{Memory: 8, Time: 1}

// peopleAWeek come to a counter. Four counters make a thousand cards a year, and some.
const peopleAWeek = 5

// kiosk is a place with a number; its computers come and go.
type kiosk struct {
	world  *world
	number app.Kiosk

	desk  *desk.Desk
	s     access.Session
	dir   string        // of the present life
	state string        // of the machine, outside the data folder
	saved string        // the folder of a backup; "" there is none
	crowd *people.Crowd // of the year in which they come
	year  int

	wait []*cardStory // confirmed, to be handed over when head office has accepted
}

func (k *kiosk) chain() string {
	if k.desk == nil {
		return k.number.Digits()
	}
	return k.desk.Store.Chain().String()
}

// newLife sets up a new computer with the next incarnation. Stolen: the former is revoked in the same
// act.
func (k *kiosk) newLife(ctx context.Context, stolen bool) error {
	w := k.world
	w.report.Lives++
	var err error
	if k.dir, err = w.folder(fmt.Sprintf("kiosk-%s-%03d", k.number.Digits(), w.report.Lives)); err != nil {
		return err
	}
	k.state = k.dir + "-machine"
	if err := k.open(ctx); err != nil {
		return err
	}
	token, err := k.invited(ctx, stolen)
	if err != nil {
		return err
	}
	if k.s, err = k.desk.FirstStart(ctx, token, "DEWI LESTARI", pin); err != nil {
		return err
	}
	if _, err := k.desk.Post.EnrolNow(ctx, k.s.Keys); err != nil {
		return err
	}
	return k.exchange(ctx)
}

// invited is head office's token for the kiosk's next life.
func (k *kiosk) invited(ctx context.Context, stolen bool) (sealed.Token, error) {
	guest := books.Guest{Kiosk: k.number, BranchCode: "BALIKPAPAN", BranchName: "Kantor Cabang Balikpapan", Stolen: stolen}
	return k.world.centre.Office.Invite(ctx, guest, k.world.centre.KioskAddress, "admin")
}

func (k *kiosk) open(ctx context.Context) (err error) {
	k.desk, err = desk.Open(ctx, filepath.Join(k.dir, "data"), desk.Options{Clock: k.world.clock, Cost: cheap, State: k.state})
	return err
}

func (k *kiosk) close(ctx context.Context) error {
	if k.desk == nil {
		return nil
	}
	d := k.desk
	k.desk = nil
	return d.Close(ctx)
}

// signIn is the supervisor's; a computer that was carried off or damaged is opened again with it.
func (k *kiosk) signIn(ctx context.Context) error {
	all, err := k.desk.Door.People(ctx)
	if err != nil {
		return err
	}
	k.s, err = k.desk.SignIn(ctx, all[0].ID, pin)
	return err
}

// exchange carries the post twice, with new lists in between, so that what head office says to what came
// is here too.
func (k *kiosk) exchange(ctx context.Context) error {
	if err := k.post(ctx); err != nil {
		return err
	}
	if err := k.world.centre.Office.Publish(ctx); err != nil {
		return err
	}
	return k.post(ctx)
}

// post is one round: out with what is new, in with what came.
func (k *kiosk) post(ctx context.Context) error {
	if _, err := k.desk.Beat(ctx, true); err != nil {
		return err
	}
	err := (carrier.Agent{Dir: k.desk.Dir}).Once(ctx)
	if app.CodeOf(err) == app.LineRefused && k.world.report.Restores > 0 {
		err = nil // books that were restored may lack a key; what never arrives is counted at the end
	}
	if err != nil {
		return err
	}
	_, err = k.desk.Beat(ctx, false)
	k.s = k.desk.Session()
	return err
}

// week is the work of one: people come, cards are made, the post goes, and who was accepted gets the
// card.
func (k *kiosk) week(ctx context.Context) error {
	if err := k.signIn(ctx); err != nil {
		return err
	}
	if today := app.DateOf(k.world.clock.Now()); today.Year != k.year {
		k.crowd, k.year = people.New(k.world.Seed<<20+uint64(today.Year)<<8+uint64(k.number), today), today.Year
	}
	for range peopleAWeek {
		if err := k.serve(ctx); err != nil {
			return err
		}
	}
	if err := k.post(ctx); err != nil {
		return err
	}
	if err := k.handOver(ctx); err != nil {
		return err
	}
	return k.desk.SignOut(ctx)
}

// serve registers somebody and makes the card.
func (k *kiosk) serve(ctx context.Context) error {
	d := counter.NewDraft(app.SourceWalkIn)
	d.Form = people.Form(k.world.stranger(k.crowd))
	r, err := k.desk.Counter.Save(ctx, k.s.Operator, d)
	if err != nil {
		return err
	}
	k.world.registered(r)
	c, err := k.desk.Issuing.Issue(ctx, k.s.Operator, r.ID)
	if err != nil {
		return err
	}
	story := k.world.issued(c, r.ID)
	if err := k.confirm(ctx, c); err != nil {
		return err
	}
	k.wait = append(k.wait, story)
	return nil
}

// confirm prints and scans back.
func (k *kiosk) confirm(ctx context.Context, c app.Card) error {
	if _, err := k.desk.Issuing.Print(ctx, k.s.Operator, paperless{}, []app.Serial{c.Serial}); err != nil {
		return err
	}
	text, err := card.URL(k.desk.Settings().Host, c.Credential)
	if err != nil {
		return err
	}
	_, err = k.desk.Issuing.Confirm(ctx, k.s.Operator, text)
	return err
}

// handOver gives the cards away whose people are accepted.
func (k *kiosk) handOver(ctx context.Context) error {
	waiting := k.wait
	k.wait = nil
	for _, story := range waiting {
		if story.bad {
			continue
		}
		text, err := card.URL(k.desk.Settings().Host, story.credential)
		if err != nil {
			return err
		}
		held, err := k.desk.Custody.Scan(ctx, text)
		if err != nil {
			return err
		}
		if held.Registration.State != app.Accepted {
			k.wait = append(k.wait, story)
			continue
		}
		if _, err := k.desk.Custody.Hand(ctx, k.s.Operator, custody.Form{Serial: story.serial, Hash: held.Hash, Receiver: app.ReceiverHolder}); err != nil {
			return err
		}
	}
	return nil
}

// paperless is a printer whose cards are looked at by the simulation alone.
type paperless struct{}

// Print does nothing: that a card exists is said by the scan.
func (paperless) Print(context.Context, string, []issuing.Face) error { return nil }

// copyFolder copies a folder as a backup program or a thief does, file by file.
func copyFolder(from, to string) error {
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	return os.CopyFS(to, os.DirFS(from))
}
