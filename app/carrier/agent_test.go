package carrier

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"testing"
	"time"

	"loket/app"
	"loket/app/sealed"
)

// intake is a head office that notes what it took.
type intake struct {
	frames [][]byte
	took   []string

	objects map[[32]byte][]byte
	applied sealed.Place
	refuse  error
}

// Enrol answers any request.
func (i *intake) Enrol(context.Context, []byte) ([]byte, error) {
	i.took = append(i.took, "request")
	return []byte("answer"), nil
}

// PutBatches notes the batches.
func (i *intake) PutBatches(_ context.Context, _ app.Chain, first uint64, files [][]byte) ([][]byte, error) {
	if i.refuse != nil {
		return nil, i.refuse
	}
	for n := range files {
		i.took = append(i.took, fmt.Sprintf("batch %d", first+uint64(n)))
	}
	return i.frames[:1], nil
}

// PutAttachment notes the attachment.
func (i *intake) PutAttachment(_ context.Context, _ app.Chain, hash [32]byte, _ []byte) ([][]byte, error) {
	i.took = append(i.took, fmt.Sprintf("attachment %02x", hash[0]))
	return i.frames[:1], nil
}

// Object is an object that was published.
func (i *intake) Object(_ context.Context, _ app.Chain, hash, held [32]byte) ([]byte, bool, error) {
	i.took = append(i.took, fmt.Sprintf("object %02x", hash[0]))
	if raw, ok := i.objects[hash]; ok {
		return raw, false, nil
	}
	return nil, false, app.Fail(app.LineRefused, "reason", string(app.NotFound))
}

// Shelf names them all.
func (i *intake) Shelf(context.Context, app.Chain) (all [][32]byte, err error) {
	for hash := range i.objects {
		all = append(all, hash)
	}
	return all, nil
}

// Applied is what the journal said.
func (i *intake) Applied(context.Context, app.Chain) (sealed.Place, error) { return i.applied, nil }

// Feed gives two frames at a time.
func (i *intake) Feed(_ context.Context, _ app.Chain, ask Ask) (News, error) {
	from := min(int(ask.After.Number), len(i.frames)) //nolint:gosec // small numbers
	return News{Frames: i.frames[from:min(from+2, len(i.frames))], Time: ask.Nonce}, nil
}

func TestARoundGoesOnAfterARefusal(t *testing.T) {
	box := newBox(t)
	must(t, box.PutBatch(1, []byte("b")))
	must(t, box.PutAttachment([32]byte{7}, []byte("p")))
	office := &intake{frames: news(t, chain, 5), refuse: app.Fail(app.LineRefused, "reason", "headoffice.other_identity")}
	if err := Round(t.Context(), box, office); app.CodeOf(err) != app.LineRefused {
		t.Fatal(err)
	}
	if frames, err := box.Frames(); err != nil || len(frames) != 5 || box.Cursor() != at(5) {
		t.Errorf("the news came all the same: %v %v %v", frames, box.Cursor(), err)
	}
	if !slices.Equal(office.took, []string{"attachment 07"}) {
		t.Error(office.took)
	}
	if _, err := box.Batch(1); err != nil {
		t.Error("a refused batch stays for inspection:", err)
	}
}

func TestABatchRefusedForItsBytesIsSealedAgain(t *testing.T) {
	box := newBox(t)
	must(t, box.PutBatch(1, []byte("b")))
	office := &intake{frames: news(t, chain, 1), refuse: app.Fail(app.LineRefused, "reason", string(app.OfficeUnknownKey))}
	if err := Round(t.Context(), box, office); app.CodeOf(err) != app.LineRefused {
		t.Fatal(err)
	}
	if left, err := box.Batches(); err != nil || len(left) != 0 {
		t.Errorf("%v %v", left, err)
	}
}

func TestARoundEndsWhereTheLineEnds(t *testing.T) {
	box := newBox(t)
	must(t, box.PutBatch(1, []byte("b")))
	office := &intake{frames: news(t, chain, 2), refuse: app.Fail(app.LineDown)}
	if err := Round(t.Context(), box, office); app.CodeOf(err) != app.LineDown || box.Cursor() != at(0) {
		t.Errorf("%v, cursor %v", err, box.Cursor())
	}
}

