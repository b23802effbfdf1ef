package headoffice_test

import (
	"fmt"
	"testing"

	"loket/app"
	"loket/app/cose"
	"loket/app/office/books"
	"loket/app/sealed"
	"loket/storage/storagetest/officesuite"
)

// theRecall fetches a life's feed and wants one frame in it: its recall.
func (b *box) theRecall(t *testing.T) {
	t.Helper()
	body, err := b.ask(t, "GET", b.path("feed?after=0"), nil)
	need(t, err)
	raw, rest, err := cose.First(body)
	need(t, err)
	f, _, err := sealed.OpenFrame(raw, b.Chain, b.Opening, b.token.Roots, b.centre.clock.Now())
	need(t, err)
	if f.Kind != sealed.FrameRecall || len(rest) != 0 {
		t.Errorf("%s, and %d bytes more", f.Kind, len(rest))
	}
	if body, err = b.ask(t, "GET", b.path(fmt.Sprintf("feed?after=%d", f.Number)), nil); err != nil || len(body) != 0 {
		t.Errorf("%d bytes behind the recall, %v", len(body), err)
	}
}

// as asks with a transport key on the path of another life.
func (b *box) as(of *box, method, rest string, body []byte) func(t *testing.T) error {
	return func(t *testing.T) error {
		_, err := b.ask(t, method, of.path(rest), body)
		return err
	}
}

// A transport key fetches for its own life alone, sends for that and earlier ones, and never for a later.
func TestATransportKeySpeaksForNoLaterLife(t *testing.T) {
	c := newCentre(t)
	first := c.enrolled(t, 417)
	first.Register(t, officesuite.Person(1), "", "")
	n1, late := first.sealBatch(t)
	first.Register(t, officesuite.Person(2), "", "")
	n2, later := first.sealBatch(t)
	second := c.enrolled(t, 417)
	second.Register(t, officesuite.Person(3), "", "")
	m, own := second.sealBatch(t)
	batch := func(n uint64) string { return fmt.Sprintf("batches/%d", n) }
	tests := []struct {
		name string
		ask  func(*testing.T) error
		want app.Code
	}{
		{"the former life for the later one", first.as(second, "PUT", batch(m), own), app.OfficeOtherPath},
		{"the former life reads the later one's feed", first.as(second, "GET", "feed?after=0", nil), app.OfficeOtherPath},
		{"the later life reads the former one's feed", second.as(first, "GET", "feed?after=0", nil), app.OfficeOtherPath},
		{"the former life's late batch", first.as(first, "PUT", batch(n1), late), ""},
		{"and one that the later life carries", second.as(first, "PUT", batch(n2), later), ""},
		{"as its own", second.as(second, "PUT", batch(n2), later), app.PostOtherKiosk},
		{"the later life for itself", second.as(second, "PUT", batch(m), own), ""},
		{"the former life reads its own feed", first.as(first, "GET", "feed?after=0", nil), ""},
	}
	for _, tt := range tests {
		if err := tt.ask(t); app.CodeOf(err) != tt.want {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

// A stolen computer stays revoked when its replacement is there: it sends nothing, for nobody, and fetches
// its recall alone.
func TestAStolenComputerIsRevokedForGood(t *testing.T) {
	c := newCentre(t)
	stolen := c.enrolled(t, 417)
	stolen.Register(t, officesuite.Person(1), "", "")
	n, batch := stolen.sealBatch(t)
	next := c.replacedAfterTheft(t, 417)
	for name, of := range map[string]*box{"for itself": stolen, "for the new life": next} {
		_, err := stolen.ask(t, "PUT", of.path(fmt.Sprintf("batches/%d", n)), batch)
		if code := app.CodeOf(err); code != app.OfficeRevoked && code != app.OfficeOtherPath {
			t.Errorf("%s: %v", name, err)
		}
	}
	stolen.theRecall(t)
	_, err := next.ask(t, "PUT", stolen.path(fmt.Sprintf("batches/%d", n)), batch)
	wantCode(t, err, app.OfficeRevoked) // whoever carries it; but then it is set aside
	late, err := c.store.LateBatches(t.Context())
	need(t, err)
	if len(late) != 1 || late[0].Chain != stolen.Chain || late[0].Number != n {
		t.Errorf("set aside: %+v", late)
	}
	for i, by := range []string{"ani", "budi"} {
		done, err := c.running.Office.LetIn(t.Context(), stolen.Chain, n, by)
		need(t, err)
		if done != (i == 1) {
			t.Errorf("%s: taken in %t", by, done)
		}
	}
	if rows, err := c.store.Registrations(t.Context(), books.Filter{Limit: 10}); err != nil || len(rows) != 1 {
		t.Errorf("%d registrations %v", len(rows), err)
	}
	if next.last(t, sealed.FrameRecall) != nil {
		t.Error("the new life is called back")
	}
}
