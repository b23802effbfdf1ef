package machine

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"unsafe"

	"golang.org/x/sys/windows"

	"loket/app"
)

// protect seals the secret with this computer's own DPAPI key: the file is useless elsewhere.
func protect(secret []byte) ([]byte, error) {
	var out windows.DataBlob
	err := windows.CryptProtectData(blob(secret), nil, nil, 0, nil, windows.CRYPTPROTECT_LOCAL_MACHINE|windows.CRYPTPROTECT_UI_FORBIDDEN, &out)
	return taken(out, err)
}

func unprotect(b []byte) ([]byte, error) {
	var out windows.DataBlob
	err := windows.CryptUnprotectData(blob(b), nil, nil, 0, nil, windows.CRYPTPROTECT_UI_FORBIDDEN, &out)
	return taken(out, err)
}

func blob(b []byte) *windows.DataBlob {
	if len(b) == 0 {
		return &windows.DataBlob{}
	}
	return &windows.DataBlob{Size: uint32(len(b)), Data: &b[0]}
}

// taken copies what DPAPI allocated and frees it.
func taken(out windows.DataBlob, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	b := bytes.Clone(unsafe.Slice(out.Data, out.Size))
	_, err = windows.LocalFree(windows.Handle(unsafe.Pointer(out.Data)))
	return b, err
}

func systemFolder() (string, error) {
	dir := os.Getenv("ProgramData")
	if dir == "" {
		return "", app.Wrap("machine.Folder", app.FileUnread, errors.New("ProgramData is not set"))
	}
	return filepath.Join(dir, "Loket", "state"), nil
}
