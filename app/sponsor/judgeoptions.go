package sponsor

import "loket/app"

// JudgeOptions say by what a list is judged for a programme.
type JudgeOptions struct {
	AsOf     app.Date
	Villages map[string]string // what a person decided: the list's spelling -> village code, "" for no village
	Hidden   bool              // hidden sheets are judged too
	Progress func(rows int)    // called now and then; nil: nobody looks
}
