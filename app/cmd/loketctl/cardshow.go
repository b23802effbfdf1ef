package main

import (
	"encoding/hex"
	"strconv"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/words"
)

// claimsJSON is what a credential claims, for --json. Of other issuers' credentials the fields of a
// member card stay empty.
type claimsJSON struct {
	MemberNumber string     `json:"member_number"`
	Name         string     `json:"name"`
	Issuer       string     `json:"issuer,omitempty"`
	IssuedAt     *time.Time `json:"issued_at,omitempty"`
	Expires      *time.Time `json:"expires,omitempty"`
	Programmes   string     `json:"programmes,omitempty"`
	Branch       string     `json:"branch,omitempty"`
	Serial       app.Serial `json:"serial,omitempty"`
	Generation   int        `json:"generation,omitempty"`
	Payer        string     `json:"payer,omitempty"`
}

var payerNames = map[card.PayerClass]string{
	card.PaysSelf: "self", card.PaysGovernment: "government", card.PaysOther: "other",
}

func claimsOf(c *card.Claims) claimsJSON {
	if c == nil {
		return claimsJSON{}
	}
	out := claimsJSON{
		MemberNumber: string(c.Member), Name: c.Name, Issuer: c.Issuer,
		IssuedAt: known(c.IssuedAt), Expires: known(c.Expires),
	}
	if c.Serial != 0 {
		out.Programmes, out.Branch, out.Serial = c.Programmes.String(), c.Branch, c.Serial
		out.Generation, out.Payer = c.Generation, payerNames[c.Payer]
	}
	return out
}

func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// verdictJSON is the form that other programs rely on.
type verdictJSON struct {
	Genuine bool        `json:"genuine"`
	Reason  app.Code    `json:"reason"`
	Status  card.Status `json:"status"`
	Colour  card.Colour `json:"colour"`
	claimsJSON
	CardCode        string     `json:"card_code,omitempty"`
	Practice        bool       `json:"practice"`
	TrustIssued     *time.Time `json:"trust_issued,omitempty"`
	TrustAgeSeconds int64      `json:"trust_age_seconds,omitempty"`
	TrustError      app.Code   `json:"trust_error,omitempty"`
	StatusIssued    *time.Time `json:"status_issued,omitempty"`
	StatusError     app.Code   `json:"status_error,omitempty"`
	Roots           []string   `json:"roots,omitempty"`
	RootPinned      bool       `json:"root_pinned"`
}

func jsonVerdict(env *Env, j judgement) error {
	v := j.verdict
	out := verdictJSON{
		Genuine: v.Genuine, Reason: v.Reason, Status: v.Status, Colour: v.Colour, Practice: v.Practice,
		CardCode: j.cardCode, TrustIssued: known(v.TrustIssued), TrustAgeSeconds: int64(v.TrustAge.Seconds()),
		TrustError: j.trustError, StatusError: j.statusError, RootPinned: j.pinned,
	}
	if v.Genuine { // what nobody vouches for is not repeated
		out.claimsJSON = claimsOf(v.Claims)
	}
	if j.status != nil {
		out.StatusIssued = known(j.status.Issued)
	}
	for _, r := range j.roots {
		out.Roots = append(out.Roots, r.String())
	}
	return env.JSON(out)
}

func showVerdict(env *Env, j judgement) error {
	v := j.verdict
	if err := env.Println(words.Say(env.Lang, string(v.Reason)) + " [" + string(v.Reason) + "]"); err != nil {
		return err
	}
	if v.Genuine {
		rows := append(claimRows(env.Lang, v.Claims, j.cardCode), []string{
			words.Say(env.Lang, "card.cli.row.status"), words.Say(env.Lang, v.Status.Key()),
		})
		if err := env.table(rows, 0); err != nil {
			return err
		}
	}
	for _, line := range remarks(env.Lang, j) {
		if err := env.Println(line); err != nil {
			return err
		}
	}
	return nil
}

// remarks say what a verdict rests on, and what keeps it from resting firmly.
func remarks(lang words.Lang, j judgement) []string {
	var out []string
	say := func(when bool, key string, pairs ...any) {
		if when {
			out = append(out, words.Say(lang, key, pairs...))
		}
	}
	say(j.verdict.Practice, "card.cli.practice")
	say(j.trust != nil, "card.cli.trust_of", "date", dayAndHour(lang, j.verdict.TrustIssued))
	say(j.trustError != "", string(j.trustError))
	if j.status != nil {
		say(true, "card.cli.status_of", "date", dayAndHour(lang, j.status.Issued))
	}
	say(j.statusError != "", string(j.statusError))
	if !j.pinned && len(j.roots) > 0 {
		say(true, "card.cli.own_root", "root", j.roots[0].String())
	}
	return out
}

func claimRows(lang words.Lang, c *card.Claims, code string) [][]string {
	var rows [][]string
	row := func(name, value string) {
		if value != "" {
			rows = append(rows, []string{words.Say(lang, "card.cli.row."+name), value})
		}
	}
	row("name", c.Name)
	row("member", c.Member.Grouped())
	row("issuer", c.Issuer)
	if c.Serial != 0 {
		row("programmes", c.Programmes.String())
		row("branch", c.Branch)
		row("serial", c.Serial.String())
		row("generation", strconv.Itoa(c.Generation))
		row("payer", words.Say(lang, "card.cli.payer."+payerNames[c.Payer]))
		row("code", code)
	}
	row("issued", dayAndHour(lang, c.IssuedAt))
	row("expires", dayAndHour(lang, c.Expires))
	return rows
}

// inspectionJSON is a credential taken apart, nothing proven.
type inspectionJSON struct {
	MemberCard bool   `json:"member_card"`
	KeyID      string `json:"key_id,omitempty"`
	claimsJSON
	CardCode  string `json:"card_code"`
	Address   string `json:"address,omitempty"`
	COSE      string `json:"cose"`
	Digits    string `json:"digits"`
	QRVersion int    `json:"qr_version,omitempty"`
}

func jsonInspection(env *Env, s *card.Scanned, claims *card.Claims, member bool) error {
	out := inspectionJSON{
		MemberCard: member, claimsJSON: claimsOf(claims), CardCode: card.CardCode(s.COSE),
		Address: s.Address, COSE: hex.EncodeToString(s.COSE), Digits: card.Digits(s.COSE),
	}
	if c, err := card.Parse(s.COSE); err == nil {
		out.KeyID = hex.EncodeToString(c.KeyID[:])
	}
	if version, err := card.QRVersion(out.Digits); err == nil {
		out.QRVersion = version
	}
	return env.JSON(out)
}
