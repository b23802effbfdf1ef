package main

import "runtime/debug"

// versionCmd is `loketctl version`: which build this is.
type versionCmd struct {
	JSON bool `name:"json" help:"cli.json"`
}

type versionAnswer struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"`
	Go       string `json:"go"`
}

// Run prints the version.
func (c *versionCmd) Run(env *Env) error {
	answer := readVersion()
	if c.JSON {
		return env.JSON(answer)
	}
	return env.Say("cli.version.answer", "version", answer.Version, "revision", answer.Revision, "go", answer.Go)
}

func readVersion() versionAnswer {
	answer := versionAnswer{Version: "(devel)"}
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return answer
	}
	answer.Go = build.GoVersion
	if build.Main.Version != "" {
		answer.Version = build.Main.Version
	}
	for _, s := range build.Settings {
		if s.Key == "vcs.revision" {
			answer.Revision = s.Value
		}
	}
	return answer
}
