package officesuite

import (
	"testing"
	"time"

	"loket/app"
	"loket/app/office/books"
	"loket/app/sealed"
)

// neverRevived: the replacement of a stolen kiosk is enrolled, and the stolen life stays revoked.
func neverRevived(t testing.TB, w *officeWorld) {
	stolen := w.kiosk(t, 417)
	w.at = w.at.Add(time.Minute)
	in := books.Invitation{Chain: stolen.Chain, BranchCode: "K06", BranchName: "Kantor Cabang Contoh", Expires: w.at.Add(time.Hour), Stolen: true, By: "admin"}
	in.Secret[0] = 7
	var err error
	in.Chain, err = w.store.Invite(w.ctx, in, w.at)
	need(t, err)
	chain, err := w.store.Chain(w.ctx, stolen.Chain)
	need(t, err)
	if chain.Stopped() != app.OfficeRevoked { // before the new computer is there
		t.Fatal("the stolen life goes on")
	}
	next := NewKiosk(t, in.Chain, w.at)
	_, err = w.enrol(t, next, in)
	need(t, err)
	if chain, err = w.store.Chain(w.ctx, stolen.Chain); err != nil || chain.Stopped() != app.OfficeRevoked || chain.ClosedAt.IsZero() {
		t.Errorf("revived: %+v %v", chain, err)
	}
	if chain, err = w.store.Chain(w.ctx, next.Chain); err != nil || chain.Stopped() != "" || !chain.ClosedAt.IsZero() {
		t.Errorf("the new life is stopped: %+v %v", chain, err)
	}
	if raw, err := w.store.Recall(w.ctx, stolen.Chain, sealed.BeforeAll); err != nil || raw == nil {
		t.Error("no recall for the stolen life", err)
	}
	if raw, err := w.store.Recall(w.ctx, next.Chain, sealed.BeforeAll); err != nil || raw != nil {
		t.Error("a recall for the new life", err)
	}
	if f := w.figures(t); f.Kiosks != 1 {
		t.Errorf("%d kiosks", f.Kiosks)
	}
	need(t, w.store.Revoke(w.ctx, 417, "admin", w.at)) // a later life can be revoked too
}

