// Package app is Loket's vocabulary: the identifiers, records, states and errors that every other
// room speaks of. It imports the standard library only and does nothing by itself.
//
// Names follow the glossary in docs/ARCHITECTURE.md; screens show the Indonesian words.
package app

import "time"

// Clock tells the time. Use cases take one, so that tests and "known time" can supply another.
type Clock interface{ Now() time.Time }

// SystemClock is the computer's own clock.
type SystemClock struct{}

// Now returns the computer's time.
func (SystemClock) Now() time.Time { return time.Now() }
