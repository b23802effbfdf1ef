package main

import (
	"path/filepath"

	"loket/app"
	"loket/app/headoffice"
)

// rootSignCmd has the root sign certificates ahead: in place, where the root is in the folder, or by a
// request file on the machine that has it.
type rootSignCmd struct {
	Data     string `help:"cli.office.data" placeholder:"DIR" type:"path" xor:"where"`
	Request  string `help:"cli.root.sign.request" placeholder:"FILE" type:"existingfile" xor:"where"`
	Months   int    `help:"cli.root.sign.months" default:"14"`
	NewKey   bool   `help:"cli.root.sign.newkey"`
	RootFile string `name:"root" help:"cli.root.file" placeholder:"FILE" type:"existingfile"`
	Out      string `help:"cli.root.sign.out" placeholder:"FILE" type:"path"`
}

// Run signs; in place the running server takes the certificates within a minute.
func (c *rootSignCmd) Run(env *Env) error {
	if c.Request == "" {
		return c.inPlace(env)
	}
	if c.RootFile == "" || c.Out == "" || c.NewKey {
		return app.Fail(app.WrongUse, "value", "--request --root --out")
	}
	answer, n, err := headoffice.AnswerRequest(c.Request, c.RootFile)
	if err != nil {
		return err
	}
	if err := writeWhole(c.Out, answer); err != nil {
		return err
	}
	return env.Say("cli.root.signed", "n", n)
}

func (c *rootSignCmd) inPlace(env *Env) error {
	if c.Data == "" {
		return app.Fail(app.WrongUse, "value", "--data, --request")
	}
	keys, err := rootData{c.Data}.keys(env)
	if err != nil {
		return err
	}
	n, err := keys.SignAhead(c.Months, c.NewKey, env.Now())
	if err != nil {
		return err
	}
	if err := env.Say("cli.root.signed", "n", n); err != nil {
		return err
	}
	return env.Say("cli.root.until", "day", keys.Ends(env.Now()).Format("2006-01-02"))
}

type rootRequestCmd struct {
	rootData
	Months int    `help:"cli.root.sign.months" default:"14"`
	NewKey bool   `help:"cli.root.sign.newkey"`
	Out    string `help:"cli.root.sign.out" placeholder:"FILE" type:"path" required:""`
}

// Run prepares the months; their private keys stay here.
func (c *rootRequestCmd) Run(env *Env) error {
	keys, err := c.keys(env)
	if err != nil {
		return err
	}
	request, err := keys.RequestMonths(c.Months, c.NewKey, env.Now())
	if err != nil {
		return err
	}
	b, err := request.Encode()
	if err != nil {
		return err
	}
	if err := writeWhole(c.Out, b); err != nil {
		return err
	}
	return env.Say("cli.root.requested", "n", len(request.Months), "file", filepath.Base(c.Out))
}

type rootTakeCmd struct {
	rootData
	File string `arg:"" help:"cli.root.take.file" type:"existingfile"`
}

// Run brings the root's answer in.
func (c *rootTakeCmd) Run(env *Env) error {
	keys, err := c.keys(env)
	if err != nil {
		return err
	}
	n, err := keys.TakeAnswer(c.File, env.Now())
	if err != nil {
		return err
	}
	if err := env.Say("cli.root.taken", "n", n); err != nil {
		return err
	}
	return env.Say("cli.root.until", "day", keys.Ends(env.Now()).Format("2006-01-02"))
}

type rootRotateCmd struct{ rootData }

// Run makes the successor the root.
func (c *rootRotateCmd) Run(env *Env) error {
	keys, err := c.keys(env)
	if err != nil {
		return err
	}
	if err := keys.Rotate(env.Now()); err != nil {
		return err
	}
	for _, root := range keys.Roots() {
		if err := env.Println(root.String()); err != nil {
			return err
		}
	}
	return env.Say("cli.root.rotated")
}
