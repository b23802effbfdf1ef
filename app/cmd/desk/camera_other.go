//go:build !linux

package desk

// cameras is empty: nothing without C reads a camera here, so a file is chosen.
func cameras() []string { return nil }
