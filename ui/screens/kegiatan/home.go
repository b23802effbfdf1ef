package kegiatan

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/access"
	"loket/ui/task"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// HomeUses is what a volunteer's first screen needs of the kiosk.
type HomeUses struct {
	Session func() access.Session
	Clock   app.Clock
	Left    func() (left time.Duration, ok bool) // until the pass ends
	// Made counts what was registered at the event on this laptop; it runs away from the window.
	Made    func(ctx context.Context, event string) (int, error)
	Scan    func(text string) bool // takes a card that was scanned to its handover; may be nil
	SignOut func()
}

// Home is the first screen of who is here with an event pass: four big buttons and nothing else.
type Home struct {
	window widgets.Window
	uses   HomeUses
	owner  *task.Owner
	here   bool
	made   int
	known  bool
	keys   []*widgets.Press
	line   *widgets.Text
}

// NewHome makes the screen of a window.
func NewHome(w widgets.Window, uses HomeUses) *Home {
	return &Home{window: w, uses: uses, owner: task.NewOwner(nil)}
}

// Key opens the screen.
func (h *Home) Key() fyne.KeyName { return fyne.KeyF1 }

// Title is the event.
func (h *Home) Title() string { return h.uses.Session().Event.Name }

// Subtitle says how long it lasts.
func (h *Home) Subtitle() []fyne.CanvasObject {
	left, ok := h.uses.Left()
	if !ok {
		return nil
	}
	return []fyne.CanvasObject{widgets.Pill(leftState(left), LeftWords(h.window, left))}
}

// soon is when the end of an event is near enough to be told everywhere.
const soon = 15 * time.Minute

func leftState(left time.Duration) widgets.State {
	if left <= soon {
		return widgets.Waiting
	}
	return widgets.Known
}

// LeftWords says how long an event still lasts, as people say it.
func LeftWords(w widgets.Window, left time.Duration) string {
	minutes := int((left + time.Minute - 1) / time.Minute)
	if minutes < 60 {
		return w.Say("ui.event.left.minutes", "n", max(minutes, 0))
	}
	return w.Say("ui.event.left.hours", "h", minutes/60, "m", minutes%60)
}

// Tile is one of the big buttons.
type Tile struct {
	Place, Icon, Word, More string
}

// doneTile ends the work; it stands where a task is missing.
const doneTile = "done"

// HomeTiles are the big buttons for what a pass includes: at most four, the last one ends the work
// unless all four are tasks.
func HomeTiles(s access.Session) (tiles []Tile) {
	for _, t := range []struct {
		task app.Task
		tile Tile
	}{
		{app.TaskRegister, Tile{"register", "register", "ui.event.tile.register", "ui.event.tile.register.more"}},
		{app.TaskVerify, Tile{"check", "verify", "ui.event.tile.check", "ui.event.tile.check.more"}},
		{app.TaskHandover, Tile{"handover", "handover", "ui.event.tile.handover", "ui.event.tile.handover.more"}},
		{app.TaskAsk, Tile{"find", "people", "ui.event.tile.ask", "ui.event.tile.ask.more"}},
	} {
		if s.Allow(t.task) == nil {
			tiles = append(tiles, t.tile)
		}
	}
	if len(tiles) < 4 {
		tiles = append(tiles, Tile{doneTile, "signout", "ui.event.tile.done", "ui.event.tile.done.more"})
	}
	return tiles
}

// Actions are the few ways beside the big buttons.
func (h *Home) Actions() []widgets.Action {
	actions := []widgets.Action{{Word: h.window.Say("ui.nav.post"), Keys: "F8", Icon: "send", Act: func() { h.window.Open("post") }}}
	if tiles := HomeTiles(h.uses.Session()); tiles[len(tiles)-1].Place != doneTile {
		actions = append(actions, widgets.Action{Word: h.window.Say("ui.event.tile.done"), Icon: "signout", Act: h.uses.SignOut})
	}
	return actions
}

// View draws the buttons.
func (h *Home) View() fyne.CanvasObject {
	h.keys = nil
	session := h.uses.Session()
	var cells []fyne.CanvasObject
	for i, t := range HomeTiles(session) {
		key := h.tile(t, i == 0 && t.Place != doneTile)
		h.keys, cells = append(h.keys, key), append(cells, widgets.Stretch(key))
	}
	rows := []fyne.CanvasObject{}
	for i := 0; i < len(cells); i += 2 {
		rows = append(rows, widgets.Stretch(widgets.Beside(theme.Size(theme.Gutter), cells[i:min(i+2, len(cells))]...)))
	}
	h.line = widgets.NewPara(widgets.Quiet, h.words())
	return widgets.Column(theme.Size(theme.Gutter), append([]fyne.CanvasObject{h.line}, rows...)...)
}

func (h *Home) words() string {
	name := h.uses.Session().Operator.Name
	if !h.known {
		return h.window.Say("ui.event.hello", "name", name)
	}
	return h.window.Say("ui.event.made", "name", name, "n", h.made)
}

func (h *Home) tile(t Tile, primary bool) *widgets.Press {
	act := func() { h.window.Open(t.Place) }
	if t.Place == doneTile {
		act = h.uses.SignOut
	}
	return widgets.NewTile(h.window, widgets.Tile{
		Icon: t.Icon, Word: h.window.Say(t.Word), More: h.window.Say(t.More), Primary: primary, Big: true, Act: act,
	})
}

// Enter reads how many were registered, now and again.
func (h *Home) Enter() {
	h.here = true
	if len(h.keys) > 0 {
		h.window.Focus(h.keys[0], 0)
	}
	h.News()
	task.Every(h.owner, 30*time.Second, h.News)
}

// Leave drops what is awaited.
func (h *Home) Leave() {
	h.here = false
	h.owner.Leave()
}

// Scan begins the handover of a card.
func (h *Home) Scan(text string) bool {
	return h.uses.Scan != nil && h.uses.Session().Allow(app.TaskHandover) == nil && h.uses.Scan(text)
}

// News reads the number again.
func (h *Home) News() {
	if !h.here {
		return
	}
	task.Latest(h.owner, "made", h.uses.Session().Event.ID, h.uses.Made, func(n int, err error) {
		if err == nil {
			h.made, h.known = n, true
			h.line.SetText(h.words())
		}
	})
}
