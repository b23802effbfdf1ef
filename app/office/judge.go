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

// lateWord is how long after the end of its certificate a list is still taken in: it was published while the
// certificate held and has travelled since. Head office makes each list anew every few days.
const lateWord = 31 * 24 * time.Hour

// List proves the certificate in a list that was issued at a moment: its certificate must have held then.
// A list stays in force after its certificate's end, until the next one has come; but one that arrives
// long after that end is refused (office.expired), because its day of issue is its signer's own word. Where
// no time is known (zero) that is not asked: so are lists judged that were taken in before. One of a lower
// epoch than the highest met is void (office.void).
func (j Judge) List(cert []byte, issued time.Time, use Uses) (*Certificate, error) {
	c, err := ParseCertificate(cert, j.Roots, issued, use)
	switch {
	case err != nil:
		return nil, err
	case c.Epoch < j.Epoch:
		return nil, app.Fail(app.OfficeVoid)
	case j.Known.After(c.Until.Add(lateWord)):
		return nil, app.Fail(app.OfficeExpired)
	}
	return c, nil
}
