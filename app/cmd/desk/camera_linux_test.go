package desk

import (
	"os"
	"path/filepath"
	"testing"

	"loket/app"
)

// stand puts a program of that name on an otherwise empty path.
func stand(t *testing.T, name, script string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
}

func TestACameraIsReadByWhatThereIs(t *testing.T) {
	stand(t, "ffmpeg", `printf picture`)
	got, err := cameraAt("/dev/video9").Shoot(t.Context())
	if err != nil || string(got) != "picture" {
		t.Errorf("%q, %v", got, err)
	}
	stand(t, "fswebcam", `exit 1`)
	if _, err := cameraAt("/dev/video9").Shoot(t.Context()); app.CodeOf(err) != app.CameraFailed {
		t.Error(err)
	}
	stand(t, "nothing", "")
	if cameraAt("/dev/video9") != nil {
		t.Error("a camera without a program to read it")
	}
}
