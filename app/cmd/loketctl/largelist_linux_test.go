package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"loket/app"
	"loket/app/cmd/centre"
	"loket/app/cmd/desk"
	"loket/app/cmd/people"
	"loket/app/office/books"
	"loket/app/vault"
)

// A regency's list goes from its file to people whom head office has accepted, in one sitting, while the
// power fails again and again: nobody is lost and nobody is there twice. It takes minutes, so it runs
// when it is asked for: LOKET_LARGE=150000 go test -run LargeList -v -timeout 1h ./app/cmd/loketctl.
// What it made stays in the folder LOKET_LARGE_DIR where that is named.
func TestALargeListSurvivesPowerCuts(t *testing.T) {
	rows, err := strconv.Atoi(os.Getenv("LOKET_LARGE"))
	if err != nil {
		t.Skip("LOKET_LARGE says how many rows")
	}
	l := beginLarge(t, rows)
	l.importing()
	l.sending()
	l.light()
	l.everybodyOnce()
	l.again()
	l.sizes()
}

// large is one run, with what it remembers.
type large struct {
	*testing.T
	dir      string
	rows     int
	accepted int
	office   *officeProcess
	scope    app.Scope
	began    time.Time
	peak     float64 // MB, of all programs at the kiosk
	kills    int
}

func beginLarge(t *testing.T, rows int) *large {
	l := &large{T: t, rows: rows, dir: os.Getenv("LOKET_LARGE_DIR"), began: time.Now()}
	if l.dir == "" {
		l.dir = t.TempDir()
	}
	program, err := exec.LookPath("loketctl") // this test, under the name that makes it the program
	l.check(err)
	before := os.Args[0]
	os.Args[0] = program
	t.Cleanup(func() { os.Args[0] = before })
	table := append([][]string{people.ListTitles}, people.New(3, app.DateOf(time.Now())).Rows(rows, listRegion)...)
	l.check(writeWorkbook(l.at("list.xlsx"), table))
	l.check(os.WriteFile(l.at("pin"), []byte(tourPIN), 0o600))
	l.phase("written")
	l.office = &officeProcess{data: l.at("pusat"), log: l.at("serve.log"), console: "127.0.0.1:0", kiosks: "127.0.0.1:0"}
	l.check(l.office.start(t.Context()))
	t.Cleanup(func() { l.check(l.office.stop()) })
	l.enrol()
	l.phase("enrolled")
	return l
}

func (l *large) at(name string) string { return filepath.Join(l.dir, name) }

func (l *large) check(errs ...error) {
	l.Helper()
	if err := errors.Join(errs...); err != nil {
		l.Fatalf("%v: %v", app.CodeOf(err), err)
	}
}

func (l *large) phase(name string) {
	l.Logf("%6.1f s %s", time.Since(l.began).Seconds(), name)
	l.began = time.Now()
}

func (l *large) open() *desk.Desk {
	l.Helper()
	d, err := desk.Open(l.Context(), l.at("loket"), desk.Options{State: l.at("mesin"), Cost: vault.Cost{Memory: 8, Time: 1}})
	l.check(err)
	return d
}

// enrol starts a kiosk with one programme.
func (l *large) enrol() {
	pair, err := pairOf(l.Context(), l.office.data)
	l.check(err)
	_, err = must(l.Context(), append([]string{"office", "token", "--data", l.office.data, "--branch", "K06", "--out", l.at("token")}, pair...)...)
	l.check(err)
	text, err := os.ReadFile(l.at("token"))
	l.check(err)
	d := l.open()
	token, err := d.Post.Welcome(l.Context(), strings.TrimSpace(string(text)))
	l.check(err)
	s, err := d.FirstStart(l.Context(), token, "DEWI CONTOH", tourPIN)
	l.check(err)
	_, err = d.Post.EnrolNow(l.Context(), s.Keys)
	l.check(err)
	p, err := d.Sponsor.Open(l.Context(), s.Operator, benchProgramme(app.DateOf(time.Now())))
	l.check(err, d.Close(l.Context()))
	l.scope = p.Scope
}

