package desk_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"loket/app"
	"loket/app/access"
	"loket/app/counter"
	"loket/app/scheme"
)

// The table of who may do what, as docs/decisions/0042 has it.
var roles = map[app.Role][]app.Task{
	app.RoleVolunteer:    {app.TaskRegister, app.TaskVerify, app.TaskHandover, app.TaskAsk, app.TaskSend},
	app.RoleDistribution: {app.TaskDispatch, app.TaskFigures, app.TaskVerify, app.TaskHandover, app.TaskAsk, app.TaskSend},
	app.RoleOfficer: {
		app.TaskRegister, app.TaskPrint, app.TaskDispatch, app.TaskFigures, app.TaskVerify, app.TaskHandover, app.TaskAsk, app.TaskSend,
	},
	app.RoleSupervisor: app.Tasks,
	"nobody's":         nil,
}

// one of these tasks is enough.
func one(tasks ...app.Task) []app.Task { return tasks }

// asks is what each method of the use cases asks of who is at work: one of these tasks, or with none
// that somebody is signed in.
var asks = map[string][]app.Task{
	"Counter.Save":          one(app.TaskRegister),
	"Counter.SaveDraft":     one(app.TaskRegister),
	"Counter.Park":          one(app.TaskRegister),
	"Counter.Resume":        one(app.TaskRegister),
	"Counter.Discard":       one(app.TaskRegister),
	"Counter.Drafts":        one(app.TaskRegister),
	"Counter.TakeNumber":    one(app.TaskRegister),
	"Counter.Duplicates":    one(app.TaskRegister),
	"Counter.Groups":        one(app.TaskRegister),
	"Counter.Refer":         one(app.TaskRegister),
	"Counter.AddLead":       one(app.TaskRegister),
	"Counter.Leads":         one(app.TaskRegister),
	"Counter.Together":      one(app.TaskRegister),
	"Counter.AddAttachment": one(app.TaskRegister, app.TaskHandover),
	"Counter.Attachment":    one(app.TaskRegister, app.TaskReview, app.TaskHandover),
	"Counter.Find":          one(app.TaskAsk),
	"Counter.Participant":   one(app.TaskAsk, app.TaskReview),
	"Counter.DayFigures":    one(),

	"Records.Waiting":       one(app.TaskRegister, app.TaskHandover),
	"Records.WaitingCounts": one(),
	"Records.Begin":         one(app.TaskRegister, app.TaskHandover),
	"Records.Keep":          one(app.TaskRegister, app.TaskHandover),
	"Records.Drop":          one(app.TaskRegister, app.TaskHandover),
	"Records.Finish":        one(app.TaskRegister, app.TaskHandover),
	"Records.Complete":      one(app.TaskRegister, app.TaskHandover),
	"Records.AddEvidence":   one(app.TaskRegister),
	"Records.Consent":       one(app.TaskRegister),
	"Records.Correct":       one(app.TaskRegister),
	"Records.Withdraw":      one(app.TaskRegister),
	"Records.LookAlikes":    one(app.TaskRegister, app.TaskReview),
	"Records.Approve":       one(app.TaskReview),
	"Records.SendBack":      one(app.TaskReview),

	"Families.Ask":      one(app.TaskAsk),
	"Families.CallBack": one(app.TaskAsk),
	"Families.List":     one(app.TaskAsk),
	"Families.Counts":   one(app.TaskAsk),

	"Sponsor.Open":       one(app.TaskList),
	"Sponsor.Change":     one(app.TaskList),
	"Sponsor.Close":      one(app.TaskList),
	"Sponsor.Programmes": one(app.TaskList),
	"Sponsor.Programme":  one(app.TaskList),
	"Sponsor.Judge":      one(app.TaskList),
	"Sponsor.Import":     one(app.TaskList),
	"Sponsor.Order":      one(app.TaskList),
	"Sponsor.WriteRows":  one(app.TaskList),
	"Sponsor.Overlaps":   one(app.TaskList),
	"Sponsor.Versions":   one(app.TaskList),
	"Sponsor.Leavers":    one(app.TaskList),
	"Sponsor.Keep":       one(app.TaskList),
	"Sponsor.Kept":       one(app.TaskList),

	"Issuing.Remaining":     one(),
	"Issuing.Issue":         one(app.TaskPrint),
	"Issuing.Print":         one(app.TaskPrint),
	"Issuing.PrintAgain":    one(app.TaskPrint),
	"Issuing.Confirm":       one(app.TaskPrint),
	"Issuing.ConfirmByWord": one(app.TaskPrint),
	"Issuing.Spoil":         one(app.TaskPrint),
	"Issuing.Queue":         one(app.TaskPrint),
	"Issuing.Unchecked":     one(app.TaskPrint),
	"Issuing.List":          one(app.TaskPrint, app.TaskHandover), // without a state: none
	"Issuing.Since":         one(app.TaskPrint),                   // of a state that is none
	"Issuing.Face":          one(app.TaskPrint, app.TaskHandover),

	"Custody.Scan":        one(app.TaskHandover),
	"Custody.Hand":        one(app.TaskHandover),
	"Custody.HandoverOf":  one(app.TaskHandover),
	"Custody.AddEvidence": one(app.TaskHandover),
	"Custody.Park":        one(app.TaskHandover),
	"Custody.Parked":      one(app.TaskHandover),
	"Custody.Drop":        one(app.TaskHandover),

	"Checking.Check": one(app.TaskVerify),

	"Events.Open":  one(app.TaskEvents),
	"Events.Close": one(app.TaskEvents),
	"Events.List":  one(app.TaskFigures),
	"Events.Page":  one(app.TaskFigures),

	"Reporting.Count":      one(app.TaskFigures),
	"Reporting.Events":     one(app.TaskFigures),
	"Reporting.Programmes": one(app.TaskFigures),
	"Reporting.Named":      one(app.TaskNames),

	"Door.AddOperator":     one(app.TaskOperators),
	"Door.RemoveOperator":  one(app.TaskOperators),
	"Door.RestoreOperator": one(app.TaskOperators),
	"Door.PreparePass":     one(app.TaskEvents),
	"Door.ChangePIN":       one(),
	"Door.Renew":           one(),

	"Paper.Slip":          one(app.TaskRegister, app.TaskAsk),
	"Paper.PreviewSlip":   one(app.TaskRegister, app.TaskAsk),
	"Paper.Sheet":         one(app.TaskRegister),
	"Paper.PreviewSheet":  one(app.TaskRegister),
	"Paper.JointSlip":     one(app.TaskRegister),
	"Paper.QueueNumber":   one(app.TaskRegister),
	"Paper.Referral":      one(app.TaskRegister),
	"Paper.Lead":          one(app.TaskRegister),
	"Paper.Lookup":        one(app.TaskAsk),
	"Paper.PreviewLookup": one(app.TaskAsk),
	"Paper.Print":         one(app.TaskPrint),
	"Paper.Preview":       one(app.TaskPrint, app.TaskHandover),
	"Paper.PrintPasses":   one(app.TaskEvents),
	"Desk.SavePasses":     one(app.TaskEvents),
	"Paper.PrintEvent":    one(app.TaskFigures),
	"Paper.ReportPDF":     one(app.TaskFigures),
	"Paper.ReportXLSX":    one(app.TaskFigures),
	"Paper.KeepNames":     one(app.TaskNames),
	"Paper.SetFolder":     one(app.TaskSettings),

	"Door.NextLife":       one(app.TaskOperators),
	"Desk.NextLife":       one(app.TaskOperators),
	"Desk.PreparePasses":  one(app.TaskEvents),
	"Desk.RemoveOperator": one(app.TaskOperators),
	"Desk.Attend":         one(app.TaskFigures),
}

