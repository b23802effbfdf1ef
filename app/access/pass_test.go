package access_test

import (
	"context"
	"crypto"
	"errors"
	"testing"
	"time"

	"loket/app"
	"loket/app/access"
	"loket/app/event"
	"loket/app/sealed"
	"loket/app/vault"
	"loket/storage/kiosk"
	"loket/storage/storagetest"
)

const volunteerPIN = "493817"

// stall is a kiosk with an event that runs from an hour ago for four hours, and a pass to it.
type stall struct {
	*access.Door
	store *kiosk.Store
	clock *storagetest.Clock
	by    access.Session
	event app.Event
	pass  string
}

func openStall(t *testing.T) *stall {
	t.Helper()
	d, store, clock, by := door(t)
	s := &stall{Door: d, store: store, clock: clock, by: by}
	s.event = s.open(t, "Bazar UMKM Manggar")
	s.pass = s.prepare(t, s.event)
	return s
}

func (s *stall) open(t *testing.T, name string) app.Event {
	t.Helper()
	now := s.clock.Now()
	events := event.New(s.store, s.clock, func() error { return nil }, func() app.Operator { return s.by.Operator })
	e, err := events.Open(t.Context(), s.by.Operator, event.Form{
		Name: name, Address: "Lapangan", From: now.Add(-time.Hour), Until: now.Add(3 * time.Hour), PickUp: "Kelurahan",
		Tasks: []app.Task{app.TaskRegister, app.TaskVerify},
	})
	must(t, err)
	return e
}

func (s *stall) prepare(t *testing.T, e app.Event) string {
	t.Helper()
	text, err := s.PreparePass(t.Context(), s.by, e.ID)
	must(t, err)
	return text
}

// signed is a pass that says something else, signed by whoever holds a key.
func (s *stall) signed(t *testing.T, key func() crypto.Signer, change func(*sealed.Pass)) string {
	t.Helper()
	p, err := sealed.ParsePass(s.pass)
	must(t, err)
	change(&p.Pass)
	text, err := p.Sign(key())
	must(t, err)
	return text
}

func TestPassesThatLetNobodyIn(t *testing.T) {
	for name, tt := range map[string]struct {
		pass func(*testing.T, *stall) string
		want app.Code
	}{
		"nothing":    {func(*testing.T, *stall) string { return "" }, app.PassBad},
		"cut":        {func(_ *testing.T, s *stall) string { return s.pass[:100] }, app.PassBad},
		"one letter": {func(_ *testing.T, s *stall) string { return bent(s.pass, 40) }, app.PassBad},
		"by a thief": {func(t *testing.T, s *stall) string { return s.signed(t, thief, longer) }, app.PassSigner},
		"by a thief, as it was": {
			func(t *testing.T, s *stall) string { return s.signed(t, thief, func(*sealed.Pass) {}) }, app.PassSigner,
		},
		// The clock does not run back behind the moment at which the pass was prepared.
		"the clock set back": {func(_ *testing.T, s *stall) string { s.clock.Add(-2 * time.Hour); return s.pass }, ""},
		"late":               {func(_ *testing.T, s *stall) string { s.clock.Add(3 * time.Hour); return s.pass }, app.PassLate},
		"late, and the clock set back": {func(t *testing.T, s *stall) string {
			s.clock.Add(3 * time.Hour)
			must(t, s.SignOut(t.Context(), s.by)) // an entry, later than the end
			s.clock.Add(-2 * time.Hour)
			return s.pass
		}, app.PassLate},
		"used": {func(t *testing.T, s *stall) string {
			_, err := s.Join(t.Context(), s.pass, "Sri", volunteerPIN)
			must(t, err)
			return s.pass
		}, app.PassUsed},
		"the event was closed": {func(t *testing.T, s *stall) string {
			events := event.New(s.store, s.clock, func() error { return nil }, func() app.Operator { return s.by.Operator })
			_, err := events.Close(t.Context(), s.by.Operator, s.event.ID, event.Sticks{Known: true}, "")
			must(t, err)
			return s.pass
		}, app.PassEventClosed},
		"its supervisor was removed": {func(t *testing.T, s *stall) string {
			_, err := s.AddOperator(t.Context(), s.by, access.Newcomer{Name: "Rahmat", PIN: "73910284", Role: app.RoleSupervisor})
			must(t, err)
			must(t, s.RemoveOperator(t.Context(), s.by, s.by.Operator.ID))
			return s.pass
		}, app.PassSignerRemoved},
	} {
		s := openStall(t)
		text := tt.pass(t, s)
		_, err := s.ShowPass(t.Context(), text)
		wantCode(t, name, err, tt.want)
		if tt.want != "" {
			_, err = s.Join(t.Context(), text, "Budi", volunteerPIN)
			wantCode(t, name+", joining", err, tt.want)
		}
	}
}

