package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"loket/app"
	"loket/app/card"
	"loket/app/cmd/centre"
	"loket/app/office/books"
)

func (t *tour) trustFile() string  { return filepath.Join(t.cmd.Out, "trust.cose") }
func (t *tour) statusFile() string { return filepath.Join(t.cmd.Out, "status.cwt") }

// awaitLists waits until the lists that came as news say that the card is active, and leaves them.
func (t *tour) awaitLists(ctx context.Context) (string, error) {
	cards, err := t.desk.Store.CardsOf(ctx, t.siti.ID)
	if err != nil || len(cards) == 0 {
		return "", errors.Join(differs("a card"), err)
	}
	roots, err := t.desk.Post.Roots(ctx)
	if err != nil {
		return "", err
	}
	err = until(ctx, "lists", func() (bool, error) {
		if _, err := t.desk.Beat(ctx, false); err != nil {
			return false, err
		}
		lists, err := t.desk.Store.Statuses(ctx)
		if err != nil {
			return false, err
		}
		for _, raw := range lists {
			list, err := card.ParseStatus(raw, roots)
			if err == nil && list.StatusOf(cards[0].Serial, t.env.Now()) == card.Active {
				return true, t.save(filepath.Base(t.statusFile()), raw)
			}
		}
		return false, nil
	})
	if err != nil {
		return "", err
	}
	trust, err := t.desk.Store.Trust(ctx)
	if err != nil {
		return "", err
	}
	return fmt.Sprint(len(trust), " bytes"), t.save(filepath.Base(t.trustFile()), trust)
}

// judged is what `card verify --json` says of a text.
func (t *tour) judged(ctx context.Context, text string) (int, map[string]any, error) {
	roots, err := t.desk.Post.Roots(ctx)
	if err != nil {
		return 0, nil, err
	}
	args := []string{
		"card", "verify", text, "--trust", t.trustFile(), "--status", t.statusFile(),
		"--host", t.desk.Settings().Host, "--json",
	}
	for _, r := range roots {
		args = append(args, "--root", r.String())
	}
	code, out, err := said(ctx, args...)
	if err != nil {
		return code, nil, err
	}
	var answer map[string]any
	if err := json.Unmarshal([]byte(out), &answer); err != nil {
		return code, nil, fmt.Errorf("%w: %s", differs("card verify"), out)
	}
	return code, answer, nil
}

func (t *tour) verify(ctx context.Context) (string, error) {
	code, answer, err := t.judged(ctx, t.cardText)
	if err != nil {
		return "", err
	}
	if code != exitDone || answer["genuine"] != true || answer["status"] != "active" || answer["member_number"] != string(t.siti.Member) {
		return "", differs(fmt.Sprint("a genuine, active card: ", answer))
	}
	return fmt.Sprint(answer["status"]), nil
}

// changedDigit: no digit of the card can be another one.
func (t *tour) changedDigit(ctx context.Context) (string, error) {
	for _, at := range []int{len(t.cardText) - 1, len(t.cardText) / 2, len(t.cardText) * 3 / 4} {
		changed := []byte(t.cardText)
		changed[at] = '0' + (changed[at]-'0'+1)%10
		code, answer, err := t.judged(ctx, string(changed))
		if err != nil {
			return "", err
		}
		if code != exitAnswerNo || answer["genuine"] == true {
			return "", differs(fmt.Sprint("a changed card must be refused: ", answer))
		}
	}
	return "", nil
}

func (t *tour) kioskCheck(ctx context.Context) (string, error) {
	answer, err := t.desk.Checking.Check(ctx, t.cardText)
	if err != nil {
		return "", err
	}
	if !answer.Genuine || !answer.Own || answer.Registration != app.Accepted {
		return "", differs("the kiosk's own answer about the card")
	}
	return answer.Key, nil
}

// exactlyOnce opens head office's books beside the running server and counts.
func (t *tour) exactlyOnce(ctx context.Context) (string, error) {
	head, err := centre.Open(ctx, centre.Options{Data: t.officeDir(), Clock: envClock{t.env}})
	if err != nil {
		return "", err
	}
	rows, err := head.Store.Registrations(ctx, books.Filter{Limit: 1000})
	leads, errs := head.Store.Leads(ctx, 10)
	if err := errors.Join(err, errs, head.Stop(ctx)); err != nil {
		return "", err
	}
	captured, err := t.captured(ctx)
	if err != nil {
		return "", err
	}
	twice := 0
	for _, r := range rows {
		switch {
		case paidTwice(r.Registration):
			twice++
		case r.State != app.Accepted:
			return "", differs("every registration accepted: " + string(r.State))
		}
		if !captured[r.ID] {
			return "", differs(fmt.Sprint(r.ID, " at head office once, and registered here"))
		}
		delete(captured, r.ID)
	}
	if len(captured) != 0 || twice != 1 || len(leads) != 1 {
		return "", differs(fmt.Sprintf("everybody at head office: %d missing, %d paid twice, %d employers", len(captured), twice, len(leads)))
	}
	return fmt.Sprint(len(rows), " registrations"), nil
}

// screens drives the real window; see drive.
func (t *tour) screens(ctx context.Context) (string, error) {
	if !t.cmd.Screens {
		return "not asked for", nil
	}
	set, err := t.scene(ctx)
	if err != nil {
		return "", err
	}
	if err := t.desk.Close(ctx); err != nil { // the window wants the folder for itself
		return "", err
	}
	t.desk = nil
	n, err := drive(ctx, window{
		Program: t.cmd.Window, Data: t.kioskDir(), State: filepath.Join(t.work, "mesin"), PIN: tourPIN, scene: set,
		Pictures: filepath.Join(t.cmd.Out, "screens"), Log: filepath.Join(t.work, "window.log"),
	})
	if err != nil {
		return fmt.Sprintf("%d pictures", n), err
	}
	return fmt.Sprintf("%d pictures", n), t.handsWork(ctx)
}

// handsWork looks, with the window closed, at what it was made to do by keys: the person is
// registered with the answers given, the card was scanned back, and it was handed over and signed
// for.
func (t *tour) handsWork(ctx context.Context) error {
	if err := t.reopen(ctx); err != nil {
		return err
	}
	found, err := t.desk.Counter.Find(ctx, dayangNIK)
	if err != nil {
		return err
	}
	if len(found) != 1 || !strings.EqualFold(found[0].Name, dayangName) {
		return differs("one registration by the window's keys")
	}
	dayang, err := t.desk.Store.Registration(ctx, found[0].ID)
	if err != nil {
		return err
	}
	if r := dayang.Record; r.Notice == nil || len(r.Consents) != 2 || len(r.Evidence) != 1 {
		return differs("the notice, both answers and a signature in the window's registration")
	}
	given, err := t.desk.Issuing.List(ctx, app.CardHanded)
	if err != nil {
		return err
	}
	for _, l := range given {
		if l.Registration.ID != found[0].ID {
			continue
		}
		h, err := t.desk.Custody.HandoverOf(ctx, l.Card.Serial)
		if err == nil && (h.Level != 2 || h.Receiver != app.ReceiverHolder || len(h.Evidence) != 1) {
			err = differs("a handover to the holder, signed on the screen")
		}
		return err
	}
	return differs("the window's card scanned back and handed over")
}
