package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"time"

	"loket/app"
	"loket/app/words"
)

// benchCmd measures what the product promises about speed and size, on this machine and along the
// paths that people use: loketctl bench. Its answer is no when a promise is missed.
type benchCmd struct {
	Only  string `help:"bench.cli.only" enum:"print,save,card,verify,batch,intake,published,list,rekey,search,trust," default:"" placeholder:"NAME"`
	Quick bool   `help:"bench.cli.quick"`
	JSON  bool   `name:"json" help:"cli.json"`
}

// figure is one promise and what was measured. Target is the most that is allowed, so a ratio above
// one is a miss.
type figure struct {
	Name     string             `json:"name"`
	Unit     string             `json:"unit"` // times, ms, us, bytes, MB
	Target   float64            `json:"target"`
	Measured float64            `json:"measured"`
	Ratio    float64            `json:"ratio"`
	OK       bool               `json:"ok"`
	Detail   map[string]float64 `json:"detail,omitempty"`
}

type benchAnswer struct {
	System  string   `json:"system"`
	Cores   int      `json:"cores"`
	Go      string   `json:"go"`
	Quick   bool     `json:"quick"`
	Figures []figure `json:"figures"`
}

func figureOf(name, unit string, target, measured float64, detail map[string]float64) figure {
	return figure{Name: name, Unit: unit, Target: target, Measured: measured, Ratio: measured / target, OK: measured <= target, Detail: detail}
}

// bench is one run of the command.
type bench struct {
	dir    string // fresh, removed at the end
	quick  bool
	now    func() time.Time
	listed int    // people of a list that the stall holds
	stall  *stall // opened by the first figure that needs a kiosk
}

// benchGroups are measured in this order: printing first, because its memory is that of the whole
// process.
var benchGroups = []struct {
	name    string
	measure func(context.Context, *bench) ([]figure, error)
}{
	{"print", benchPrint},
	{"save", benchSave},
	{"card", benchCard},
	{"verify", benchVerify},
	{"batch", benchBatch},
	{"intake", benchIntake},
	{"published", benchPublished},
	{"list", benchList},
	{"rekey", benchRekey},
	{"search", benchSearch},
	{"trust", benchTrust},
}

// Run measures and reports.
func (c *benchCmd) Run(ctx context.Context, env *Env) error {
	dir, err := os.MkdirTemp("", "loket-bench-*")
	if err != nil {
		return app.Wrap("loketctl.bench", app.FileUnwritten, err)
	}
	b := &bench{dir: dir, quick: c.Quick, now: env.Now}
	answer := benchAnswer{System: runtime.GOOS + "/" + runtime.GOARCH, Cores: runtime.NumCPU(), Go: runtime.Version(), Quick: c.Quick}
	answer.Figures, err = b.measure(ctx, c.Only)
	if err = errors.Join(err, b.stall.close(context.WithoutCancel(ctx))); err == nil {
		err = c.report(env, answer)
	}
	if removed := os.RemoveAll(dir); err == nil {
		err = app.Wrap("loketctl.bench", app.FileUnwritten, removed)
	}
	return err
}

func (b *bench) measure(ctx context.Context, only string) ([]figure, error) {
	var all []figure
	for _, g := range benchGroups {
		if only != "" && only != g.name {
			continue
		}
		figures, err := g.measure(ctx, b)
		if err != nil {
			return nil, err
		}
		all = append(all, figures...)
	}
	return all, nil
}

// report prints the figures. What was measured quickly says nothing about a promise.
func (c *benchCmd) report(env *Env, a benchAnswer) error {
	show := a.show
	if c.JSON {
		show = func(env *Env) error { return env.JSON(a) }
	}
	if err := show(env); err != nil {
		return err
	}
	if missed := slices.ContainsFunc(a.Figures, func(f figure) bool { return !f.OK }); missed && !a.Quick {
		return errAnswerNo
	}
	return nil
}

func (a benchAnswer) show(env *Env) error {
	say := func(key string, pairs ...any) string { return words.Say(env.Lang, key, pairs...) }
	if err := env.Say("bench.title", "system", a.System, "cores", a.Cores, "go", a.Go); err != nil {
		return err
	}
	rows := [][]string{{say("bench.figure"), say("bench.target"), say("bench.measured"), say("bench.ratio"), ""}}
	for _, f := range a.Figures {
		verdict := say("bench.miss")
		if f.OK {
			verdict = say("bench.ok")
		}
		rows = append(rows, []string{
			say("bench." + f.Name), quantity(env.Lang, f.Target, f.Unit), quantity(env.Lang, f.Measured, f.Unit), fmt.Sprintf("%.2f", f.Ratio), verdict,
		})
	}
	if err := env.table(rows, 0); err != nil {
		return err
	}
	for _, f := range a.Figures {
		if err := f.showDetail(env); err != nil {
			return err
		}
	}
	if a.Quick {
		return env.Say("bench.quick")
	}
	return nil
}

// showDetail tells what a figure is made of.
func (f figure) showDetail(env *Env) error {
	if len(f.Detail) == 0 {
		return nil
	}
	var pairs []any
	for name, v := range f.Detail {
		pairs = append(pairs, name, number(v))
	}
	return env.Println("  " + words.Say(env.Lang, "bench."+f.Name+".detail", pairs...))
}

func quantity(lang words.Lang, v float64, unit string) string {
	return number(v) + " " + words.Say(lang, "bench.unit."+unit)
}

// number has three digits that count, or none behind the point.
func number(v float64) string {
	if v >= 100 {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strconv.FormatFloat(v, 'g', 3, 64)
}

// runs is how often something is measured.
func (b *bench) runs(full int) int {
	if b.quick {
		return min(full, 3)
	}
	return full
}

// median is the middle of what was measured: what a person meets, whatever the disk did once.
func median[T cmp.Ordered](all []T) T {
	slices.Sort(all)
	return all[len(all)/2]
}

// timed is how long something took, in ms.
func timed(do func() error) (float64, error) {
	start := time.Now()
	err := do()
	return time.Since(start).Seconds() * 1000, err
}
