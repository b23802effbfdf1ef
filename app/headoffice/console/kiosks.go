package console

import (
	"encoding/base64"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"loket/app"
	"loket/app/office/books"
	"loket/app/words"
)

// kiosksPage is all kiosks, and the form for a new one with what was typed.
type kiosksPage struct {
	Rows  []books.KioskRow
	Waits map[app.Kiosk]bool // suspended, for a second person to decide
	Typed invitation
}

// invitation is the form for a new kiosk or the next life of one.
type invitation struct {
	Kiosk, Branch, BranchName, Address, Label string
	Former                                    string // what became of the computer before: "kept", "stolen"; "" not said
	AskFormer                                 bool   // the number has a computer already
}

func (c *Console) kiosks(v *visit) error { return c.showKiosks(v, http.StatusOK, "", invitation{}) }

func (c *Console) showKiosks(v *visit, status int, notice string, typed invitation) error {
	rows, err := c.desk.Kiosks(v.r.Context(), c.clock.Now())
	if err != nil {
		return err
	}
	waiting, err := c.desk.Suspended(v.r.Context())
	if err != nil {
		return err
	}
	waits := map[app.Kiosk]bool{}
	for _, s := range waiting {
		waits[s.Chain.Kiosk] = true
	}
	c.show(v, status, "kiosks", page{Title: "console.kiosks.title", Notice: notice, Data: kiosksPage{rows, waits, typed}})
	return nil
}

// invite makes an enrolment token, by the word of two people. What was typed stays on the form when it
// is refused.
func (c *Console) invite(v *visit) error {
	value := func(name string) string { return strings.TrimSpace(v.r.PostFormValue(name)) }
	typed := invitation{
		Kiosk: value("kiosk"), Branch: value("branch"), BranchName: value("branchname"), Address: value("branchaddress"), Label: value("label"), Former: value("former"),
	}
	chain, text, err := c.invited(v, &typed)
	if err != nil {
		c.refused(v, err)
		return c.showKiosks(v, statusOf(err), words.Error(v.lang, err), typed)
	}
	data := struct {
		Chain app.Chain
		Text  string
		Image template.URL
		File  template.URL
	}{chain, text, "", template.URL("data:text/plain;base64," + base64.StdEncoding.EncodeToString([]byte(text+"\n")))}
	if c.qr != nil {
		png, err := c.qr(text)
		if err != nil {
			return err
		}
		data.Image = template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png))
	}
	c.show(v, http.StatusOK, "token", page{Title: "console.token.title", Data: data})
	return nil
}

func (c *Console) invited(v *visit, typed *invitation) (app.Chain, string, error) {
	kiosk, err := strconv.ParseUint("0"+typed.Kiosk, 10, 17)
	if err != nil || kiosk > 99999 {
		return app.Chain{}, "", app.Fail(app.WrongUse, "value", words.Say(v.lang, "console.kiosks.number"))
	}
	if err := c.askFormer(v, app.Kiosk(kiosk), typed); err != nil {
		return app.Chain{}, "", err
	}
	g := books.Guest{Stolen: typed.Former == "stolen", Kiosk: app.Kiosk(kiosk), BranchCode: typed.Branch, BranchName: typed.BranchName, Label: typed.Label, BranchAddress: typed.Address}
	if g.BranchCode == "" || len(g.BranchCode) > 8 || len(g.BranchName) > 80 || len(g.Label) > 80 || len(g.BranchAddress) > 160 {
		return app.Chain{}, "", app.Fail(app.WrongUse, "value", words.Say(v.lang, "console.kiosks.branch"))
	}
	if _, err := c.second(v, "kiosk.invite", g.Kiosk.Digits()); err != nil {
		return app.Chain{}, "", err
	}
	return c.desk.InviteText(v.r.Context(), g, v.session.account)
}

// askFormer wants to know what became of the computer that has the number now: from one that was lost or
// stolen nothing more is taken.
func (c *Console) askFormer(v *visit, kiosk app.Kiosk, typed *invitation) error {
	rows, err := c.desk.Kiosks(v.r.Context(), c.clock.Now())
	if err != nil {
		return err
	}
	for _, row := range rows {
		typed.AskFormer = typed.AskFormer || row.Chain.Kiosk == kiosk && kiosk != 0 && !row.EnrolledAt.IsZero() && row.RevokedAt.IsZero()
	}
	if typed.AskFormer && typed.Former != "stolen" && typed.Former != "kept" {
		return app.Fail(app.OfficeFormerComputer, "kiosk", kiosk.Digits())
	}
	return nil
}

// kioskPage is one kiosk and what may be done with it.
type kioskPage struct {
	books.KioskRow
	Waits *books.Suspension // for a second person
	Out   []books.LeftOut   // keys that the trust list does not name
	Held  bool              // of them, the present one until two people let it in
	Late  []books.LateBatch // sent by a revoked life, for two people to let in
	Mine  bool              // who looks has suspended it: somebody else decides
	Act   string            // chosen, while it is refused
}

func (c *Console) kiosk(v *visit) error { return c.showKiosk(v, http.StatusOK, "", "") }

