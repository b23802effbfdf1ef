package main

import (
	"errors"
	"io"
	"os"

	"golang.org/x/sys/windows"
)

// hidden reads from a console without showing what is typed; from anything else it just reads.
func hidden(from io.Reader, read func(io.Reader) (string, error)) (string, error) {
	f, ok := from.(*os.File)
	if !ok {
		return read(from)
	}
	console := windows.Handle(f.Fd())
	var before uint32
	if err := windows.GetConsoleMode(console, &before); err != nil {
		return read(from) // no console
	}
	if err := windows.SetConsoleMode(console, before&^windows.ENABLE_ECHO_INPUT); err != nil {
		return read(from)
	}
	line, err := read(from)
	return line, errors.Join(err, windows.SetConsoleMode(console, before))
}
