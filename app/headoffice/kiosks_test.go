package headoffice_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"loket/app"
	"loket/app/card"
	"loket/app/cose"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/sealed"
	"loket/storage/storagetest/officesuite"
)

func TestAKioskIsEnrolledAndHeard(t *testing.T) {
	c := newCentre(t)
	b := c.enrolled(t, 417)
	if b.office.Settings.BranchCode != "K06" || b.office.Settings.Issuer != "LATIHAN" || b.office.Authority.Before(c.clock.Now().Add(30*24*time.Hour)) {
		t.Errorf("%+v", b.office)
	}
	id := b.Register(t, officesuite.Person(1), "", "")
	number, raw := b.sealBatch(t)
	answer, err := b.put(t, number, raw)
	need(t, err)
	f, _, err := sealed.OpenFrame(answer, b.Chain, b.Opening, b.token.Roots, c.clock.Now())
	need(t, err)
	if f.Kind != sealed.FrameReceipt || f.Batch != number {
		t.Errorf("%+v", f)
	}
	var d journal.DecisionBody
	need(t, cose.Unmarshal(b.last(t, sealed.FrameDecision).Content, &d))
	if d.Registration() != id || d.Outcome != journal.OutcomeAccepted || !app.MemberNumber(d.Member).Valid() {
		t.Errorf("%+v", d)
	}
	need(t, c.running.Office.Publish(t.Context()))
	_, err = card.ParseTrust(b.object(t, b.announced(t, "trust")), b.token.Roots) // the head, without its pages
	need(t, err)
	trust, err := card.ParseTrust(b.whole(t, b.announced(t, "trust")), b.token.Roots)
	need(t, err)
	if len(trust.Keys) != 1 || len(trust.Keys[0].Serials) == 0 {
		t.Errorf("%+v", trust)
	}
}

func TestTheSameRequestIsAnsweredAgain(t *testing.T) {
	c := newCentre(t)
	b := c.invited(t, 417)
	request := b.Request(t, b.token.Secret)
	first, err := b.ask(t, "POST", "/v1/enrol", request)
	need(t, err)
	c.clock.pass(time.Minute)
	again, err := b.ask(t, "POST", "/v1/enrol", request)
	need(t, err)
	if !bytes.Equal(first, again) {
		t.Error("another answer")
	}
	_, err = b.ask(t, "POST", "/v1/enrol", b.Request(t, b.token.Secret)) // signed anew by ECDSA
	wantCode(t, err, app.OfficeTokenUsed)
}

func TestBadEnrolments(t *testing.T) {
	c := newCentre(t)
	b := c.invited(t, 417)
	good := b.Request(t, b.token.Secret)
	for i := 0; i < len(good); i += 7 {
		bent := bytes.Clone(good)
		bent[i] ^= 1
		if _, err := b.ask(t, "POST", "/v1/enrol", bent); err == nil || app.CodeOf(err) == app.Internal {
			t.Errorf("byte %d: %v", i, err)
		}
	}
	_, err := b.ask(t, "POST", "/v1/enrol", make([]byte, 100_000))
	wantCode(t, err, app.OfficeTooMuch)
	guess := b.token.Secret
	guess[3]++
	_, err = b.ask(t, "POST", "/v1/enrol", b.Request(t, guess))
	wantCode(t, err, app.EnrolRefused)
	c.clock.pass(73 * time.Hour)
	_, err = b.ask(t, "POST", "/v1/enrol", good)
	wantCode(t, err, app.TokenExpired)
}

