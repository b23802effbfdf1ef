package counter

import (
	"slices"
	"strings"
	"sync"

	"loket/app"
	"loket/app/identity"
)

// GroupName is a group (wadah) that members were registered with, and who paid for it last.
type GroupName struct {
	Name  string
	Payer string
}

// groups remembers them while somebody is signed in: in memory alone, because who pays is a person.
type groups struct {
	mu    sync.Mutex
	known []GroupName // the newest first
}

// put takes in a plan that is newer than all before.
func (g *groups) put(plan app.Plan) {
	if plan.Group == "" {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.known = slices.DeleteFunc(g.known, func(one GroupName) bool { return strings.EqualFold(one.Name, plan.Group) })
	g.known = slices.Insert(g.known, 0, groupOf(plan))
}

// putOlder takes in one that is older than all before.
func (g *groups) putOlder(plan app.Plan) {
	if plan.Group == "" {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if !slices.ContainsFunc(g.known, func(one GroupName) bool { return strings.EqualFold(one.Name, plan.Group) }) {
		g.known = append(g.known, groupOf(plan))
	}
}

func groupOf(plan app.Plan) GroupName {
	if plan.Payer == app.PayerGroup {
		return GroupName{plan.Group, plan.PayerName}
	}
	return GroupName{Name: plan.Group}
}

func (g *groups) clear() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.known = nil
}

// Groups lists the groups of this kiosk that fit a text, the newest first; none to who may not register.
func (c *Counter) Groups(text string) (found []GroupName) {
	if c.who.May(app.TaskRegister) != nil {
		return nil
	}
	wanted := identity.Plain(text)
	c.groups.mu.Lock()
	defer c.groups.mu.Unlock()
	for _, one := range c.groups.known {
		if strings.Contains(identity.Plain(one.Name), wanted) {
			found = append(found, one)
		}
	}
	return found
}