func TestAPassIsForOneKioskAndOneEvent(t *testing.T) {
	s, other := openStall(t), openStall(t)
	_, err := s.ShowPass(t.Context(), other.pass)
	wantCode(t, "another supervisor's laptop", err, app.PassSigner)
	// The same supervisor, as far as the key goes, and another kiosk, event or pass.
	signer := s.signer(t)
	for name, tt := range map[string]struct {
		change func(*sealed.Pass)
		want   app.Code
	}{
		"another kiosk":         {func(p *sealed.Pass) { p.Kiosks = []app.Kiosk{9} }, app.PassKiosk},
		"another event":         {func(p *sealed.Pass) { p.Event = "zzzzzz" }, app.PassEvent},
		"never prepared here":   {func(p *sealed.Pass) { p.ID[0]++ }, app.PassUnprepared},
		"another half of a key": {func(p *sealed.Pass) { p.Unlock[0]++ }, ""},
	} {
		text := s.signed(t, signer, tt.change)
		_, err := s.ShowPass(t.Context(), text)
		wantCode(t, name, err, tt.want)
	}
	_, err = s.Join(t.Context(), s.signed(t, signer, func(p *sealed.Pass) { p.Unlock[0]++ }), "Sri", volunteerPIN)
	wantCode(t, "it opens nothing", err, app.PassUnprepared)
	// Longer hours or more tasks in the paper than were prepared give nothing.
	joined, err := s.Join(t.Context(), s.signed(t, signer, longer), "Sri", volunteerPIN)
	must(t, err)
	if !joined.Until.Equal(s.event.Until) || joined.Allow(access.Handover) == nil {
		t.Errorf("the paper counts more than the journal: %v", joined.Until)
	}
}

func TestAPassComesEarly(t *testing.T) {
	s := openStall(t)
	now := s.clock.Now()
	events := event.New(s.store, s.clock, func() error { return nil }, func() app.Operator { return s.by.Operator })
	e, err := events.Open(t.Context(), s.by.Operator, event.Form{
		Name: "Besok", Address: "Lapangan", From: now.Add(20 * time.Hour), Until: now.Add(28 * time.Hour), PickUp: "Kelurahan", Tasks: app.EventTasks,
	})
	must(t, err)
	_, err = s.ShowPass(t.Context(), s.prepare(t, e))
	wantCode(t, "the day before", err, app.PassEarly)
}

func TestWhatAVolunteerWithAPassMayDo(t *testing.T) {
	s := openStall(t)
	v, err := s.Join(t.Context(), s.pass, "Sri", volunteerPIN)
	must(t, err)
	must(t, v.Allow(access.Register))
	must(t, v.Allow(access.Verify))
	must(t, v.Allow(access.Send))
	for _, task := range []access.Task{access.Handover, access.Ask} {
		wantCode(t, string(task), v.Allow(task), app.AccessNotInPass)
	}
	for _, task := range []access.Task{access.Events, access.Operators, access.Print} {
		wantCode(t, string(task), v.Allow(task), app.AccessNotInRole)
	}
	_, err = s.PreparePass(t.Context(), v, s.event.ID)
	wantCode(t, "a pass from a volunteer", err, app.AccessNotInRole)
	if v.Author().Event != s.event.ID {
		t.Errorf("entries say %q", v.Author().Event)
	}
}

func TestABadNameOrPINLeavesThePassUnused(t *testing.T) {
	s := openStall(t)
	_, err := s.Join(t.Context(), s.pass, " ", volunteerPIN)
	wantCode(t, "no name", err, app.AccessNameMissing)
	_, err = s.Join(t.Context(), s.pass, "Sri", "123456")
	wantCode(t, "a PIN that thieves try", err, app.VaultPINCommon)
	_, err = s.Join(t.Context(), s.pass, "Sri", volunteerPIN)
	must(t, err)
}

