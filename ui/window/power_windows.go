package window

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// systemPower is SYSTEM_POWER_STATUS.
type systemPower struct {
	ACLine, BatteryFlag, BatteryPercent, SystemFlag byte
	Left, Full                                      uint32 // seconds
}

var getPower = windows.NewLazySystemDLL("kernel32.dll").NewProc("GetSystemPowerStatus")

// power asks Windows for the battery.
func power() (percent int, charging, ok bool) {
	var s systemPower
	if done, _, _ := getPower.Call(uintptr(unsafe.Pointer(&s))); done == 0 || s.BatteryFlag&128 != 0 || s.BatteryPercent > 100 {
		return 0, false, false
	}
	return int(s.BatteryPercent), s.ACLine == 1, true
}
