package desk

import (
	"context"
	"image"
	"strings"

	"loket/app"
	"loket/app/counter"
	"loket/app/words"
	"loket/printing/document"
	"loket/printing/drawing"
	"loket/printing/raster"
	"loket/printing/spool"
)

// Lookup prints the slip of a family's question and says where the file is.
func (p *Paper) Lookup(ctx context.Context, l app.Lookup) (string, error) {
	if err := p.desk.atWork().May(app.TaskAsk); err != nil {
		return "", err
	}
	profile, err := spool.ProfileByID("roll-80")
	if err != nil {
		return "", err
	}
	page := document.LookupSlip(p.lookupOf(l))
	return p.submit(ctx, spool.Job{Name: spool.NameOf(l.Number.String()), Pieces: [][]drawing.Drawing{{page}}, Profile: profile})
}

// PreviewLookup draws it.
func (p *Paper) PreviewLookup(l app.Lookup, dpi float64) (image.Image, error) {
	if err := p.desk.atWork().May(app.TaskAsk); err != nil {
		return nil, err
	}
	return raster.Render(document.LookupSlip(p.lookupOf(l)), raster.Options{DPI: dpi})
}

// lookupOf is what the slip says: what was asked, what can be said now, and what to bring.
func (p *Paper) lookupOf(l app.Lookup) document.Lookup {
	say := func(key string, pairs ...any) string { return words.Say(words.ID, key, pairs...) }
	now := p.desk.Clock.Now()
	made := l.AskedAt.In(now.Location())
	out := document.Lookup{
		Practice: p.desk.Practice(), Number: l.Number, Asker: l.Question.Asker, About: aboutWhom(l.Question),
		Said: say("ui.family.not_here"), More: say("ui.family.not_here.more", "number", l.Number),
		Intro: say("ui.family.needs.intro." + l.Question.Purpose), Free: say("lookup.free"), Promise: say("lookup.no_promise"),
		Made: made.Format("02-01-2006 15.04") + " " + app.ZoneName(made) + " · " + p.desk.Settings().BranchName,
	}
	if a := l.Answer; a.Finding != "" {
		out.Said = say("finding."+string(a.Finding), "day", a.Day, "asof", app.DateOf(a.At.In(now.Location()))) + "."
		out.More = say("ui.family.finding." + string(a.Finding) + ".more")
	}
	if l.Question.Mourned() {
		out.Sorry = say("ui.family.condolence")
	}
	for _, need := range counter.Needs(l.Question.Purpose, l.Answer.Finding) {
		out.Needs = append(out.Needs, say("lookup.need."+need))
	}
	return out
}

// aboutWhom is the person as the family named them; of a NIK alone, enough to tell the slips apart.
func aboutWhom(q app.Question) string {
	if q.Name != "" {
		return strings.TrimSpace(q.Name + " " + q.Born.String())
	}
	return "NIK " + q.NIK[:min(6, len(q.NIK))] + " ···· " + q.NIK[max(0, len(q.NIK)-4):]
}
