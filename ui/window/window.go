package window

import (
	"context"
	"log/slog"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/access"
	"loket/app/card"
	"loket/app/words"
	"loket/ui/screens/cari"
	"loket/ui/screens/daftar"
	"loket/ui/screens/lengkapi"
	"loket/ui/screens/masuk"
	"loket/ui/screens/program"
	"loket/ui/screens/serah"
	"loket/ui/shell"
	"loket/ui/task"
	"loket/ui/theme"
	"loket/ui/widgets"
)

// Options are what a start of the window chooses.
type Options struct {
	Lang words.Lang // "": as it was left
	Log  *slog.Logger
}

const (
	idle      = 10 * time.Minute
	beatEvery = 2 * time.Second
)

// Window is the kiosk's window.
type Window struct {
	app        fyne.App
	native     fyne.Window
	shell      *shell.Shell
	kiosk      Kiosk
	log        *slog.Logger
	owner      *task.Owner
	gate       *masuk.Screen
	form       *daftar.Screen // of who is signed in
	restricted bool           // head office's authority has run out: only sending is open
	hand       *serah.Screen
	sponsor    *program.Screen
	stage2     *lengkapi.Screen
	cameFrom   string // place to which stage 2 goes back
	family     *cari.Family
	beating    bool
	office     string   // as it was shown last
	warned     string   // what the banner says
	told       app.Code // the last trouble of the post that the log was told of
	ending     bool     // the pass of who is signed in has ended
	names      names    // of who works here
}

// New builds the window's content. Show it and run the app.
func New(a fyne.App, native fyne.Window, k Kiosk, o Options) *Window {
	w := &Window{app: a, native: native, kiosk: k, log: o.Log}
	left := w.readTastes(o.Lang)
	w.shell = shell.New(a, native, shell.Options{
		Lang: left.Lang, Look: theme.Look{Mode: theme.Mode(left.Mode), Scale: left.Scale},
		Office: w.officeName(), Practice: k.About.PracticePIN != "", Idle: idle, OnIdle: w.signOut,
		Stray: w.stray,
	})
	w.toolkitSpeaks(left.Lang)
	w.owner = task.NewOwner(nil)
	w.gate = masuk.New(w.shell, w.shell, masuk.Door{
		Begun: k.Life.Begun, Trouble: k.Life.Trouble, People: k.Door.People, SignIn: k.Life.SignIn, FirstStart: k.Life.FirstStart, Signed: w.signed,
		ShowPass: k.Door.ShowPass, Join: k.Life.Duty.Join,
		Recovery: masuk.Recovery{Waits: k.Door.AskedRecovery, Ask: k.Life.Recovery.Ask, Check: k.Door.CheckRecovery, Take: k.Life.Recovery.Take},
	}, masuk.Options{
		Office: w.officeName, PracticePIN: k.About.PracticePIN, SetLang: w.setLang, ChooseFile: w.chooseFile,
		ChooseFolder: w.chooseFolder, Touch: w.shell.SetTouch, Fingers: func() bool { return w.shell.Look().Touch }, Clock: k.Clock,
	})
	w.shell.Gate(w.gate)
	native.SetCloseIntercept(w.close)
	task.Every(w.owner, beatEvery, w.beat)
	task.Every(w.owner, beatEvery, w.duty)
	return w
}

func (w *Window) officeName() string { return w.kiosk.About.Settings().BranchName }

// signed opens the places of who signed in.
func (w *Window) signed(s access.Session) {
	w.office, w.warned = w.officeName(), ""
	w.shell.SetOffice(w.office)
	w.readNames()
	w.shell.SignIn(w.places(s))
	w.tell()
	w.beat()
}

// stray is a card that was scanned where none is awaited: its long text must not stay in a field, and
// whoever holds it is told where to go.
func (w *Window) stray(text string) bool {
	if !card.IsCard(text) {
		return false
	}
	key := "window.stray"
	if w.kiosk.Life.Session().Operator.ID == "" {
		key = "window.stray.gate"
	}
	w.shell.Toast(widgets.Known, w.shell.Say(key))
	return true
}

// signOut locks the kiosk: at idle, at the end of work.
func (w *Window) signOut() {
	w.rest(func() { w.shell.Gate(w.gate) })
}

// close signs out before the window goes, so that authorship is signed for and what waits is
// sealed.
func (w *Window) close() {
	w.rest(func() {
		w.owner.Leave()
		w.native.SetCloseIntercept(nil)
		w.app.Quit()
	})
}

// rest keeps what was typed last, because a locked vault takes no more, then signs out.
func (w *Window) rest(then func()) {
	w.keep(func() {
		task.Run(task.NewOwner(nil), struct{}{}, func(ctx context.Context, _ struct{}) (struct{}, error) {
			return struct{}{}, w.kiosk.Life.SignOut(ctx)
		}, func(_ struct{}, err error) {
			if err != nil {
				w.log.Error("sign-out", "code", app.CodeOf(err), "err", err)
			}
			then()
		})
	})
}

// keep goes on when the screens have kept what was typed last. They are not used any more.
func (w *Window) keep(then func()) {
	if w.form == nil || w.hand == nil {
		then()
		return
	}
	form, hand, sponsor := w.form, w.hand, w.sponsor
	w.form, w.hand, w.sponsor = nil, nil, nil
	form.Rest(func() {
		hand.Rest(func() {
			if sponsor == nil {
				then()
				return
			}
			sponsor.Rest(then)
		})
	})
}

// CloseWith closes the window when a context ends: the program was told to stop.
func (w *Window) CloseWith(ctx context.Context) {
	task.Run(task.NewOwner(nil), ctx, func(_ context.Context, until context.Context) (struct{}, error) {
		<-until.Done()
		return struct{}{}, nil
	}, func(struct{}, error) { w.close() })
}

// beat is one turn of the post, away from the window; turns do not overlap.
func (w *Window) beat() {
	if w.beating {
		return
	}
	w.beating = true
	task.Run(w.owner, false, w.kiosk.Life.Beat, func(news bool, err error) {
		w.beating = false
		w.complain(err)
		w.tell()
		if news {
			w.news()
			w.reopen()
		}
	})
}

// reopen closes or opens the screens when head office has ended or renewed the authority to work. A
// form that is open is a draft by then.
func (w *Window) reopen() {
	s := w.kiosk.Life.Session()
	if s.Operator.ID == "" || s.Restricted == w.restricted {
		return
	}
	w.restricted = s.Restricted
	w.keep(func() { w.shell.SignIn(w.places(s)) })
}

// news shows what head office has said: to the screen in sight, and the office's name.
func (w *Window) news() {
	if name := w.officeName(); name != w.office {
		w.office = name
		w.shell.SetOffice(name)
	}
	if n, ok := w.shell.Showing().(Newsreader); ok {
		n.News()
	}
}

// Newsreader is a screen that reads its figures again when head office has said something.
type Newsreader interface{ News() }

// complain tells the log of a trouble once, not every two seconds.
func (w *Window) complain(err error) {
	code := app.CodeOf(err)
	if code != w.told && err != nil {
		w.log.Warn("post", "code", code, "err", err)
	}
	w.told = code
}
