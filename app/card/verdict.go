package card

import (
	"time"

	"loket/app"
)

// Colour is how an answer is shown. Green is only what is certain and good today.
type Colour string

// The colours.
const (
	Green Colour = "green"
	Amber Colour = "amber"
	Red   Colour = "red"
)

// Statuses tells the status of serials; *StatusList is one, a kiosk's table another. Where it is Marks
// too, cards of replaced and revoked keys can be judged.
type Statuses interface {
	StatusOf(serial app.Serial, at time.Time) Status
}

// Verdict is the answer about one card. Genuine rests on signature and trust alone; Reason is one of
// a closed list (docs/CARD-FORMAT.md); Claims are nil when the card could not be read.
type Verdict struct {
	Genuine     bool
	Reason      app.Code
	Status      Status
	Colour      Colour
	Claims      *Claims
	Practice    bool
	TrustIssued time.Time
	TrustAge    time.Duration
	Branch      string // its name, when the trust list gives one
}

// Verify judges a card that was scanned, at a moment. Without a trust list nothing is genuine;
// statuses may be nil.
func Verify(s *Scanned, trust *TrustList, statuses Statuses, at time.Time) Verdict {
	v := Verdict{Status: Unknown, Colour: Red}
	if trust != nil {
		v.TrustIssued, v.TrustAge = trust.Issued, trust.Age(at)
	}
	c, err := Parse(s.COSE)
	if err != nil {
		v.Reason = app.CardNotOurs
		return v
	}
	v.Claims, v.Practice = &c.Claims, c.Claims.Practice()
	marks, ok := statuses.(Marks)
	if !ok {
		marks = nil
	}
	if v.Reason = judge(c, trust, marks); v.Reason != app.CardGenuine {
		if v.Reason == app.TrustMarksMissing {
			v.Colour = Amber // nothing is said against the card, and nothing for it
		}
		return v
	}
	v.Genuine, v.Reason = true, reservation(c, s, trust, at)
	v.Branch = trust.Branches[c.Claims.Branch]
	if statuses != nil {
		v.Status = statuses.StatusOf(c.Claims.Serial, at)
	}
	v.Colour = colour(v)
	return v
}

// VerifyText is Verify for a text; one that cannot be read is a verdict too.
func VerifyText(text string, ownHosts []string, trust *TrustList, statuses Statuses, at time.Time) Verdict {
	s, err := ParseText(text, ownHosts)
	if err != nil {
		return Verdict{Reason: app.CodeOf(err), Status: Unknown, Colour: Red}
	}
	return Verify(s, trust, statuses, at)
}

// judge says why a card is not genuine, or card.genuine. Several keys may share an id, so each is
// tried, and the one whose signature fits decides.
func judge(c *Credential, trust *TrustList, marks Marks) app.Code {
	if trust == nil {
		return app.TrustMissing
	}
	keys := trust.keysOf(c.KeyID)
	if len(keys) == 0 && trust.objects != nil && !trust.pageAtHand(c.KeyID) {
		return app.TrustMissing
	}
	if len(keys) == 0 {
		return app.CardUnknownKey
	}
	reason := app.CardSignature
	for _, k := range keys {
		if c.message.SignedBy(k.Public) != nil {
			continue
		}
		if reason = k.judge(c, marks); reason == app.CardGenuine {
			break
		}
	}
	return reason
}

// judge says what a key whose signature fits says of a card. The day that stands on a card is the
// signer's own word: of a key that was replaced or revoked, only what is marked counts.
func (k *Key) judge(c *Credential, marks Marks) app.Code {
	if since, revoked := k.Former(); !since.IsZero() && !k.inline {
		if marks == nil {
			return app.TrustMarksMissing
		}
		switch marked, known := marks.Marked(c.Claims.Serial, Mark(c.bytes), since); {
		case marked:
			return app.CardGenuine
		case !known:
			return app.TrustMarksMissing
		case revoked:
			return app.CardKeyRevoked
		}
		return app.CardKeyReplaced
	}
	switch issued := c.Claims.IssuedAt; {
	case issued.Before(k.From) || !issued.Before(k.Until):
		return app.CardOutsideWindow
	case c.Claims.Expires.After(k.VerifyUntil):
		return app.CardOutlivesKey
	case !k.leased(c.Claims.Serial):
		return app.CardSerialForeign
	case !k.Revoked.IsZero() && !k.accepts(c.bytes):
		return app.CardKeyRevoked
	}
	return app.CardGenuine
}

// reservation is why a genuine card is not green, or card.genuine. What will not pass by itself comes
// first.
func reservation(c *Credential, s *Scanned, trust *TrustList, at time.Time) app.Code {
	switch {
	case !at.Before(c.Claims.Expires):
		return app.CardExpired
	case s.Foreign:
		return app.CardForeignHost
	case trust.Stale(at):
		return app.TrustStale
	}
	return app.CardGenuine
}

// colour of a genuine card's verdict. A practice card is never green: it covers nobody.
func colour(v Verdict) Colour {
	switch {
	case v.Status == Invalid:
		return Red
	case v.Reason == app.CardGenuine && v.Status == Active && !v.Practice:
		return Green
	}
	return Amber
}
