package books

// Beginning is what books tell of the keys that they were made for.
type Beginning struct {
	Founder []byte // the first office key, from which the own journal starts; empty: there are no books yet
	Keys    []byte // fingerprints, as head office wrote them; empty in books of the time before they were
}