func TestWhatIsRefused(t *testing.T) {
	c := newCentre(t)
	a, b := c.enrolled(t, 417), c.enrolled(t, 418)
	a.Register(t, officesuite.Person(1), "", "")
	number, raw := a.sealBatch(t)
	stranger := c.invited(t, 419)

	_, err := stranger.put(t, number, raw)
	wantCode(t, err, app.OfficeUnknownKiosk)
	_, err = b.ask(t, "PUT", a.path("batches/1"), raw)
	wantCode(t, err, app.OfficeOtherPath)
	_, err = b.put(t, number, raw)
	wantCode(t, err, app.PostOtherKiosk)
	_, err = a.put(t, number+1, raw)
	wantCode(t, err, app.OfficeOtherPath)
	_, err = a.put(t, number, raw[:len(raw)-1])
	wantCode(t, err, app.PostMalformed)
	_, err = a.put(t, number, nil)
	wantCode(t, err, app.PostMalformed)
	_, err = a.put(t, number, bytes.Repeat(raw, 5))
	wantCode(t, err, app.OfficeTooMuch)
	for i := 0; i < len(raw); i += 11 {
		bent := bytes.Clone(raw)
		bent[i] ^= 1
		if _, err := a.put(t, number, bent); err == nil || app.CodeOf(err) == app.Internal {
			t.Errorf("byte %d: %v", i, err)
		}
	}
	frame, err := a.ask(t, "GET", a.path("feed?after=0"), nil)
	need(t, err)
	first, _, err := cose.First(frame)
	need(t, err)
	_, err = a.put(t, number, first) // a frame is no batch
	wantCode(t, err, app.PostMalformed)
	if f, err := c.store.Figures(t.Context(), time.Time{}, time.Time{}); err != nil || f.Batches != 0 {
		t.Error("something was stored", f, err)
	}
	_, err = a.put(t, number, raw)
	need(t, err)
}

// A batch that another device key signed, for the right kiosk and number.
func TestAForgedBatchIsRefused(t *testing.T) {
	c := newCentre(t)
	a := c.enrolled(t, 417)
	forger := officesuite.NewKiosk(t, a.Chain, c.clock.Now())
	forger.Register(t, officesuite.Person(1), "", "")
	raw, err := forger.Seal(t).Seal(a.office.By.HPKEKey)
	need(t, err)
	_, err = a.put(t, 1, raw)
	wantCode(t, err, app.CoseSignature)
	a.Register(t, officesuite.Person(1), "", "")
	other, err := sealed.NewOpeningKey()
	need(t, err)
	raw, err = a.Seal(t).Seal(other.Public())
	need(t, err)
	_, err = a.put(t, 1, raw)
	wantCode(t, err, app.OfficeUnknownKey)
}

func TestACopyMeets409(t *testing.T) {
	c := newCentre(t)
	a := c.enrolled(t, 417)
	twin := *a
	twin.Kiosk = a.Copy()
	a.Register(t, officesuite.Person(1), "", "")
	number, raw := a.sealBatch(t)
	_, err := a.put(t, number, raw)
	need(t, err)
	twin.Register(t, officesuite.Person(2), "", "")
	number, raw = twin.sealBatch(t)
	_, err = twin.put(t, number, raw)
	wantCode(t, err, app.OfficeOtherIdentity)
}

func TestSeveralBatchesInOneRequest(t *testing.T) {
	c := newCentre(t)
	a := c.enrolled(t, 417)
	var body []byte
	for n := range 4 {
		a.Register(t, officesuite.Person(n), "", "")
		_, raw := a.sealBatch(t)
		body = append(body, raw...)
	}
	answer, err := a.put(t, 1, body)
	need(t, err)
	for n := uint64(1); n <= 4; n++ {
		var raw []byte
		raw, answer, err = cose.First(answer)
		need(t, err)
		if out, err := sealed.PeekFrame(raw); err != nil || out.Batch != n {
			t.Error(out, err)
		}
	}
}

// Requests come in any order, some twice, and answers get lost: every registration counts once.
func TestAnyOrderOverTheWire(t *testing.T) {
	c := newCentre(t)
	number, person := app.Kiosk(500), 0
	rapid.Check(t, func(r *rapid.T) {
		if number++; number > 520 {
			return // the engine's own suite turns more rounds
		}
		a := c.enrolled(t, number)
		raws := map[uint64][]byte{}
		var order []uint64
		for range rapid.IntRange(1, 4).Draw(r, "batches") {
			person++
			a.Register(t, officesuite.Person(person), "", "")
			n, raw := a.sealBatch(t)
			raws[n], order = raw, append(order, n)
		}
		again := rapid.SliceOfN(rapid.SampledFrom(order), 0, 4).Draw(r, "again")
		receipts := map[uint64]string{}
		for _, n := range append(rapid.Permutation(order).Draw(r, "order"), again...) {
			answer, err := a.put(t, n, raws[n])
			if err != nil {
				r.Fatal(err)
			}
			if before := receipts[n]; before != "" && before != string(answer) {
				r.Fatal("another receipt")
			}
			receipts[n] = string(answer)
		}
	})
	f, err := c.store.Figures(t.Context(), time.Time{}, time.Time{})
	need(t, err)
	if f.Accepted != person || f.Alarms != 0 || f.Quarantined != 0 {
		t.Errorf("%d registered: %+v", person, f)
	}
}

