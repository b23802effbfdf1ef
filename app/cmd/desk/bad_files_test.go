package desk_test

import (
	"bytes"
	"database/sql"
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"loket/app"
	"loket/app/custody"
	"loket/app/scheme"
	storage "loket/storage/kiosk"
)

// spoilers are what a bad disk, a bad copier or a curious person does to a file.
var spoilers = map[string]func(t *testing.T, path string){
	"emptied": func(t *testing.T, path string) { rewrite(t, path, func([]byte) []byte { return nil }) },
	"cut":     func(t *testing.T, path string) { rewrite(t, path, func(b []byte) []byte { return b[:len(b)/2] }) },
	"flipped": func(t *testing.T, path string) {
		rewrite(t, path, func(b []byte) []byte { b[len(b)/2] ^= 1; return b })
	},
	"swollen": func(t *testing.T, path string) {
		must(t, os.Truncate(path, 64<<20))
	},
	"gone": func(t *testing.T, path string) { must(t, os.Remove(path)) },
}

func rewrite(t *testing.T, path string, change func([]byte) []byte) {
	t.Helper()
	must(t, os.WriteFile(path, change(read(t, path)), 0o600))
}

func spoilAll(t *testing.T, spoil func(*testing.T, string), pattern ...string) (n int) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(pattern...))
	must(t, err)
	for _, path := range paths {
		spoil(t, path)
	}
	return len(paths)
}

// Sealed files that are spoiled on the way out or in: made or fetched again, and everything is at
// head office once.
func TestSpoiledPostLosesNothing(t *testing.T) {
	k := enrolled(t)
	want := 0
	for name, spoil := range spoilers {
		t.Run(name, func(t *testing.T) {
			k.registered(t)
			want++
			_, err := k.Beat(t.Context(), true)
			must(t, err)
			if spoilAll(t, spoil, k.Dir, "outbox", "*.batch") == 0 {
				t.Fatal("nothing to spoil on the way out")
			}
			must(t, k.carry(t))
			k.exchange(t)
			k.registered(t)
			want++
			_, err = k.Beat(t.Context(), true)
			must(t, err)
			must(t, k.carry(t))
			if spoilAll(t, spoil, k.Dir, "inbox", "*.frame") == 0 {
				t.Fatal("nothing to spoil on the way in")
			}
			_, err = k.Beat(t.Context(), false)
			must(t, err)
			k.exchange(t)
			k.arrived(t, want)
		})
	}
}

// The notes of the carrier are of use, and never in the way.
func TestSpoiledNotesOfTheCarrierLoseNothing(t *testing.T) {
	k := enrolled(t)
	want := 0
	ahead := k.inboxPath(900_000)
	must(t, os.WriteFile(ahead, nil, 0o600))
	must(t, os.Truncate(ahead, 64<<20))
	for _, text := range []string{"", "x", "-1", "99999999999999999999", "400000", "null", "{"} {
		for _, note := range []string{"inbox/cursor", "carrier/agent-status.json", "carrier/send-now", "carrier/agent.lock"} {
			must(t, os.WriteFile(filepath.Join(k.Dir, note), []byte(text), 0o600))
		}
		k.registered(t)
		want++
		_, err := k.Post.State(t.Context())
		must(t, err)
		k.exchange(t)
		k.exchange(t)
		k.arrived(t, want)
	}
	s, err := k.Post.State(t.Context())
	if err != nil || s.Contact.Good.IsZero() || s.Contact.Running {
		t.Errorf("the contact is not noted: %+v %v", s.Contact, err)
	}
}

// A spoiled picture is lost, and says so at the light; nothing else waits for it.
func TestASpoiledPictureHoldsUpNothingElse(t *testing.T) {
	k := enrolled(t)
	c := issued(t, k)
	_, err := k.Issuing.Print(t.Context(), k.s.Operator, k.Paper, []app.Serial{c.good.Serial})
	must(t, err)
	_, err = k.Issuing.Confirm(t.Context(), k.s.Operator, c.text)
	must(t, err)
	held, err := k.Custody.Scan(t.Context(), c.text)
	must(t, err)
	var picture bytes.Buffer
	must(t, png.Encode(&picture, image.NewGray(image.Rect(0, 0, 20, 20))))
	e, err := k.Custody.AddEvidence(t.Context(), "signature", picture.Bytes())
	must(t, err)
	_, err = k.Custody.Hand(t.Context(), k.s.Operator, custody.Form{Serial: held.Card.Serial, Hash: held.Hash, Receiver: app.ReceiverHolder, Evidence: []app.Evidence{e}})
	must(t, err)
	if spoilAll(t, spoilers["flipped"], k.Dir, "blobs", "*", "*") != 1 {
		t.Fatal("no picture to spoil")
	}
	k.exchange(t)
	if entries, attachments, err := k.Post.Light(t.Context()); err != nil || entries != 0 || attachments != 1 {
		t.Errorf("%d entries and %d attachments exist only here, %v", entries, attachments, err)
	}
	_, err = k.Store.PutBlob(t.Context(), "signature", picture.Bytes()) // the file is whole again
	must(t, err)
	k.exchange(t)
	if _, attachments, err := k.Post.Light(t.Context()); err != nil || attachments != 0 {
		t.Errorf("%d attachments exist only here, %v", attachments, err)
	}
}

// The post's own entries and signatures never make each other.
func TestAQuietKioskWritesNothing(t *testing.T) {
	k := enrolled(t)
	k.registered(t)
	k.exchange(t)
	k.exchange(t)
	before := k.seq()
	for range 3 {
		k.clock.add(2 * time.Minute)
		k.exchange(t)
	}
	k.intact(t, before)
}