// open are the methods that ask nobody, and why that is right.
var open = map[string]string{
	"Counter.Open":    "the desk's, at sign-in",
	"Counter.Close":   "the desk's, at sign-out",
	"Counter.Refresh": "the post's: head office has decided",
	"Counter.Put":     "a list's: taken in by whoever may",
	"Counter.Loading": "counts",
	"Counter.Inspect": "judges what is typed, and knows nobody",
	"Counter.Rules":   "rules",
	"Counter.Today":   "the day",
	"Sponsor.Tell":    "wiring", "Issuing.Tell": "wiring",
	"Sponsor.Check":    "judges what is typed, and knows nobody",
	"Sponsor.Budget":   "arithmetic",
	"Sponsor.Lacking":  "judges a record that is given",
	"Issuing.May":      "judges a record that is given",
	"Checking.Verify":  "judges a card that is given, by public lists",
	"Checking.Trust":   "a public list",
	"Checking.Reload":  "the desk's, after news",
	"Door.People":      "before sign-in: see decision 0005",
	"Door.SignIn":      "before sign-in",
	"Door.FirstStart":  "before sign-in",
	"Door.ShowPass":    "before sign-in",
	"Door.Join":        "before sign-in",
	"Door.SignOut":     "everybody's",
	"Door.Attest":      "everybody's own signature",
	"Door.EndPass":     "everybody's own pass",
	"Door.Refresh":     "the desk's, after news",
	"Door.KeysWait":    "a date, and names nobody",
	"Door.AskRecovery": "when nobody can sign in", "Door.AskedRecovery": "when nobody can sign in",
	"Door.CheckRecovery": "when nobody can sign in", "Door.Recover": "when nobody can sign in",
	"Paper.Folder": "where, not what", "Paper.PrintedFile": "where, not what",
	"Post.Apply": postOwn, "Post.ApplySome": postOwn, "Post.ApplyOpen": postOwn, "Post.Enrol": postOwn, "Post.EnrolNow": postOwn,
	"Post.Seal": postOwn, "Post.Due": postOwn, "Post.Roots": postOwn, "Post.Welcome": postOwn, "Post.Judge": postOwn, "Post.Prover": postOwn,
	"Post.Light": "counts", "Post.State": "counts", "Post.Receipts": "counts", "Post.Message": "counts",
	"Desk.AskRecovery": "when nobody can sign in", "Desk.Recover": "when nobody can sign in", "Desk.FirstStart": "before sign-in",
	"Desk.SignIn": "before sign-in", "Desk.Join": "before sign-in", "Desk.SignOut": "everybody's", "Desk.EndDuty": "everybody's own pass",
	"Desk.Left": "everybody's own pass", "Desk.Session": "who is signed in", "Desk.Close": "everybody's",
	"Desk.Beat": postOwn, "Desk.SendNow": "sending is everybody's", "Desk.Export": "sending is everybody's", "Desk.Import": "sending is everybody's", "Desk.ImportFormers": "sending is everybody's",
	"Desk.Behind": "what the folder lacks, and names nobody", "Door.At": "the desk's: a former life's door", "Desk.Begun": "settings", "Desk.Settings": "settings", "Desk.Practice": "settings", "Desk.Reload": "the desk's, after news",
	"Desk.Pose": "of this test", "Desk.SignOutWithin": "of a test", "Desk.CheckNow": "of a test",
	"Paper.Leaflet": "what the insurance gives, for everybody", "Paper.LinkPicture": "a public link",
}

