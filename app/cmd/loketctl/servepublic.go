package main

import (
	"loket/app"
	"loket/app/headoffice"
)

// publicFlags say who can reach what besides kiosks.
type publicFlags struct {
	ConsoleListen   string   `help:"cli.serve.consolelisten" placeholder:"127.0.0.1:8081"`
	ConsoleOnPublic bool     `help:"cli.serve.consolepublic"`
	MetricsOnPublic bool     `help:"cli.serve.metricspublic"`
	TLSCert         string   `name:"tls-cert" help:"cli.serve.tlscert" placeholder:"FILE" type:"path"`
	TLSKey          string   `name:"tls-key" help:"cli.serve.tlskey" placeholder:"FILE" type:"path"`
	BehindProxy     bool     `help:"cli.serve.behindproxy"`
	TrustedProxy    []string `help:"cli.serve.trustedproxy" placeholder:"CIDR"`
}

func (f publicFlags) public() (headoffice.Public, error) {
	p := headoffice.Public{
		ConsoleListen: f.ConsoleListen, Console: f.ConsoleOnPublic, Metrics: f.MetricsOnPublic,
		Cert: f.TLSCert, Key: f.TLSKey, BehindProxy: f.BehindProxy,
	}
	for _, text := range f.TrustedProxy {
		prefix, ok := headoffice.ParseProxy(text)
		if !ok {
			return p, app.Fail(app.WrongUse, "value", "--trusted-proxy="+text)
		}
		p.Trusted = append(p.Trusted, prefix)
	}
	return p, nil
}
