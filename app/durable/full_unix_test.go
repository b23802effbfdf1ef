//go:build !windows

package durable

import (
	"os"
	"testing"
)

// A real full disk, where the system has one to offer.
func TestFullDiskIsFull(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no /dev/full here")
	}
	_, err = full.WriteString("x")
	if !Full(err) {
		t.Errorf("got %v", err)
	}
	if err := full.Close(); err != nil {
		t.Error(err)
	}
}
