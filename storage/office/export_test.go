package office

import "time"

// Within changes how long transactions and their ends may take, so that a test need not wait as long as
// a server may.
func (s *Store) Within(work, commit time.Duration) { s.limits = limits{work, commit} }
