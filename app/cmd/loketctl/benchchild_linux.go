package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	"loket/app"
)

// childMemory runs a command of this program in a process of its own, and says how many MB that took
// at most. What the system says at the end counts this process too, so the child is looked at while it
// runs.
func childMemory(ctx context.Context, args ...string) (float64, error) {
	program, err := os.Executable()
	if err != nil {
		return 0, app.Wrap("bench.child", app.FileUnread, err)
	}
	child := exec.CommandContext(ctx, program, args...)
	child.Args[0] = "loketctl"
	child.Stdout, child.Stderr = io.Discard, os.Stderr
	if err := child.Start(); err != nil {
		return 0, app.Wrap("bench.child", app.Internal, err)
	}
	ended := make(chan error, 1)
	go func() { ended <- child.Wait() }()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	most := 0.0
	for {
		select {
		case err := <-ended:
			return most, app.Wrap("bench.child", app.Internal, err)
		case <-look.C:
			if status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", child.Process.Pid)); err == nil {
				most = max(most, mostResident(status))
			}
		}
	}
}
