package counter

import "loket/app"

// madeAt says in a record that it was made at an event, when its author works at one. Which event
// that is stands in the entry.
func madeAt(by app.Operator, record app.Record) app.Record {
	if by.Event != "" && record.Source == app.SourceWalkIn {
		record.Source = app.SourceEvent
	}
	return record
}
