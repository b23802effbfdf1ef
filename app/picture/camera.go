package picture

import "context"

// Camera takes a picture of what is in front of it, as a JPEG of any size. Where a computer has none,
// people choose a file.
type Camera interface {
	Shoot(ctx context.Context) (jpeg []byte, err error)
}
