package window

import (
	"context"
	"time"

	"loket/app"
	"loket/app/access"
	"loket/app/card"
	"loket/app/custody"
	"loket/app/issuing"
	"loket/app/sealed"
	"loket/ui/screens/beranda"
	"loket/ui/screens/cari"
	"loket/ui/screens/cek"
	"loket/ui/screens/daftar"
	"loket/ui/screens/kartu"
	"loket/ui/screens/kirim"
	"loket/ui/screens/pengaturan"
	"loket/ui/screens/serah"
	"loket/ui/shell"
)

// Names of the places, by which screens open each other.
const (
	placeHome     = "home"
	placeRegister = "register"
	placeFind     = "find"
	placeFamily   = "family"
	placeCards    = "cards"
	placeHandover = "handover"
	placeCheck    = "check"
	placePost     = "post"
	placePrograms = "programmes"
	placeReports  = "reports"
	placeBenefits = "benefits"
	placeSettings = "settings"
	placeReview   = "review"
	placeComplete = "complete"
	placeEvents   = "events"
)

// placeFor is a place with the task that it is for; "" is for everybody.
type placeFor struct {
	task  access.Task
	place shell.Place
}

// places are the screens of who signed in, in the order of their keys. What a role may not do, or what
// head office's authority no longer covers, does not stand there; the use cases refuse the former all
// the same.
func (w *Window) places(s access.Session) shell.Session {
	all := []placeFor{
		{"", shell.Place{Name: placeHome, Icon: "home", Word: "ui.nav.home", Screen: w.home()}},
		{access.Register, shell.Place{Name: placeRegister, Icon: "register", Word: "ui.nav.register", Screen: w.register()}},
		{access.Ask, shell.Place{Name: placeFind, Icon: "search", Word: "ui.nav.find", Screen: w.find()}},
		{access.Ask, shell.Place{Name: placeFamily, Icon: "people", Word: "ui.family.title", Hidden: true, Screen: w.families()}},
		{access.Print, shell.Place{Name: placeCards, Icon: "card", Word: "ui.nav.cards", Screen: w.cards()}},
		{access.Handover, shell.Place{Name: placeHandover, Icon: "handover", Word: "ui.nav.handover", Screen: w.handover()}},
		{access.Verify, shell.Place{Name: placeCheck, Icon: "verify", Word: "ui.nav.check", Screen: w.check()}},
		{access.ListRows, shell.Place{Name: placePrograms, Icon: "programme", Word: "ui.nav.programmes", Screen: w.programmes()}},
		{access.Send, shell.Place{Name: placePost, Icon: "send", Word: "ui.nav.post", Screen: w.post()}},
		{access.Figures, shell.Place{Name: placeReports, Icon: "report", Word: "ui.nav.reports", Screen: w.reports()}},
		{"", shell.Place{Name: placeBenefits, Icon: "info", Word: "ui.nav.benefits", Screen: w.benefits()}},
		{access.Figures, shell.Place{Name: placeEvents, Icon: "calendar", Word: "ui.nav.events", Screen: w.events()}},
		{"", shell.Place{Name: placeSettings, Icon: "settings", Word: "ui.nav.settings", Foot: true, Screen: w.settings()}},
	}
	all = append(all, w.recordPlaces()...)
	w.restricted = s.Restricted
	in := shell.Session{Home: placeHome, NoSide: s.Operator.Role == app.RoleVolunteer, Touch: !s.Until.IsZero()}
	for _, a := range all {
		if a.task == "" || s.Allow(a.task) == nil || a.task == access.Register && s.MayDraft() {
			in.Places = append(in.Places, a.place)
		}
	}
	if s.Restricted && !s.MayDraft() {
		in.Home = placePost
	}
	return in
}

func (w *Window) by() app.Operator { return w.kiosk.Life.Session().Operator }

func (w *Window) home() shell.Screen {
	k := w.kiosk
	if !k.Life.Session().Until.IsZero() {
		return w.eventHome()
	}
	return beranda.New(w.shell, w.shell, beranda.Uses{
		Session: k.Life.Session, Clock: k.Clock, Figures: k.Counter.DayFigures, Drafts: k.Counter.Drafts,
		Unchecked: k.Issuing.Unchecked, Parked: k.Custody.Parked, Stock: k.Issuing.Remaining, Post: k.Post.State,
		Waiting:  w.waiting,
		Coverage: func() []sealed.Coverage { return k.About.Settings().Coverage },
	}, beranda.Options{Place: w.officeName(), SignOut: w.signOut, Scan: w.scanned})
}

