package access

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strings"

	"loket/app"
	"loket/app/vault"
)

// Newcomer is an operator to be added. The PIN is chosen by that person, unseen by the supervisor.
type Newcomer struct {
	Name   string
	PIN    string
	Role   app.Role
	Agency app.Agency
}

// AddOperator lets somebody work here from now on.
func (d *Door) AddOperator(ctx context.Context, by Session, n Newcomer) (app.Operator, error) {
	if err := by.Allow(Operators); err != nil {
		return app.Operator{}, err
	}
	m, _, err := d.member(n, by.key)
	if err != nil {
		return app.Operator{}, err
	}
	return m.Operator, d.store.AddMember(ctx, by.Author(), m)
}

// RemoveOperator ends somebody's access at once; Renew changes the keys then. The last supervisor
// stays.
func (d *Door) RemoveOperator(ctx context.Context, by Session, operator string) error {
	if err := by.Allow(Operators); err != nil {
		return err
	}
	members, err := d.store.Members(ctx)
	if err != nil {
		return err
	}
	others := slices.DeleteFunc(members, func(m vault.Member) bool {
		return m.Operator.ID == operator || m.Operator.Role != app.RoleSupervisor
	})
	if len(others) == 0 {
		return app.Fail(app.AccessLastOne)
	}
	return d.store.RemoveMember(ctx, by.Author(), operator)
}

// ChangePIN puts the operator's slot under a new PIN. The old one is asked for again.
func (d *Door) ChangePIN(ctx context.Context, s Session, old, next string) error {
	if s.Operator.ID == "" {
		return app.Fail(app.AccessSignedOut)
	}
	if old == next {
		return app.Fail(app.AccessPINSame)
	}
	if err := vault.CheckPIN(next, s.Operator.Role); err != nil {
		return err
	}
	if _, err := d.try(ctx, s.Operator.ID, old); err != nil {
		return err
	}
	by, err := d.opener(ctx, s.Operator.ID, next)
	if err != nil {
		return err
	}
	slot, err := vault.SealSlot(s.Operator.ID, by, d.cost, vault.Contents{Key: s.key, Signer: s.signer})
	if err != nil {
		return err
	}
	return d.store.ChangeSlot(ctx, slot)
}

// member makes somebody's keys, slot and label.
func (d *Door) member(n Newcomer, key *vault.Key) (vault.Member, ed25519.PrivateKey, error) {
	n.Name = strings.Join(strings.Fields(n.Name), " ")
	switch {
	case n.Name == "":
		return vault.Member{}, nil, app.Fail(app.AccessNameMissing)
	case !slices.Contains(Roles, n.Role):
		return vault.Member{}, nil, app.Fail(app.AccessRoleUnknown)
	}
	if err := vault.CheckPIN(n.PIN, n.Role); err != nil {
		return vault.Member{}, nil, err
	}
	signer := vault.NewSigner()
	o := app.Operator{Name: n.Name, Role: n.Role, Agency: n.Agency, Key: vault.Public(signer)}
	o.ID = idOf(o.Key)
	slot, err := d.seal(o.ID, n.PIN, vault.Contents{Key: key, Signer: signer})
	if err != nil {
		return vault.Member{}, nil, err
	}
	opening, err := vault.OpeningOf(signer)
	if err != nil {
		return vault.Member{}, nil, err
	}
	label, err := d.machine.SealLabel(o.ID, o.Name)
	return vault.Member{Operator: o, Label: label, Slot: slot, Opening: opening}, signer, err
}

func (d *Door) seal(operator, pin string, c vault.Contents) (vault.Slot, error) {
	return vault.SealSlot(operator, vault.Opener{PIN: pin, Machine: d.machine}, d.cost, c)
}

// idOf is a short name for an operator that says nothing about the person, because it stands in
// every entry: four letters of the key's hash.
func idOf(key []byte) string {
	sum := sha256.Sum256(key)
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:5]))[:4]
}
