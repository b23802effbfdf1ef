package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"

	"loket/app"
	"loket/app/counter"
	"loket/app/custody"
	"loket/app/scheme"
)

// invented are the people of the tour: nobody bears these numbers.
var invented = []struct{ nik, name, mother, occupation string }{
	{"6471014510900003", "SITI AMINAH CONTOH", "HALIMAH CONTOH", "trader"},
	{"6471011203850002", "BAMBANG CONTOH", "SUMARNI CONTOH", "ride_hailing"},
	{"6471025708920004", "RINA CONTOH", "AISYAH CONTOH", "home_producer"},
	{"6471030101780005", "YUSUF CONTOH", "MARIANA CONTOH", "fisher"},
	{"6471046209950006", "MEGA CONTOH", "ROSNAH CONTOH", "trader"},
	{"6471051507880007", "HENDRA CONTOH", "SRI CONTOH", "builder"},
	{"6471016603900008", "NURUL CONTOH", "JAMILAH CONTOH", "trader"},
	{"6471021104810009", "AGUS CONTOH", "PARTINI CONTOH", "farmer"},
	{"6471036908970010", "LILIS CONTOH", "KARTINI CONTOH", "tailor"},
}

// walkIn is a form as an officer fills it: typed fields as typed, the rest chosen.
func walkIn(n int) counter.Form {
	p := invented[n]
	f := counter.NewForm(app.SourceWalkIn)
	f.Type(scheme.FieldNIK, p.nik)
	f.Type(scheme.FieldName, p.name)
	f.Type(scheme.FieldMotherName, p.mother)
	f.Type(scheme.FieldAddress, "Jl. Contoh No. 12")
	f.Type(counter.RT, "14")
	f.Type(counter.RW, "3")
	f.Type(scheme.FieldPhone, fmt.Sprintf("0812 5500 %04d", n))
	f.Type(scheme.FieldIncome, "900.000")
	f.Type(counter.FamilyName, "KELUARGA CONTOH")
	f.Type(counter.FamilyPhone, fmt.Sprintf("0813 5500 %04d", n))
	r := &f.Record
	r.Address.Village = "64.71.01.1001"
	owner := false
	r.Work.Occupation, r.Work.BusinessOwner = p.occupation, &owner
	r.Family.Relation = "spouse"
	r.Plan.Months = 6
	r.Notice = &app.Notice{Text: "1", Read: true}
	return f
}

// register saves the n-th person.
func (t *tour) register(ctx context.Context, n int) (app.Registration, error) {
	draft := counter.NewDraft(app.SourceWalkIn)
	draft.Form = walkIn(n)
	return t.registered(ctx, draft)
}

// registerBeforeEnrolment: saving waits for nobody, not even for the first answer of head office.
func (t *tour) registerBeforeEnrolment(ctx context.Context) (string, error) {
	r, err := t.register(ctx, 1)
	if err != nil {
		return "", err
	}
	if r.Member != "" || r.State != app.Captured {
		return "", differs("a registration before enrolment has a provisional number only")
	}
	return r.Number.String(), nil
}

func (t *tour) nikFills(context.Context) (string, error) {
	f := counter.NewForm(app.SourceWalkIn)
	f.Type(scheme.FieldNIK, invented[0].nik)
	i := t.desk.Counter.Inspect(f)
	want := app.Date{Year: 1990, Month: 10, Day: 5}
	if i.Record.Person.BirthDate != want || i.Record.Person.Sex != app.Female || i.Region != "64.71.01" {
		return "", differs("birth date, sex and district from the NIK")
	}
	i = t.desk.Counter.Inspect(walkIn(0))
	if i.Quote == nil || i.Quote.Total <= 0 || len(i.Quote.Lines) != 6 {
		return "", differs("a contribution for each of six months")
	}
	return i.Quote.Total.String(), nil
}

// refusals: each wrong input has its code, and nothing is registered.
func (t *tour) refusals(ctx context.Context) (string, error) {
	for field, bad := range map[scheme.Field]struct {
		text string
		code app.Code
	}{
		scheme.FieldNIK:       {"647101451090000", app.RegistrationUnreadable},
		scheme.FieldName:      {"", app.RegistrationIncomplete},
		scheme.FieldBirthDate: {"01-01-1950", app.TooOld},
	} {
		draft := counter.NewDraft(app.SourceWalkIn)
		draft.Form = walkIn(0)
		draft.Form.Type(field, bad.text)
		_, err := t.desk.Counter.Save(ctx, t.who.Operator, draft)
		if app.CodeOf(err) != bad.code {
			return "", fmt.Errorf("%w: %w", differs(string(field)+" must be refused"), err)
		}
		if _, err := t.desk.Counter.Discard(ctx, draft.ID); err != nil {
			return "", err
		}
	}
	return "", nil
}

