package office

import (
	"math"
	"strings"

	"loket/app/cose"
	"loket/app/journal"
)

// storable says whether the databases can hold whatever an entry says in the open: no text with a zero
// byte, which PostgreSQL has no place for, and no number above what an INTEGER holds. One such entry
// would keep its whole batch from being taken, and everything behind it at the kiosk.
func storable(e journal.Entry) bool {
	for _, text := range []string{e.Operator, e.Agency, e.Event} {
		if strings.ContainsRune(text, 0) {
			return false
		}
	}
	if len(e.Body) == 0 {
		return true
	}
	var body any
	return cose.UnmarshalOpen(e.Body, &body) == nil && holdable(body)
}

func holdable(v any) bool {
	switch v := v.(type) {
	case string:
		return !strings.ContainsRune(v, 0)
	case uint64:
		return v <= math.MaxInt64
	case []any:
		for _, one := range v {
			if !holdable(one) {
				return false
			}
		}
	case map[any]any:
		for key, one := range v {
			if !holdable(key) || !holdable(one) {
				return false
			}
		}
	}
	return true
}
