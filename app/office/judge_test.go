package office_test

import (
	"bytes"
	"crypto/ed25519"
	"testing"
	"time"

	"loket/app"
	"loket/app/office"
)

// A list is judged at its day of issue, by the highest epoch met, and, where the time is known, not taken in
// long after its certificate's end: its day of issue is the signer's own word.
func TestAListIsJudgedByEpochAndKnownTime(t *testing.T) {
	root := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, 32))
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{2}, 32)).Public().(ed25519.PublicKey)
	from := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	until := from.AddDate(0, 1, 0)
	cert, err := office.IssueCertificate(root, office.Certificate{Epoch: 2, Key: key, Uses: office.ForTrust, From: from, Until: until})
	if err != nil {
		t.Fatal(err)
	}
	roots := office.RootsOf(root.Public().(ed25519.PublicKey))
	day := 24 * time.Hour
	for name, tt := range map[string]struct {
		judge  office.Judge
		issued time.Time
		want   app.Code
	}{
		"in force":                      {office.Judge{Known: from.Add(day), Epoch: 2}, from.Add(day), ""},
		"no time, no epoch known":       {office.Judge{}, from.Add(day), ""},
		"issued before the certificate": {office.Judge{Epoch: 2}, from.Add(-day), app.OfficeNotYet},
		"issued as it ended":            {office.Judge{Epoch: 2}, until, app.OfficeExpired},
		"issued long after it ended":    {office.Judge{Known: from}, until.AddDate(8, 0, 0), app.OfficeExpired},
		"of a lower epoch":              {office.Judge{Known: from.Add(day), Epoch: 3}, from.Add(day), app.OfficeVoid},
		"on its way over the end":       {office.Judge{Known: until.Add(7 * day), Epoch: 2}, until.Add(-day), ""},
		"arrives long after the end":    {office.Judge{Known: until.Add(32 * day), Epoch: 2}, until.Add(-day), app.OfficeExpired},
	} {
		tt.judge.Roots = roots
		if _, err := tt.judge.List(cert, tt.issued, office.ForTrust); codeOf(err) != tt.want {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}

func codeOf(err error) app.Code {
	if err == nil {
		return ""
	}
	return app.CodeOf(err)
}