// run is a program at the kiosk. When says when its power fails; nil lets it come to its end. It gives
// what the program said on its output.
func (l *large) run(name string, when func() bool, args ...string) []byte {
	l.Helper()
	out, err := os.Create(l.at(name + ".out"))
	l.check(err)
	complaints, err := os.Create(l.at(name + ".err"))
	l.check(err)
	args = append(args, "--data", l.at("loket"), "--state", l.at("mesin"), "--pin-file", l.at("pin"))
	cmd := exec.Command("loketctl", args...)
	cmd.Stdout, cmd.Stderr = out, complaints
	l.check(cmd.Start())
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	look := time.NewTicker(2 * time.Millisecond)
	defer look.Stop()
	for {
		select {
		case err := <-ended:
			if when != nil || err != nil {
				said, unread := os.ReadFile(complaints.Name())
				l.Fatalf("%s ended by itself: %v %s %v", name, err, said, unread)
			}
			said, err := os.ReadFile(out.Name())
			l.check(err, out.Close(), complaints.Close())
			l.phase(name)
			return said
		case <-look.C:
		}
		if status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid)); err == nil {
			l.peak = max(l.peak, mostResident(status))
		}
		if when != nil && when() {
			l.check(cmd.Process.Kill())
			<-ended
			l.kills++
			l.phase(name + ", and the power failed")
			return nil
		}
	}
}

// files counts what lies in one of the kiosk's folders, in all of its journals.
func (l *large) files(folder, suffix string) (n int) {
	err := filepath.WalkDir(l.at(filepath.Join("loket", folder)), func(path string, e fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, suffix) {
			n++
		}
		return nil //nolint:nilerr // files go while we look
	})
	l.check(err)
	return n
}

// counted says whether the import has told so often that it took ten thousand rows more.
func (l *large) counted(name string, times int) func() bool {
	return func() bool {
		said, err := os.ReadFile(l.at(name + ".err"))
		return err == nil && strings.Count(string(said), "\n") > times
	}
}

func (l *large) takeIn(name string, when func() bool) (a importAnswer) {
	said := l.run(name, when, "roster", "import", l.at("list.xlsx"), "--programme", fmt.Sprintf("%x", l.scope[:]), "--json")
	if when == nil {
		l.check(json.Unmarshal(said, &a))
	}
	return a
}

// importing takes the list in while the power fails in the judging, twice among the rows, and while what
// was taken in is sealed.
func (l *large) importing() {
	begun := time.Now()
	l.takeIn("judging", func() bool { return time.Since(begun) > 200*time.Millisecond+time.Duration(l.rows)*10*time.Microsecond })
	if l.rows >= 100_000 {
		l.takeIn("first rows", l.counted("first rows", 1))
		l.takeIn("more rows", l.counted("more rows", 7))
	}
	l.takeIn("sealing", func() bool { return l.files("outbox", ".batch") >= min(20, l.rows/400) })
	a := l.takeIn("to its end", nil)
	l.accepted = a.Rows - a.Rejected
	if a.Rows != l.rows || a.Rejected < l.rows/50 || a.Version != 1 || a.New+a.Unchanged != l.accepted {
		l.Fatalf("%+v", a)
	}
}

// sending carries it to head office while the kiosk and head office die at several moments.
func (l *large) sending() {
	batches := l.files("outbox", ".batch")
	l.Log(batches, "batches")
	l.run("carried a third", func() bool { return l.files("inbox", ".frame") > batches/3 }, "post", "send-now")
	l.run("carried on", func() bool {
		if l.files("inbox", ".frame") < batches {
			return false
		}
		l.check(l.office.process.kill())
		l.kills++
		return true
	}, "post", "send-now")
	l.check(l.office.start(l.Context()))
	most := 0
	l.run("applied some", func() bool {
		now := l.files("inbox", ".frame")
		most = max(most, now)
		return now < most-most/3
	}, "post", "send-now")
	l.run("sent", nil, "post", "send-now")
}