func TestAKioskThatWasCalledBackLetsNobodyJoin(t *testing.T) {
	s := openStall(t)
	must(t, s.store.PutAuthority(t.Context(), s.clock.Now()))
	_, err := s.Join(t.Context(), s.pass, "Sri", volunteerPIN)
	wantCode(t, "called back", err, app.AccessRestricted)
}

// TestTheEndOfAPassIsForGood: the slot goes with the first try after the end.
func TestTheEndOfAPassIsForGood(t *testing.T) {
	s := openStall(t)
	v, err := s.Join(t.Context(), s.pass, "Sri", volunteerPIN)
	must(t, err)
	must(t, s.ChangePIN(t.Context(), v, volunteerPIN, "594837"))
	must(t, s.SignOut(t.Context(), v))
	v, err = s.SignIn(t.Context(), v.Operator.ID, "594837")
	must(t, err)
	must(t, s.SignOut(t.Context(), v))
	s.clock.Add(4 * time.Hour)
	_, err = s.SignIn(t.Context(), v.Operator.ID, "594837")
	wantCode(t, "after the end", err, app.AccessEventOver)
	s.clock.Add(-4 * time.Hour)
	_, err = s.SignIn(t.Context(), v.Operator.ID, "594837")
	wantCode(t, "and with the clock set back", err, app.AccessUnknown)
	p, err := s.store.PassOf(t.Context(), v.Operator.ID)
	must(t, err)
	if p.Slot != nil || p.Unlock != nil {
		t.Error("something is left that opens")
	}
}

func TestSeveralVolunteersOnOneLaptop(t *testing.T) {
	s := openStall(t)
	second := s.prepare(t, s.event)
	a, err := s.Join(t.Context(), s.pass, "Sri", volunteerPIN)
	must(t, err)
	must(t, s.SignOut(t.Context(), a))
	b, err := s.Join(t.Context(), second, "Budi", "594837")
	must(t, err)
	must(t, s.SignOut(t.Context(), b))
	a, err = s.SignIn(t.Context(), a.Operator.ID, volunteerPIN)
	must(t, err)
	if a.Operator.Name != "Sri" || a.Operator.ID == b.Operator.ID {
		t.Errorf("%+v %+v", a.Operator, b.Operator)
	}
}

// dying stops like a computer whose plug is pulled at the n-th step.
type dying struct {
	*kiosk.Store
	left int
}

var errPlug = errors.New("the plug was pulled")

func (d *dying) step() error {
	d.left--
	if d.left < 0 {
		return errPlug
	}
	return nil
}

func (d *dying) Signers(ctx context.Context) ([]vault.Signer, error) {
	if err := d.step(); err != nil {
		return nil, err
	}
	return d.Store.Signers(ctx)
}

func (d *dying) Pass(ctx context.Context, id vault.PassID) (vault.Pass, error) {
	if err := d.step(); err != nil {
		return vault.Pass{}, err
	}
	return d.Store.Pass(ctx, id)
}

func (d *dying) Join(ctx context.Context, id vault.PassID, unlock []byte, m vault.Member) error {
	if err := d.step(); err != nil {
		return err
	}
	if err := d.Store.Join(ctx, id, unlock, m); err != nil {
		return err
	}
	return d.step()
}

func (d *dying) Secrets(ctx context.Context) (vault.Secrets, error) {
	if err := d.step(); err != nil {
		return vault.Secrets{}, err
	}
	return d.Store.Secrets(ctx)
}

func (d *dying) PassOf(ctx context.Context, operator string) (vault.Pass, error) {
	if err := d.step(); err != nil {
		return vault.Pass{}, err
	}
	return d.Store.PassOf(ctx, operator)
}

