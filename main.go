// Loket's window: a kiosk that registers people with no line, prints their cards and proves that
// each card reached its holder. This file wires; it decides nothing.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"syscall"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"loket/app"
	"loket/app/carrier"
	"loket/app/cmd/desk"
	"loket/app/cmd/practice"
	"loket/app/durable"
	"loket/app/words"
	"loket/assets"
	"loket/ui/window"
)

// version is set by the build.
var version = "0.1.0"

type options struct {
	data       string
	practice   bool
	fullscreen bool
	lang       string
	size       string
}

func main() {
	var o options
	flag.StringVar(&o.data, "data", "", "folder of this kiosk's data")
	flag.BoolVar(&o.practice, "practice", false, "practice: an own head office, nothing is real")
	flag.BoolVar(&o.fullscreen, "fullscreen", false, "take the whole screen")
	flag.StringVar(&o.lang, "lang", "", "id or en")
	flag.StringVar(&o.size, "size", "1366x768", "size of the window")
	flag.Parse()
	if err := run(o); err != nil {
		if !errors.As(err, &refusal{}) {
			tell(o, err)
		}
		os.Exit(3)
	}
}

// tell says on the command line what went wrong.
func tell(o options, err error) {
	fmt.Fprintf(os.Stderr, "loket: %s [%s]\n", words.Error(langOf(o), err), app.CodeOf(err))
	slog.Debug("start", "err", err)
}

// refusal is a kiosk that could not be opened; it was told already.
type refusal struct{ error }

func run(o options) error {
	dir, err := dataFolder(o)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return app.Fail(app.WindowUnavailable)
	}
	kiosk, shut, err := open(ctx, dir, o.practice, log)
	if err != nil {
		tell(o, err)
		refuse(ctx, o, dir, err)
		return refusal{err}
	}
	carried := make(chan struct{})
	go carry(ctx, kiosk.Dir, log, carried)
	shown := show(ctx, kiosk, o, log)
	stop()
	<-carried
	return errors.Join(shown, shut(context.Background()))
}

func dataFolder(o options) (string, error) {
	if o.data != "" {
		return o.data, nil
	}
	base, err := os.UserConfigDir()
	if runtime.GOOS == "linux" {
		base = os.Getenv("XDG_DATA_HOME")
		if base == "" {
			var home string
			home, err = os.UserHomeDir()
			base = filepath.Join(home, ".local", "share")
		} else {
			err = nil
		}
	}
	if err != nil {
		return "", app.Wrap("dataFolder", app.FileUnwritten, err)
	}
	if o.practice {
		return filepath.Join(base, "loket-latihan"), nil
	}
	return filepath.Join(base, "loket"), nil
}

// open opens the kiosk, in practice mode together with its head office.
func open(ctx context.Context, dir string, practising bool, log *slog.Logger) (*desk.Desk, func(context.Context) error, error) {
	if practising {
		p, err := practice.Start(ctx, dir, log)
		if err != nil {
			return nil, nil, err
		}
		return p.Desk, p.Stop, nil
	}
	d, err := desk.Open(ctx, dir, desk.Options{})
	if err != nil {
		return nil, nil, err
	}
	return d, d.Close, nil
}

// carry moves the post while the window is open, unless the service of this computer does.
func carry(ctx context.Context, dir string, log *slog.Logger, done chan<- struct{}) {
	defer close(done)
	err := carrier.Agent{Dir: dir, Pace: carrier.UsualPace, Log: log}.Run(ctx)
	if err != nil && app.CodeOf(err) != app.AgentRunning && !errors.Is(err, context.Canceled) {
		log.Error("agent", "code", app.CodeOf(err), "err", err)
	}
}

// show runs the window until it is closed. The toolkit panics where there is no graphics to draw on.
func show(ctx context.Context, kiosk *desk.Desk, o options, log *slog.Logger) (err error) {
	defer func() {
		if trouble := recover(); trouble != nil {
			log.Error("window", "panic", trouble, "stack", string(debug.Stack()))
			err = app.Fail(app.WindowUnavailable)
		}
	}()
	a := fyneapp.NewWithID("id.loket.kiosk")
	a.SetIcon(fyne.NewStaticResource("loket.svg", assets.AppIcon))
	native := a.NewWindow("Loket")
	native.SetMaster()
	native.Resize(sizeOf(o.size))
	native.SetFullScreen(o.fullscreen)
	native.CenterOnScreen()
	w := window.New(a, native, views(kiosk, o.practice), window.Options{Lang: words.Lang(o.lang), Log: log})
	w.CloseWith(ctx)
	native.ShowAndRun()
	return nil
}

