package carrier

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"loket/app"
	"loket/app/office"
	"loket/app/sealed"
	"loket/app/vault"
)

func errorsAs(err error, target **app.Error) bool { return errors.As(err, target) }

func newBox(t testing.TB) Box {
	t.Helper()
	box, err := OpenBox(t.TempDir(), chain)
	if err != nil {
		t.Fatal(err)
	}
	return box
}

func at(number uint64) sealed.Place { return sealed.Place{Epoch: 1, Number: number} }

// news makes frames 1 to n for a chain.
func news(t testing.TB, to app.Chain, n int) [][]byte {
	t.Helper()
	root, key := vault.NewSigner(), vault.NewSigner()
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	cert, err := office.IssueCertificate(root, office.Certificate{
		Epoch: 1, Key: vault.Public(key), Uses: office.ForFeed, From: day, Until: day.AddDate(1, 0, 0),
	})
	if err != nil {
		t.Fatal(err)
	}
	var frames [][]byte
	var previous [32]byte
	for i := range n {
		var file []byte
		file, previous, err = sealed.SealFrame(sealed.Frame{
			Chain: to, Number: uint64(i + 1), Previous: previous, Issued: day, Expires: day.AddDate(1, 0, 0),
			Kind: sealed.FrameTrust, Content: []byte("news"),
		}, sealed.Speaker{Certificate: cert, Key: key}, nil)
		if err != nil {
			t.Fatal(err)
		}
		frames = append(frames, file)
	}
	return frames
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheOutboxTellsSpoiledFiles(t *testing.T) {
	box := newBox(t)
	must(t, box.PutBatch(1, []byte("sealed")))
	if b, err := box.Batch(1); err != nil || string(b) != "sealed" {
		t.Fatal(string(b), err)
	}
	must(t, os.WriteFile(box.batchPath(1), []byte("sealeD"), 0o600))
	if _, err := box.Batch(1); app.CodeOf(err) != app.PostChanged {
		t.Error(err)
	}
	must(t, box.DropBatch(1))
	if left, err := os.ReadDir(filepath.Join(box.dir, "outbox")); err != nil || len(left) != 1 {
		t.Errorf("only the folder of attachments is left: %v %v", left, err)
	}
	must(t, box.DropBatch(1)) // twice is no mistake
}

func TestTheBoxPassesOverWhatIsNotItsOwn(t *testing.T) {
	box := newBox(t)
	must(t, box.PutBatch(2, []byte("b")))
	must(t, box.PutBatch(10, []byte("c")))
	outbox := filepath.Join(box.dir, "outbox")
	for _, name := range []string{"00418-01-000001.batch", "00417-02-000001.batch", "00417-01-.batch", "00417-01-x.batch", "00417-01-000000.batch", "note.txt"} {
		must(t, os.WriteFile(filepath.Join(outbox, name), nil, 0o600))
	}
	must(t, os.Mkdir(filepath.Join(outbox, "00417-01-000003.batch"), 0o700))
	link(t, box.batchPath(2), filepath.Join(outbox, "00417-01-000004.batch"))
	numbers, err := box.Batches()
	if err != nil || !slices.Equal(numbers, []uint64{2, 10}) {
		t.Errorf("%v %v", numbers, err)
	}
	if _, err := box.Batch(4); app.CodeOf(err) != app.PostChanged {
		t.Errorf("a link is not followed: %v", err)
	}
}

func link(t testing.TB, to, name string) {
	t.Helper()
	if err := os.Symlink(to, name); err != nil {
		t.Skip("no links on this system")
	}
}

func TestAFrameForAnotherKioskIsNotKept(t *testing.T) {
	box := newBox(t)
	for name, other := range map[string]app.Chain{"kiosk": {Kiosk: 418, Incarnation: 1}, "life": {Kiosk: 417, Incarnation: 2}} {
		if _, err := box.PutFrame(news(t, other, 1)[0]); app.CodeOf(err) != app.PostOtherKiosk {
			t.Errorf("another %s: %v", name, err)
		}
	}
	if _, err := box.PutFrame([]byte("<html>")); app.CodeOf(err) != app.PostMalformed {
		t.Error(err)
	}
	if frames, err := box.Frames(); err != nil || len(frames) != 0 {
		t.Errorf("%v %v", frames, err)
	}
}

func TestALostCursorAsksForEverything(t *testing.T) {
	box := newBox(t)
	must(t, box.SetCursor(at(7)))
	if box.Cursor() != at(7) {
		t.Error(box.Cursor())
	}
	must(t, os.WriteFile(filepath.Join(box.dir, "inbox", "cursor"), []byte("seven"), 0o600))
	if box.Cursor() != at(0) {
		t.Error(box.Cursor())
	}
}

func TestAStickCarriesPostBothWays(t *testing.T) {
	box, stick := newBox(t), t.TempDir()
	must(t, box.PutBatch(1, []byte("\x61b")))
	must(t, box.PutAttachment([32]byte{7}, []byte("\x61p")))
	must(t, box.SetCursor(at(1)))
	inv, err := Export(box, stick)
	if err != nil || !slices.Equal(inv.Batches, []uint64{1}) || inv.Attachments != 1 || inv.Cursor != 1 {
		t.Fatalf("%+v %v", inv, err)
	}
	if _, err := box.Batch(1); err != nil {
		t.Error("the outbox keeps what was exported:", err)
	}
	office := &intake{frames: news(t, chain, 3), applied: at(1)}
	if n, err := Served(t.Context(), stick, office); err != nil || n != 2 {
		t.Fatal(n, err)
	}
	if !slices.Equal(office.took, []string{"batch 1", "attachment 07"}) {
		t.Error(office.took)
	}
	if n, err := Import(box, stick, believing{}); err != nil || n != 2 {
		t.Errorf("frames 2 and 3 come back: %d %v", n, err)
	}
	if frames, err := box.Frames(); err != nil || !slices.Equal(frames, []sealed.Place{at(2), at(3)}) {
		t.Errorf("%v %v", frames, err)
	}
}

func TestTheNextJourneySweepsTheStick(t *testing.T) {
	box, stick := newBox(t), t.TempDir()
	must(t, box.PutBatch(1, []byte("\x61b")))
	if _, err := Export(box, stick); err != nil {
		t.Fatal(err)
	}
	must(t, box.DropBatch(1))
	must(t, box.PutBatch(2, []byte("\x61c")))
	foreign := filepath.Join(stick, "loket", "foto.jpg")
	must(t, os.WriteFile(foreign, nil, 0o600))
	if _, err := Export(box, stick); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(stick, "loket", chain.String(), "*.batch"))
	if err != nil || len(files) != 1 || filepath.Base(files[0]) != "000002.batch" {
		t.Errorf("%v %v", files, err)
	}
	if _, err := os.Stat(foreign); err != nil {
		t.Error("what is not ours stays:", err)
	}
}

