package desk

import (
	"context"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/counter"
	"loket/app/words"
	"loket/printing/document"
	"loket/printing/drawing"
	"loket/printing/spool"
)

// JointSlip prints the slip of those who are paid together, and says where the file is.
func (p *Paper) JointSlip(ctx context.Context, j counter.Joint) (string, error) {
	if err := p.desk.atWork().May(app.TaskRegister); err != nil {
		return "", err
	}
	if len(j.People) == 0 {
		return "", app.Fail(app.PrintNothing)
	}
	first := j.People[0].Number
	text, err := card.ScanOf(first).Text()
	if err != nil {
		return "", err
	}
	s := document.JointSlip{
		Practice: p.desk.Practice(), ScanText: text, Bill: j.Payer.Private(), Place: p.desk.Settings().BranchName,
		Payer: payingLine(app.Plan{Payer: j.Payer, PayerName: j.Name, Group: j.Group}), Made: p.made(j.Since),
	}
	for _, one := range j.People {
		s.People = append(s.People, document.JointPerson{Number: one.Number, Name: one.Name, Months: one.Months, Amount: one.Total})
	}
	return p.roll(ctx, first.String()+"-bersama", document.JointRegistrationSlip(s))
}

// QueueNumber prints a number of the queue.
func (p *Paper) QueueNumber(ctx context.Context, d counter.Draft) (string, error) {
	if err := p.desk.atWork().May(app.TaskRegister); err != nil {
		return "", err
	}
	slip := document.QueueSlip{Practice: p.desk.Practice(), Number: d.Ticket.String(), Made: p.made(d.Changed)}
	return p.roll(ctx, "antrean-"+d.Ticket.Day+"-"+d.Ticket.String(), document.QueueNumber(slip))
}

// Referral prints where somebody is to go.
func (p *Paper) Referral(ctx context.Context, r app.Referral) (string, error) {
	if err := p.desk.atWork().May(app.TaskRegister); err != nil {
		return "", err
	}
	return p.referral(ctx, document.ReferralSlip{Number: r.ID.String(), Name: r.Name}, r.Why, r.At)
}

// Lead prints what an employer takes along.
func (p *Paper) Lead(ctx context.Context, l app.EmployerLead) (string, error) {
	if err := p.desk.atWork().May(app.TaskRegister); err != nil {
		return "", err
	}
	return p.referral(ctx, document.ReferralSlip{Number: l.ID.String(), Name: l.Name, Workers: l.Workers}, "employer", l.At)
}

func (p *Paper) referral(ctx context.Context, s document.ReferralSlip, why app.ReferralWhy, at time.Time) (string, error) {
	settings := p.desk.Settings()
	s.Practice, s.Place, s.Address, s.Made = p.desk.Practice(), settings.BranchName, settings.BranchAddress, p.made(at)
	s.Title, s.Text = words.Say(words.ID, "refer."+string(why)), words.Say(words.ID, "refer."+string(why)+".text")
	return p.roll(ctx, "rujukan-"+s.Number, document.Referral(s))
}

// roll prints one page on the roll of slips.
func (p *Paper) roll(ctx context.Context, name string, page drawing.Drawing) (string, error) {
	profile, err := spool.ProfileByID("roll-80")
	if err != nil {
		return "", err
	}
	return p.submit(ctx, spool.Job{Name: spool.NameOf(name), Pieces: [][]drawing.Drawing{{page}}, Profile: profile})
}

// made is when and where a slip was made.
func (p *Paper) made(at time.Time) string {
	at = at.In(p.desk.Clock.Now().Location())
	return at.Format("02-01-2006 15.04") + " " + app.ZoneName(at) + " · " + p.desk.Settings().BranchName
}

// payingLine says on a slip who pays, with the kind where the name alone says too little; "" when
// people pay for themselves.
func payingLine(plan app.Plan) string {
	kind := words.Say(words.ID, "payer."+string(plan.Payer))
	switch {
	case plan.Payer == app.PayerSelf:
		return ""
	case plan.Payer == app.PayerGroup && plan.Group != "":
		if plan.PayerName != "" {
			return plan.Group + " (" + plan.PayerName + ")"
		}
		return plan.Group
	case plan.PayerName == "":
		return kind
	case plan.Payer.Private():
		return plan.PayerName + " (" + kind + ")"
	}
	return plan.PayerName
}
