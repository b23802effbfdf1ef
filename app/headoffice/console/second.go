package console

import (
	"strings"

	"loket/app"
	"loket/app/office/books"
)

// second asks for the word of another account, on the same form, for what one alone may not do: its
// name and password, its role one that may do the same. Who agreed to what stands in the own journal
// before it is done. In practice one is enough, and the word is "".
func (c *Console) second(v *visit, act, about string) (string, error) {
	a := books.Act{Name: act, By: v.session.account, About: about}
	if !c.practice {
		name, secret := strings.TrimSpace(v.r.PostFormValue("second")), v.r.PostFormValue("secondpassword")
		if name == "" || secret == "" || name == v.session.account {
			return "", app.Fail(app.OfficeTwoPeople)
		}
		other, err := c.proven(v.r, name, secret)
		if err != nil {
			return "", err
		}
		if rightOf(other.Role)&c.who[v.r.Pattern] == 0 {
			return "", app.Fail(app.OfficeSecondRight, "name", other.Name)
		}
		a.Second = other.Name
	}
	a.At = c.clock.Now()
	return a.Second, c.desk.NoteAct(v.r.Context(), a)
}

// did writes an act that has no entry of its own.
func (c *Console) did(v *visit, act, about string) error {
	return c.desk.NoteAct(v.r.Context(), books.Act{Name: act, By: v.session.account, About: about, At: c.clock.Now()})
}
