package machine

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

var globalMemoryStatusEx = windows.NewLazySystemDLL("kernel32.dll").NewProc("GlobalMemoryStatusEx")

// memoryStatus is MEMORYSTATUSEX.
type memoryStatus struct {
	length, load                                                   uint32
	total, free, totalPage, freePage, totalVirtual, freeVirtual, x uint64
}

// memory is how much this computer has, in bytes; 0 where the system does not say.
func memory() uint64 {
	var s memoryStatus
	s.length = uint32(unsafe.Sizeof(s))
	if ok, _, _ := globalMemoryStatusEx.Call(uintptr(unsafe.Pointer(&s))); ok == 0 { //nolint:dogsled // the first says it
		return 0
	}
	return s.total
}
