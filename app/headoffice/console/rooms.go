package console

import (
	"encoding/base64"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"time"

	"loket/app"
	"loket/app/office/books"
	"loket/app/words"
)

const (
	silentAfter = 3 * 24 * time.Hour
	rowsShown   = 200
)

func (c *Console) home(v *visit) error {
	if v.session.rights&payer != 0 { // one programme is all that this account has
		http.Redirect(v.w, v.r, "/console/programmes/"+hexOf(v.session.programme), http.StatusSeeOther)
		return nil
	}
	now := c.clock.Now().In(books.Zone)
	y, m, d := now.Date()
	f, err := c.desk.Figures(v.r.Context(), time.Date(y, m, d, 0, 0, 0, 0, books.Zone), now.Add(-silentAfter))
	if err != nil {
		return err
	}
	newest, err := c.desk.Registrations(v.r.Context(), books.Filter{Limit: 8})
	if err != nil {
		return err
	}
	alarms, err := c.desk.Alarms(v.r.Context())
	if err != nil {
		return err
	}
	c.show(v, http.StatusOK, "home", page{Title: "console.home.title", Data: struct {
		books.Figures
		Newest []books.RegistrationRow
		Urgent []books.Alarm
	}{f, newest, alarms}})
	return nil
}

func (c *Console) kiosks(v *visit) error {
	rows, err := c.desk.Kiosks(v.r.Context(), c.clock.Now())
	if err != nil {
		return err
	}
	c.show(v, http.StatusOK, "kiosks", page{Title: "console.kiosks.title", Data: rows})
	return nil
}

func (c *Console) invite(v *visit) error {
	kiosk, err := strconv.ParseUint("0"+strings.TrimSpace(v.r.PostFormValue("kiosk")), 10, 17)
	if err != nil || kiosk > 99999 {
		return app.Fail(app.WrongUse, "value", words.Say(v.lang, "console.kiosks.number"))
	}
	g := books.Guest{
		Kiosk: app.Kiosk(kiosk), BranchCode: strings.TrimSpace(v.r.PostFormValue("branch")),
		BranchName: strings.TrimSpace(v.r.PostFormValue("branchname")), Label: strings.TrimSpace(v.r.PostFormValue("label")),
		BranchAddress: strings.TrimSpace(v.r.PostFormValue("branchaddress")),
	}
	if g.BranchCode == "" || len(g.BranchCode) > 8 || len(g.BranchName) > 80 || len(g.Label) > 80 || len(g.BranchAddress) > 160 {
		return app.Fail(app.WrongUse, "value", words.Say(v.lang, "console.kiosks.branch"))
	}
	chain, text, err := c.desk.InviteText(v.r.Context(), g, v.session.account)
	if err != nil {
		return err
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

func (c *Console) revoke(v *visit) error {
	kiosk, err := strconv.ParseUint(v.r.PostFormValue("kiosk"), 10, 17)
	if err != nil {
		return app.Fail(app.OfficeUnknownKiosk)
	}
	if v.r.PostFormValue("sure") == "" { // nothing that weighs happens by one click
		return app.Fail(app.WrongUse, "value", words.Say(v.lang, "console.kiosks.sure"))
	}
	if err := c.desk.Revoke(v.r.Context(), app.Kiosk(kiosk), v.session.account); err != nil {
		return err
	}
	http.Redirect(v.w, v.r, "/console/kiosks", http.StatusSeeOther)
	return nil
}

func (c *Console) batches(v *visit) error {
	rows, err := c.desk.Batches(v.r.Context(), rowsShown)
	if err != nil {
		return err
	}
	c.show(v, http.StatusOK, "batches", page{Title: "console.batches.title", Data: rows})
	return nil
}
