package post_test

import (
	"slices"
	"testing"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/office"
	"loket/app/sealed"
	"loket/app/vault"
)

// A rehearsed compromise: who has stolen an office key signs lists in its epoch with numbers far ahead. The
// kiosk that has met the next epoch refuses them, of either kind, also when a genuine frame brings them;
// what was taken in before gives way to head office's next list.
func TestAKioskRefusesListsOfAStolenOfficeKey(t *testing.T) {
	k := newLoket(t)
	defer k.close()
	p := k.office
	stolen, cert := p.key, p.cert
	const farAhead = 1 << 50
	list := func(epoch, seq uint64) []byte {
		l := card.TrustList{Epoch: epoch, Seq: seq, Issued: p.clock.Now(), NextUpdate: p.clock.Now().Add(100 * time.Hour), Certificate: cert, Keys: []card.Key{{
			Public: vault.Public(vault.NewSigner()), Branch: "BALIKPAPAN", Kiosk: 417, Life: 1, From: p.clock.Now(), Until: p.clock.Now().AddDate(1, 0, 0),
			VerifyUntil: p.clock.Now().AddDate(6, 0, 0), Serials: []card.SerialRange{{First: 64, Last: 127}},
		}}}
		by := stolen
		if epoch == 2 {
			l.Certificate, by = p.cert, p.key
		}
		raw, err := l.Sign(by)
		k.must(err)
		return raw
	}
	brings := func(kind sealed.FrameKind, raw []byte) []app.Code {
		_, err := p.tell(kind, 0, raw)
		k.must(err)
		k.carry()
		return k.apply().Refused
	}
	held := func() (epoch, seq uint64) {
		raw, err := k.store.Trust(t.Context())
		k.must(err)
		l, err := card.ParseTrust(raw, p.roots())
		k.must(err)
		return l.Epoch, l.Seq
	}
	if refused := brings(sealed.FrameTrust, list(1, farAhead)); len(refused) != 0 {
		t.Fatalf("before anybody knew: %v", refused)
	}
	oldStatus := p.statusList(t, farAhead, stolen)

	p.key = vault.NewSigner()
	var err error
	p.cert, err = office.IssueCertificate(p.root, office.Certificate{
		Epoch: 2, Key: vault.Public(p.key), HPKEKey: p.address.Public(), Uses: office.ForReceipts | office.ForFeed | office.ForTrust | office.ForStatus,
		From: p.clock.Now().Add(-time.Hour), Until: p.clock.Now().AddDate(0, 1, 0),
	})
	k.must(err)
	if refused := brings(sealed.FrameMessage, []byte{0x82, 0x61, 'a', 0x61, 'b'}); len(refused) != 0 {
		t.Fatalf("the new epoch's first word: %v", refused)
	}
	for name, raw := range map[string]struct {
		kind sealed.FrameKind
		list []byte
	}{"trust": {sealed.FrameTrust, list(1, farAhead+1)}, "status": {sealed.FrameStatus, oldStatus}} {
		if refused := brings(raw.kind, raw.list); !slices.Equal(refused, []app.Code{app.OfficeVoid}) {
			t.Errorf("%s: refused %v", name, refused)
		}
	}
	if refused := brings(sealed.FrameTrust, list(2, 7)); len(refused) != 0 {
		t.Errorf("head office's next list: %v", refused)
	}
	if epoch, seq := held(); epoch != 2 || seq != 7 {
		t.Errorf("the list of epoch %d, %d is held", epoch, seq)
	}
	if n := k.statusSeq(); n != 0 {
		t.Errorf("the stolen key's status list %d is held", n)
	}
}
