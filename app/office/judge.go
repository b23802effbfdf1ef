package office

import (
	"time"

	"loket/app"
)

// Judge is what a checker knows by itself when it judges a certificate: which roots it pins, what
// time it is at least, and the highest epoch that it has met under those roots.
type Judge struct {
	Roots Roots
	Known time.Time
	Epoch uint64
}

// Certificate proves a certificate for something that was said at a moment: at the known time or that
// moment, whichever is later, because a clock may stand behind what head office signed. One of a
// lower epoch than the highest met is void (office.void), whatever it says.
func (j Judge) Certificate(cert []byte, said time.Time, use Uses) (*Certificate, error) {
	at := said
	if j.Known.After(at) {
		at = j.Known
	}
	c, err := ParseCertificate(cert, j.Roots, at, use)
	if err == nil && c.Epoch < j.Epoch {
		return nil, app.Fail(app.OfficeVoid)
	}
	return c, err
}
