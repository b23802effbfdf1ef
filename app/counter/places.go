package counter

// places finds an id's place in a column: a table of places, open for the next free slot. It takes a
// third of what a map of the language takes.
type places []uint32 // place + 1; 0 is free. Its length is a power of two

// slot is where an id stands or would stand.
func (p places) slot(id uint64, column []uint64) int {
	last := uint64(len(p) - 1)
	i := (id * 0x9e3779b97f4a7c15) >> 20 & last
	for p[i] != 0 && column[p[i]-1] != id {
		i = (i + 1) & last
	}
	return int(i)
}

func (p places) of(id uint64, column []uint64) (uint32, bool) {
	if len(p) == 0 {
		return 0, false
	}
	place := p[p.slot(id, column)]
	return place - 1, place != 0
}

// add takes in the column's last id, and makes room where three quarters are taken.
func (p *places) add(column []uint64) {
	if 4*len(column) <= 3*len(*p) {
		(*p)[p.slot(column[len(column)-1], column)] = uint32(len(column))
		return
	}
	*p = make(places, max(16, 2*len(*p)))
	for i, id := range column {
		(*p)[p.slot(id, column)] = uint32(i + 1)
	}
}
