//go:build !linux && !windows

package window

// power is not known here.
func power() (percent int, charging, ok bool) { return 0, false, false }
