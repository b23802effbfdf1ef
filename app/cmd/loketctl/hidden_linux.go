package main

import (
	"errors"
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// hidden reads from a terminal without showing what is typed; from anything else it just reads.
func hidden(from io.Reader, read func(io.Reader) (string, error)) (string, error) {
	f, ok := from.(*os.File)
	if !ok {
		return read(from)
	}
	fd := int(f.Fd())
	before, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	if err != nil {
		return read(from) // no terminal
	}
	quiet := *before
	quiet.Lflag &^= unix.ECHO
	if err := unix.IoctlSetTermios(fd, unix.TCSETS, &quiet); err != nil {
		return read(from)
	}
	line, err := read(from)
	return line, errors.Join(err, unix.IoctlSetTermios(fd, unix.TCSETS, before))
}