func TestBatchesTravelFourTogetherWithoutGaps(t *testing.T) {
	for name, c := range map[string]struct {
		numbers []uint64
		want    []uint64
	}{
		"one":   {[]uint64{5}, []uint64{5}},
		"gap":   {[]uint64{1, 2, 4}, []uint64{1, 2}},
		"six":   {[]uint64{1, 2, 3, 4, 5, 6}, []uint64{1, 2, 3, 4}},
		"apart": {[]uint64{1, 3}, []uint64{1}},
	} {
		if got := consecutive(c.numbers); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestThePauseGrowsAndIsBounded(t *testing.T) {
	p := UsualPace
	if p.next(0, nil) != p.Rest {
		t.Error("after a good round the usual rest")
	}
	wait := p.Rest
	for range 1000 {
		last := wait
		wait = p.next(wait, app.Fail(app.LineDown))
		longest := p.LastTry
		if last == p.Rest {
			longest = 3 * p.FirstTry
		}
		if wait < p.FirstTry || wait > longest {
			t.Fatalf("%v after %v", wait, last)
		}
	}
	if p.next(p.LastTry, app.Fail(app.PostNotEnrolled)) != p.FirstTry {
		t.Error("a kiosk that is not enrolled yet looks often")
	}
}

// quick is a pace for tests: they wait for what happens, never for time. After a good round it rests
// until it is woken.
var quick = Pace{Glance: time.Millisecond, Rest: time.Hour, FirstTry: time.Millisecond, LastTry: time.Millisecond}

func TestTheAgentEnrolsSendsAndFetches(t *testing.T) {
	dir := t.TempDir()
	box, err := OpenBox(dir, chain)
	must(t, err)
	frames := news(t, chain, 3)
	fetched := make(chan struct{})
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Type", r.Header.Get("Accept"))
		var err error
		switch {
		case r.Method == http.MethodPost:
			_, err = io.WriteString(w, "answer")
		case r.Method == http.MethodPut:
			_, err = w.Write(frames[0])
		case r.URL.RawQuery == "after=0":
			for _, f := range frames {
				_, part := w.Write(f)
				err = errors.Join(err, part)
			}
		default:
			select {
			case fetched <- struct{}{}:
			case <-r.Context().Done():
			}
		}
		if err != nil {
			t.Error(err)
		}
	}))
	server.TLS = &tls.Config{ClientAuth: tls.RequireAnyClientCert, MinVersion: tls.VersionTLS13}
	server.StartTLS()
	t.Cleanup(server.Close)
	must(t, NewGate(dir).KeepRequest(sealed.Token{Address: server.URL, TLSPin: pinOf(server), Chain: chain}, []byte("request")))

	ctx, stop := context.WithCancel(t.Context())
	agent := Agent{Dir: dir, Pace: quick, Log: slog.New(slog.DiscardHandler)}
	done := make(chan error, 1)
	go func() { done <- agent.Run(ctx) }()
	<-fetched
	if running, err := Running(dir); err != nil || !running {
		t.Error("it runs:", running, err)
	}
	if err := agent.Run(t.Context()); app.CodeOf(err) != app.AgentRunning {
		t.Error("a second one is refused:", err)
	}
	must(t, box.PutBatch(1, []byte("b"))) // a new batch wakes it
	<-fetched
	must(t, SendNow(dir)) // and so does who asks
	<-fetched
	stop()
	must(t, <-done)
	if answer, err := NewGate(dir).Answer(); err != nil || string(answer) != "answer" {
		t.Errorf("%q %v", answer, err)
	}
	if box.Cursor() != at(3) {
		t.Error("cursor", box.Cursor())
	}
	if s, err := StatusOf(dir); err != nil || !s.Stopped || s.Code != "" && s.Code != app.Cancelled {
		t.Errorf("%+v %v", s, err)
	}
	if _, err := os.Stat(askPath(dir)); !errors.Is(err, os.ErrNotExist) {
		t.Error("the request to send now was heard:", err)
	}
}

func TestTheAgentWaitsForAnEnrolment(t *testing.T) {
	dir := t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- Agent{Dir: dir, Pace: quick, Log: slog.New(slog.DiscardHandler)}.Run(ctx) }()
	for {
		s, err := StatusOf(dir)
		must(t, err)
		if s.Code == app.PostNotEnrolled {
			break
		}
	}
	stop()
	must(t, <-done)
}

// silent answers well, and says nothing.
type silent struct{ intake }

func (silent) PutBatches(context.Context, app.Chain, uint64, [][]byte) ([][]byte, error) {
	return nil, nil
}

func (silent) PutAttachment(context.Context, app.Chain, [32]byte, []byte) ([][]byte, error) {
	return nil, nil
}

func TestAnAnswerWithoutAReceiptIsNone(t *testing.T) {
	for name, lay := range map[string]func(Box) error{
		"batch":      func(b Box) error { return b.PutBatch(1, []byte("b")) },
		"attachment": func(b Box) error { return b.PutAttachment([32]byte{7}, []byte("p")) },
	} {
		box := newBox(t)
		must(t, lay(box))
		if err := Round(t.Context(), box, &silent{}); app.CodeOf(err) != app.LineCut {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The window applies receipts while the agent works: what it takes away in that moment is done.
func TestWhatTheWindowTakesAwayMeanwhileIsDone(t *testing.T) {
	box := newBox(t)
	must(t, box.PutBatch(2, []byte("b")))
	office := &intake{frames: news(t, chain, 1)}
	for _, run := range [][]uint64{{1}, {2, 3}} { // 1 and 3 are gone
		if done, err := sendRun(t.Context(), box, office, run); err != nil || done != 1 {
			t.Errorf("%v: %d done, %v", run, done, err)
		}
	}
	must(t, sendAttachment(t.Context(), box, office, [32]byte{9}))
}
