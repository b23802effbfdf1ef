package masuk

import (
	"strings"

	"loket/app"
	"loket/app/vault"
)

// Newcomer is somebody who gets a place here: a name, and a PIN that is chosen twice.
type Newcomer struct {
	Name  string
	PIN   string // the first time; the second is compared with it
	Wrong string // the field that is wrong: code, name or pin
	Done  bool   // both PINs agree
}

// Take takes a PIN, first and again, and says what is wrong.
func (n *Newcomer) Take(pin string, role app.Role) error {
	n.Wrong, n.Done = "", false
	switch {
	case strings.TrimSpace(n.Name) == "":
		n.Wrong = "name"
		return app.Fail(app.AccessNameMissing)
	case n.PIN == "":
		if err := vault.CheckPIN(pin, role); err != nil {
			n.Wrong = "pin"
			return err
		}
		n.PIN = pin
	case n.PIN != pin:
		n.Wrong, n.PIN = "pin", ""
		return app.Fail(app.SignInPINDiffers)
	default:
		n.Done = true
	}
	return nil
}

// Refused takes in why somebody got no place; true when it was the name or the PIN.
func (n *Newcomer) Refused(err error) bool {
	n.PIN, n.Done = "", false
	switch app.CodeOf(err) {
	case app.AccessNameMissing:
		n.Wrong = "name"
	case app.VaultPINCommon, app.VaultPINDigits, app.VaultPINLong, app.VaultPINShort:
		n.Wrong = "pin"
	default:
		n.Wrong = "code"
		return false
	}
	return true
}
