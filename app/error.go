package app

import (
	"errors"
	"fmt"
)

// Code names one thing that can go wrong. Codes are a closed list (codes*.go); the sentences that
// people read are made from them in app/words, in both languages, at the edge that shows them.
type Code string

// Args fill the placeholders of a code's sentence. They never hold personal data, because errors
// reach logs.
type Args map[string]any

// Error is a failure with a code. Op says where it happened, for the log; Err is the cause.
type Error struct {
	Code Code
	Args Args
	Op   string
	Err  error
}

// Error prints the code and the cause, for logs and developers; people read words.Error.
func (e *Error) Error() string {
	s := string(e.Code)
	if e.Op != "" {
		s = e.Op + ": " + s
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is makes errors.Is(err, app.Fail(code)) compare codes.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// Fail is an error with a code and, in pairs, the arguments of its sentence.
func Fail(code Code, pairs ...any) *Error {
	e := &Error{Code: code}
	for i := 0; i+1 < len(pairs); i += 2 {
		if e.Args == nil {
			e.Args = Args{}
		}
		e.Args[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return e
}

// Wrap gives a foreign error a code and the place where it happened. A nil error stays nil; an
// error that already has a code keeps it.
func Wrap(op string, code Code, err error) error {
	if err == nil {
		return nil
	}
	var known *Error
	if errors.As(err, &known) {
		return err
	}
	return &Error{Code: code, Op: op, Err: err}
}

// CodeOf finds the code of an error: Internal for foreign ones, "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}
