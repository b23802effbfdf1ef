package manfaat

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"loket/app/benefit"
	"loket/ui/theme"
	"loket/ui/widgets"
)

func number(n int) string { return strconv.Itoa(n) }

// hospitals is the directory: by city, and by what is typed.
func (v *view) hospitals() fyne.CanvasObject {
	m := &v.s.model
	found := container.NewStack(v.found())
	again := func() {
		found.Objects = []fyne.CanvasObject{v.found()}
		found.Refresh()
	}
	v.search = widgets.NewField(v.s.window, v.say("ui.benefits.search")).Placeholder(v.say("ui.benefits.search.hint"))
	v.search.SetText(m.Search)
	v.search.OnChanged = func(text string) {
		m.Search = text
		again()
	}
	options := []widgets.Option{{Value: "all", Word: v.say("ui.benefits.everywhere")}}
	for _, c := range m.Directory.Cities {
		options = append(options, widgets.Option{Value: c.Region, Word: c.Name})
	}
	city := widgets.NewChoice(v.s.window, v.say("ui.benefits.city"), options...)
	city.SetValue(m.City)
	if m.City == "" {
		city.SetValue("all")
	}
	city.OnChosen = func(region string) {
		if region == "all" {
			region = ""
		}
		m.City = region
		again()
	}
	note := widgets.NewNote(widgets.Waiting, v.say("ui.benefits.confirm", "call", m.Guide.Call))
	source := widgets.NewPara(widgets.SmallStyle, v.say("ui.benefits.as_of", "date", m.Directory.AsOf)+" · "+v.in(m.Directory.Source))
	return widgets.Panel("", widgets.NewPara(widgets.TitleStyle, v.say("ui.benefits.hospitals.title")), note,
		widgets.Split(1.6, v.search, city), found, source)
}

// found is the hospitals that fit; nobody found is not "none".
func (v *view) found() fyne.CanvasObject {
	list := v.s.model.Hospitals()
	if len(list) == 0 {
		return widgets.NewNote(widgets.Plain, v.say("ui.benefits.none", "call", v.s.model.Guide.Call))
	}
	var rows []fyne.CanvasObject
	for _, h := range list {
		rows = append(rows, v.hospital(h))
	}
	return widgets.Grid(12, 250, rows...)
}

func (v *view) hospital(h benefit.Hospital) fyne.CanvasObject {
	name := h.Name
	if h.Also != "" {
		name += " (" + h.Also + ")"
	}
	lines := []fyne.CanvasObject{widgets.NewPara(widgets.Strong, name)}
	if h.Address != "" {
		lines = append(lines, widgets.NewPara(widgets.Body, h.Address))
	}
	phone := widgets.NewPara(widgets.LabelStyle, v.s.model.Directory.CityOf(h.Region)+" · "+v.say("ui.benefits.no_phone"))
	if h.Phone != "" {
		phone = widgets.NewPara(widgets.Strong.In(theme.TealText), h.Phone)
	}
	lines = append(lines, phone)
	return widgets.Panel("", widgets.Row(12, widgets.NewIcon("pict-hospital", theme.TealText, 34*theme.Scale()),
		widgets.Stretch(widgets.Column(3, lines...))))
}

// jmo hands the member over to the own app.
func (v *view) jmo() fyne.CanvasObject {
	m := v.s.model
	var steps []fyne.CanvasObject
	for i, key := range []string{"ui.benefits.jmo.1", "ui.benefits.jmo.2", "ui.benefits.jmo.3"} {
		steps = append(steps, widgets.Row(12, widgets.NewText(widgets.NumberFace.In(theme.Amber), number(i+1)),
			widgets.Stretch(widgets.NewPara(widgets.Body, v.say(key, "name", m.Guide.JMO.Name, "maker", m.Guide.JMO.Maker)))))
	}
	text := widgets.Column(14, append([]fyne.CanvasObject{
		widgets.NewPara(widgets.TitleStyle, m.Guide.JMO.Name), widgets.NewPara(widgets.Quiet, v.say("ui.benefits.jmo.lead")),
	}, steps...)...)
	text.Add(widgets.NewNote(widgets.Known, v.say("ui.benefits.jmo.waiting")))
	return widgets.Panel("", widgets.Split(1.4, text, v.code(260)))
}

// code is the app's link to be scanned by a phone's camera.
func (v *view) code(high float32) fyne.CanvasObject {
	img := v.s.link()
	if img == nil {
		return widgets.NewPara(widgets.Body, v.s.model.Guide.JMO.Link)
	}
	return widgets.Column(8, widgets.Picture(img, high), widgets.NewPara(widgets.LabelStyle.Centred(), v.say("ui.benefits.jmo.scan")))
}