// postOwn says why the post asks nobody.
const postOwn = "the post's own: sealed, and named to nobody"

func who(o app.Operator) string {
	if o.Tasks == nil {
		return string(o.Role) + " without a pass"
	}
	return fmt.Sprintf("%s with a pass for %v", o.Role, o.Tasks)
}

// everyone is every role, every pass that can be made, and nobody.
func everyone() (all []app.Operator) {
	all = append(all, app.Operator{})
	for role := range roles {
		all = append(all, app.Operator{ID: "sama", Role: role})
	}
	for mask := range 1 << len(app.EventTasks) {
		pass := []app.Task{}
		for i, task := range app.EventTasks {
			if mask>>i&1 == 1 {
				pass = append(pass, task)
			}
		}
		all = append(all, app.Operator{ID: "rela", Role: app.RoleVolunteer, Event: "abc234", Tasks: pass})
	}
	// A pass is for volunteers; were one given to somebody else, it would not widen the role.
	return append(all, app.Operator{ID: "dist", Role: app.RoleDistribution, Event: "abc234", Tasks: app.EventTasks})
}

// answer is what somebody should be told.
func answer(o app.Operator, tasks []app.Task) app.Code {
	if o.ID == "" {
		return app.AccessSignedOut
	}
	if len(tasks) == 0 {
		return ""
	}
	code := app.AccessNotInRole
	for _, task := range tasks {
		switch {
		case !slices.Contains(roles[o.Role], task):
		case o.Tasks == nil || task == app.TaskSend || slices.Contains(o.Tasks, task):
			return ""
		default:
			code = app.AccessNotInPass
		}
	}
	return code
}

// Every exported method of every use case is asked by everybody: it refuses by role and by pass, and a
// method that the table does not know fails.
func TestUseCasesRefuse(t *testing.T) {
	k := begun(t, folder(t))
	twin := k.grouped(t)
	known := map[string]bool{}
	for name, v := range useCases(k) {
		for i := range v.NumMethod() {
			method := name + "." + v.Type().Method(i).Name
			known[method] = true
			tasks, asked := asks[method]
			if _, free := open[method]; asked == free {
				t.Errorf("%s: say in the table what it asks, or why it asks nothing", method)
			}
			if !asked {
				continue
			}
			for _, o := range everyone() {
				k.Pose(o)
				s := k.Session()
				want, got := answer(o, narrower(method, o, tasks)), refusal(k, method, v.Method(i), s, twin)
				if got != want {
					t.Errorf("%s by %s: %q, want %q", method, who(o), got, want)
				}
			}
		}
	}
	k.Pose(k.s.Operator)
	for _, listed := range []map[string]bool{keys(asks), keys(open)} {
		for method := range listed {
			if !known[method] {
				t.Errorf("%s stands in the table and nowhere else", method)
			}
		}
	}
}

// grouped is somebody who was registered with a group.
func (k *kiosk) grouped(t *testing.T) app.Registration {
	t.Helper()
	d := k.typed(t)
	plan := &d.Form.Record.Plan
	plan.Payer, plan.PayerName, plan.Group = app.PayerGroup, "KOPERASI NELAYAN MANGGAR", "Nelayan Manggar"
	d.Form.Type(counter.PayerName, plan.PayerName)
	d.Form.Type(scheme.FieldGroup, plan.Group)
	r, err := k.Counter.Save(t.Context(), k.s.Operator, d)
	must(t, err)
	return r
}

