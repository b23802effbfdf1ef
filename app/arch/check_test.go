package arch

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// module is the import path of our own packages.
const module = "loket"

// graph is who uses what: packages of ours by their path below the module ("main" for the window),
// and the import paths, calls ("time#Now") and go statements ("#go") found in them.
type graph map[string][]string

// breach is one use that a rule does not allow.
type breach struct{ rule, pkg, use string }

func (b breach) String() string {
	return fmt.Sprintf("%s uses %q, but: %s", b.pkg, b.use, b.rule)
}

// check holds every package and every use of the graph against every rule.
func check(g graph) []breach {
	var found []breach
	for pkg, uses := range g {
		if slices.Contains(vague, path.Base(pkg)) {
			found = append(found, breach{vagueName, pkg, ""})
		}
		home, ok := roomOf(pkg)
		if !ok {
			found = append(found, breach{noRoom, pkg, ""})
		}
		for _, use := range uses {
			for _, rule := range complaints(pkg, home, use) {
				found = append(found, breach{rule, pkg, use})
			}
		}
	}
	slices.SortFunc(found, func(a, b breach) int { return strings.Compare(a.String(), b.String()) })
	return found
}

func complaints(pkg string, home room, use string) []string {
	var rules []string
	if target, ours := ownPath(use); ours && !home.allows(pkg, target) {
		rules = append(rules, home.name)
	}
	for _, r := range reservations {
		if anyOf(use, r.uses) && !within(pkg, r.only) {
			rules = append(rules, r.name)
		}
	}
	for _, b := range bans {
		if within(pkg, b.in) && anyOf(use, b.uses) && !anyOf(use, b.except) {
			rules = append(rules, b.name)
		}
	}
	return rules
}

func roomOf(pkg string) (room, bool) {
	i := slices.IndexFunc(rooms, func(r room) bool { return within(pkg, r.paths) })
	if i < 0 {
		return room{name: noRoom}, false
	}
	return rooms[i], true
}

// allows says whether a package of the room may import another package of ours.
func (r room) allows(pkg, target string) bool {
	return within(target, r.own) || within(target, []string{r.unit(pkg)})
}

// unit is the part of the room inside which packages import each other freely.
func (r room) unit(pkg string) string {
	for _, p := range r.paths {
		if !within(pkg, []string{p}) {
			continue
		}
		if r.each {
			next, _, _ := strings.Cut(strings.TrimPrefix(pkg, p+"/"), "/")
			return p + "/" + next
		}
		return p
	}
	return pkg
}

// within says whether a package is one of the named ones or below it.
func within(pkg string, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		switch name {
		case "*":
			return true
		case "app", "main":
			return pkg == name
		}
		return below(pkg, name)
	})
}

func anyOf(use string, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return below(use, name) })
}

// below says whether a path is the named one or below it. "*.*" is every import from outside the
// standard library: its first element has a dot.
func below(path, name string) bool {
	if name == "*.*" {
		first, _, _ := strings.Cut(path, "/")
		return strings.Contains(first, ".")
	}
	return path == name || strings.HasPrefix(path, name+"/")
}

// ownPath is the path of one of our packages below the module. A call into one is no import.
func ownPath(use string) (string, bool) {
	if strings.Contains(use, "#") {
		return "", false
	}
	if use == module {
		return "main", true
	}
	return strings.CutPrefix(use, module+"/")
}

func join(groups ...[]string) []string { return slices.Concat(groups...) }
