package carrier

import (
	"context"
	"os"
	"slices"
	"testing"
	"time"

	"loket/app"
	"loket/app/office"
	"loket/app/sealed"
	"loket/app/vault"
)

// receiptFor is a genuine receipt frame from outside: the carrier cannot look in.
func receiptFor(t testing.TB, number, batch uint64) []byte {
	t.Helper()
	root, key := vault.NewSigner(), vault.NewSigner()
	to, err := sealed.NewOpeningKey()
	must(t, err)
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	cert, err := office.IssueCertificate(root, office.Certificate{Epoch: 1, Key: vault.Public(key), Uses: office.ForFeed, From: day, Until: day.AddDate(1, 0, 0)})
	must(t, err)
	file, _, err := sealed.SealFrame(sealed.Frame{
		Chain: chain, Number: number, Issued: day, Expires: day.AddDate(1, 0, 0), Kind: sealed.FrameReceipt, Batch: batch, Content: []byte("r"),
	}, sealed.Speaker{Certificate: cert, Key: key}, to.Public())
	must(t, err)
	return file
}

// A batch rests only on the answer that head office gave over the line, and only while that answer lies
// in the inbox as it came.
func TestWhatLetsABatchRest(t *testing.T) {
	answer := receiptFor(t, 9, 1)
	for name, c := range map[string]struct {
		then  func(t *testing.T, b Box)
		rests bool
	}{
		"the answer waits":           {func(*testing.T, Box) {}, true},
		"the answer was thrown away": {func(t *testing.T, b Box) { must(t, b.DropFrame(at(9))) }, false},
		"another lies in its place":  {func(t *testing.T, b Box) { _, err := b.PutFrame(receiptFor(t, 9, 1)); must(t, err) }, false},
		"the batch was sealed again": {func(t *testing.T, b Box) { must(t, b.PutBatch(1, []byte("c"))) }, false},
		"the note is spoiled": {func(t *testing.T, b Box) {
			put(t, b.dir, "outbox/"+chain.String()+"-000001.batch.taken", []byte("9 zz"))
		}, false},
		"the note names another file": {func(t *testing.T, b Box) {
			put(t, b.dir, "outbox/"+chain.String()+"-000001.batch.taken", []byte("8 00"))
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			box := newBox(t)
			must(t, box.PutBatch(1, []byte("b")))
			office := &intake{frames: [][]byte{answer}}
			must(t, sendBatches(t.Context(), box, office))
			c.then(t, box)
			numbers, err := waitingBatches(box)
			if err != nil || slices.Contains(numbers, 1) == c.rests {
				t.Errorf("%v wait, %v", numbers, err)
			}
		})
	}
}

// What came by stick is no reason to keep a batch back, genuine or not: the window decides.
func TestAReceiptFromAStickLetsNothingRest(t *testing.T) {
	box := newBox(t)
	must(t, box.PutBatch(1, []byte("b")))
	_, err := box.PutFrame(receiptFor(t, 1, 1))
	must(t, err)
	if numbers, err := waitingBatches(box); err != nil || !slices.Equal(numbers, []uint64{1}) {
		t.Errorf("%v %v", numbers, err)
	}
}

// What lies beyond the cursor gives way to what the line brings in its turn; what was fetched does not.
func TestAFullInboxStopsFetchingAndNotSending(t *testing.T) {
	box := newBox(t)
	must(t, box.PutBatch(1, []byte("b")))
	frames := news(t, chain, 3)
	for _, f := range frames {
		_, err := box.PutFrame(f)
		must(t, err)
	}
	must(t, box.SetCursor(at(1)))
	for _, n := range []uint64{1, 2, 3} {
		must(t, os.Truncate(box.framePath(at(n)), mostInboxBytes/2))
	}
	must(t, box.makeRoom(at(1)))
	if left, err := box.Frames(); err != nil || !slices.Equal(left, []sealed.Place{at(1)}) {
		t.Errorf("%v %v", left, err)
	}
	must(t, os.Truncate(box.framePath(at(1)), mostInboxBytes))
	office := &intake{frames: [][]byte{receiptFor(t, 9, 1)}}
	if err := Round(t.Context(), box, office); app.CodeOf(err) != app.PostInboxFull || !slices.Equal(office.took, []string{"batch 1"}) {
		t.Errorf("took %v, %v", office.took, err)
	}
}

// A picture that is refused again and again does not fill a thin line, and is never given up.
func TestARefusedPictureRestsMoreAndMore(t *testing.T) {
	box := newBox(t)
	must(t, box.PutAttachment([32]byte{7}, []byte("p")))
	office := &unnamed{}
	for range 40 {
		if err := sendAttachments(t.Context(), box, office); err != nil && app.CodeOf(err) != app.LineRefused {
			t.Fatal(err)
		}
	}
	if office.asked < 5 || office.asked > 7 {
		t.Errorf("asked %d times in forty rounds", office.asked)
	}
	must(t, os.WriteFile(laterPath(box.attachmentPath([32]byte{7})), []byte("999999 x"), 0o600))
	before := office.asked
	if err := sendAttachments(t.Context(), box, office); app.CodeOf(err) != app.LineRefused || office.asked != before+1 {
		t.Errorf("a spoiled note keeps it back: %v", err)
	}
}

// unnamed refuses every picture.
type unnamed struct {
	intake
	asked int
}

func (u *unnamed) PutAttachment(context.Context, app.Chain, [32]byte, []byte) ([][]byte, error) {
	u.asked++
	return nil, app.Fail(app.LineRefused, "reason", string(app.OfficeFileUnnamed))
}