// believing takes everything for head office's word.
type believing struct{}

func (believing) Frame([]byte) error  { return nil }
func (believing) Answer([]byte) error { return nil }

// reasonOf is why the first file of a stick was not used; "" when all were.
func reasonOf(err error) string {
	var known *app.Error
	if !errors.As(err, &known) {
		return ""
	}
	if known.Code != app.StickRefused {
		return string(known.Code)
	}
	return known.Args["reason"].(string)
}

func TestABadStick(t *testing.T) {
	frames := news(t, chain, 3)
	for name, c := range map[string]struct {
		spoil func(t *testing.T, dir string)
		want  app.Code
		came  int
	}{
		"an empty stick":   {func(t *testing.T, dir string) { must(t, os.RemoveAll(dir)) }, app.StickForeign, 0},
		"half a frame":     {func(t *testing.T, dir string) { put(t, dir, "000001.frame", frames[0][:40]) }, app.PostMalformed, 2},
		"a frame misnamed": {func(t *testing.T, dir string) { put(t, dir, "000009.frame", frames[0]) }, app.PostReaddressed, 3},
		"another kiosk's": {func(t *testing.T, dir string) {
			put(t, dir, "000001.frame", news(t, app.Chain{Kiosk: 9, Incarnation: 1}, 1)[0])
		}, app.PostOtherKiosk, 2},
		"names of other kinds": {func(t *testing.T, dir string) { put(t, dir, "..frame", frames[0]); put(t, dir, "x.frame", frames[0]) }, "", 3},
		"a link as a frame":    {func(t *testing.T, dir string) { link(t, "/etc/passwd", filepath.Join(dir, "000004.frame")) }, "", 3},
		"a folder as a frame":  {func(t *testing.T, dir string) { must(t, os.Mkdir(filepath.Join(dir, "000004.frame"), 0o700)) }, "", 3},
		"a huge frame":         {func(t *testing.T, dir string) { put(t, dir, "000004.frame", make([]byte, sealed.MaxFrame+1)) }, app.PostTooBig, 3},
	} {
		t.Run(name, func(t *testing.T) {
			box, stick := newBox(t), t.TempDir()
			dir := stickFolder(stick, chain)
			must(t, os.MkdirAll(dir, 0o700))
			for i, f := range frames {
				put(t, dir, []string{"000001.frame", "000002.frame", "000003.frame"}[i], f)
			}
			c.spoil(t, dir)
			n, err := Import(box, stick, believing{})
			if n != c.came || reasonOf(err) != string(c.want) {
				t.Errorf("%d frames, %v; want %d, %q", n, err, c.came, c.want)
			}
		})
	}
}

func TestAStickWhoseFolderIsALinkIsNotUsed(t *testing.T) {
	box, stick, elsewhere := newBox(t), t.TempDir(), t.TempDir()
	must(t, os.MkdirAll(stickFolder(elsewhere, chain), 0o700))
	link(t, filepath.Join(elsewhere, "loket"), filepath.Join(stick, "loket"))
	if _, err := Export(box, stick); app.CodeOf(err) != app.StickForeign {
		t.Error(err)
	}
	if _, err := Import(box, stick, believing{}); app.CodeOf(err) != app.StickForeign {
		t.Error(err)
	}
	if _, err := Served(t.Context(), stick, &intake{}); app.CodeOf(err) != app.StickForeign {
		t.Error(err)
	}
}

func put(t testing.TB, dir, name string, b []byte) {
	t.Helper()
	must(t, os.WriteFile(filepath.Join(dir, name), b, 0o600))
}
