package main

import (
	"os"
	"path/filepath"

	"loket/app"
)

// folderKind is whose data lies in a folder.
type folderKind string

const (
	kioskKind   folderKind = "kiosk"
	officeKind  folderKind = "office"
	unknownKind folderKind = ""
)

// kindOf looks at what lies in a folder: a kiosk's or head office's data, or a backup of either. It is
// unknown where there is nothing that either makes.
func kindOf(dir string) folderKind {
	for _, kind := range []struct {
		kind  folderKind
		names []string
	}{
		{officeKind, []string{"office.db", "keys", "office.backup"}},
		{kioskKind, []string{"loket.db", "outbox", "carrier", "blobs", "kiosk.witness"}},
	} {
		for _, name := range kind.names {
			if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
				return kind.kind
			}
		}
	}
	return unknownKind
}

func noFolder(dir string) error {
	return &app.Error{Code: app.AgentNoFolder, Args: app.Args{"folder": dir}, Op: "loketctl.kindOf"}
}