func (w *Window) register() shell.Screen {
	k := w.kiosk
	w.form = daftar.New(w.shell, w.shell, daftar.Uses{
		Counter: k.Counter, By: w.by, Near: func() []string { return k.About.Settings().Regencies }, Clock: k.Clock,
		Push:      func(p daftar.Page) { w.shell.Push(p) },
		PrintSlip: w.printSlip, PrintJoint: fileless(k.Paper.Slips.Joint), PrintTicket: fileless(k.Paper.Slips.Queue),
		PrintReferral: fileless(k.Paper.Slips.Referral), PrintLead: fileless(k.Paper.Slips.Lead), Recorded: w.tell,
		OpenExisting: w.showPerson,
		PrintCard:    w.printCard, MayCard: k.Issuing.May, ChooseFile: w.chooseFile,
		Saved: func(app.Registration) { w.tell() },
	})
	return w.form
}

func (w *Window) find() shell.Screen {
	k := w.kiosk
	uses := cari.Uses{
		Counter: k.Counter, Clock: k.Clock, PrintSlip: w.printSlip, MayCard: k.Issuing.May,
		HandOver: func(app.Card) { w.shell.Open(placeHandover) },
		Families: w.askFamily, NameOf: w.nameOf,
	}
	if w.by().May(access.Print) == nil {
		uses.MakeCard = w.printCard
	}
	uses.Acts = w.acts()
	return cari.New(w.shell, w.shell, uses)
}

func (w *Window) printSlip(ctx context.Context, r app.Registration) error {
	_, err := w.kiosk.Paper.Slip(ctx, r)
	return err
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
		Clock: k.Clock, State: k.Post.State, Message: k.Post.Message, Receipts: w.receipts, SendNow: k.Life.SendNow, Enrol: w.enrol,
		Export: w.export, Import: w.take, ChooseFolder: w.chooseFolder, ChooseFile: w.chooseFile, Changed: w.tell,
		Going: kirim.Going{
			Kiosk: k.About.Chain, On: w.goOn,
			May: func() bool { return k.Life.Session().Allow(access.Operators) == nil },
		},
	})
}

func (w *Window) handover() shell.Screen {
	k := w.kiosk
	w.hand = serah.New(w.shell, w.shell, serah.Door{
		Waiting: func(ctx context.Context) ([]issuing.Listed, error) {
			return k.Issuing.List(ctx, app.CardConfirmed, app.CardPacked, app.CardReturned)
		},
		Handed: func(ctx context.Context, since time.Time) ([]issuing.Listed, error) {
			return k.Issuing.Since(ctx, app.CardHanded, since)
		},
		HandoverOf: k.Custody.HandoverOf, Face: k.Issuing.Face, Scan: k.Custody.Scan, AddEvidence: k.Custody.AddEvidence,
		Hand: func(ctx context.Context, form custody.Form) (app.Handover, error) {
			return k.Custody.Hand(ctx, w.by(), form)
		},
		Park: k.Custody.Park, Parked: k.Custody.Parked, Drop: k.Custody.Drop, Trusted: w.trusted,
	}, serah.Options{Clock: k.Clock, ChooseFile: w.chooseFile, Complete: w.completeInHand})
	return w.hand
}

// scanned takes a card that was scanned on the first screen to its handover.
func (w *Window) scanned(text string) bool {
	if !card.IsCard(text) {
		return false
	}
	w.shell.Open(placeHandover)
	return w.hand.Scan(text)
}

func (w *Window) check() shell.Screen {
	k := w.kiosk
	return cek.New(w.shell, w.shell, cek.Door{Check: k.Checking.Check, Lists: w.lists}, cek.Options{
		Clock: k.Clock, Turn: func(l *cek.Large) { w.shell.Push(l) },
	})
}

func (w *Window) settings() shell.Screen {
	k := w.kiosk
	return pengaturan.New(w.shell, w.shell, pengaturan.Uses{
		Session: k.Life.Session, Clock: k.Clock, Door: people{k.Door, k.RemoveOperator}, About: w.about, SignOut: w.signOut,
		Look: w.shell.Look, SetLook: w.setLook, SetLang: w.setLang,
		PrintFolder: k.Paper.Folder, SetPrintFolder: w.setPrintFolder, ChooseFolder: w.chooseFolder,
	})
}
