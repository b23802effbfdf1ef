package roster

import "io"

// WriteCopy writes the streamed copy whatever the size of the list.
func (b *Book) WriteCopy(w io.Writer, r *Result) error { return b.writeCopy(w, r) }