// resumeDraft: what was typed survives the program's end.
func (t *tour) resumeDraft(ctx context.Context) (string, error) {
	draft := counter.NewDraft(app.SourceWalkIn)
	draft.Form.Type(scheme.FieldName, "Setengah Terisi")
	if err := t.desk.Counter.SaveDraft(ctx, t.who.Operator, draft); err != nil {
		return "", err
	}
	if err := t.reopen(ctx); err != nil {
		return "", err
	}
	again, err := t.desk.Counter.Resume(ctx, draft.ID)
	if err != nil {
		return "", err
	}
	if again.Form.Text(scheme.FieldName) != "Setengah Terisi" {
		return "", differs("the draft as typed")
	}
	_, err = t.desk.Counter.Discard(ctx, draft.ID)
	return "", err
}

func (t *tour) registerSiti(ctx context.Context) (string, error) {
	var err error
	if t.siti, err = t.register(ctx, 0); err != nil {
		return "", err
	}
	if !t.siti.Member.Valid() {
		return "", differs("a member number from the lease")
	}
	return t.siti.Number.String(), nil
}

func (t *tour) printSlip(ctx context.Context) (string, error) {
	path, err := t.desk.Paper.Slip(ctx, t.siti)
	if err != nil {
		return "", err
	}
	return filepath.Base(path), t.keep(path, "slip.pdf")
}

// keep copies a printed file to what the tour leaves behind.
func (t *tour) keep(path, name string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return app.Wrap("tour.keep", app.FileUnread, err)
	}
	if magic := map[string]string{".pdf": "%PDF-", ".xlsx": "PK"}[filepath.Ext(name)]; !bytes.HasPrefix(b, []byte(magic)) {
		return differs(name + " of its kind")
	}
	return t.save(name, b)
}

func (t *tour) printCard(ctx context.Context) (string, error) {
	card, err := t.desk.Issuing.Issue(ctx, t.who.Operator, t.siti.ID)
	if err != nil {
		return "", err
	}
	if _, err := t.desk.Issuing.Print(ctx, t.who.Operator, t.desk.Paper, []app.Serial{card.Serial}); err != nil {
		return "", err
	}
	face, err := t.desk.Issuing.Face(ctx, card.Serial)
	if err != nil {
		return "", err
	}
	t.cardText = face.Text
	if err := t.save("card.txt", []byte(t.cardText+"\n")); err != nil {
		return "", err
	}
	path, err := t.desk.Paper.PrintedFile(ctx, card.Serial)
	if err != nil {
		return "", err
	}
	return card.Serial.String(), t.keep(path, "card.pdf")
}

// scanBack: printed means that the physical card was read, so a handover before is refused.
func (t *tour) scanBack(ctx context.Context) (string, error) {
	if _, err := t.desk.Custody.Scan(ctx, t.cardText); app.CodeOf(err) != app.HandoverNotChecked {
		return "", fmt.Errorf("%w: %w", differs("a handover before the scan must be refused"), err)
	}
	card, err := t.desk.Issuing.Confirm(ctx, t.who.Operator, t.cardText)
	if err == nil && card.State != app.CardConfirmed {
		err = differs("a card that was scanned back")
	}
	return string(card.State), err
}

func (t *tour) handOver(ctx context.Context) (string, error) {
	held, err := t.desk.Custody.Scan(ctx, t.cardText)
	if err != nil {
		return "", err
	}
	picture, err := scribble()
	if err != nil {
		return "", err
	}
	signature, err := t.desk.Custody.AddEvidence(ctx, "signature", picture)
	if err != nil {
		return "", err
	}
	h, err := t.desk.Custody.Hand(ctx, t.who.Operator, custody.Form{
		Serial: held.Card.Serial, Hash: held.Hash, Receiver: app.ReceiverHolder, Evidence: []app.Evidence{signature},
	})
	if err != nil {
		return "", err
	}
	if h.Level < 2 {
		return "", differs("evidence level 2 with a signature")
	}
	if _, err := t.desk.Custody.Scan(ctx, t.cardText); app.CodeOf(err) != app.HandoverDoneBefore {
		return "", fmt.Errorf("%w: %w", differs("a second handover must be refused"), err)
	}
	return fmt.Sprintf("level %d", h.Level), nil
}

// scribble is a signature drawn by nobody.
func scribble() ([]byte, error) {
	img := image.NewGray(image.Rect(0, 0, 240, 80))
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	for x := 10; x < 230; x++ {
		y := 40 + (x*x/37)%23 - 11
		img.SetGray(x, y, color.Gray{})
		img.SetGray(x, y+1, color.Gray{})
	}
	var b bytes.Buffer
	err := png.Encode(&b, img)
	return b.Bytes(), app.Wrap("tour.scribble", app.Internal, err)
}
