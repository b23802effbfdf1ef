package machine

import "golang.org/x/sys/unix"

// memory is how much this computer has, in bytes; 0 where the system does not say.
func memory() uint64 {
	var info unix.Sysinfo_t
	if err := unix.Sysinfo(&info); err != nil {
		return 0
	}
	return uint64(info.Totalram) * uint64(info.Unit) //nolint:unconvert // 32 bits on some systems
}
