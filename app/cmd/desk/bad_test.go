package desk_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/checking"
	"loket/app/counter"
	"loket/app/scheme"
	"loket/app/words"
)

// What was typed wrongly never becomes a registration, and never gets lost.
func TestWhatIsTypedWronglyStaysADraft(t *testing.T) {
	k := begun(t, folder(t))
	for name, tt := range map[string]struct {
		spoil func(*counter.Form)
		want  app.Code // of the refusal
		field counter.Field
		why   app.Code // at the field
	}{
		"a NIK with an impossible date": {
			func(f *counter.Form) { f.Type(scheme.FieldNIK, "6471013213900003") },
			app.RegistrationUnreadable, scheme.FieldNIK, app.NIKImpossible,
		},
		"a NIK that is too short": {
			func(f *counter.Form) { f.Type(scheme.FieldNIK, "64710145109000") },
			app.RegistrationUnreadable, scheme.FieldNIK, app.NIKLength,
		},
		"a birth date to come": {
			func(f *counter.Form) { f.Type(scheme.FieldBirthDate, "05-10-2030") },
			app.BirthDateFuture, scheme.FieldBirthDate, app.BirthDateFuture,
		},
		"65 years old today": {
			func(f *counter.Form) { f.Type(scheme.FieldBirthDate, "20-11-1961") },
			app.TooOld, scheme.FieldBirthDate, app.TooOld,
		},
		"no name": {
			func(f *counter.Form) { f.Type(scheme.FieldName, "   ") },
			app.RegistrationIncomplete, scheme.FieldName, "",
		},
		"a village that nobody knows": {
			func(f *counter.Form) { f.Record.Address.Village = "64.71.01.9999" },
			app.RegistrationUnreadable, scheme.FieldVillage, app.VillageUnknown,
		},
	} {
		t.Run(name, func(t *testing.T) {
			before := k.seq()
			d := k.typed(t)
			tt.spoil(&d.Form)
			_, err := k.Counter.Save(t.Context(), k.s.Operator, d)
			refused(t, err, tt.want)
			i := k.Counter.Inspect(d.Form)
			if tt.why == "" {
				if len(i.Missing) != 1 || i.Missing[0] != tt.field {
					t.Errorf("missing: %v", i.Missing)
				}
			} else {
				refused(t, i.Of(tt.field)[0].Err, tt.why)
			}
			if kept := k.kept(t, d); kept.Reason != tt.want {
				t.Errorf("the draft's reason is %q", kept.Reason)
			}
			k.intact(t, before)
		})
	}
}

// A day short of 65 the same person can be registered: the rule is the law's, not the test's.
func TestADayBefore65IsWelcome(t *testing.T) {
	k := begun(t, folder(t))
	d := k.typed(t)
	d.Form.Type(scheme.FieldBirthDate, "21-11-1961")
	_, err := k.Counter.Save(t.Context(), k.s.Operator, d)
	must(t, err)
}

func TestAWrongPINOpensNothingAndLosesNothing(t *testing.T) {
	k := begun(t, folder(t))
	draft, who := k.typed(t), k.s.Operator.ID
	must(t, k.SignOut(t.Context()))
	wrong := func() error {
		_, err := k.SignIn(t.Context(), who, "00000000")
		return err
	}
	for range 4 {
		refused(t, wrong(), app.AccessPINWrong)
	}
	refused(t, wrong(), app.AccessPINWait)
	_, err := k.SignIn(t.Context(), who, pin)
	refused(t, err, app.AccessPINWait)
	k.clock.add(time.Hour)
	k.signIn(t)
	k.kept(t, draft)
}

// Without a lease there is no card; the registration and its slip are there all the same, and the
// card comes with the next lease.
func TestAnExpiredLeaseHoldsUpTheCardAlone(t *testing.T) {
	k := enrolled(t)
	r := k.registered(t)
	k.clock.add(181 * 24 * time.Hour)
	officeTime.add(181 * 24 * time.Hour)
	t.Cleanup(func() { officeTime.add(-181 * 24 * time.Hour) })
	before := k.seq()
	_, err := k.Issuing.Issue(t.Context(), k.s.Operator, r.ID)
	refused(t, err, app.CardLeaseExpired)
	k.intact(t, before)
	if _, err := k.Paper.Slip(t.Context(), r); err != nil {
		t.Error("the slip:", err)
	}
	late := k.registered(t)
	if late.Member != "" {
		t.Errorf("a member number out of an expired lease: %s", late.Member)
	}
	_, err = k.Issuing.Issue(t.Context(), k.s.Operator, late.ID)
	refused(t, err, app.CardNoMember)
	k.exchange(t)
	k.exchange(t)
	if _, err := k.Issuing.Issue(t.Context(), k.s.Operator, r.ID); err != nil {
		t.Error("after the next lease:", err)
	}
}

// cards makes QR texts of cards that are not as they should be.
type cards struct {
	*kiosk
	good app.Card
	text string
}

