//go:build unix

package main

import "golang.org/x/sys/unix"

// freeMB is the room that this user has on the disk of a folder.
func freeMB(dir string) (int, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, err
	}
	return int(uint64(s.Bavail) * uint64(s.Bsize) >> 20), nil
}
