package books

import "loket/app"

// Alarm is something that head office must not leave standing. It is red on the console's first page
// and in the metrics until it is over.
type Alarm struct {
	Code app.Code // its sentence says what, why, and what to do now
	Args app.Args // of the sentence
	Link string   // page of the console that shows more: "/console/kiosks"; "" none
}