func keys[T any](m map[string]T) map[string]bool {
	all := map[string]bool{}
	for key := range m {
		all[key] = true
	}
	return all
}

// narrower is where a role must have one of the tasks and not another: handing cards over completes
// records only for who distributes them.
func narrower(method string, o app.Operator, tasks []app.Task) []app.Task {
	switch {
	case method != "Records.Begin" && method != "Records.Complete" && method != "Records.Finish":
		return tasks
	case o.Role == app.RoleDistribution:
		return one(app.TaskHandover)
	}
	return one(app.TaskRegister)
}

// refusal calls a method with empty arguments and gives the code of access.* that it answers with, ""
// where the call went past the question: what comes then is none of this table.
func refusal(k *kiosk, method string, call reflect.Value, s access.Session, twin app.Registration) (code app.Code) {
	defer func() {
		if recover() != nil { // empty arguments were too empty
			code = ""
		}
	}()
	switch method { // these answer with nothing instead of an error
	case "Counter.Duplicates":
		d := counter.NewDraft(app.SourceWalkIn)
		d.Form.Record = twin.Record
		return silent(k, len(k.Counter.Duplicates(d)))
	case "Counter.Groups":
		return silent(k, len(k.Counter.Groups("")))
	}
	in := []reflect.Value{}
	for i := range call.Type().NumIn() {
		switch t := call.Type().In(i); {
		case t == reflect.TypeFor[context.Context]():
			in = append(in, reflect.ValueOf(context.Background()))
		case t == reflect.TypeFor[app.Operator]():
			in = append(in, reflect.ValueOf(s.Operator))
		case t == reflect.TypeFor[access.Session]():
			in = append(in, reflect.ValueOf(s))
		case call.Type().IsVariadic() && i == call.Type().NumIn()-1:
		default:
			in = append(in, reflect.Zero(t))
		}
	}
	if method == "Desk.PreparePasses" {
		in[2] = reflect.ValueOf(1)
	}
	out := call.Call(in)
	err, ok := out[len(out)-1].Interface().(error)
	if !ok {
		return ""
	}
	if code = app.CodeOf(err); strings.HasPrefix(string(code), "access.not_in") || code == app.AccessSignedOut {
		return code
	}
	return ""
}

// useCases are the desk and whatever of this program hangs on it, by the names of their types.
func useCases(k *kiosk) map[string]reflect.Value {
	all := map[string]reflect.Value{"Desk": reflect.ValueOf(k.Desk)}
	for _, v := range reflect.ValueOf(k.Desk).Elem().Fields() {
		if t := v.Type(); t.Kind() == reflect.Pointer && strings.HasPrefix(t.Elem().PkgPath(), "loket/app/") && v.CanInterface() {
			all[t.Elem().Name()] = v
		}
	}
	return all
}

// silent is the refusal that an empty answer stands for.
func silent(k *kiosk, found int) app.Code {
	if found > 0 {
		return ""
	}
	err := k.Session().Operator.May(app.TaskRegister)
	if err == nil {
		return "nothing was found"
	}
	return app.CodeOf(err)
}

// In a queue one person begins and another goes on; what was typed at the branch is no volunteer's.
func TestAPassSeesTheDraftsOfItsEventAlone(t *testing.T) {
	k := begun(t, folder(t))
	supervisor, ours := k.s.Operator, k.typed(t)
	volunteer := func(id, event string) app.Operator {
		return app.Operator{ID: id, Role: app.RoleVolunteer, Event: event, Tasks: []app.Task{app.TaskRegister}}
	}
	k.Pose(volunteer("sri", "abc234"))
	begunByOne, err := k.Counter.TakeNumber(t.Context(), k.Session().Operator, app.SourceEvent, "", "SITI")
	must(t, err)
	k.Pose(volunteer("adi", "abc234"))
	all, err := k.Counter.Drafts(t.Context())
	if err != nil || len(all) != 1 || all[0].ID != begunByOne.ID {
		t.Errorf("%d drafts, %v", len(all), err)
	}
	_, err = k.Counter.Discard(t.Context(), ours.ID)
	refused(t, err, app.DraftGone)
	k.Pose(volunteer("ida", "xyz567"))
	_, err = k.Counter.Resume(t.Context(), begunByOne.ID)
	refused(t, err, app.DraftGone)
	k.Pose(supervisor)
	if all, err = k.Counter.Drafts(t.Context()); err != nil || len(all) != 2 {
		t.Errorf("%d drafts, %v", len(all), err)
	}
}
