package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"

	"loket/app"
)

// window is the real window and where it looks.
type window struct {
	Program  string // "" is loket beside this program
	Data     string
	State    string // folder of the machine secret
	PIN      string
	Pictures string // a picture of each screen is left here
}

// drive runs the window and counts the pictures that it leaves. The window walks through its own
// screens when it is told so, on whatever display there is: a virtual one is the caller's matter,
// or xvfb-run where there is none.
func drive(ctx context.Context, w window) (int, error) {
	program := w.Program
	if program == "" {
		program = beside("loket")
	}
	args := []string{program, "--data", w.Data, "--state", w.State, "--screens", w.Pictures}
	if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		args = append([]string{"xvfb-run", "-a", "-s", "-screen 0 1366x768x24"}, args...)
	}
	path, err := exec.LookPath(args[0])
	if err != nil {
		return 0, &app.Error{Code: app.WindowUnavailable, Op: "tour.screens", Err: err}
	}
	cmd := exec.CommandContext(ctx, path, args[1:]...) //nolint:gosec // our own window
	cmd.Env = append(os.Environ(), "LOKET_PIN="+w.PIN)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return 0, &app.Error{Code: app.TourDiffers, Args: app.Args{"what": "loket --screens: " + string(out)}, Op: "tour.screens", Err: err}
	}
	pictures, err := filepath.Glob(filepath.Join(w.Pictures, "*.png"))
	if err == nil && len(pictures) == 0 {
		err = differs("pictures of the screens")
	}
	return len(pictures), err
}

// beside is another program in this program's folder.
func beside(name string) string {
	self, err := os.Executable()
	if err != nil {
		return name
	}
	return filepath.Join(filepath.Dir(self), name)
}
