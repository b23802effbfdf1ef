package main

import "golang.org/x/sys/windows"

// freeMB is the room that this user has on the disk of a folder.
func freeMB(dir string) (int, error) {
	path, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, err
	}
	var free uint64
	err = windows.GetDiskFreeSpaceEx(path, &free, nil, nil)
	return int(free >> 20), err
}
