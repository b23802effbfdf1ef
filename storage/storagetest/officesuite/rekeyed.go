package officesuite

import (
	"testing"

	"loket/app/journal"
)

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
