package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"time"

	"loket/app"
	"loket/app/access"
	"loket/app/cmd/desk"
	"loket/app/cmd/people"
	"loket/app/words"
)

// tourCmd walks the whole way once: a kiosk and a real head office process on this computer, from
// the enrolment to the card that a phone verifies. All persons in it are invented.
type tourCmd struct {
	Out      string `help:"tour.cli.out" required:"" placeholder:"DIR" type:"path"`
	Screens  bool   `help:"tour.cli.screens"`
	Window   string `help:"tour.cli.window" placeholder:"FILE" type:"path"`
	Practice bool   `help:"tour.cli.practice"`
	Keep     bool   `help:"tour.cli.keep"`
	JSON     bool   `name:"json" help:"cli.json"`
}

// tourStep is one line of report.json.
type tourStep struct {
	Journey string   `json:"journey"` // J1, J7, J9, ...
	Step    string   `json:"step"`
	Outcome string   `json:"outcome"` // ok, failed, not_reached
	Detail  string   `json:"detail,omitempty"`
	Code    app.Code `json:"code,omitempty"`
	Millis  int64    `json:"ms"`
}

const (
	stepOK         = "ok"
	stepFailed     = "failed"
	stepNotReached = "not_reached"
)

type tourReport struct {
	OK    bool       `json:"ok"`
	At    time.Time  `json:"at"`
	Steps []tourStep `json:"steps"`
}

// errTourFailed ends a tour of which a step went wrong; the report says which.
var errTourFailed = errAnswerNo

// tour is one walk.
type tour struct {
	cmd  *tourCmd
	env  *Env
	work string // pusat/ and loket/, gone afterwards

	office *officeProcess
	pair   []string // arguments by which two people agree
	agent  *process
	desk   *desk.Desk
	who    access.Session

	supervisor string           // who started the kiosk
	siti       app.Registration // the person whose card is followed
	cardText   string
	crowd      *people.Crowd
	people     []app.EntryID // everybody registered at the counter so far
	bazaar     bazaar
	list       list
}

// act is one step: what it is called, and what it does. What it returns is a detail for the report.
type act struct {
	journey, name string
	do            func(context.Context) (string, error)
}

func (t *tour) acts() []act {
	return []act{
		{"J10", "serve", t.startOffice},
		{"J9", "token", t.readToken},
		{"J1", "first_supervisor", t.firstStart},
		{"J1", "before_head_office", t.registerBeforeEnrolment},
		{"J9", "enrol", t.enrol},
		{"J9", "agent", t.startAgent},
		{"J9", "lease", t.awaitLease},
		{"J1", "nik_first", t.nikFills},
		{"J1", "refusals", t.refusals},
		{"J1", "draft_resumed", t.resumeDraft},
		{"J1", "register", t.registerSiti},
		{"J1", "slip", t.printSlip},
		{"J1", "card", t.printCard},
		{"J1", "scan_back", t.scanBack},
		{"J6", "handover", t.handOver},
		{"J1", "payer_family", t.together("family")},
		{"J1", "payer_household", t.together("household")},
		{"J1", "payer_group", t.together("group")},
		{"J1", "payer_donor", t.together("donor")},
		{"J1", "lead", t.employerLead},
		{"J1", "referral", t.referred},
		{"J1", "queue", t.queue},
		{"J9", "send", t.send},
		{"J10", "decision", t.awaitDecision},
		{"J10", "cover", t.beginCover},
		{"J10", "targets", t.targets},
		{"J7", "lists", t.awaitLists},
		{"J7", "verify", t.verify},
		{"J7", "changed_digit", t.changedDigit},
		{"J7", "kiosk_check", t.kioskCheck},
		{"J8", "family", t.familyAsks},
		{"J2", "event", t.openEvent},
		{"J2", "passes", t.preparePasses},
		{"J2", "join", t.join},
		{"J2", "at_event", t.atEvent},
		{"J2", "passes_refused", t.passesRefused},
		{"J2", "event_closed", t.closeEvent},
		{"J3", "programme", t.openProgramme},
		{"J3", "judge", t.judgeList},
		{"J3", "import", t.importList},
		{"J3", "correct", t.correctList},
		{"J3", "sponsors", t.otherSponsors},
		{"J3", "accept", t.acceptList},
		{"J3", "order", t.orderRows},
		{"J9", "stick", t.byStick},
		{"J9", "killed", t.killed},
		{"J10", "exactly_once", t.exactlyOnce},
		{"J9", "green", t.green},
		{"J11", "chain", t.checkChain},
		{"F9", "report", t.report},
		{"F10", "leaflet", t.leaflet},
		{"J1", "look_alike", t.lookAlike},
		{"J1", "screens", t.screens},
	}
}

