package window

import (
	"context"

	"loket/app"
	"loket/app/access"
	"loket/ui/screens/beranda"
	"loket/ui/screens/daftar"
	"loket/ui/screens/kartu"
	"loket/ui/screens/kirim"
	"loket/ui/shell"
)

// Names of the places, by which screens open each other.
const (
	placeHome     = "home"
	placeRegister = "register"
	placeFind     = "find"
	placeCards    = "cards"
	placeHandover = "handover"
	placeCheck    = "check"
	placePost     = "post"
	placeSettings = "settings"
)

// places are the screens of who signed in, in the order of their keys. What a role may not do does
// not stand there; the use cases refuse it all the same.
func (w *Window) places(s access.Session) shell.Session {
	all := []struct {
		task  access.Task
		place shell.Place
	}{
		{"", shell.Place{Name: placeHome, Icon: "home", Word: "ui.nav.home", Screen: w.home()}},
		{access.Register, shell.Place{Name: placeRegister, Icon: "register", Word: "ui.nav.register", Screen: w.register()}},
		{access.Print, shell.Place{Name: placeCards, Icon: "card", Word: "ui.nav.cards", Screen: w.cards()}},
		{access.Send, shell.Place{Name: placePost, Icon: "send", Word: "ui.nav.post", Screen: w.post()}},
	}
	in := shell.Session{Home: placeHome, NoSide: s.Operator.Role == app.RoleVolunteer}
	for _, a := range all {
		if a.task == "" || access.Allowed(s.Operator.Role, a.task) {
			in.Places = append(in.Places, a.place)
		}
	}
	if s.Restricted {
		in.Home = placePost
	}
	return in
}

func (w *Window) by() app.Operator { return w.kiosk.Life.Session().Operator }

func (w *Window) home() shell.Screen {
	k := w.kiosk
	return beranda.New(w.shell, w.shell, beranda.Uses{
		Session: k.Life.Session, Clock: k.Clock, Figures: k.Counter.DayFigures, Drafts: k.Counter.Drafts,
		Unchecked: k.Issuing.Unchecked, Parked: k.Custody.Parked, Stock: k.Issuing.Remaining, Post: k.Post.State,
	}, beranda.Options{Place: w.officeName(), SignOut: w.signOut})
}

func (w *Window) register() shell.Screen {
	k := w.kiosk
	return daftar.New(w.shell, w.shell, daftar.Uses{
		Counter: k.Counter, By: w.by, Near: k.About.Settings().Regencies, Clock: k.Clock,
		PrintSlip: func(ctx context.Context, r app.Registration) error {
			_, err := k.Paper.Slip(ctx, r)
			return err
		},
		PrintCard: w.printCard, MayCard: k.Issuing.May, ChooseFile: w.chooseFile,
		Saved: func(app.Registration) { w.tell() },
	})
}

// printCard makes the card of a registration and prints it at once.
func (w *Window) printCard(ctx context.Context, r app.Registration) error {
	c, err := w.kiosk.Issuing.Issue(ctx, w.by(), r.ID)
	if err != nil {
		return err
	}
	_, err = w.kiosk.Issuing.Print(ctx, w.by(), w.kiosk.Paper.Printer, []app.Serial{c.Serial})
	return err
}

func (w *Window) cards() shell.Screen {
	k := w.kiosk
	return kartu.New(w.shell, w.shell, kartu.Door{
		List: k.Issuing.List, Stock: k.Issuing.Remaining, Printer: w.printer, Preview: w.preview,
		Print: func(ctx context.Context, serials []app.Serial) (string, error) {
			return k.Issuing.Print(ctx, w.by(), k.Paper.Printer, serials)
		},
		PrintAgain: func(ctx context.Context, serials []app.Serial) (string, error) {
			return k.Issuing.PrintAgain(ctx, w.by(), k.Paper.Printer, serials)
		},
		Confirm: func(ctx context.Context, scanned string) (app.Card, error) {
			return k.Issuing.Confirm(ctx, w.by(), scanned)
		},
		ByWord: func(ctx context.Context, serial app.Serial) (app.Card, error) {
			return k.Issuing.ConfirmByWord(ctx, w.by(), serial)
		},
		Spoil: func(ctx context.Context, serial app.Serial, reason string) (app.Card, error) {
			return k.Issuing.Spoil(ctx, w.by(), serial, reason)
		},
		HandOver: func() { w.shell.Open(placeHandover) },
	}, k.Clock)
}

func (w *Window) post() shell.Screen {
	k := w.kiosk
	return kirim.New(w.shell, w.shell, kirim.Uses{
		Clock: k.Clock, State: k.Post.State, Message: k.Post.Message, SendNow: k.Life.SendNow, Enrol: w.enrol,
		Export: w.export, Import: w.take, ChooseFolder: w.chooseFolder, ChooseFile: w.chooseFile, Changed: w.tell,
	})
}
