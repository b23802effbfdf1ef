package storagetest_test

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"loket/app"
	"loket/app/journal"
	"loket/app/sponsor"
	"loket/app/vault"
	"loket/storage/kiosk"
	"loket/storage/storagetest"
)

// listToDieIn names the folder in which a process of this test takes a list in and is killed.
const listToDieIn = "LOKET_TEST_LIST"

// aLongList has rejected rows and warned ones among the accepted.
func aLongList() string {
	change := map[int]string{}
	for n := 50; n <= 6000; n += 100 {
		change[n] = "123;BUDI;05-05-1980;L;;Sepaso;;;"
		change[n+1] = nikOf(n+1) + ";ANI " + letters(n+1) + ";05-05-1981;L;;Sepaso;;;" // the NIK has another birth date
	}
	return listOf(1, 6000, change)
}

// TestAnImportSurvivesKills takes the same list in over and over, killing the program at any moment,
// until it ends: everybody stands in the books once, as if nothing had happened.
func TestAnImportSurvivesKills(t *testing.T) {
	dir, list := t.TempDir(), aLongList()
	kills := 0
	for begin := true; killed(t, dir, begin); begin = false {
		kills++
	}
	if kills < 2 {
		t.Errorf("it was killed %d times only", kills)
	}
	p := &payer{t: t, clock: storagetest.NewClock(), told: map[app.EntryID]app.Registration{}}
	p.at(unlocked(t, dir, p.clock))
	all, err := p.Programmes(t.Context())
	p.must(err)
	if len(all) != 1 || all[0].Versions != 1 || all[0].Registered != 6000-60 || all[0].Rejected != 60 {
		t.Fatalf("%+v", all)
	}
	p.scope = all[0].Scope
	versions, err := p.Versions(t.Context(), p.scope)
	p.must(err)
	if v := versions[0]; v.New != 6000-60 || v.Corrected+v.Unchanged+v.Left != 0 {
		t.Errorf("%+v", v)
	}
	p.asIfNothingHappened()
	p.opensTheOrder(6000 - 60)
	if out := p.take(list); out.New != 0 || out.Unchanged != 6000-60 {
		t.Errorf("%+v", out)
	}
}

// asIfNothingHappened counts the entries: each row once, and one end.
func (p *payer) asIfNothingHappened() {
	p.t.Helper()
	keys, err := p.store.Device(p.t.Context())
	p.must(err)
	p.must(p.store.CheckChain(p.t.Context(), keys, nil))
	entries, err := p.store.Entries(p.t.Context(), 1, p.seq())
	p.must(err)
	kinds, lines := map[journal.Kind]int{}, map[string]bool{}
	for _, e := range entries {
		kinds[e.Kind]++
		var body journal.RegistrationBody
		var judged journal.RowJudgedBody
		switch e.Kind {
		case journal.RegistrationCaptured:
			p.must(e.Into(&body))
		case journal.RosterRowJudged:
			p.must(e.Into(&judged))
		default:
			continue
		}
		line := fmt.Sprint(e.Kind, body.Line, judged.Line)
		if lines[line] {
			p.t.Fatal("twice", line)
		}
		lines[line] = true
	}
	if kinds[journal.RegistrationCaptured] != 5940 || kinds[journal.RosterRowJudged] != 120 || kinds[journal.RosterImported] != 1 {
		p.t.Error(kinds)
	}
}

// unlocked opens a folder with the supervisor's PIN.
func unlocked(t *testing.T, dir string, clock app.Clock) *kiosk.Store {
	t.Helper()
	s := storagetest.Open(t, dir, clock)
	m, err := s.Member(t.Context(), storagetest.Supervisor.ID)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := m.Slot.Open(vault.Opener{PIN: storagetest.PIN, Machine: storagetest.Machine})
	if err != nil {
		t.Fatal(err)
	}
	s.Unlock(opened.Key)
	return s
}

// killed runs the import in a process of its own and kills it soon after one of its next commits; it
// says false when the import ended first.
func killed(t *testing.T, dir string, begin bool) bool {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	victim := exec.CommandContext(t.Context(), program, "-test.run=^TestTheListsVictim$")
	victim.Env = append(os.Environ(), listToDieIn+"="+dir, fmt.Sprintf("LOKET_TEST_BEGIN=%v", begin))
	victim.Stderr = os.Stderr
	out, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for commits := 0; lines.Scan(); {
		switch {
		case lines.Text() == "ended":
			return victim.Wait() != nil
		case strings.HasPrefix(lines.Text(), "taken"):
			commits++
		}
		if commits == 2 { // it is at work on the next one now
			break
		}
	}
	if err := victim.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	return victim.Wait() != nil // nil: it ended first
}

// TestTheListsVictim runs only as the process that is killed.
func TestTheListsVictim(t *testing.T) {
	dir := os.Getenv(listToDieIn)
	if dir == "" {
		t.Skip("runs only as the process that is killed")
	}
	p := &payer{t: t, clock: storagetest.NewClock(), told: map[app.EntryID]app.Registration{}}
	if os.Getenv("LOKET_TEST_BEGIN") == "true" {
		s := storagetest.Open(t, dir, p.clock)
		key, keys, first := storagetest.Founding(t)
		p.must(s.Begin(t.Context(), storagetest.Chain, key, keys, first))
		p.at(s)
		p.scope = p.open(kutim())
	} else {
		p.at(unlocked(t, dir, p.clock))
		all, err := p.Programmes(t.Context())
		p.must(err)
		p.scope = all[0].Scope
	}
	list := aLongList()
	_, err := p.Import(t.Context(), storagetest.Supervisor, p.scope, sha256.Sum256([]byte(list)), p.judge(p.scope, list), func(at sponsor.Progress) {
		if at.Done > 0 {
			fmt.Println("taken", at.Done)
		}
	})
	p.must(err)
	fmt.Println("ended")
}
