package vault

import (
	"slices"
	"strings"

	"loket/app"
)

// The lengths of a PIN, in digits.
const (
	PINLeast           = 6
	PINLeastSupervisor = 8
	PINMost            = 32
)

// CheckPIN says whether a PIN may be chosen: digits only, long enough for the role, and not one
// that a thief tries first.
func CheckPIN(pin string, role app.Role) error {
	least := PINLeast
	if role == app.RoleSupervisor {
		least = PINLeastSupervisor
	}
	switch {
	case strings.Trim(pin, "0123456789") != "":
		return app.Fail(app.VaultPINDigits)
	case len(pin) < least:
		return app.Fail(app.VaultPINShort, "least", least)
	case len(pin) > PINMost:
		return app.Fail(app.VaultPINLong, "most", PINMost)
	case common(pin):
		return app.Fail(app.VaultPINCommon)
	}
	return nil
}

// common finds the PINs that people choose most: one step all along (111111, 123456, 987654,
// 246802), a short piece over and over (121212, 123123), pairs (112233), a walk forth and back
// (123321), and well-known ones.
func common(pin string) bool {
	return sameStep(pin) || repeats(pin) || doubled(pin) || mirrored(pin) || slices.Contains(wellKnown, pin)
}

// wellKnown are patterns of the key pad and others that the rules do not find.
var wellKnown = []string{
	"147258", "258369", "147852", "159753", "159357", "789456", "456789", "123654", "456123",
	"147258369", "14725836", "12345679", "102030", "010203", "10203040", "01020304", "696969",
	"080808", "007007", "170845", "17081945", "01011990", "31121999", "13579246", "24681357", "12348765",
}

func sameStep(pin string) bool {
	step := (pin[1] - pin[0] + 10) % 10
	for i := 2; i < len(pin); i++ {
		if (pin[i]-pin[i-1]+10)%10 != step {
			return false
		}
	}
	return true
}

func repeats(pin string) bool {
	for n := 1; n <= len(pin)/2; n++ {
		if len(pin)%n == 0 && strings.Repeat(pin[:n], len(pin)/n) == pin {
			return true
		}
	}
	return false
}

// doubled is a run of twins that goes by one step: 112233, 99887766.
func doubled(pin string) bool {
	var half []byte
	for i := 0; i+1 < len(pin); i += 2 {
		if pin[i] != pin[i+1] {
			return false
		}
		half = append(half, pin[i])
	}
	return len(pin)%2 == 0 && len(half) > 2 && sameStep(string(half))
}

// mirrored is a run forth and back: 123321, 12344321.
func mirrored(pin string) bool {
	half := pin[:(len(pin)+1)/2]
	back := []byte(pin)
	slices.Reverse(back)
	return len(half) > 2 && string(back) == pin && sameStep(half)
}