// usedKeys: no life begins with a key that another had.
func usedKeys(t testing.TB, w *officeWorld) {
	first, other := w.kiosk(t, 417), w.kiosk(t, 418)
	tests := map[string]func(k *Kiosk){
		"the device key of the life before":        func(k *Kiosk) { k.Device = first.Device },
		"the issuing key of another kiosk":         func(k *Kiosk) { k.Issuing = other.Issuing },
		"another's device key as issuing key":      func(k *Kiosk) { k.Issuing = other.Device },
		"the transport key of another kiosk":       func(k *Kiosk) { k.Transport = other.Transport },
		"the transport key of a life that is over": func(k *Kiosk) { k.Transport = first.Transport },
	}
	need(t, w.store.Revoke(w.ctx, 417, "admin", w.at))
	for name, take := range tests {
		in := w.invite(t, 417)
		k := NewKiosk(t, in.Chain, w.at)
		take(k)
		if _, err := w.enrol(t, k, in); app.CodeOf(err) != app.OfficeKeyUsed {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// suspension: one person stops a kiosk at once, a second one decides.
func suspension(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	wantCode(t, w.store.Lift(w.ctx, 417, "budi", w.at), app.OfficeNotSuspended)
	need(t, w.store.Suspend(w.ctx, 417, "ani", w.at))
	wantCode(t, w.store.Suspend(w.ctx, 417, "ani", w.at), app.OfficeUnknownKiosk)
	chain, err := w.store.Chain(w.ctx, k.Chain)
	need(t, err)
	if chain.Stopped() != app.OfficeSuspended {
		t.Error("not stopped")
	}
	all, err := w.store.Suspended(w.ctx)
	need(t, err)
	if len(all) != 1 || all[0].Chain != k.Chain || all[0].By != "ani" || !all[0].At.Equal(w.at) || all[0].Overdue(w.at.Add(72*time.Hour)) || !all[0].Overdue(w.at.Add(73*time.Hour)) {
		t.Errorf("%+v", all)
	}
	trust, _ := w.publish(t)
	if len(trust.Keys) > 0 && trust.Keys[0].Revoked.IsZero() {
		t.Error("the next list still vouches for the key")
	}
	for _, by := range []string{"ani", ""} {
		wantCode(t, w.store.Lift(w.ctx, 417, by, w.at), app.OfficeTwoPeople)
		wantCode(t, w.store.ConfirmRevoke(w.ctx, 417, by, w.at), app.OfficeTwoPeople)
	}
	need(t, w.store.Lift(w.ctx, 417, "budi", w.at))
	if chain, err = w.store.Chain(w.ctx, k.Chain); err != nil || chain.Stopped() != "" {
		t.Error("still stopped", err)
	}
	k.Register(t, Person(1), "", "")
	w.send(t, k)
	frames := w.feed(t, k)
	var recalls []string
	for _, f := range frames {
		if f.Kind == sealed.FrameRecall {
			recalls = append(recalls, string(f.Content[1:]))
		}
	}
	if len(recalls) != 2 || recalls[1] != "" {
		t.Errorf("recalls %q", recalls)
	}
	if trust, _ = w.publish(t); len(trust.Keys) != 1 || !trust.Keys[0].Revoked.IsZero() {
		t.Errorf("lifted: %+v", trust.Keys)
	}
	need(t, w.store.Suspend(w.ctx, 417, "budi", w.at))
	need(t, w.store.ConfirmRevoke(w.ctx, 417, "ani", w.at))
	if chain, err = w.store.Chain(w.ctx, k.Chain); err != nil || chain.Stopped() != app.OfficeRevoked {
		t.Error("not revoked", err)
	}
	wantCode(t, w.store.Lift(w.ctx, 417, "ani", w.at), app.OfficeNotSuspended)
}

// noNewLeases: a former life's late batches are taken, and nothing more is lent to it.
func noNewLeases(t testing.TB, w *officeWorld) {
	first := w.kiosk(t, 417)
	w.kiosk(t, 417)
	before := len(w.leases(t, first, "serial"))
	block := uint32(w.leases(t, first, "serial")[0].Blocks[0])
	for n := range uint32(50) {
		id := first.Register(t, Person(int(n)), "", "")
		first.Queue(t, block+n+1, id, 0)
	}
	w.send(t, first)
	if n := len(w.leases(t, first, "serial")); n != before {
		t.Error("a life that is over got a lease")
	}
}

// lateBatches: what a revoked life left behind is kept for two people to let in, and bounded.
func lateBatches(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	serial := uint32(w.leases(t, k, "serial")[0].Blocks[0])
	id := k.Register(t, Person(1), "", "")
	k.Queue(t, serial+1, id, 0)
	late := w.delivery(t, k, k.Seal(t))
	need(t, w.store.Revoke(w.ctx, 417, "admin", w.at))
	for range 2 {
		need(t, w.store.SetAside(w.ctx, late))
	}
	all, err := w.store.LateBatches(w.ctx)
	need(t, err)
	if len(all) != 1 || all[0].Chain != k.Chain || all[0].Number != 1 || !all[0].LetInAt.IsZero() {
		t.Fatalf("%+v", all)
	}
	if w.marked(t, serial+1) {
		t.Error("marked before anybody let it in")
	}
	_, err = w.store.AskLetIn(w.ctx, k.Chain, 2, "ani", w.at)
	wantCode(t, err, app.NotFound)
	_, err = w.store.AskLetIn(w.ctx, k.Chain, 1, "", w.at)
	wantCode(t, err, app.OfficeTwoPeople)
	first, err := w.store.AskLetIn(w.ctx, k.Chain, 1, "ani", w.at)
	need(t, err)
	if first.Raw != nil {
		t.Error("one person is enough")
	}
	_, err = w.store.AskLetIn(w.ctx, k.Chain, 1, "ani", w.at)
	wantCode(t, err, app.OfficeTwoPeople)
	both, err := w.store.AskLetIn(w.ctx, k.Chain, 1, "budi", w.at)
	need(t, err)
	if string(both.Raw) != string(late.Raw) || both.AskedBy != "ani" {
		t.Fatal("the batch is not given back")
	}
	_, err = w.store.Take(w.ctx, late)
	need(t, err)
	need(t, w.store.LetIn(w.ctx, both, "budi", w.at))
	if !w.marked(t, serial+1) {
		t.Error("let in, and not marked")
	}
	for n := range books.MostLate + 10 {
		k.Register(t, Person(n+2), "", "")
		need(t, w.store.SetAside(w.ctx, w.delivery(t, k, k.Seal(t))))
	}
	if all, err = w.store.LateBatches(w.ctx); err != nil || len(all) != books.MostLate {
		t.Errorf("%d set aside, %v", len(all), err)
	}
}

// delivery is a batch as head office proved it.
func (w *officeWorld) delivery(t testing.TB, k *Kiosk, p *sealed.Prepared) books.Delivery {
	t.Helper()
	raw, err := p.Seal(w.clerk.Opening.Public())
	need(t, err)
	b, err := sealed.OpenBatch(raw, w.clerk.Opening, public(k.Device))
	need(t, err)
	return books.Delivery{Batch: b, Raw: raw, At: w.at}
}
