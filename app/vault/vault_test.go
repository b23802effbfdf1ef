package vault_test

import (
	"bytes"
	"crypto/ecdh"
	"crypto/ed25519"
	"strings"
	"testing"

	"loket/app"
	"loket/app/vault"
)

var (
	machine = vault.Machine(bytes.Repeat([]byte{7}, vault.MachineSize))
	cheap   = vault.Cost{Memory: 8, Time: 1}
	here    = vault.Cell{Table: "parts", Column: "sealed", Row: "12"}
)

func TestAValueOpensOnlyWhereItStands(t *testing.T) {
	key := vault.NewKey()
	sealed, err := key.Seal(here, []byte("SITI AMINAH"))
	if err != nil || bytes.Contains(sealed, []byte("SITI")) {
		t.Fatal(err)
	}
	if again, err := key.Seal(here, []byte("SITI AMINAH")); err != nil || bytes.Equal(again, sealed) {
		t.Error("the same value twice shows that it is the same:", err)
	}
	if plain, err := key.Open(here, sealed); err != nil || string(plain) != "SITI AMINAH" {
		t.Fatal(string(plain), err)
	}
	for name, at := range map[string]vault.Cell{
		"another table":  {Table: "drafts", Column: "sealed", Row: "12"},
		"another column": {Table: "parts", Column: "name", Row: "12"},
		"another row":    {Table: "parts", Column: "sealed", Row: "13"},
	} {
		if _, err := key.Open(at, sealed); app.CodeOf(err) != app.VaultUnreadable {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, other := range map[string]*vault.Key{"another kiosk's key": vault.NewKey(), "the next key": key.Next()} {
		if _, err := other.Open(here, sealed); app.CodeOf(err) != app.VaultUnreadable {
			t.Errorf("%s: %v", name, err)
		}
	}
	for i := range sealed {
		bent := bytes.Clone(sealed)
		bent[i] ^= 1
		if _, err := key.Open(here, bent); app.CodeOf(err) != app.VaultUnreadable {
			t.Errorf("byte %d changed: %v", i, err)
		}
		if _, err := key.Open(here, sealed[:i]); app.CodeOf(err) != app.VaultUnreadable {
			t.Errorf("cut after %d: %v", i, err)
		}
	}
}

func TestAForgottenKeyDoesNothing(t *testing.T) {
	key := vault.NewKey()
	sealed, err := key.Seal(here, []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	key.Forget()
	_, errs := key.Open(here, sealed)
	_, errIndex := key.BlindIndex("nik", "6471014510900003")
	_, errName := key.BlobName([32]byte{})
	_, errSlot := vault.SealSlot("dl", vault.Opener{PIN: "836402", Machine: machine}, cheap, vault.Contents{Key: key, Signer: vault.NewSigner()})
	for _, err := range []error{errs, errIndex, errName, errSlot} {
		if app.CodeOf(err) != app.VaultLocked {
			t.Error(err)
		}
	}
}

func TestABlindIndexFindsEqualsOnly(t *testing.T) {
	key := vault.NewKey()
	index := func(k *vault.Key, kind, v string) string {
		b, err := k.BlindIndex(kind, v)
		if err != nil || len(b) != 16 {
			t.Fatal(b, err)
		}
		return string(b)
	}
	nik := index(key, "nik", "6471014510900003")
	if nik != index(key, "nik", "6471014510900003") {
		t.Error("equal numbers must meet")
	}
	for name, other := range map[string]string{
		"another number": index(key, "nik", "6471014510900004"),
		"another kind":   index(key, "kk", "6471014510900003"),
		"another kiosk":  index(vault.NewKey(), "nik", "6471014510900003"),
	} {
		if other == nik {
			t.Error(name)
		}
	}
}

func TestASlotOpensWithPINAndMachine(t *testing.T) {
	key, signer := vault.NewKey(), vault.NewSigner()
	by := vault.Opener{PIN: "836402", Machine: machine}
	slot, err := vault.SealSlot("dl", by, cheap, vault.Contents{Key: key, Signer: signer})
	if err != nil {
		t.Fatal(err)
	}
	b, err := slot.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if slot, err = vault.DecodeSlot(b); err != nil {
		t.Fatal(err)
	}
	opened, err := slot.Open(by)
	if err != nil || !opened.Signer.Equal(signer) || opened.Key.Version() != 1 {
		t.Fatal(opened, err)
	}
	sealed, err := key.Seal(here, []byte("halo"))
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := opened.Key.Open(here, sealed); err != nil || string(plain) != "halo" {
		t.Error("another data key came out:", err)
	}

	elsewhere := vault.Machine(bytes.Repeat([]byte{8}, vault.MachineSize))
	bent, renamed, cheaper := slot, slot, slot
	bent.Sealed = bytes.Clone(slot.Sealed)
	bent.Sealed[3] ^= 1
	renamed.Operator = "bs"
	cheaper.Time = 2
	huge, endless, salted := slot, slot, slot
	huge.Memory = 1 << 31
	endless.Time = 1 << 20
	salted.Salt = nil
	for name, tt := range map[string]struct {
		slot vault.Slot
		by   vault.Opener
		want app.Code
	}{
		"another PIN":         {slot, vault.Opener{PIN: "836403", Machine: machine}, app.VaultPINWrong},
		"another machine":     {slot, vault.Opener{PIN: "836402", Machine: elsewhere}, app.VaultPINWrong},
		"no machine":          {slot, vault.Opener{PIN: "836402"}, app.VaultMachineWrong},
		"changed":             {bent, by, app.VaultPINWrong},
		"another's":           {renamed, by, app.VaultPINWrong},
		"other parameters":    {cheaper, by, app.VaultPINWrong},
		"two tebibytes":       {huge, by, app.VaultSlotBroken},
		"a million passes":    {endless, by, app.VaultSlotBroken},
		"no salt":             {salted, by, app.VaultSlotBroken},
		"nothing in it":       {vault.Slot{}, by, app.VaultSlotBroken},
		"an empty PIN, wrong": {slot, vault.Opener{Machine: machine}, app.VaultPINWrong},
	} {
		if _, err := tt.slot.Open(tt.by); app.CodeOf(err) != tt.want {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
}

func TestThePINThatMayBeChosen(t *testing.T) {
	for pin, want := range map[string]app.Code{
		"836402": "", "190873": "", "50821936": "", "000001": "",
		"": app.VaultPINShort, "83640": app.VaultPINShort,
		"83640a": app.VaultPINDigits, "８３６４０２": app.VaultPINDigits, "836 402": app.VaultPINDigits,
		"111111": app.VaultPINCommon, "123456": app.VaultPINCommon, "654321": app.VaultPINCommon,
		"890123": app.VaultPINCommon, "246802": app.VaultPINCommon, "121212": app.VaultPINCommon,
		"123123": app.VaultPINCommon, "112233": app.VaultPINCommon, "123321": app.VaultPINCommon,
		"147258": app.VaultPINCommon, "17081945": app.VaultPINCommon,
		strings.Repeat("8364029157", 4): app.VaultPINLong,
	} {
		if got := app.CodeOf(vault.CheckPIN(pin, app.RoleOfficer)); got != want {
			t.Errorf("%q: %q, want %q", pin, got, want)
		}
	}
	if got := app.CodeOf(vault.CheckPIN("8364021", app.RoleSupervisor)); got != app.VaultPINShort {
		t.Errorf("seven digits for a supervisor: %q", got)
	}
	if err := vault.CheckPIN("83640219", app.RoleSupervisor); err != nil {
		t.Error(err)
	}
}

func TestHeadOfficeRecoversTheDataKey(t *testing.T) {
	private, err := ecdh.X25519().NewPrivateKey(bytes.Repeat([]byte{9}, 32))
	if err != nil {
		t.Fatal(err)
	}
	chain, key := app.Chain{Kiosk: 417, Incarnation: 1}, vault.NewKey().Next()
	sealed, err := vault.SealRecovery(private.PublicKey().Bytes(), chain, key)
	if err != nil {
		t.Fatal(err)
	}
	value, err := key.Seal(here, []byte("halo"))
	if err != nil {
		t.Fatal(err)
	}
	back, err := vault.OpenRecovery(private.Bytes(), chain, sealed)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := back.Open(here, value); err != nil || string(plain) != "halo" {
		t.Error(err)
	}
	if _, err := vault.OpenRecovery(private.Bytes(), app.Chain{Kiosk: 418, Incarnation: 1}, sealed); app.CodeOf(err) != app.VaultRecoveryKey {
		t.Errorf("as another kiosk's: %v", err)
	}
	if _, err := vault.OpenRecovery(bytes.Repeat([]byte{8}, 32), chain, sealed); app.CodeOf(err) != app.VaultRecoveryKey {
		t.Errorf("with another key: %v", err)
	}
	if _, err := vault.SealRecovery([]byte{1}, chain, key); app.CodeOf(err) != app.VaultRecoveryKey {
		t.Errorf("to no key: %v", err)
	}
}

func TestALabelIsForThisMachine(t *testing.T) {
	label, err := machine.SealLabel("dl", "DEWI LESTARI")
	if err != nil || bytes.Contains(label, []byte("DEWI")) {
		t.Fatal(err)
	}
	if name, err := machine.OpenLabel("dl", label); err != nil || name != "DEWI LESTARI" {
		t.Error(name, err)
	}
	if _, err := machine.OpenLabel("bs", label); app.CodeOf(err) != app.VaultMachineWrong {
		t.Errorf("another's label: %v", err)
	}
	if _, err := vault.Machine(bytes.Repeat([]byte{8}, 32)).OpenLabel("dl", label); app.CodeOf(err) != app.VaultMachineWrong {
		t.Errorf("on another machine: %v", err)
	}
}

func FuzzDecodeSlot(f *testing.F) {
	slot, err := vault.SealSlot("dl", vault.Opener{PIN: "836402", Machine: machine}, cheap, vault.Contents{Key: vault.NewKey(), Signer: vault.NewSigner()})
	if err != nil {
		f.Fatal(err)
	}
	b, err := slot.Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := vault.DecodeSlot(b)
		if err != nil {
			if app.CodeOf(err) != app.VaultSlotBroken {
				t.Error(err)
			}
			return
		}
		if again, err := s.Encode(); err != nil || !bytes.Equal(again, b) {
			t.Errorf("%x encodes as %x", b, again)
		}
	})
}

func BenchmarkSlotOpen(b *testing.B) {
	by := vault.Opener{PIN: "836402", Machine: machine}
	slot, err := vault.SealSlot("dl", by, vault.DefaultCost, vault.Contents{Key: vault.NewKey(), Signer: ed25519.NewKeyFromSeed(make([]byte, 32))})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := slot.Open(by); err != nil {
			b.Fatal(err)
		}
	}
}