// refuse says in a window why there is no kiosk, until it is closed or the program is told to stop.
func refuse(ctx context.Context, o options, dir string, cause error) {
	defer func() {
		if trouble := recover(); trouble != nil {
			slog.Debug("window", "panic", trouble)
		}
	}()
	a := fyneapp.NewWithID("id.loket.kiosk")
	a.SetIcon(fyne.NewStaticResource("loket.svg", assets.AppIcon))
	native := a.NewWindow("Loket")
	native.Resize(window.RefusedSize)
	native.CenterOnScreen()
	window.Refused(ctx, a, native, window.Refusal{Lang: langOf(o), Dir: dir, Cause: cause})
	native.ShowAndRun()
}

func langOf(o options) words.Lang {
	if lang := words.Lang(o.lang); lang != "" {
		return lang
	}
	return words.ID
}

// sizeOf reads 1366x768; what it cannot read is that size.
func sizeOf(text string) fyne.Size {
	var w, h float32
	if n, err := fmt.Sscanf(text, "%fx%f", &w, &h); err != nil || n != 2 || w < 640 || h < 400 {
		w, h = 1366, 768
	}
	return fyne.NewSize(w, h)
}

// writeWhole writes a file that may be personal, for its owner's eyes, whole or not at all.
func writeWhole(path string, content []byte) error {
	if err := durable.Write(path, content, 0o600); err != nil {
		code := app.FileUnwritten
		if durable.Full(err) {
			code = app.FileFull
		}
		return app.Wrap("write", code, err)
	}
	return nil
}

// views shows the kiosk to the window.
func views(d *desk.Desk, practising bool) window.Kiosk {
	pin := ""
	if practising {
		pin = practice.PIN
	}
	var shoot func(context.Context) ([]byte, error)
	if c := desk.Camera(); c != nil {
		shoot = c.Shoot
	}
	return window.Kiosk{
		Camera: shoot,
		Clock:  d.Clock, Door: d.Door, Counter: d.Counter, Records: d.Records, Families: d.Families, Issuing: d.Issuing, Custody: d.Custody, Checking: d.Checking, Post: d.Post,
		Life: window.Life{
			Begun: d.Begun, Trouble: d.Store.Trouble, Session: d.Session, SignIn: d.SignIn, FirstStart: d.FirstStart, SignOut: d.SignOut, Beat: d.Beat, SendNow: d.SendNow, NextLife: d.NextLife,
			Duty:     window.Duty{Join: d.Join, Left: d.Left, End: d.EndDuty},
			Recovery: window.Recovery{Ask: d.AskRecovery, Take: d.Recover},
		},
		Events: window.Events{Events: d.Events, Attend: d.Attend, Prepare: d.PreparePasses, Print: d.Paper.PrintPasses, Save: d.SavePasses, Report: d.Paper.PrintEvent},
		Paper: window.Paper{
			Printer: d.Paper, Slip: d.Paper.Slip, Sheet: d.Paper.Sheet, Lookup: d.Paper.Lookup, Preview: d.Paper.Preview, Folder: d.Paper.Folder, SetFolder: d.Paper.SetFolder,
			Slips:   window.Slips{Joint: d.Paper.JointSlip, Queue: d.Paper.QueueNumber, Referral: d.Paper.Referral, Lead: d.Paper.Lead},
			Leaflet: d.Paper.Leaflet, Link: d.Paper.LinkPicture,
		},
		Files: window.Files{
			Reports: d.Reports, PDF: d.Paper.ReportPDF, XLSX: d.Paper.ReportXLSX, KeepNames: d.Paper.KeepNames,
		},
		Sponsors:       window.Sponsors{Sponsor: d.Sponsor, Write: writeWhole},
		Stick:          window.Stick{Export: d.Export, Import: d.Import},
		Notes:          window.Notes{Read: d.Store.Setting, Keep: d.Store.PutSetting},
		RemoveOperator: d.RemoveOperator,
		About:          window.About{Version: version, Dir: d.Dir, PracticePIN: pin, Chain: d.Store.Chain, Settings: d.Settings},
	}
}