func (c cards) signed(t *testing.T, change func(*card.Claims)) string {
	t.Helper()
	credential, err := card.Parse(c.good.Credential)
	must(t, err)
	claims := credential.Claims
	change(&claims)
	signed, err := card.Sign(claims, c.s.Keys.Issuing)
	must(t, err)
	text, err := card.URL(c.Settings().Host, signed)
	must(t, err)
	return text
}

func issued(t *testing.T, k *kiosk) cards {
	t.Helper()
	c, err := k.Issuing.Issue(t.Context(), k.s.Operator, k.registered(t).ID)
	must(t, err)
	f, err := k.Issuing.Face(t.Context(), c.Serial)
	must(t, err)
	k.exchange(t)
	return cards{k, c, f.Text}
}

func TestWhatACheckSaysOfBadCards(t *testing.T) {
	k := enrolled(t)
	c := issued(t, k)
	answer := k.check(t, c.text)
	if !answer.Genuine {
		t.Fatalf("the good card: %+v", answer.Verdict)
	}
	digits := strings.LastIndexByte(c.text, '#') + 1
	other := []byte(c.text)
	other[len(other)-40] = '0' + (other[len(other)-40]-'0'+1)%10
	for name, tt := range map[string]struct {
		text    string
		genuine bool
		colour  card.Colour
		want    []app.Code
	}{
		"somebody else's address": {"HTTPS://KARTU.PALSU.ID/K#" + c.text[digits:], true, card.Amber, []app.Code{app.CardForeignHost}},
		"somebody else's code":    {"HTTPS://CONTOH.ID/PROMO?A=1", false, card.Red, []app.Code{app.CardUnreadable, app.CardNotOurs}},
		"a digit changed":         {string(other), false, card.Red, []app.Code{app.CardSignature, app.CardNotOurs, app.CardUnreadable}},
		"half of it":              {c.text[:len(c.text)-30], false, card.Red, []app.Code{app.CardUnreadable, app.CardNotOurs}},
		"a serial of another kiosk": {
			c.signed(t, func(claims *card.Claims) { claims.Serial = 4_000_000 }), false, card.Red, []app.Code{app.CardSerialForeign},
		},
	} {
		t.Run(name, func(t *testing.T) {
			a := k.check(t, tt.text)
			if a.Genuine != tt.genuine || a.Colour != tt.colour || !oneOf(a.Reason, tt.want) {
				t.Errorf("%v %s %s, want %s %v", a.Genuine, a.Colour, a.Reason, tt.colour, tt.want)
			}
			refused(t, app.Fail(a.Reason), a.Reason)
			if a.Genuine {
				return
			}
			_, err := k.Issuing.Confirm(t.Context(), k.s.Operator, tt.text)
			if err == nil {
				t.Error("it was taken for a printed card")
			}
			refused(t, err, app.CodeOf(err))
		})
	}
}

func TestAnExpiredCardIsGenuineAndNotGood(t *testing.T) {
	k := enrolled(t)
	c := issued(t, k)
	k.clock.add(6 * 366 * 24 * time.Hour)
	a := k.check(t, c.text)
	if !a.Genuine || a.Reason != app.CardExpired || a.Colour == card.Green {
		t.Errorf("%v %s %s", a.Genuine, a.Reason, a.Colour)
	}
	refused(t, app.Fail(a.Reason), app.CardExpired)
}

// After a kiosk was revoked, what head office had not accepted before is no card; what it had, is.
func TestARevokedKiosksCards(t *testing.T) {
	c, other := issued(t, enrolled(t)), enrolled(t)
	later := c.signed(t, func(claims *card.Claims) { claims.Name = "SOMEBODY ELSE" })
	must(t, headOffice.Office.Revoke(t.Context(), c.good.Registration.Kiosk, "test"))
	must(t, headOffice.Office.Publish(t.Context()))
	other.exchange(t)
	if a := other.check(t, c.text); !a.Genuine {
		t.Errorf("accepted before: %s", a.Reason)
	}
	a := other.check(t, later)
	if a.Genuine || a.Colour != card.Red {
		t.Errorf("%v %s %s", a.Genuine, a.Colour, a.Key)
	}
	refused(t, app.Fail(a.Reason), app.CardKeyRevoked)
	if _, err := c.Issuing.Confirm(t.Context(), c.s.Operator, c.text); app.CodeOf(err) != app.CardOtherState {
		t.Errorf("a card that was never printed is confirmed: %v", err)
	}
}

func (k *kiosk) check(t *testing.T, text string) checking.Answer {
	t.Helper()
	a, err := k.Checking.Check(context.Background(), text)
	must(t, err)
	for _, lang := range []words.Lang{words.ID, words.EN} {
		if s := words.Say(lang, a.Key); strings.HasPrefix(s, "[") {
			t.Errorf("no sentence for %s in %s", a.Key, lang)
		}
	}
	return a
}

func oneOf(code app.Code, of []app.Code) bool {
	for _, c := range of {
		if c == code {
			return true
		}
	}
	return false
}
