package kiosk

import (
	"time"

	"golang.org/x/sys/unix"
)

var begun = time.Now()

// uptime is how long the computer runs, asleep or not.
func uptime() time.Duration {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &ts); err != nil {
		return time.Since(begun)
	}
	return time.Duration(ts.Nano())
}