// light waits until nothing exists only here and every decision has come.
func (l *large) light() {
	for range 20 {
		said, err := must(l.Context(), "post", "status", "--data", l.at("loket"), "--state", l.at("mesin"), "--json")
		l.check(err)
		var a postAnswer
		l.check(json.Unmarshal([]byte(said), &a))
		if len(a.Problems) > 0 {
			l.Fatal(a.Problems)
		}
		if a.Entries == 0 && a.Attachments == 0 && a.Batches == 0 {
			return
		}
		l.run("sent again", nil, "post", "send-now")
	}
	l.Fatal("the light stays on")
}

// everybodyOnce proves that kiosk and head office tell the same story of everybody accepted.
func (l *large) everybodyOnce() {
	d := l.open()
	defer func() { l.check(d.Close(l.Context())) }()
	_, err := d.Door.SignIn(l.Context(), l.operator(d), tourPIN)
	l.check(err)
	device, err := d.Store.Device(l.Context())
	l.check(err, d.Store.CheckChain(l.Context(), device, nil))
	l.phase("chain checked")
	here := map[app.EntryID]app.MemberNumber{}
	niks, members := map[string]bool{}, map[app.MemberNumber]bool{}
	for r, err := range d.Store.Registrations(l.Context()) {
		l.check(err)
		if !accepted(r) {
			l.Fatalf("%v is %s", r.ID, r.State)
		}
		here[r.ID], niks[r.Record.Person.NIK], members[r.Member] = r.Member, true, true
	}
	if len(here) != l.accepted || len(niks) != l.accepted || len(members) != l.accepted {
		l.Fatalf("%d of %d, %d NIKs, %d numbers", len(here), l.accepted, len(niks), len(members))
	}
	p, err := d.Sponsor.Programme(l.Context(), l.scope)
	l.check(err)
	if p.Registered != l.accepted {
		l.Fatalf("%+v", p)
	}
	l.phase("counted at the kiosk")
	l.sameAtHeadOffice(here)
}

func (l *large) operator(d *desk.Desk) string {
	all, err := d.Door.People(l.Context())
	l.check(err)
	return all[0].ID
}

// sameAtHeadOffice: the same people under the same numbers, and the figures of the console agree.
func (l *large) sameAtHeadOffice(here map[app.EntryID]app.MemberNumber) {
	c, err := centre.Open(l.Context(), centre.Options{Data: l.office.data})
	l.check(err)
	defer func() { l.check(c.Stop(l.Context())) }()
	f, err := c.Store.Figures(l.Context(), time.Now(), time.Time{})
	l.check(err)
	if f.Accepted != l.accepted || f.Duplicates+f.Overlaps+f.Quarantined+f.Alarms+f.Waiting != 0 {
		l.Fatalf("%+v", f)
	}
	l.phase("figures of head office")
	rows, err := c.Store.Registrations(l.Context(), books.Filter{Scope: l.scope, Limit: l.rows})
	l.check(err)
	for _, r := range rows {
		if r.Member != here[r.ID] {
			l.Fatalf("%v is %s here and %s there", r.ID, here[r.ID], r.Member)
		}
	}
	if len(rows) != len(here) {
		l.Fatalf("%d here and %d there", len(here), len(rows))
	}
	l.phase("counted at head office")
}

// again: the same file changes nothing, and what the journal then says of it goes out too.
func (l *large) again() {
	a := l.takeIn("the same file again", nil)
	if a.New+a.Corrected+a.Left != 0 || a.Unchanged != l.accepted || a.Version != 1 {
		l.Fatalf("%+v", a)
	}
	l.light()
}

// sizes are figures, not promises.
func (l *large) sizes() {
	for _, name := range []string{"loket/loket.db", "pusat/office.db"} {
		info, err := os.Stat(l.at(name))
		l.check(err)
		l.Logf("%s: %d MB, %d bytes a person", name, info.Size()>>20, info.Size()/int64(l.accepted))
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", l.office.process.cmd.Process.Pid))
	l.check(err)
	l.Logf("%d people accepted, %d power cuts; memory at most %.0f MB at the kiosk, %.0f MB at head office", l.accepted, l.kills, l.peak, mostResident(status))
}