// Run walks, writes report.json, and answers no when any step went wrong.
func (c *tourCmd) Run(ctx context.Context, env *Env) error {
	t := &tour{cmd: c, env: env, work: filepath.Join(c.Out, "work"), crowd: people.New(5, app.DateOf(env.Now()))}
	if err := os.RemoveAll(t.work); err != nil {
		return app.Wrap("tour", app.FileUnwritten, err)
	}
	if err := os.MkdirAll(t.work, 0o700); err != nil {
		return app.Wrap("tour", app.FileUnwritten, err)
	}
	report, err := t.walk(ctx)
	err = errors.Join(err, t.end(context.WithoutCancel(ctx)))
	if err == nil {
		err = t.write(report)
	}
	if err == nil && report.OK && !c.Keep {
		err = app.Wrap("tour", app.FileUnwritten, os.RemoveAll(t.work))
	}
	if err == nil && !report.OK {
		err = errTourFailed
	}
	return err
}

// walk takes the steps in order. After one that failed nothing can be trusted, so the others are
// not reached.
func (t *tour) walk(ctx context.Context) (tourReport, error) {
	report := tourReport{OK: true, At: t.env.Now()}
	for _, a := range t.acts() {
		step := tourStep{Journey: a.journey, Step: a.name, Outcome: stepNotReached}
		if report.OK {
			begun := time.Now()
			detail, err := a.do(ctx)
			step.Outcome, step.Detail, step.Millis = stepOK, detail, time.Since(begun).Milliseconds()
			if err != nil {
				step.Outcome, step.Code, step.Detail = stepFailed, app.CodeOf(err), t.env.sentence(err)
				report.OK = false
			}
		}
		report.Steps = append(report.Steps, step)
		if err := t.tell(step); err != nil {
			return report, err
		}
	}
	return report, nil
}

func (t *tour) tell(s tourStep) error {
	if t.cmd.JSON {
		return nil
	}
	return t.env.Say("tour.outcome."+s.Outcome, "journey", s.Journey, "step", words.Say(t.env.Lang, "tour.step."+s.Step), "detail", s.Detail)
}

func (t *tour) write(r tourReport) error {
	b, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return app.Wrap("tour", app.Internal, err)
	}
	if err := os.WriteFile(filepath.Join(t.cmd.Out, "report.json"), append(b, '\n'), 0o644); err != nil {
		return app.Wrap("tour", app.FileUnwritten, err)
	}
	if t.cmd.JSON {
		return t.env.JSON(r)
	}
	return nil
}

// end closes what is open, whatever happened before.
func (t *tour) end(ctx context.Context) error {
	var errs error
	if t.desk != nil {
		errs = t.desk.Close(ctx)
	}
	if t.agent != nil {
		errs = errors.Join(errs, t.agent.stop())
	}
	if t.office != nil {
		errs = errors.Join(errs, t.office.stop())
	}
	return errs
}

// save puts something into the folder that the tour leaves behind.
func (t *tour) save(name string, b []byte) error {
	return app.Wrap("tour", app.FileUnwritten, os.WriteFile(filepath.Join(t.cmd.Out, name), b, 0o644))
}

// differs is the failure of a step whose outcome was another than it must be.
func differs(what string) error { return app.Fail(app.TourDiffers, "what", what) }

// patience is how long the tour waits for another process. It is no measure of speed.
const patience = time.Minute

// until asks again and again until the answer is yes.
func until(ctx context.Context, what string, yes func() (bool, error)) error {
	late, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	again := time.NewTicker(100 * time.Millisecond)
	defer again.Stop()
	for {
		ok, err := yes()
		if err != nil || ok {
			return err
		}
		select {
		case <-late.Done():
			return app.Fail(app.TourLate, "what", what)
		case <-again.C:
		}
	}
}
