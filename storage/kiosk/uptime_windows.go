package kiosk

import (
	"time"

	"golang.org/x/sys/windows"
)

// uptime is how long the computer runs, asleep or not.
func uptime() time.Duration { return windows.DurationSinceBoot() }
