package main

import (
	"errors"
	"strings"

	"github.com/alecthomas/kong"

	"loket/app/words"
)

// errHelpShown ends the parsing after --help.
var errHelpShown = errors.New("help shown")

// helpFlag is --help. Kong's own would end the process, and so could not be tested.
type helpFlag bool

// IgnoreDefault keeps Kong from resetting the flag.
func (helpFlag) IgnoreDefault() {}

// BeforeReset prints the help of the chosen command before missing arguments are complained of.
func (helpFlag) BeforeReset(ctx *kong.Context) error {
	if err := ctx.PrintUsage(false); err != nil {
		return err
	}
	return errHelpShown
}

// speak replaces the keys in the help tags by their sentences.
func speak(parser *kong.Kong, lang words.Lang) error {
	say := func(help *string) {
		if words.Has(*help) {
			*help = words.Say(lang, *help)
		}
	}
	return kong.Visit(parser.Model, func(part kong.Visitable, next kong.Next) error {
		switch part := part.(type) {
		case *kong.Application:
			say(&part.Help)
		case *kong.Node:
			say(&part.Help)
		case *kong.Value:
			say(&part.Help)
		case *kong.Flag:
			say(&part.Help)
		}
		return next(nil)
	})
}

// chosenLang looks for --lang before the line is parsed, because the help and the complaints about
// the line already need it.
func chosenLang(args []string, otherwise words.Lang) words.Lang {
	for i, arg := range args {
		value, inOne := strings.CutPrefix(arg, "--lang=")
		if !inOne && arg == "--lang" && i+1 < len(args) {
			value, inOne = args[i+1], true
		}
		if inOne {
			return langOf(value)
		}
	}
	return otherwise
}

// langOf reads a locale such as en_GB.UTF-8; everything that is not English is Indonesian.
func langOf(locale string) words.Lang {
	if strings.HasPrefix(strings.ToLower(locale), string(words.EN)) {
		return words.EN
	}
	return words.ID
}
