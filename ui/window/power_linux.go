package window

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// power reads the first battery of this computer, as the kernel shows it.
func power() (percent int, charging, ok bool) {
	found, err := filepath.Glob("/sys/class/power_supply/BAT*")
	if err != nil || len(found) == 0 {
		return 0, false, false
	}
	percent, err = strconv.Atoi(line(filepath.Join(found[0], "capacity")))
	if err != nil || percent < 0 || percent > 100 {
		return 0, false, false
	}
	status := line(filepath.Join(found[0], "status"))
	return percent, status == "Charging" || status == "Full" || status == "Not charging", true
}

func line(path string) string {
	b, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(b))
}