func (c *Console) showKiosk(v *visit, status int, notice, act string) error {
	row, err := c.kioskRow(v)
	if err != nil {
		return err
	}
	p := kioskPage{KioskRow: row, Act: act}
	if p.Waits, err = c.suspension(v, row.Chain.Kiosk); err != nil {
		return err
	}
	p.Mine = p.Waits != nil && p.Waits.By == v.session.account
	if err := c.oddities(v, &p); err != nil {
		return err
	}
	c.show(v, status, "kiosk", page{Title: "console.kiosk.title", Notice: notice, Data: p})
	return nil
}

// oddities are what the trust list leaves out of this kiosk, and what came too late from it.
func (c *Console) oddities(v *visit, p *kioskPage) error {
	out, err := c.desk.LeftOut(v.r.Context())
	if err != nil {
		return err
	}
	for _, l := range out {
		if l.Chain.Kiosk == p.Chain.Kiosk {
			p.Out = append(p.Out, l)
			p.Held = p.Held || l.Through == 0 && l.Code == app.OfficeKeyTooMany
		}
	}
	late, err := c.desk.LateBatches(v.r.Context())
	if err != nil {
		return err
	}
	for _, b := range late {
		if b.Chain.Kiosk == p.Chain.Kiosk && b.LetInAt.IsZero() {
			p.Late = append(p.Late, b)
		}
	}
	return nil
}

// suspension is what waits for a second person; nil when nothing does.
func (c *Console) suspension(v *visit, kiosk app.Kiosk) (*books.Suspension, error) {
	all, err := c.desk.Suspended(v.r.Context())
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Chain.Kiosk == kiosk {
			return &all[i], nil
		}
	}
	return nil, nil //nolint:nilnil // nothing waits
}

func (c *Console) kioskRow(v *visit) (books.KioskRow, error) {
	number, err := strconv.ParseUint(v.r.PathValue("kiosk"), 10, 17)
	if err != nil {
		return books.KioskRow{}, app.Fail(app.NotFound)
	}
	rows, err := c.desk.Kiosks(v.r.Context(), c.clock.Now())
	for _, row := range rows {
		if row.Chain.Kiosk == app.Kiosk(number) {
			return row, err
		}
	}
	if err == nil {
		err = app.Fail(app.NotFound)
	}
	return books.KioskRow{}, err
}

// kioskAct suspends a kiosk by one person's word; to revoke it, or to let it go on, takes two.
func (c *Console) kioskAct(v *visit) error {
	row, err := c.kioskRow(v)
	if err != nil {
		return err
	}
	act := v.r.PostFormValue("act")
	if err := c.acted(v, row.Chain.Kiosk, act); err != nil {
		c.refused(v, err)
		return c.showKiosk(v, statusOf(err), words.Error(v.lang, err), act)
	}
	http.Redirect(v.w, v.r, "/console/kiosks/"+row.Chain.Kiosk.Digits(), http.StatusSeeOther)
	return nil
}

func (c *Console) acted(v *visit, kiosk app.Kiosk, act string) error {
	switch act {
	case "letkeyin":
		if _, err := c.second(v, "kiosk.let_key_in", kiosk.Digits()); err != nil {
			return err
		}
		return c.desk.LetKeyIn(v.r.Context(), kiosk, v.session.account)
	case "letin":
		return c.letIn(v, kiosk)
	case "suspend":
		return c.desk.Suspend(v.r.Context(), kiosk, v.session.account)
	case "confirm", "lift":
		by, err := c.another(v, kiosk, act)
		if err != nil {
			return err
		}
		if act == "lift" {
			return c.desk.Lift(v.r.Context(), kiosk, by)
		}
		return c.desk.ConfirmRevoke(v.r.Context(), kiosk, by)
	case "revoke":
		if v.r.PostFormValue("sure") == "" { // nothing that weighs happens by one click
			return app.Fail(app.WrongUse, "value", words.Say(v.lang, "console.kiosks.sure"))
		}
		if _, err := c.second(v, "kiosk.revoke", kiosk.Digits()); err != nil {
			return err
		}
		return c.desk.Revoke(v.r.Context(), kiosk, v.session.account)
	}
	return app.Fail(app.WrongUse, "value", act)
}

// another is who decides about a suspension: whoever is signed in, but for the one who suspended; then a
// second account on the same form. In practice one person plays both.
func (c *Console) another(v *visit, kiosk app.Kiosk, act string) (string, error) {
	waits, err := c.suspension(v, kiosk)
	if err != nil {
		return "", err
	}
	switch {
	case waits == nil:
		return "", app.Fail(app.OfficeNotSuspended)
	case waits.By != v.session.account:
		return v.session.account, nil
	case c.practice:
		return v.session.account + " 2", nil
	}
	return c.second(v, "kiosk."+act, kiosk.Digits())
}

// letIn takes a batch in that a revoked life sent too late.
func (c *Console) letIn(v *visit, kiosk app.Kiosk) error {
	life, number := parseInt(v.r.PostFormValue("life")), parseInt(v.r.PostFormValue("number"))
	if life <= 0 || life > 99 || number <= 0 {
		return app.Fail(app.NotFound)
	}
	second, err := c.second(v, "kiosk.let_in", kiosk.Digits())
	if err != nil {
		return err
	}
	if c.practice {
		second = v.session.account + " 2"
	}
	chain := app.Chain{Kiosk: kiosk, Incarnation: app.Incarnation(life)}
	done, err := c.desk.LetIn(v.r.Context(), chain, uint64(number), v.session.account)
	if err == nil && !done {
		_, err = c.desk.LetIn(v.r.Context(), chain, uint64(number), second)
	}
	return err
}
