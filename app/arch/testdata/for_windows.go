//go:build windows && !cgo

package testdata

import _ "golang.org/x/sys/windows"