// A head office that ended before its answer arrived gives the same answer after it starts again.
func TestTheReceiptSurvivesARestart(t *testing.T) {
	c := newCentre(t)
	a := c.enrolled(t, 417)
	a.Register(t, officesuite.Person(1), "", "")
	number, raw := a.sealBatch(t)
	first, err := a.put(t, number, raw)
	need(t, err)
	frames := len(a.frames(t))
	c.stop(t)
	c.start(t)
	again, err := a.put(t, number, raw)
	need(t, err)
	if !bytes.Equal(first, again) {
		t.Error("another receipt")
	}
	if n := len(a.frames(t)); n < frames {
		t.Error("frames lost", frames, n)
	}
}

func TestARevokedKiosk(t *testing.T) {
	c := newCentre(t)
	a := c.enrolled(t, 417)
	a.Register(t, officesuite.Person(1), "", "")
	number, raw := a.sealBatch(t)
	need(t, c.running.Office.Revoke(t.Context(), 417, "test"))
	_, err := a.put(t, number, raw)
	wantCode(t, err, app.OfficeRevoked)
	a.theRecall(t)
	need(t, c.running.Office.Publish(t.Context()))
	raw, err = c.running.Office.File(t.Context(), books.ListName{Kind: books.TrustList})
	need(t, err)
	trust, err := card.ParseTrust(raw, a.token.Roots)
	need(t, err)
	if trust.Keys[0].Revoked.IsZero() {
		t.Error("the trust list does not say so")
	}
}

func TestAttachments(t *testing.T) {
	c := newCentre(t)
	a := c.enrolled(t, 417)
	plain := bytes.Repeat([]byte("picture"), 1000)
	hash := sha256.Sum256(plain)
	file, err := sealed.SealAttachment(a.Chain, plain, a.office.By.HPKEKey)
	need(t, err)
	path := a.path("attachments/" + hex.EncodeToString(hash[:]))
	_, err = a.ask(t, "PUT", path, file)
	wantCode(t, err, app.OfficeFileUnnamed)
	person := officesuite.Person(1)
	person.Evidence = []app.Evidence{{Kind: app.EvidencePhoto, Hash: hash, Size: int64(len(plain))}}
	a.Register(t, person, "", "")
	number, raw := a.sealBatch(t)
	_, err = a.put(t, number, raw)
	need(t, err)
	answer, err := a.ask(t, "PUT", path, file)
	need(t, err)
	f, _, err := sealed.OpenFrame(answer, a.Chain, a.Opening, a.token.Roots, c.clock.Now())
	need(t, err)
	r, err := sealed.ParseReceipt(f.Content, f.By)
	need(t, err)
	if r.Identity != hash {
		t.Error("the receipt is for another file")
	}
	_, err = a.ask(t, "PUT", a.path("attachments/"+strings.Repeat("00", 32)), file)
	wantCode(t, err, app.PostHashDiffers)
	file[len(file)-1] ^= 1
	_, err = a.ask(t, "PUT", path, file)
	wantCode(t, err, app.OfficeUnknownKey)
}

func TestTooManyRequestsAreSlowedDown(t *testing.T) {
	c := newCentre(t)
	a := c.enrolled(t, 417)
	for n := range 400 {
		if _, err := a.ask(t, "GET", a.path(fmt.Sprintf("feed?after=%d", n)), nil); app.CodeOf(err) == app.OfficeTooMany {
			return
		}
	}
	t.Error("400 requests at once and nobody was slowed down")
}
