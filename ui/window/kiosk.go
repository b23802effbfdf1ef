// Package window puts the screens into the shell: which place stands where, who opens what, what
// the status bar tells, and the turns of the post while the window is open. It decides nothing of
// the work itself.
package window

import (
	"context"
	"image"
	"time"

	"loket/app"
	"loket/app/access"
	"loket/app/checking"
	"loket/app/counter"
	"loket/app/custody"
	"loket/app/event"
	"loket/app/issuing"
	"loket/app/post"
	"loket/app/reporting"
	"loket/app/sealed"
)

// Kiosk is the open kiosk as the window sees it: its use cases, and what lies outside them.
type Kiosk struct {
	Clock    app.Clock
	Door     *access.Door
	Counter  *counter.Counter
	Records  *counter.Records
	Families *counter.Families
	Issuing  *issuing.Issuing
	Custody  *custody.Custody
	Checking *checking.Checking
	Post     *post.Post
	Sponsors Sponsors
	Events   Events

	// Camera takes a picture; nil where there is no camera.
	Camera func(ctx context.Context) ([]byte, error)

	Life  Life
	Paper Paper
	Files Files
	Stick Stick
	Notes Notes
	About About

	RemoveOperator func(ctx context.Context, by access.Session, operator string) error // and change the keys
}

// people is who may work here, for the settings.
type people struct {
	*access.Door
	remove func(ctx context.Context, by access.Session, operator string) error
}

// RemoveOperator also changes the keys.
func (p people) RemoveOperator(ctx context.Context, by access.Session, operator string) error {
	return p.remove(ctx, by, operator)
}

// Duty is working with an event pass.
type Duty struct {
	Join func(ctx context.Context, pass, name, pin string) (access.Session, error)
	Left func() (left time.Duration, ok bool) // until the pass of who is signed in ends
	End  func(ctx context.Context) error      // signs out whose pass has ended, for good
}

// Events are those away from the branch, and what a supervisor takes there and brings back.
type Events struct {
	*event.Events
	Attend  func(ctx context.Context, event string) error // who is signed in works there
	Prepare func(ctx context.Context, event string, n int) error
	Print   func(ctx context.Context, event string) (file string, err error)
	Save    func(ctx context.Context, event, dir string) (n int, err error)
	Report  func(ctx context.Context, id string, s event.Sticks, note string) (file string, err error)
}

// Life is signing in and out, and the turn of the post.
type Life struct {
	Begun      func() bool
	Trouble    func() error // why no number is given out or nothing can be written; nil: neither
	Session    func() access.Session
	SignIn     func(ctx context.Context, operator, pin string) (access.Session, error)
	FirstStart func(ctx context.Context, token sealed.Token, name, pin string) (access.Session, error)
	SignOut    func(ctx context.Context) error
	Beat       func(ctx context.Context, atOnce bool) (news bool, err error)
	SendNow    func(ctx context.Context) error
	NextLife   func(ctx context.Context, token string) (access.Session, error) // goes on in a folder that is behind
	Duty       Duty
	Recovery   Recovery
}

// Recovery is the way in by head office.
type Recovery struct {
	Ask  func(ctx context.Context, dir string) (file, code string, err error)
	Take func(ctx context.Context, answer []byte, name, pin string) (access.Session, error)
}

// Paper is printing.
type Paper struct {
	Printer   issuing.Printer
	Slip      func(ctx context.Context, r app.Registration) (file string, err error)
	Sheet     func(ctx context.Context, r app.Registration) (file string, err error) // the archive sheet
	Lookup    func(ctx context.Context, l app.Lookup) (file string, err error)       // slip of a family's question
	Slips     Slips
	Preview   func(f issuing.Face, dpi float64) (front, back image.Image, err error)
	Folder    func(ctx context.Context) (string, error)
	SetFolder func(ctx context.Context, dir string) error
	Leaflet   func(ctx context.Context) (file string, err error)
	Link      func(link string) (image.Image, error)
}

// Files is writing reports into folders.
type Files struct {
	Reports   *reporting.Reporting
	PDF       func(ctx context.Context, dir string, r reporting.Report, names reporting.Names) (file string, err error)
	XLSX      func(ctx context.Context, dir string, r reporting.Report, names reporting.Names) (file string, err error)
	KeepNames func(ctx context.Context, dir string, r reporting.Report, content []byte) (file string, err error)
}

// Stick is the post by USB stick.
type Stick struct {
	Export func(ctx context.Context, dir string) (batches, attachments int, err error)
	Import func(ctx context.Context, dir string) (frames int, err error)
}

// Notes are settings of this computer that are nobody's business.
type Notes struct {
	Read func(ctx context.Context, name string) ([]byte, error)
	Keep func(ctx context.Context, name string, value []byte) error
}

// About is what the kiosk says of itself.
type About struct {
	Version     string
	Dir         string
	PracticePIN string // "" outside practice mode
	Chain       func() app.Chain
	Settings    func() sealed.Settings
}
