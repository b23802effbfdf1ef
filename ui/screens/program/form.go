package program

import (
	"strconv"
	"strings"

	"loket/app"
	"loket/app/counter"
	"loket/app/sponsor"
)

// Input is one thing of the form of a programme.
type Input string

// The inputs, in reading order.
const (
	InName       Input = "name"
	InPayer      Input = "payer"
	InPayerName  Input = "payer_name"
	InDecree     Input = "decree"
	InDecreeDay  Input = "decree_day"
	InBudget     Input = "budget"
	InRelease    Input = "release"
	InRegion     Input = "region"
	InProgrammes Input = "programmes"
	InFirst      Input = "first"
	InMonths     Input = "months"
	InTarget     Input = "target"
	InLevel      Input = "level"
)

// Inputs lists them in that order.
var Inputs = []Input{
	InName, InPayer, InPayerName, InDecree, InDecreeDay, InBudget, InTarget, InRegion, InProgrammes, InFirst, InMonths, InLevel, InRelease,
}

// may are the inputs that can stay empty.
var may = map[Input]bool{InBudget: true, InTarget: true, InRelease: true}

// Form is a programme as somebody is typing it. Nothing is chosen beforehand.
type Form struct {
	Scope  app.Scope // the programme that is changed; zero for a new one
	Typed  map[Input]string
	Typing bool // somebody typed in it: it is kept until it is saved or thrown away
	Tried  bool // somebody wanted to save: what is missing is said from then on
}

// Put notes what was typed or chosen.
func (f *Form) Put(in Input, text string) {
	if f.Typed == nil {
		f.Typed = map[Input]string{}
	}
	f.Typed[in] = text
}

// Begun says whether anything was typed.
func (f *Form) Begun() bool {
	for _, text := range f.Typed {
		if strings.TrimSpace(text) != "" {
			return true
		}
	}
	return false
}

// formOf is the form of a programme that stands already.
func formOf(p sponsor.Programme) Form {
	f := Form{Scope: p.Scope}
	for in, text := range map[Input]string{
		InName: p.Name, InPayer: string(p.Payer), InPayerName: p.PayerName, InDecree: p.Decree, InDecreeDay: p.DecreeDay.String(),
		InRelease: p.Release, InRegion: p.Region, InProgrammes: p.Programmes.String(), InFirst: p.First.String(),
		InMonths: strconv.Itoa(p.Months), InTarget: grouped(p.Target), InBudget: grouped(int(p.Budget)), InLevel: strconv.Itoa(p.Level),
	} {
		f.Put(in, text)
	}
	return f
}

func grouped(n int) string {
	if n == 0 {
		return ""
	}
	return number(n)
}

func number(n int) string {
	if n < 0 {
		return "-" + app.GroupThousands(strconv.Itoa(-n))
	}
	return app.GroupThousands(strconv.Itoa(n))
}

// Trouble is what is wrong with an input.
type Trouble string

// The troubles. Each has a sentence: "ui.program.trouble.empty".
const (
	TroubleEmpty  Trouble = "empty"
	TroubleDay    Trouble = "day"
	TroubleMonth  Trouble = "month"
	TroubleMonths Trouble = "months"
	TroubleNumber Trouble = "number"
	TroubleAmount Trouble = "amount"
	TroubleChoose Trouble = "choose"
)

const mostMonths = 60

// Programme is what was typed, as far as it can be read, and what is wrong with it.
func (f *Form) Programme() (sponsor.Programme, map[Input]Trouble) {
	p := sponsor.Programme{
		Scope: f.Scope, Name: f.text(InName), Payer: app.PayerKind(f.text(InPayer)), PayerName: f.text(InPayerName),
		Decree: f.text(InDecree), Region: f.text(InRegion), Release: f.text(InRelease),
	}
	wrong := map[Input]Trouble{}
	f.read(wrong, InDecreeDay, TroubleDay, func(text string) (ok bool) { p.DecreeDay, ok = counter.ParseDay(text); return ok })
	f.read(wrong, InFirst, TroubleMonth, func(text string) (ok bool) { p.First, ok = readMonth(text); return ok })
	f.read(wrong, InMonths, TroubleMonths, func(text string) (ok bool) {
		p.Months, ok = readCount(text)
		return ok && p.Months >= 1 && p.Months <= mostMonths
	})
	f.read(wrong, InTarget, TroubleNumber, func(text string) (ok bool) { p.Target, ok = readCount(text); return ok })
	f.read(wrong, InBudget, TroubleAmount, func(text string) (ok bool) { p.Budget, ok = readAmount(text); return ok })
	f.read(wrong, InProgrammes, TroubleChoose, func(text string) bool { p.Programmes = coverOf(text); return p.Programmes != 0 })
	f.read(wrong, InLevel, TroubleChoose, func(text string) (ok bool) {
		p.Level, ok = readCount(text)
		return ok && p.Level >= 1 && p.Level <= 3
	})
	for _, in := range Inputs {
		if f.text(in) == "" && !may[in] {
			wrong[in] = TroubleEmpty
		}
	}
	return p, wrong
}

func (f *Form) text(in Input) string { return strings.TrimSpace(f.Typed[in]) }

func (f *Form) read(wrong map[Input]Trouble, in Input, trouble Trouble, into func(string) bool) {
	if text := f.text(in); text != "" && !into(text) {
		wrong[in] = trouble
	}
}

// Covers are the choices of programmes: what the law has together, without and with old age.
var Covers = []app.Programmes{app.WorkAccident | app.Death, app.WorkAccident | app.Death | app.OldAge}

func coverOf(text string) app.Programmes {
	for _, c := range Covers {
		if c.String() == text {
			return c
		}
	}
	return 0
}

// readMonth reads 2026-12, 12-2026 or 12/2026.
func readMonth(text string) (app.Month, bool) {
	if m, ok := app.ParseMonth(text); ok {
		return m, true
	}
	month, year, ok := strings.Cut(strings.NewReplacer("/", "-", ".", "-", " ", "-").Replace(text), "-")
	if !ok || len(year) != 4 {
		return app.Month{}, false
	}
	if len(month) == 1 {
		month = "0" + month
	}
	return app.ParseMonth(year + "-" + month)
}
