package carrier

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"loket/app"
	"loket/app/durable"
)

// Pace is how often the agent works.
type Pace struct {
	Glance   time.Duration // between looks at the outbox
	Rest     time.Duration // between rounds when nothing waits
	FirstTry time.Duration // the shortest wait after a failure
	LastTry  time.Duration // the longest
}

// UsualPace suits a branch office: a new batch leaves within a second, news comes every minute.
var UsualPace = Pace{Glance: time.Second, Rest: time.Minute, FirstTry: 2 * time.Second, LastTry: 5 * time.Minute}

// Agent carries the post of one data folder over the line until it is stopped.
type Agent struct {
	Dir  string
	Pace Pace
	Log  *slog.Logger
}

// Run works until the context ends. A second agent on the same folder is refused: agent.running.
// Before the kiosk is enrolled it waits, and begins by itself afterwards.
func (a Agent) Run(ctx context.Context) error {
	if err := durable.Folder(filepath.Join(a.Dir, "carrier"), 0o700); err != nil {
		return unwritten("carrier.Run", err)
	}
	lock, err := a.lock(ctx)
	if errors.Is(err, durable.ErrHeld) {
		return app.Fail(app.AgentRunning)
	}
	if err != nil {
		return unwritten("carrier.Run", err)
	}
	return errors.Join(a.loop(ctx), lock.Close())
}

// lock is patient for a moment: whoever asks whether an agent runs holds the lock that long.
func (a Agent) lock(ctx context.Context) (io.Closer, error) {
	for tries := 0; ; tries++ {
		lock, err := durable.Lock(lockPath(a.Dir))
		if !errors.Is(err, durable.ErrHeld) || tries == 10 || ctx.Err() != nil {
			return lock, err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func (a Agent) loop(ctx context.Context) error {
	status, err := StatusOf(a.Dir)
	if err != nil {
		a.Log.Warn("agent status unread", "err", err)
	}
	status.Stopped = false
	wait := time.Duration(0)
	for {
		a.rest(ctx, wait)
		if ctx.Err() != nil {
			status.Stopped, status.NextTry = true, time.Time{}
			return keepStatus(a.Dir, status)
		}
		err := a.round(ctx)
		before := status.Code
		status = a.after(status, err)
		wait = a.Pace.next(wait, err)
		if err != nil {
			status.NextTry = time.Now().Add(wait)
		}
		if err != nil && status.Code != before { // the same trouble again is no news
			a.Log.Info("round failed", "code", app.CodeOf(err), "err", err, "wait", wait.Round(time.Second))
		}
		if err := keepStatus(a.Dir, status); err != nil {
			a.Log.Error("agent status unwritten", "err", err)
		}
	}
}

func (a Agent) round(ctx context.Context) error {
	office, err := OfficeOf(a.Dir)
	if err != nil {
		return err
	}
	box, err := OpenBox(a.Dir, office.Chain())
	if err != nil {
		return err
	}
	line, err := lineOf(office, a.Dir)
	if err != nil {
		return err
	}
	defer line.Close()
	if err := enrol(ctx, NewGate(a.Dir), line); err != nil {
		return err
	}
	return errors.Join(Round(ctx, box, line), a.formerRounds(ctx, line))
}

// Once carries one whole exchange now, in place of an agent that does not run, and notes how it went
// where an agent would.
func (a Agent) Once(ctx context.Context) error {
	lock, err := a.lock(ctx)
	if errors.Is(err, durable.ErrHeld) {
		return app.Fail(app.AgentRunning)
	}
	if err != nil {
		return unwritten("carrier.Once", err)
	}
	err = a.round(ctx)
	return errors.Join(err, a.note(err), lock.Close())
}

func (a Agent) note(round error) error {
	if a.Log == nil {
		a.Log = slog.New(slog.DiscardHandler)
	}
	status, err := StatusOf(a.Dir)
	if err != nil {
		return err
	}
	status = a.after(status, round)
	status.Stopped = true
	return keepStatus(a.Dir, status)
}

func (a Agent) after(s Status, err error) Status {
	s.At, s.NextTry = time.Now(), time.Time{}
	s.Code, s.Reason = "", ""
	if err == nil {
		s.LastContact = s.At
	} else {
		s.Code = app.CodeOf(err)
		var known *app.Error
		if errors.As(err, &known) && known.Args["reason"] != nil {
			s.Reason, _ = known.Args["reason"].(string)
		}
	}
	s.Waiting, s.Attachments = a.waiting()
	return s
}

func (a Agent) waiting() (batches, attachments int) {
	office, err := OfficeOf(a.Dir)
	if err != nil {
		return 0, 0
	}
	box := Box{a.Dir, office.Chain()}
	numbers, errB := waitingBatches(box)
	hashes, errA := box.waitingAttachments()
	if errB != nil || errA != nil {
		a.Log.Warn("outbox unread", "err", errors.Join(errB, errA))
	}
	return len(numbers), len(hashes)
}

// next is the pause after a round: decorrelated jitter after failures, so that a thousand kiosks do
// not come back at the same second, else the usual rest.
func (p Pace) next(last time.Duration, err error) time.Duration {
	if err == nil {
		return p.Rest
	}
	if app.CodeOf(err) == app.PostNotEnrolled {
		return p.FirstTry
	}
	if last < p.FirstTry || last == p.Rest {
		last = p.FirstTry
	}
	return min(p.LastTry, p.FirstTry+rand.N(max(3*last-p.FirstTry, 1)))
}

// rest waits, and wakes early when something new is laid out and no failure holds it back, or when
// somebody asks for "send now" by touching carrier/send-now.
func (a Agent) rest(ctx context.Context, wait time.Duration) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	glance := time.NewTicker(a.Pace.Glance)
	defer glance.Stop()
	before := a.lying()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
			return
		case <-glance.C:
		}
		now := a.lying()
		if a.asked() || now > before && wait == a.Pace.Rest {
			return
		}
		before = now
	}
}

// lying counts the files in the outbox, by their names alone: it is asked every second.
func (a Agent) lying() int {
	office, err := OfficeOf(a.Dir)
	if err != nil {
		return 0
	}
	box := Box{a.Dir, office.Chain()}
	batches, errB := box.Batches()
	attachments, errA := box.Attachments()
	if errB != nil || errA != nil {
		return 0 // the round will say why
	}
	return len(batches) + len(attachments)
}

func (a Agent) asked() bool {
	return os.Remove(askPath(a.Dir)) == nil
}

// SendNow asks the running agent to begin a round at once.
func SendNow(dir string) error {
	err := durable.Folder(filepath.Dir(askPath(dir)), 0o700)
	if err == nil {
		err = durable.Write(askPath(dir), nil, 0o600)
	}
	return unwritten("carrier.SendNow", err)
}

func askPath(dir string) string { return filepath.Join(dir, "carrier", "send-now") }
