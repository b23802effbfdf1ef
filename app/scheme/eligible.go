package scheme

import "loket/app"

// Verdict says whether a person can be registered for the first time. Age is in completed years.
type Verdict struct {
	Age           int
	NeedsGuardian bool
	Problem       *app.Error // nil when the person can be registered
}

// Eligible judges an age as of a day: first registration is possible before the 65th birthday and
// from the minimum age on. A former member who is too old is not refused but referred to the branch.
func Eligible(r *Rules, birth, at app.Date, formerMember bool) Verdict {
	switch {
	case !birth.Known():
		return Verdict{Problem: app.Fail(app.BirthDateMissing)}
	case !birth.Valid() || at.Before(birth):
		return Verdict{Problem: app.Fail(app.BirthDateFuture)}
	}
	v := Verdict{Age: birth.AgeAt(at)}
	v.NeedsGuardian = v.Age < r.Ages.GuardianUntil
	switch {
	case v.Age >= r.Ages.TooOld && formerMember:
		v.Problem = app.Fail(app.TooOldFormer, "limit", r.Ages.TooOld)
	case v.Age >= r.Ages.TooOld:
		v.Problem = app.Fail(app.TooOld, "limit", r.Ages.TooOld)
	case v.Age < r.Ages.Youngest:
		v.Problem = app.Fail(app.TooYoung, "limit", r.Ages.Youngest)
	}
	return v
}

// AgeCode is the verdict as a code of a sponsor list's row: age_over, age_under or "".
func (r *Rules) AgeCode(birth, at app.Date) app.Code {
	switch v := Eligible(r, birth, at, false); app.CodeOf(v.err()) {
	case app.TooOld:
		return app.AgeOver
	case app.TooYoung:
		return app.AgeUnder
	}
	return ""
}

func (v Verdict) err() error {
	if v.Problem == nil {
		return nil
	}
	return v.Problem
}
