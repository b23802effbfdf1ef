package desk

import (
	"bytes"
	"context"
	"os/exec"
	"time"

	"loket/app"
	"loket/app/picture"
)

// webcam is a camera that a program of this system reads: no library without C does it on every system.
type webcam struct {
	program string
	args    []string
}

// shootTakes is how long a camera may take to wake up.
const shootTakes = 15 * time.Second

// Shoot takes one picture.
func (c webcam) Shoot(ctx context.Context) ([]byte, error) {
	ctx, stop := context.WithTimeout(ctx, shootTakes)
	defer stop()
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, c.program, c.args...)
	cmd.Stdout = &out
	if err := cmd.Run(); err != nil || out.Len() == 0 {
		return nil, &app.Error{Code: app.CameraFailed, Op: "desk.Shoot", Err: err}
	}
	return out.Bytes(), nil
}

// Camera is the first camera of this computer, or nil: then pictures are chosen as files.
func Camera() picture.Camera {
	devices := cameras()
	if len(devices) == 0 {
		return nil
	}
	return cameraAt(devices[0])
}

// cameraAt reads a camera by the program that there is: the first frames are left out, because a camera
// has to find its light.
func cameraAt(device string) picture.Camera {
	for _, w := range []webcam{
		{"fswebcam", []string{"-q", "-d", device, "-r", "1280x720", "-S", "12", "--no-banner", "--jpeg", "90", "-"}},
		{"ffmpeg", []string{"-loglevel", "error", "-f", "v4l2", "-i", device, "-vf", "select=gte(n\\,12)", "-frames:v", "1", "-f", "image2pipe", "-c:v", "mjpeg", "-"}},
	} {
		if path, err := exec.LookPath(w.program); err == nil {
			w.program = path
			return w
		}
	}
	return nil
}
