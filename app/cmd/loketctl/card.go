package main

import (
	"encoding/hex"
	"io"
	"os"
	"strings"
	"time"

	"loket/app"
	"loket/app/card"
	"loket/app/cose"
	"loket/app/office"
	"loket/app/region"
	"loket/app/words"
)

// cardCmd groups what can be done with the text of a card's code, without a network.
type cardCmd struct {
	Verify   cardVerifyCmd   `cmd:"" help:"card.cli.verify"`
	Inspect  cardInspectCmd  `cmd:"" help:"card.cli.inspect"`
	Claim169 cardClaim169Cmd `cmd:"" name:"claim169" help:"card.cli.claim169"`
}

// cardVerifyCmd judges a card by a trust list, or by one issuer's key.
type cardVerifyCmd struct {
	Text   string   `arg:"" help:"card.cli.text"`
	Trust  string   `help:"card.cli.trust" placeholder:"FILE" xor:"by" required:""`
	Root   []string `help:"card.cli.root" placeholder:"SHA256"`
	Turns  string   `help:"card.cli.rotations" name:"rotations" placeholder:"FILE"`
	Key    string   `help:"card.cli.key" placeholder:"HEX" xor:"by" required:""`
	Status string   `help:"card.cli.status" placeholder:"FILE"`
	Host   []string `help:"card.cli.host" placeholder:"HOST"`
	At     string   `help:"card.cli.at" placeholder:"2026-11-20T08:00:00Z"`
	JSON   bool     `name:"json" help:"cli.json"`
}

// Run ends with errAnswerNo when the card is not genuine.
func (c *cardVerifyCmd) Run(env *Env) error {
	at, err := moment(c.At, env.Now())
	if err != nil {
		return err
	}
	text, err := cardText(env, c.Text)
	if err != nil {
		return err
	}
	lists, err := c.lists()
	if err != nil {
		return err
	}
	answer := lists.judge(text, c.Host, at)
	show := showVerdict
	if c.JSON {
		show = jsonVerdict
	}
	if err := show(env, answer); err != nil {
		return err
	}
	if !answer.verdict.Genuine {
		return errAnswerNo
	}
	return nil
}

// lists are what a verdict rests on. A list that cannot be proven is an answer, not a failure.
type lists struct {
	key         []byte
	roots       office.Roots
	pinned      bool // the roots were given, not taken from the list itself
	trust       *card.TrustList
	trustError  app.Code
	status      *card.StatusList
	statusError app.Code
}

func (c *cardVerifyCmd) lists() (*lists, error) {
	l := &lists{pinned: len(c.Root) > 0}
	for _, text := range c.Root {
		root, err := office.ParseFingerprint(text)
		if err != nil {
			return nil, app.Fail(app.WrongUse, "value", "--root="+text)
		}
		l.roots = append(l.roots, root)
	}
	if c.Turns != "" {
		if err := l.follow(c.Turns); err != nil {
			return nil, err
		}
	}
	if c.Key != "" {
		key, err := hex.DecodeString(c.Key)
		if err != nil || len(key) != 32 {
			return nil, app.Fail(app.WrongUse, "value", "--key="+c.Key)
		}
		l.key = key
	}
	if c.Trust != "" {
		data, err := readFile(c.Trust)
		if err != nil {
			return nil, err
		}
		l.trustFrom(data)
	}
	if c.Status != "" {
		data, err := readFile(c.Status)
		if err != nil {
			return nil, err
		}
		l.statusFrom(data)
	}
	l.oneEpoch()
	return l, nil
}

// oneEpoch refuses the list of the lower epoch: what head office's keys of that epoch signed is void
// since the other was signed, and may come from a stolen key.
func (l *lists) oneEpoch() {
	switch {
	case l.trust == nil || l.status == nil:
	case l.trust.Epoch < l.status.Epoch:
		l.trust, l.trustError = nil, app.OfficeVoid
	case l.status.Epoch < l.trust.Epoch:
		l.status, l.statusError = nil, app.OfficeVoid
	}
}

// follow goes from the pinned root and its successor to the roots of now: what the former root certified
// counts no more.
func (l *lists) follow(path string) error {
	if len(l.roots) != 2 {
		return app.Fail(app.WrongUse, "value", "--rotations="+path)
	}
	b, err := readFile(path)
	if err != nil {
		return err
	}
	var rotations [][]byte
	if err := cose.Unmarshal(b, &rotations); err != nil {
		return err
	}
	now, next, err := office.FollowRotations(l.roots, rotations)
	if err == nil {
		l.roots = office.RootsOf(now, next)
	}
	return err
}

// ownRoot trusts the root that a list names itself, where nobody pinned one.
func (l *lists) ownRoot(list []byte) {
	if len(l.roots) > 0 {
		return
	}
	if root, err := card.OwnRoot(list); err == nil {
		l.roots = office.Roots{root}
	}
}

