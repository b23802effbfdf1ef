package main

import (
	"path/filepath"
	"time"

	"loket/app/headoffice"
)

// rootCmd is head office's root key: show its fingerprints, take it away, bring it back.
type rootCmd struct {
	Show   rootShowCmd   `cmd:"" help:"cli.root.show"`
	Export rootExportCmd `cmd:"" help:"cli.root.export"`
	Import rootImportCmd `cmd:"" help:"cli.root.import"`

	Sign    rootSignCmd    `cmd:"" help:"cli.root.sign"`
	Request rootRequestCmd `cmd:"" help:"cli.root.request"`
	Take    rootTakeCmd    `cmd:"" help:"cli.root.take"`
	Rotate  rootRotateCmd  `cmd:"" help:"cli.root.rotate"`
}

type rootData struct {
	Data string `help:"cli.office.data" required:"" placeholder:"DIR" type:"path"`
}

func (d rootData) keys(env *Env) (*headoffice.Keys, error) {
	return headoffice.OpenKeys(filepath.Join(d.Data, "keys"), env.Now())
}

type rootShowCmd struct {
	rootData
	JSON bool `name:"json" help:"cli.json"`
}

// Run prints the fingerprints that kiosks pin: the root's, then its successor's.
func (c *rootShowCmd) Run(env *Env) error {
	keys, err := c.keys(env)
	if err != nil {
		return err
	}
	var prints []string
	for _, root := range keys.Roots() {
		prints = append(prints, root.String())
	}
	if c.JSON {
		return env.JSON(map[string][]string{"roots": prints})
	}
	for _, p := range prints {
		if err := env.Println(p); err != nil {
			return err
		}
	}
	return nil
}

type rootExportCmd struct {
	rootData
	File string `arg:"" help:"cli.root.file" type:"path"`
}

// Run saves the root key.
func (c *rootExportCmd) Run(env *Env) error {
	keys, err := c.keys(env)
	if err != nil {
		return err
	}
	if err := keys.ExportRoot(c.File); err != nil {
		return err
	}
	return env.Say("cli.root.exported", "file", c.File)
}

type rootImportCmd struct {
	rootData
	File string `arg:"" help:"cli.root.file" type:"existingfile"`
}

// Run brings the root key back.
func (c *rootImportCmd) Run(env *Env) error {
	keys, err := c.keys(env)
	if err != nil {
		return err
	}
	if err := keys.ImportRoot(c.File); err != nil {
		return err
	}
	return env.Say("cli.root.imported")
}

// envClock is the command's own time.
type envClock struct{ env *Env }

// Now returns it.
func (c envClock) Now() time.Time { return c.env.Now() }
