package widgets

// Like makes it look like another one, and keeps the keyboard that it may have.
func (p *Press) Like(other *Press) { p.SetFace(other.face, other.content) }
