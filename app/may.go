package app

import "slices"

// Roles lists the roles, in the order in which screens offer them.
var Roles = []Role{RoleOfficer, RoleVolunteer, RoleDistribution, RoleSupervisor}

var everybody = []Task{TaskVerify, TaskHandover, TaskAsk, TaskSend}

var allowed = map[Role][]Task{
	RoleVolunteer:    append([]Task{TaskRegister}, everybody...),
	RoleDistribution: append([]Task{TaskDispatch, TaskFigures}, everybody...),
	RoleOfficer:      append([]Task{TaskRegister, TaskPrint, TaskDispatch, TaskFigures}, everybody...),
	RoleSupervisor: append([]Task{
		TaskRegister, TaskReview, TaskList, TaskPrint, TaskDispatch, TaskFigures, TaskOperators, TaskSettings, TaskEvents, TaskNames,
	}, everybody...),
}

// Includes says whether a role includes a task.
func (r Role) Includes(t Task) bool { return slices.Contains(allowed[r], t) }

// May refuses an operator who may do none of these tasks: access.signed_out where nobody is signed in,
// access.not_in_role where the role has none of them, access.not_in_pass where the event pass leaves
// them out. Sending is part of every pass. Without tasks it asks only that somebody is signed in. Use
// cases refuse and screens hide by this one rule.
func (o Operator) May(one ...Task) error {
	if o.ID == "" {
		return Fail(AccessSignedOut)
	}
	if len(one) == 0 {
		return nil
	}
	mine := slices.DeleteFunc(slices.Clone(one), func(t Task) bool { return !o.Role.Includes(t) })
	switch {
	case len(mine) == 0:
		return Fail(AccessNotInRole)
	case o.Tasks == nil || slices.ContainsFunc(mine, o.inPass):
		return nil
	}
	return Fail(AccessNotInPass)
}

func (o Operator) inPass(t Task) bool { return t == TaskSend || slices.Contains(o.Tasks, t) }

// AtWork tells who is signed in at this kiosk now; the zero Operator is nobody. A use case that is not
// told who asks, because nothing is written under that name, asks it.
type AtWork func() Operator

// May refuses who is at work, as Operator.May does.
func (w AtWork) May(one ...Task) error {
	if w == nil {
		return Fail(AccessSignedOut)
	}
	return w().May(one...)
}
