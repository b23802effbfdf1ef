package task

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"loket/app"
)

// window stands for the window's goroutine: what is to be done there waits in a line.
type window chan func()

func newWindow() window { return make(window, 100) }

func (w window) do(f func()) { w <- f }

// settle lets everything that runs come to rest and does what waits.
func (w window) settle() {
	synctest.Wait()
	for {
		select {
		case f := <-w:
			f()
			synctest.Wait()
		default:
			return
		}
	}
}

// pass lets time go by in steps, as a window that stays awake.
func (w window) pass(d time.Duration) {
	for range int(d / (50 * time.Millisecond)) {
		time.Sleep(50 * time.Millisecond)
		w.settle()
	}
}

type meter struct {
	busy     []bool
	progress []Progress
}

func (m *meter) Busy(on bool)        { m.busy = append(m.busy, on) }
func (m *meter) Progress(p Progress) { m.progress = append(m.progress, p) }

func sleepFor(ctx context.Context, d time.Duration) (string, error) {
	select {
	case <-time.After(d):
		return d.String(), nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func TestRunHandsTheResultToTheWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWindow()
		o := &Owner{Do: w.do}
		got := 0
		Run(o, 20, func(_ context.Context, n int) (int, error) { return n + 1, nil }, func(n int, err error) { got = n })
		synctest.Wait()
		if got != 0 {
			t.Error("done was called away from the window")
		}
		w.settle()
		if got != 21 {
			t.Errorf("got %d", got)
		}
	})
}

func TestLeavingCancelsAndDrops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWindow()
		o := &Owner{Do: w.do}
		cancelled, done := false, false
		Run(o, 0, func(ctx context.Context, _ int) (int, error) {
			<-ctx.Done()
			cancelled = true
			return 0, ctx.Err()
		}, func(int, error) { done = true })
		o.Leave()
		w.settle()
		if !cancelled || done {
			t.Errorf("cancelled %v, done %v", cancelled, done)
		}
		Run(o, 1, func(_ context.Context, n int) (int, error) { return n, nil }, func(int, error) { done = true })
		w.settle()
		if !done {
			t.Error("an owner that came back gets nothing")
		}
	})
}

func TestLatestDropsOlderResults(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWindow()
		o := &Owner{Do: w.do}
		var got []string
		for _, d := range []time.Duration{300, 200, 100} {
			Latest(o, "search", d*time.Millisecond, sleepFor, func(s string, err error) { got = append(got, s) })
		}
		Latest(o, "other", 50*time.Millisecond, sleepFor, func(s string, err error) { got = append(got, s) })
		w.pass(time.Second)
		if !slices.Equal(got, []string{"50ms", "100ms"}) {
			t.Errorf("got %v", got)
		}
	})
}

func TestWaitingIsShownOnlyWhenItIsLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWindow(), &meter{}
		o := &Owner{Do: w.do, Meter: m}
		Run(o, 200*time.Millisecond, sleepFor, func(string, error) {})
		w.pass(time.Second)
		if len(m.busy) != 0 {
			t.Error("a spinner for 0.2 s")
		}
		Run(o, time.Second, sleepFor, func(string, error) {})
		Run(o, 1200*time.Millisecond, sleepFor, func(string, error) {})
		w.pass(2 * time.Second)
		if !slices.Equal(m.busy, []bool{true, false}) || len(m.progress) != 0 {
			t.Errorf("busy %v, progress %v", m.busy, m.progress)
		}
	})
}

func TestProgressTellsCountRateAndTimeLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWindow(), &meter{}
		o := &Owner{Do: w.do, Meter: m}
		Run(o, 0, func(ctx context.Context, _ int) (string, error) {
			Report(ctx, 500, 1500)
			return sleepFor(ctx, 4*time.Second)
		}, func(string, error) {})
		w.pass(5 * time.Second)
		if len(m.progress) < 3 || !m.progress[len(m.progress)-1].Over {
			t.Fatalf("%+v", m.progress)
		}
		first := m.progress[0]
		if first.Done != 500 || first.PerSecond < 200 || first.PerSecond > 260 || first.Left < 3*time.Second || first.Left > 5*time.Second {
			t.Errorf("%+v", first)
		}
	})
}

func TestAPersonStopsATask(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWindow(), &meter{}
		o := &Owner{Do: w.do, Meter: m}
		var got error
		Run(o, time.Hour, sleepFor, func(_ string, err error) { got = err })
		w.pass(3 * time.Second)
		m.progress[0].Stop()
		w.settle()
		if !errors.Is(got, app.Fail(app.Cancelled)) {
			t.Errorf("got %v", got)
		}
	})
}

func TestAPanicBecomesAnError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWindow()
		o := &Owner{Do: w.do}
		var got error
		Run(o, 0, func(context.Context, int) (int, error) { panic("boom") }, func(_ int, err error) { got = err })
		w.settle()
		if app.CodeOf(got) != app.Internal {
			t.Errorf("got %v", got)
		}
	})
}

func TestEveryEndsWithItsOwner(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWindow()
		o := &Owner{Do: w.do}
		n := 0
		Every(o, 100*time.Millisecond, func() { n++ })
		w.pass(550 * time.Millisecond)
		o.Leave()
		w.pass(time.Second)
		if n != 5 {
			t.Errorf("called %d times", n)
		}
	})
}
