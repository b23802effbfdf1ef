package desk

import "path/filepath"

// cameras lists the devices of cameras.
func cameras() []string {
	devices, err := filepath.Glob("/dev/video[0-9]*")
	if err != nil {
		return nil
	}
	return devices
}
