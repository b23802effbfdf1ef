package console

import "loket/app/office/books"

// bar is a picture of parts of a whole, in thousandths of its width.
type bar struct {
	Good, Rest int // accepted, and behind it what still waits
	Mark       int // where the target stands; 0: at the end, or none
	Percent    int // of the whole; -1: there is no whole
}

// thousand is the width of a bar.
const thousand = 1000

// barOf shows the accepted and the undecided against a target; without one, against all registered.
func barOf(p books.People, target int) bar {
	whole := max(target, p.Registered)
	if whole == 0 {
		return bar{Percent: -1}
	}
	b := bar{Good: p.Accepted * thousand / whole, Rest: (p.Registered - p.Accepted) * thousand / whole}
	if target > 0 {
		b.Percent = p.Accepted * 100 / target
		if target < whole {
			b.Mark = target * thousand / whole
		}
		return b
	}
	b.Percent = p.Accepted * 100 / whole
	return b
}

// End is where the undecided end.
func (b bar) End() int { return b.Good + b.Rest }
