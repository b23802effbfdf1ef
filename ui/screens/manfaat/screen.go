// Package manfaat tells what the insurance gives (F10): in plain words with drawn signs, dated, never
// promised; where people can be treated; the members' own app; and the same in large type for the
// person on the other side of the counter, and on a leaflet.
package manfaat

import (
	"context"
	"image"

	"fyne.io/fyne/v2"

	"loket/app/benefit"
	"loket/ui/task"
	"loket/ui/widgets"
)

// Uses is what this screen needs of the kiosk.
type Uses struct {
	// Leaflet prints the leaflet and says where its file is. May be nil.
	Leaflet func(ctx context.Context) (file string, err error)
	// Code draws a link as a QR code. May be nil.
	Code func(link string) (image.Image, error)
	// Turn shows a page in the whole window, over this screen; nil where that cannot be.
	Turn func(*Large)
}

// Screen is Info manfaat.
type Screen struct {
	window widgets.Window
	uses   Uses
	owner  *task.Owner
	model  Model
	view   *view
	code   image.Image // of the app's link, once drawn
}

// New makes the screen of a window. The meter, which may be nil, shows long waits.
func New(w widgets.Window, meter task.Meter, uses Uses) *Screen {
	return &Screen{
		window: w, uses: uses, owner: task.NewOwner(meter),
		model: Model{Guide: benefit.Embedded(), Directory: benefit.Hospitals()},
	}
}

// Key is F10.
func (s *Screen) Key() fyne.KeyName { return fyne.KeyF10 }

// Title is in the language of now.
func (s *Screen) Title() string { return s.window.Say("ui.nav.benefits") }

// Subtitle tells as of which day this holds.
func (s *Screen) Subtitle() []fyne.CanvasObject {
	return []fyne.CanvasObject{widgets.Pill(widgets.Known, s.window.Say("ui.benefits.as_of", "date", s.model.Guide.AsOf))}
}

// Primary turns the screen around.
func (s *Screen) Primary() widgets.Action {
	if s.uses.Turn == nil {
		return widgets.Action{}
	}
	return widgets.Action{Word: s.window.Say("ui.benefits.turn"), Icon: "people", Act: func() { s.uses.Turn(&Large{of: s}) }}
}

// Actions are beside it: the leaflet.
func (s *Screen) Actions() []widgets.Action {
	if s.uses.Leaflet == nil {
		return nil
	}
	return []widgets.Action{{Word: s.window.Say("ui.benefits.leaflet"), Icon: "printer", Off: s.model.Busy, Act: s.print}}
}

// View draws the screen from its model.
func (s *Screen) View() fyne.CanvasObject {
	s.view = &view{s: s}
	return widgets.NewFitting(s.view.render)
}

// Enter brings the keyboard to the page in sight.
func (s *Screen) Enter() { s.view.focus() }

// Leave drops what is awaited.
func (s *Screen) Leave() {
	s.owner.Leave()
	s.model.Busy = false
}

// Back takes away what is looked for, at Esc.
func (s *Screen) Back() bool {
	if s.model.Search == "" && s.model.City == "" {
		return false
	}
	s.model.Search, s.model.City = "", ""
	s.show()
	return true
}

// turn goes to a page.
func (s *Screen) turn(to int) {
	if s.model.Turn(to) {
		s.show()
	}
}

func (s *Screen) show() {
	s.window.Renew()
	s.view.focus()
}

func (s *Screen) print() {
	s.model.Busy = true
	s.window.Renew()
	task.Run(s.owner, s.uses.Leaflet, func(ctx context.Context, print func(context.Context) (string, error)) (string, error) {
		return print(ctx)
	}, func(file string, err error) {
		s.model.Busy, s.model.Err, s.model.Printed = false, err, file
		if err == nil {
			s.window.Toast(widgets.Good, s.window.Say("ui.benefits.printed", "file", file))
		}
		s.show()
	})
}

// link is the code that leads to the app, drawn once.
func (s *Screen) link() image.Image {
	if s.code == nil && s.uses.Code != nil {
		s.code, s.model.Err = s.uses.Code(s.model.Guide.JMO.Link)
	}
	return s.code
}
