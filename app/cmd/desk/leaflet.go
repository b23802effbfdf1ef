package desk

import (
	"context"
	"image"
	"slices"
	"strings"

	"loket/app"
	"loket/app/benefit"
	"loket/app/words"
	"loket/printing/document"
	"loket/printing/drawing"
	"loket/printing/raster"
	"loket/printing/spool"
)

// Leaflet prints what the insurance gives on one page, in Indonesian, and says where the file is.
func (p *Paper) Leaflet(ctx context.Context) (string, error) {
	page, err := p.leaflet(benefit.Embedded(), benefit.Hospitals())
	if err != nil {
		return "", err
	}
	profile, err := spool.ProfileByID("a4")
	if err != nil {
		return "", err
	}
	return p.submit(ctx, spool.Job{Name: "selebaran-manfaat", Pieces: [][]drawing.Drawing{{page}}, Profile: profile})
}

func (p *Paper) leaflet(g benefit.Guide, d benefit.Directory) (drawing.Drawing, error) {
	code, err := linkCode(g.JMO.Link)
	if err != nil {
		return drawing.Drawing{}, err
	}
	say := func(key string, pairs ...any) string { return words.Say(words.ID, key, pairs...) }
	l := document.Leaflet{
		Practice: p.desk.Practice(), Title: say("print.leaflet.title"), Link: code, Call: g.Call, Caveat: g.Caveat.ID,
		Confirm: say("ui.benefits.confirm", "call", g.Call),
		App:     say("ui.benefits.jmo.1", "name", g.JMO.Name, "maker", g.JMO.Maker),
		Foot:    say("ui.benefits.as_of", "date", g.AsOf) + ". " + g.Source.ID + " " + say("print.leaflet.free"),
	}
	for _, t := range g.Topics {
		topic := document.LeafletTopic{Icon: t.Icon, Title: t.Title.ID, Lead: t.Lead.ID, Steps: t.Steps}
		for _, point := range t.Points {
			topic.Points = append(topic.Points, document.LeafletPoint{Icon: point.Icon, Text: point.Text.ID})
		}
		for _, dated := range t.Dated {
			topic.Dated = append(topic.Dated, [2]string{dated.What.ID, dated.Value.ID})
		}
		l.Topics = append(l.Topics, topic)
	}
	near, cities := nearby(d, p.desk.Settings().Regencies)
	l.Where = say("print.leaflet.hospitals", "city", strings.Join(cities, ", "))
	for _, h := range near[:min(len(near), mostHospitals)] {
		l.Hospitals = append(l.Hospitals, strings.ReplaceAll(h.Name, " ", "\u00a0"))
	}
	return document.BenefitLeaflet(l), nil
}

// linkCode is a link as a code that a phone reads, in the smallest version that holds it.
func linkCode(link string) (drawing.QR, error) {
	var err error
	for version := 2; version <= 12; version++ {
		code := drawing.QR{Text: link, Version: version, Module: drawing.Dots(8)}
		if _, err = code.Matrix(); err == nil {
			return code, nil
		}
	}
	return drawing.QR{}, app.Wrap("desk.linkCode", app.PrintTextTooLong, err)
}

// LinkPicture draws a link as a code, for a screen.
func (p *Paper) LinkPicture(link string) (image.Image, error) {
	code, err := linkCode(link)
	if err != nil {
		return nil, err
	}
	quiet := float64(drawing.QuietModules) * code.Module
	side := code.Side() + 2*quiet
	code.X, code.Y = quiet, quiet
	return raster.Render(drawing.Drawing{Name: "link", Width: side, Height: side, Ops: []drawing.Op{code}}, raster.Options{DPI: drawing.DotsPerInch})
}

// mostHospitals have room on the leaflet; the screen has all of them.
const mostHospitals = 9

// nearby are the hospitals of the branch's own regencies, or all where it has none in the directory.
func nearby(d benefit.Directory, regencies []string) (near []benefit.Hospital, cities []string) {
	for _, own := range []bool{true, false} {
		for _, c := range d.Cities {
			if !own || slices.Contains(regencies, c.Region) {
				near, cities = append(near, d.Find(c.Region, "")...), append(cities, c.Name)
			}
		}
		if len(near) > 0 {
			break
		}
	}
	return near, cities
}