// TestAPlugPulledBetweenAnyTwoStepsLeavesAPassOrAVolunteer stops the joining at each of its steps:
// afterwards the pass is unused and works, or the volunteer signs in with the PIN.
func TestAPlugPulledBetweenAnyTwoStepsLeavesAPassOrAVolunteer(t *testing.T) {
	joined := 0
	for steps := 0; ; steps++ {
		s := openStall(t)
		weak := access.New(&dying{s.store, steps}, storagetest.Machine, storagetest.Cost)
		_, err := weak.Join(t.Context(), s.pass, "Sri", volunteerPIN)
		if err == nil {
			break
		}
		s.store.Lock()
		p, err := sealed.ParsePass(s.pass)
		must(t, err)
		kept, err := s.store.Pass(t.Context(), p.ID)
		must(t, err)
		if kept.Used() {
			joined++
			_, err = s.SignIn(t.Context(), kept.Operator, volunteerPIN)
		} else {
			_, err = s.Join(t.Context(), s.pass, "Sri", volunteerPIN)
		}
		if err != nil {
			t.Errorf("stopped after %d steps: %v", steps, err)
		}
	}
	if joined == 0 {
		t.Error("no stop came after the commit: the test shows nothing")
	}
}

func bent(text string, at int) string {
	b := []byte(text)
	if b[at] == 'A' {
		b[at] = 'B'
	} else {
		b[at] = 'A'
	}
	return string(b)
}

func longer(p *sealed.Pass) {
	p.Until = p.Until.Add(24 * time.Hour)
	p.Tasks = append(p.Tasks, app.TaskHandover)
}

// thief is a key that nobody knows.
func thief() crypto.Signer { return vault.NewSigner() }

// signer is the supervisor's own key, as the PIN opens it.
func (s *stall) signer(t *testing.T) func() crypto.Signer {
	t.Helper()
	m, err := s.store.Member(t.Context(), s.by.Operator.ID)
	must(t, err)
	opened, err := m.Slot.Open(vault.Opener{PIN: pin, Machine: storagetest.Machine})
	must(t, err)
	return func() crypto.Signer { return opened.Signer }
}

// TestPassesSurviveTheChangeOfKeys: when somebody leaves, the papers that were handed out stay good,
// and a volunteer's PIN does; what the one who left had prepared does not.
func TestPassesSurviveTheChangeOfKeys(t *testing.T) {
	s := openStall(t)
	v, err := s.Join(t.Context(), s.prepare(t, s.event), "Budi", "594837")
	must(t, err)
	must(t, s.SignOut(t.Context(), v))
	s.by, err = s.SignIn(t.Context(), s.by.Operator.ID, pin)
	must(t, err)
	gone, err := s.AddOperator(t.Context(), s.by, access.Newcomer{Name: "Rahmat", PIN: "73910284", Role: app.RoleSupervisor})
	must(t, err)
	must(t, s.SignOut(t.Context(), s.by))
	other, err := s.SignIn(t.Context(), gone.ID, "73910284")
	must(t, err)
	kept, err := s.PreparePass(t.Context(), other, s.event.ID)
	must(t, err)
	must(t, s.SignOut(t.Context(), other))
	s.by, err = s.SignIn(t.Context(), s.by.Operator.ID, pin)
	must(t, err)
	must(t, s.RemoveOperator(t.Context(), s.by, gone.ID))
	s.by, err = s.Renew(t.Context(), s.by)
	must(t, err)
	_, err = s.RestoreOperator(t.Context(), s.by, v.Operator.ID, "684935")
	wantCode(t, "a PIN that outlives the pass", err, app.PassRestore)
	must(t, s.SignOut(t.Context(), s.by))

	_, err = s.ShowPass(t.Context(), kept)
	wantCode(t, "prepared by who left", err, app.PassSignerRemoved)
	p, err := sealed.ParsePass(kept)
	must(t, err)
	if left, err := s.store.Pass(t.Context(), p.ID); err != nil || left.Slot != nil {
		t.Error("its slot is still there", err)
	}
	v, err = s.SignIn(t.Context(), v.Operator.ID, "594837")
	must(t, err)
	must(t, s.SignOut(t.Context(), v))
	v, err = s.SignIn(t.Context(), v.Operator.ID, "594837") // with the slot as it was sealed anew
	must(t, err)
	must(t, s.SignOut(t.Context(), v))
	_, err = s.Join(t.Context(), s.pass, "Sri", volunteerPIN)
	must(t, err)
	if _, err := s.store.Part(t.Context(), 2); err != nil {
		t.Error("the key that the pass opened reads nothing:", err)
	}
}
