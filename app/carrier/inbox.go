package carrier

import (
	"os"

	"loket/app"
	"loket/app/sealed"
)

// What the inbox holds at most. A kiosk whose window nobody opens for years stays below it; what is
// above is not fetched and waits at head office.
const (
	mostFrames     = 10_000
	mostInboxBytes = 256 << 20
)

// inboxSize counts the frames that wait, and their bytes.
func (b Box) inboxSize() (files int, bytes int64, err error) {
	places, err := b.Frames()
	for _, p := range places {
		if info, err := os.Lstat(b.framePath(p)); err == nil { // applied in this moment otherwise
			files, bytes = files+1, bytes+info.Size()
		}
	}
	return files, bytes, err
}

func (b Box) full() (bool, error) {
	files, bytes, err := b.inboxSize()
	return files >= mostFrames || bytes >= mostInboxBytes, err
}

// makeRoom fails with post.inbox_full when no more may be fetched. What lies beyond the cursor gives way
// first: the line brings it again in its turn.
func (b Box) makeRoom(cursor sealed.Place) error {
	full, err := b.full()
	if err != nil || !full {
		return err
	}
	places, err := b.Frames()
	if err != nil {
		return err
	}
	for _, p := range places {
		if cursor.Before(p) {
			if err := b.DropFrame(p); err != nil {
				return err
			}
		}
	}
	if full, err = b.full(); err == nil && full {
		err = app.Fail(app.PostInboxFull, "most", mostFrames)
	}
	return err
}
