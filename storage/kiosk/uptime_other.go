//go:build !linux && !windows

package kiosk

import "time"

var begun = time.Now()

// uptime is how long this program runs: less than the computer does, so a wait is never shorter.
func uptime() time.Duration { return time.Since(begun) }