// A clock that goes back is written down; nothing stops, and order does not depend on it.
func TestAClockSetBackAndForth(t *testing.T) {
	k := enrolled(t)
	k.registered(t)
	for _, by := range []time.Duration{-400 * 24 * time.Hour, 800 * 24 * time.Hour, -400 * 24 * time.Hour} {
		k.clock.add(by)
		k.registered(t)
	}
	k.exchange(t)
	k.exchange(t) // that head office's time set the kiosk right is an entry too
	k.arrived(t, 4)
	k.intact(t, k.seq())
}

// A kiosk that was called back hears why, may finish and send nothing more, and keeps what it has.
func TestARevokedKioskIsToldAndLosesNothing(t *testing.T) {
	k := enrolled(t)
	must(t, headOffice.Office.Revoke(t.Context(), k.Store.Chain().Kiosk, "test"))
	k.registered(t)
	_, err := k.Beat(t.Context(), true)
	must(t, err)
	refused(t, k.carry(t), app.LineRefused)
	s, err := k.Post.State(t.Context())
	must(t, err)
	refused(t, app.Fail(s.Contact.Code, "reason", s.Contact.Reason), app.LineRefused)
	if s.Entries == 0 || s.Contact.Reason != string(app.OfficeRevoked) {
		t.Errorf("%+v", s)
	}
	k.intact(t, k.seq())
}

// An image of the whole disk that works on beside the first is told from it by head office, and is not
// heard. From then on it gives out no number.
func TestACopyOfAKioskIsNotHeard(t *testing.T) {
	k := enrolled(t)
	dir := k.shut(t)
	copied := filepath.Join(t.TempDir(), "copy")
	must(t, os.CopyFS(copied, os.DirFS(dir)))
	state := folder(t)
	must(t, os.CopyFS(state, os.DirFS(k.state)))
	k.reopen(t, dir)
	k.signIn(t)
	k.registered(t)
	k.exchange(t)
	twin := &kiosk{Crowd: k.Crowd, clock: k.clock, state: state}
	twin.reopen(t, copied)
	twin.signIn(t)
	twin.registered(t)
	_, err := twin.Beat(t.Context(), true)
	must(t, err)
	refused(t, twin.carry(t), app.LineRefused)
	if entries, _, err := twin.Post.Light(t.Context()); err != nil || entries == 0 {
		t.Errorf("the copy's light is out: %d %v", entries, err)
	}
	_, err = twin.Beat(t.Context(), true)
	must(t, err)
	if b := twin.Store.Behind(); b == nil || b.Why != storage.ByClone {
		t.Errorf("it does not know: %+v", b)
	}
	draft := twin.typed(t)
	_, err = twin.Counter.Save(t.Context(), twin.s.Operator, draft)
	refused(t, err, app.StorageBehind)
	twin.kept(t, draft)
	k.exchange(t)
	k.arrived(t, 1)
}

// One record whose personal part the disk has spoiled locks nobody out and keeps no other back; head
// office is told which.
func TestASpoiledRecordLocksNobodyOut(t *testing.T) {
	k := begun(t, folder(t)) // not enrolled: nothing is sealed yet
	bad := k.registered(t)
	dir := k.shut(t)
	db, err := sql.Open("sqlite", database(dir))
	must(t, err)
	_, err = db.ExecContext(t.Context(), `UPDATE parts SET sealed = zeroblob(length(sealed)) WHERE seq = ?`, bad.ID.Seq)
	must(t, errors.Join(err, db.Close()))
	k.reopen(t, dir)
	k.signIn(t)
	good := k.registered(t)
	if found, err := k.Store.SameNIK(t.Context(), good.Record.Person.NIK); err != nil || len(found) != 1 {
		t.Error(found, err)
	}
	_, err = k.Post.EnrolNow(t.Context(), k.s.Keys)
	must(t, err)
	k.exchange(t)
	if r, err := k.Store.Registration(t.Context(), good.ID); err != nil || r.State != app.Accepted {
		t.Errorf("the good one: %s %v", r.State, err)
	}
}

// A list of head office's that the disk has spoiled is not used, and keeps nobody from signing in: the next
// one is on its way.
func TestASpoiledListLocksNobodyOut(t *testing.T) {
	for _, name := range []string{"office.trust", "office.status.0"} {
		k := enrolled(t)
		k.exchange(t)
		list, err := k.Store.Setting(t.Context(), name)
		must(t, err)
		if len(list) < 20 {
			t.Fatal("no list", name)
		}
		dir := k.shut(t)
		list[len(list)-9] ^= 1 // in the signature
		db, err := sql.Open("sqlite", database(dir))
		must(t, err)
		_, err = db.ExecContext(t.Context(), `UPDATE settings SET value = ? WHERE name = ?`, list, name)
		must(t, errors.Join(err, db.Close()))
		k.reopen(t, dir)
		k.signIn(t)
		k.registered(t)
	}
}

// A clock that goes slow makes no cards that look forged: they are not older than their key.
func TestAClockBehindMakesGoodCards(t *testing.T) {
	k := enrolled(t)
	k.clock.add(-3 * time.Hour)
	c := issued(t, k)
	if a := k.check(t, c.text); !a.Genuine {
		t.Errorf("%s", a.Reason)
	}
}

// A clock turned back makes nobody younger.
func TestAClockBehindChangesNoRule(t *testing.T) {
	k := enrolled(t)
	k.clock.add(-400 * 24 * time.Hour)
	d := k.typed(t)
	d.Form.Type(scheme.FieldBirthDate, "20-11-1961")
	_, err := k.Counter.Save(t.Context(), k.s.Operator, d)
	refused(t, err, app.TooOld)
}
