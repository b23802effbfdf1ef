package officesuite

import (
	"bytes"
	"testing"

	"loket/app"
	"loket/app/card"
	"loket/app/journal"
)

// oldKey: who kept the device key from before a change of keys, and is quicker than the batch that
// changes them, registers nobody.
func oldKey(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	k.Register(t, Person(1), "", "")
	w.send(t, k)
	k.Add(t, journal.DeviceRekeyed, journal.DeviceBody{Key: public(newKey(t)), Issuing: public(newKey(t))}, nil)
	change := k.Seal(t)
	forged := k.Register(t, Person(2), "", "")
	_, err := w.take(t, k, k.Seal(t))
	need(t, err)
	_, err = w.take(t, k, change)
	need(t, err)
	if _, err := w.store.Registration(w.ctx, forged); app.CodeOf(err) != app.NotFound {
		t.Errorf("the old key registered somebody: %v", err)
	}
	if f := w.figures(t); f.Alarms != 1 {
		t.Errorf("%d alarms", f.Alarms)
	}
}

// rekeyed: a kiosk names new keys in an entry that the old device key signs for.
func rekeyed(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	k.Register(t, Person(1), "", "")
	before := public(k.Device)
	device, issuing := newKey(t), newKey(t)
	e := k.Add(t, journal.DeviceRekeyed, journal.DeviceBody{Key: public(device), Issuing: public(issuing)}, nil)
	w.send(t, k)
	k.Device = device
	k.Register(t, Person(2), "", "")
	w.send(t, k)
	chain, err := w.store.Chain(w.ctx, k.Chain)
	need(t, err)
	if !chain.Device.Equal(public(device)) {
		t.Error("the device key is still the old one")
	}
	if len(chain.Former) != 1 || !chain.Former[0].Device.Equal(before) || chain.Former[0].Through != e.Seq {
		t.Errorf("keys before: %+v", chain.Former)
	}
	if n := len(w.decisions(t, k)); n != 2 {
		t.Errorf("%d registrations decided, want 2", n)
	}
	k.Add(t, journal.DeviceRekeyed, journal.DeviceBody{Key: []byte{1}}, nil)
	w.send(t, k)
	if chain, err = w.store.Chain(w.ctx, k.Chain); err != nil || !chain.Device.Equal(public(device)) {
		t.Errorf("half a key was taken: %v", err)
	}
}

// tooOften: a kiosk that changes its keys too often has its issuing key held back, and goes on sending.
func tooOften(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	change := func() {
		device, issuing := newKey(t), newKey(t)
		k.Add(t, journal.DeviceRekeyed, journal.DeviceBody{Key: public(device), Issuing: public(issuing)}, nil)
		w.send(t, k)
		k.Device, k.Issuing = device, issuing
	}
	trusted := func() bool {
		trust, _ := w.publish(t)
		for _, key := range trust.Keys {
			if key.Public.Equal(public(k.Issuing)) {
				return true
			}
		}
		return false
	}
	for n := range card.KeyChangesAMonth {
		change()
		if !trusted() {
			t.Error("change", n+1, "is not in the list")
		}
	}
	change()
	if trusted() {
		t.Error("one change too many is in the list")
	}
	out, err := w.store.LeftOut(w.ctx)
	need(t, err)
	if len(out) != 1 || out[0].Code != app.OfficeKeyTooMany || out[0].Chain != k.Chain || out[0].Through != 0 {
		t.Errorf("left out: %+v", out)
	}
	k.Register(t, Person(1), "", "")
	w.send(t, k)
	if f := w.figures(t); f.Accepted != 1 || f.Quarantined != 0 {
		t.Errorf("%+v", f)
	}
	wantCode(t, w.store.LetKeyIn(w.ctx, 418, "ani", w.at), app.OfficeUnknownKiosk)
	need(t, w.store.LetKeyIn(w.ctx, 417, "ani", w.at))
	if !trusted() {
		t.Error("a person's word does not let the key in")
	}
	if out, err = w.store.LeftOut(w.ctx); err != nil || len(out) != 0 {
		t.Errorf("left out: %+v %v", out, err)
	}
}

// badKeys: keys that nobody honest makes, and keys that were used before, are set aside.
func badKeys(t testing.TB, w *officeWorld) {
	k, other := w.kiosk(t, 417), w.kiosk(t, 418)
	small := make([]byte, 32)
	identity := append([]byte{1}, make([]byte, 31)...)
	again := append([]byte{0xee}, bytes.Repeat([]byte{0xff}, 31)...) // 1, written as 2^255-18
	again[31] = 0x7f
	good := public(newKey(t))
	for _, b := range []journal.DeviceBody{
		{Key: small, Issuing: good},
		{Key: good, Issuing: identity},
		{Key: good, Issuing: again},
		{Key: good[:31], Issuing: good},
		{Key: public(other.Device), Issuing: good},
		{Key: good, Issuing: public(other.Issuing)},
		{Key: public(k.Device), Issuing: good},
	} {
		k.Add(t, journal.DeviceRekeyed, b, nil)
	}
	w.send(t, k)
	chain, err := w.store.Chain(w.ctx, k.Chain)
	need(t, err)
	if f := w.figures(t); !chain.Device.Equal(public(k.Device)) || len(chain.Former) != 0 || f.Quarantined != 7 {
		t.Errorf("%+v %d", chain.Former, f.Quarantined)
	}
}

// manyInOneBatch: keys that come and go within one batch are forgotten; the last one holds, if at all.
func manyInOneBatch(t testing.TB, w *officeWorld) {
	k := w.kiosk(t, 417)
	for range 2 {
		for range 200 {
			k.Add(t, journal.DeviceRekeyed, journal.DeviceBody{Key: public(newKey(t)), Issuing: public(newKey(t))}, nil)
		}
		device, issuing := newKey(t), newKey(t)
		k.Add(t, journal.DeviceRekeyed, journal.DeviceBody{Key: public(device), Issuing: public(issuing)}, nil)
		w.send(t, k)
		k.Device, k.Issuing = device, issuing
	}
	chain, err := w.store.Chain(w.ctx, k.Chain)
	need(t, err)
	if len(chain.Former) != 2 || !chain.Device.Equal(public(k.Device)) {
		t.Errorf("%d former keys", len(chain.Former))
	}
	other := w.kiosk(t, 418)
	trust, _ := w.publish(t)
	if keyOf(trust, public(other.Issuing)) == nil || len(trust.Keys) > 4 {
		t.Errorf("%d keys", len(trust.Keys))
	}
	k.Register(t, Person(1), "", "")
	w.send(t, k)
	if f := w.figures(t); f.Accepted != 1 {
		t.Errorf("%+v", f)
	}
}
