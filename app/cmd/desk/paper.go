package desk

import (
	"context"
	"fmt"
	"image"
	"path/filepath"
	"strings"

	"loket/app"
	"loket/app/card"
	"loket/app/counter"
	"loket/app/issuing"
	"loket/app/region"
	"loket/app/scheme"
	"loket/app/words"
	"loket/printing/document"
	"loket/printing/drawing"
	"loket/printing/raster"
	"loket/printing/spool"
)

// Paper turns cards and registrations into documents and hands them to the printer, for now a
// folder of PDF files.
type Paper struct {
	desk *Desk
	dir  string
	jobs jobs
}

const settingPrintFolder = "print.folder"

// placeName is a village as people say it: "Desa Bumi Rapak", "Kelurahan Manggar".
func placeName(p region.Place) string {
	return words.Say(words.ID, "region."+string(p.Kind)) + " " + p.Name
}

func newPaper(d *Desk, dir string) *Paper {
	return &Paper{desk: d, dir: dir}
}

// Folder is where PDF files are printed to.
func (p *Paper) Folder(ctx context.Context) (string, error) {
	if p.dir != "" {
		return p.dir, nil
	}
	chosen, err := p.desk.Store.Setting(ctx, settingPrintFolder)
	if err != nil || len(chosen) == 0 {
		return p.ownFolder(), err
	}
	return string(chosen), nil
}

// SetFolder chooses another folder.
func (p *Paper) SetFolder(ctx context.Context, dir string) error {
	if err := p.desk.atWork().May(app.TaskSettings); err != nil {
		return err
	}
	return p.desk.Store.PutSetting(ctx, settingPrintFolder, []byte(dir))
}

// Print prints cards as one job: issuing's printer.
func (p *Paper) Print(ctx context.Context, job string, faces []issuing.Face) error {
	if err := p.desk.atWork().May(app.TaskPrint); err != nil {
		return err
	}
	profile, err := spool.ProfileByID("pdf")
	if err != nil {
		return err
	}
	pieces := make([][]drawing.Drawing, len(faces))
	for i, f := range faces {
		pieces[i] = document.MemberCard(p.cardOf(f))
	}
	name := job
	if len(faces) == 1 {
		name = spool.NameOf(faces[0].Card.Serial.String())
	}
	file, err := p.submit(ctx, spool.Job{Name: name, Pieces: pieces, Profile: profile})
	if err == nil {
		p.jobs.begin(file, serialsOf(faces))
	}
	return err
}

func serialsOf(faces []issuing.Face) (serials []app.Serial) {
	for _, f := range faces {
		serials = append(serials, f.Card.Serial)
	}
	return serials
}

// Slip prints the slip of a registration and says where the file is.
func (p *Paper) Slip(ctx context.Context, r app.Registration) (string, error) {
	if err := p.desk.atWork().May(app.TaskRegister, app.TaskAsk); err != nil {
		return "", err
	}
	s, err := p.slipOf(r)
	if err != nil {
		return "", err
	}
	p.atEvent(ctx, r.ID, &s)
	file, err := p.roll(ctx, r.Number.String(), document.RegistrationSlip(s))
	if err != nil {
		return "", err
	}
	return file, p.desk.Store.NoteSlip(ctx, r.ID)
}

func (p *Paper) submit(ctx context.Context, job spool.Job) (string, error) {
	dir, err := p.Folder(ctx)
	if err != nil {
		return "", err
	}
	t, err := spool.OpenFolder(dir, p.desk.Clock).Submit(ctx, job)
	return t.Path, err
}

// Preview draws both sides of a card as they will print.
func (p *Paper) Preview(f issuing.Face, dpi float64) (front, back image.Image, err error) {
	if err := p.desk.atWork().May(app.TaskPrint, app.TaskHandover); err != nil {
		return nil, nil, err
	}
	sides := document.MemberCard(p.cardOf(f))
	if front, err = raster.Render(sides[0], raster.Options{DPI: dpi, Round: true}); err != nil {
		return nil, nil, err
	}
	back, err = raster.Render(sides[1], raster.Options{DPI: dpi, Round: true})
	return front, back, err
}

// PreviewSlip draws the slip.
func (p *Paper) PreviewSlip(r app.Registration, dpi float64) (image.Image, error) {
	if err := p.desk.atWork().May(app.TaskRegister, app.TaskAsk); err != nil {
		return nil, err
	}
	s, err := p.slipOf(r)
	if err != nil {
		return nil, err
	}
	return raster.Render(document.RegistrationSlip(s), raster.Options{DPI: dpi})
}

func (p *Paper) cardOf(f issuing.Face) document.Card {
	r := f.Registration
	c := document.Card{
		Practice: f.Issuer == card.PracticeIssuer, Name: f.Name, Member: f.Card.Member,
		Programmes: r.Record.Plan.Programmes, Serial: f.Card.Serial, Generation: f.Card.Generation, Code: f.Code,
		Registered: app.DateOf(r.CapturedAt), Payer: payerLine(r.Record.Plan), Text: f.Text, Version: f.Version,
	}
	if r.State == app.Accepted {
		c.Accepted = app.DateOf(r.DecidedAt)
	}
	if village, ok := region.Load().Lookup(r.Record.Address.Village); ok {
		c.Village = placeName(village)
		if len(village.Parents) > 0 {
			c.District = village.Parents[0]
		}
	}
	return c
}

func (p *Paper) slipOf(r app.Registration) (document.Slip, error) {
	s, err := counter.SlipOf(r, scheme.Embedded())
	if err != nil {
		return document.Slip{}, err
	}
	settings := p.desk.Settings()
	out := document.Slip{
		Practice: p.desk.Practice(), Number: s.Number, ScanText: s.ScanText, Name: s.Name, Programmes: s.Programmes,
		Payer: payingLine(r.Record.Plan), Bill: r.Record.Plan.Payer.Private(), Place: settings.BranchName,
		Made: p.made(s.CapturedAt),
	}
	for _, m := range s.Months {
		line := document.SlipMonth{Month: m.Month, Amount: m.Total}
		if m.Relief > 0 {
			line.Relief = fmt.Sprintf("%s %d%%", strings.ToLower(words.Say(words.ID, "quote.relief")), m.Relief)
		}
		out.Months = append(out.Months, line)
	}
	return out, nil
}

// payerLine says on a card who pays; "" when it is the own pocket, of a family or an employer too:
// their names stand on no card.
func payerLine(plan app.Plan) string {
	switch {
	case plan.Payer == app.PayerGroup && plan.Group != "":
		return plan.Group
	case plan.Payer.Private():
		return ""
	}
	if plan.PayerName != "" {
		return plan.PayerName
	}
	return words.Say(words.ID, "payer."+string(plan.Payer))
}

// PrintedFile is where the PDF of a card lies after printing it alone.
func (p *Paper) PrintedFile(ctx context.Context, serial app.Serial) (string, error) {
	dir, err := p.Folder(ctx)
	return filepath.Join(dir, spool.NameOf(serial.String())+".pdf"), err
}
