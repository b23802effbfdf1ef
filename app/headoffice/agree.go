package headoffice

import (
	"context"

	"loket/app"
	"loket/app/office/books"
)

// Witness is an account that gives its word, with its password.
type Witness struct{ Name, Password string }

// Agree lets pass what one alone may not do: both are proven, are different, and have a role for it. Who
// agreed to what stands in the own journal before it is done. In practice the first name is enough, and
// nothing is proven.
func (o *Office) Agree(ctx context.Context, act, about string, first, second Witness) error {
	a := books.Act{Name: act, By: first.Name, About: about, At: o.clock.Now()}
	if !o.practice() {
		if first.Name == "" || second.Name == "" || first.Name == second.Name {
			return app.Fail(app.OfficeTwoPeople)
		}
		for _, w := range []Witness{first, second} {
			if err := o.Vouches(ctx, w); err != nil {
				return err
			}
		}
		a.Second = second.Name
	}
	return o.store.NoteAct(ctx, a)
}

// TakesTwo says whether these books ask two people for what weighs.
func (o *Office) TakesTwo() bool { return !o.practice() }

// Vouches says whether somebody may be one of two: a wrong password, and a blocked account, is
// headoffice.wrong_password; a role that may not is headoffice.second_right.
func (o *Office) Vouches(ctx context.Context, w Witness) error {
	account, err := o.known(ctx, w.Name, w.Password)
	if err != nil {
		return err
	}
	if account.Role != books.RoleSupervisor && account.Role != books.RoleAdministrator {
		return app.Fail(app.OfficeSecondRight, "name", w.Name)
	}
	return nil
}
