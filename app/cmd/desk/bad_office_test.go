package desk_test

import (
	"crypto/sha256"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"loket/app"
	"loket/app/carrier"
	"loket/app/office/books"
)

// carry is one round of the carrier, whose refusals are the test's matter.
func (k *kiosk) carry(t *testing.T) error {
	t.Helper()
	return carrier.Agent{Dir: k.Dir}.Once(t.Context())
}

// poses lets something else stand in head office's place, behind the pin that the kiosk expects.
func (k *kiosk) poses(t *testing.T, handler http.HandlerFunc) (restore func()) {
	t.Helper()
	real, err := carrier.OfficeOf(k.Dir)
	must(t, err)
	server := httptest.NewUnstartedServer(handler)
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // refused handshakes are the point
	server.StartTLS()
	pinned := sha256.Sum256(server.Certificate().RawSubjectPublicKeyInfo)
	posing := real
	posing.Address, posing.TLSPin = server.URL, pinned[:]
	must(t, carrier.KeepOffice(k.Dir, posing))
	return func() {
		server.Close()
		must(t, carrier.KeepOffice(k.Dir, real))
	}
}

// cut answers so many bytes of what it promised and closes the line.
func cut(w http.ResponseWriter, media string, body string) {
	w.Header().Set("Content-Type", media)
	w.Header().Set("Content-Length", "100000")
	if _, err := w.Write([]byte(body)); err != nil {
		panic(err)
	}
	panic(http.ErrAbortHandler)
}

// Whatever stands at head office's address: the record waits in the outbox, and arrives once when
// head office is back.
func TestABadHeadOfficeLosesNothing(t *testing.T) {
	k := enrolled(t)
	want := 0
	for name, tt := range map[string]struct {
		answer http.HandlerFunc
		want   app.Code
	}{
		"answers 500":    {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "oops", http.StatusInternalServerError) }, app.LineOfficeFails},
		"answers 503":    {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "later", http.StatusServiceUnavailable) }, app.LineOfficeFails},
		"answers HTML":   {func(w http.ResponseWriter, _ *http.Request) { page(w, http.StatusOK) }, app.LineNotOffice},
		"asks to log in": {func(w http.ResponseWriter, _ *http.Request) { page(w, http.StatusFound) }, app.LineNotOffice},
		"hangs up":       {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, app.LineCut},
		"answers half":   {func(w http.ResponseWriter, _ *http.Request) { cut(w, carrier.MediaSequence, "\x84\x01") }, app.LineCut},
		"answers half a frame": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", carrier.MediaSequence)
			if _, err := w.Write([]byte("\x84\x01")); err != nil {
				t.Error(err)
			}
		}, app.LineCut},
		"answers nonsense": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", carrier.MediaSequence)
			if _, err := w.Write([]byte("\x63abc")); err != nil {
				t.Error(err)
			}
		}, app.PostMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			k.registered(t)
			want++
			_, err := k.Beat(t.Context(), true)
			must(t, err)
			restore := k.poses(t, tt.answer)
			refused(t, k.carry(t), tt.want)
			_, err = k.Beat(t.Context(), false)
			must(t, err)
			if entries, _, err := k.Post.Light(t.Context()); err != nil || entries == 0 {
				t.Errorf("the light is out though nothing arrived: %d %v", entries, err)
			}
			restore()
			k.exchange(t)
			k.arrived(t, want)
		})
	}
}

func page(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "text/html")
	w.Header().Set("Location", "http://login.contoh.id/")
	w.WriteHeader(status)
	if _, err := w.Write([]byte("<html>Selamat datang di Wi-Fi tamu</html>")); err != nil {
		panic(err)
	}
}

// arrived says that head office has every registration exactly once, and that the light is out.
func (k *kiosk) arrived(t *testing.T, want int) {
	t.Helper()
	rows, err := headOffice.Store.Registrations(t.Context(), books.Filter{Limit: 1000})
	must(t, err)
	rows = slices.DeleteFunc(rows, func(r books.RegistrationRow) bool { return r.ID.Chain != k.Store.Chain() })
	if len(rows) != want {
		t.Errorf("head office has %d registrations, want %d", len(rows), want)
	}
	if entries, _, err := k.Post.Light(t.Context()); err != nil || entries != 0 {
		t.Errorf("%d records exist only here (%v)", entries, err)
	}
}

func TestNobodyAtTheAddressLosesNothing(t *testing.T) {
	k := enrolled(t)
	k.registered(t)
	_, err := k.Beat(t.Context(), true)
	must(t, err)
	real, err := carrier.OfficeOf(k.Dir)
	must(t, err)
	gone := real
	gone.Address = "https://127.0.0.1:1"
	must(t, carrier.KeepOffice(k.Dir, gone))
	refused(t, k.carry(t), app.LineDown)
	must(t, carrier.KeepOffice(k.Dir, real))
	k.exchange(t)
	k.arrived(t, 1)
}

// Something with another key than head office's gets nothing at all.
func TestAStrangerBehindTheAddressGetsNothing(t *testing.T) {
	k := enrolled(t)
	k.registered(t)
	_, err := k.Beat(t.Context(), true)
	must(t, err)
	got := 0
	restore := k.poses(t, func(http.ResponseWriter, *http.Request) { got++ })
	posing, err := carrier.OfficeOf(k.Dir)
	must(t, err)
	posing.TLSPin = make([]byte, sha256.Size)
	must(t, carrier.KeepOffice(k.Dir, posing))
	refused(t, k.carry(t), app.LinePinDiffers)
	if got != 0 {
		t.Error("a stranger was sent something")
	}
	restore()
	k.exchange(t)
	k.arrived(t, 1)
}

// A frame for another kiosk is refused at the door; laid into the inbox by hand it changes nothing
// and holds nothing up.
func TestAFrameForAnotherKioskIsNotUsed(t *testing.T) {
	k := enrolled(t)
	other := begun(t, folder(t))
	_, err := other.Post.EnrolNow(t.Context(), other.s.Keys)
	must(t, err)
	must(t, other.carry(t))
	theirs, err := carrier.OpenBox(other.Dir, other.Store.Chain())
	must(t, err)
	numbers, err := theirs.Frames()
	must(t, err)
	if len(numbers) == 0 {
		t.Fatal("no frames to mislay")
	}
	frame, err := theirs.Frame(numbers[0])
	must(t, err)
	ours, err := carrier.OpenBox(k.Dir, k.Store.Chain())
	must(t, err)
	_, err = ours.PutFrame(frame)
	refused(t, err, app.PostOtherKiosk)

	last, _, err := k.Store.Feed(t.Context())
	must(t, err)
	before, path := k.seq(), k.inboxPath(last.Number+1)
	must(t, os.WriteFile(path, frame, 0o600))
	r, err := k.Post.Apply(t.Context(), k.s.Keys)
	must(t, err)
	if r.Frames != 0 || len(r.Refused) != 1 {
		t.Errorf("applied %+v", r)
	}
	refused(t, app.Fail(r.Refused[0], "kiosk", other.Store.Chain()), app.PostOtherKiosk)
	k.intact(t, before)
	k.registered(t)
	k.exchange(t)
	k.arrived(t, 1)
}

// inboxPath is where the carrier would lay a frame.
func (k *kiosk) inboxPath(number uint64) string {
	return filepath.Join(k.Dir, "inbox", fmt.Sprintf("%s-%06d.frame", k.Store.Chain(), number))
}