func (l *lists) trustFrom(data []byte) {
	l.ownRoot(data)
	trust, err := card.ParseTrust(data, l.roots)
	if err != nil {
		l.trustError = app.CodeOf(err)
		return
	}
	l.trust = trust
}

func (l *lists) statusFrom(data []byte) {
	l.ownRoot(data)
	status, err := card.ParseStatus(data, l.roots)
	if err != nil {
		l.statusError = app.CodeOf(err)
		return
	}
	l.status = status
}

// judgement is a verdict with what it rests on.
type judgement struct {
	*lists
	verdict  card.Verdict
	cardCode string
}

func (l *lists) judge(text string, hosts []string, at time.Time) judgement {
	j := judgement{lists: l}
	s, err := card.ParseText(text, hosts)
	switch {
	case err != nil:
		j.verdict = card.Verdict{Reason: app.CodeOf(err), Status: card.Unknown, Colour: card.Red}
		return j
	case l.key != nil:
		j.verdict = card.VerifyWithKey(s, l.key, at)
		if l.status != nil && j.verdict.Genuine && j.verdict.Claims.Serial != 0 {
			j.verdict.Status = l.status.StatusOf(j.verdict.Claims.Serial, at)
		}
	case l.trustError != "":
		j.verdict = card.Verdict{Reason: app.TrustList, Status: card.Unknown, Colour: card.Red}
	default:
		j.verdict = card.Verify(s, l.trust, statusesOf(l.status), at)
	}
	j.cardCode = card.CardCode(s.COSE)
	return j
}

// statusesOf keeps a missing list a nil interface.
func statusesOf(l *card.StatusList) card.Statuses {
	if l == nil {
		return nil
	}
	return l
}

// cardInspectCmd shows what a text claims, and proves nothing.
type cardInspectCmd struct {
	Text string `arg:"" help:"card.cli.text"`
	JSON bool   `name:"json" help:"cli.json"`
}

// Run fails with a code when the text is no credential.
func (c *cardInspectCmd) Run(env *Env) error {
	s, claims, member, err := credentialOf(env, c.Text)
	if err != nil {
		return err
	}
	if c.JSON {
		return jsonInspection(env, s, claims, member)
	}
	if err := env.table(claimRows(env.Lang, claims, card.CardCode(s.COSE)), 0); err != nil {
		return err
	}
	return env.Say("card.cli.unproven")
}

// cardClaim169Cmd writes a card as the text that readers of Claim 169 codes expect.
type cardClaim169Cmd struct {
	Text string `arg:"" help:"card.cli.text"`
	JSON bool   `name:"json" help:"cli.json"`
}

// Run prints the text alone, so that it can be piped.
func (c *cardClaim169Cmd) Run(env *Env) error {
	s, _, _, err := credentialOf(env, c.Text)
	if err != nil {
		return err
	}
	out, err := card.Claim169(s.COSE)
	if err != nil {
		return err
	}
	if c.JSON {
		return env.JSON(map[string]string{"claim169": out})
	}
	return env.Println(out)
}

// credentialOf reads the credential in a text, unproven; member says whether it is a member card.
func credentialOf(env *Env, arg string) (s *card.Scanned, claims *card.Claims, member bool, err error) {
	text, err := cardText(env, arg)
	if err != nil {
		return nil, nil, false, err
	}
	if s, err = card.ParseText(text, nil); err != nil {
		return nil, nil, false, err
	}
	claims, member, err = card.ReadAny(s.COSE)
	return s, claims, member, err
}

// cardText is the argument, or the first lines of the input for "-".
func cardText(env *Env, arg string) (string, error) {
	if arg != "-" {
		return arg, nil
	}
	b, err := io.ReadAll(io.LimitReader(env.In, 1<<16))
	return strings.TrimRight(string(b), "\r\n"), app.Wrap("input", app.FileUnread, err)
}

// readFile reads a list, and no more of a file than a list may have.
func readFile(path string) ([]byte, error) {
	const most = 16 << 20
	f, err := os.Open(path)
	if err != nil {
		return nil, app.Wrap("card", app.FileUnread, err)
	}
	b, err := io.ReadAll(io.LimitReader(f, most+1))
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil && len(b) > most {
		return nil, app.Fail(app.CoseTooBig, "size", len(b), "limit", most)
	}
	return b, app.Wrap("card", app.FileUnread, err)
}

// moment reads --at; without it the answer is for now.
func moment(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return now, nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, app.Fail(app.WrongUse, "value", "--at="+text)
	}
	return at, nil
}

// dayAndHour is a moment for people, in the capital's zone: a card and this command know no branch.
func dayAndHour(lang words.Lang, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(region.Zone(""))
	return app.DateOf(t).String() + words.Say(lang, "card.cli.hour") + t.Format("15.04 ") + app.ZoneName(t)
}
