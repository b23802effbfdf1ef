package program

import (
	"os"
	"testing"
	"time"

	"loket/app/sponsor"
	"loket/app/words"
	"loket/ui/task"
	"loket/ui/theme"
)

// TestPictures walks through all pages, for eyes; it also proves that each can be drawn in both
// languages and sizes.
func TestPictures(t *testing.T) {
	for name, c := range map[string]struct {
		wide, high float32
		lang       words.Lang
		look       theme.Look
	}{
		"id-1366":     {1366, 768, words.ID, theme.Look{}},
		"en-1366":     {1366, 768, words.EN, theme.Look{}},
		"id-1024":     {1024, 600, words.ID, theme.Look{}},
		"en-1024":     {1024, 600, words.EN, theme.Look{}},
		"id-1024-150": {1024, 600, words.ID, theme.Look{Scale: 150}},
	} {
		t.Run(name, func(t *testing.T) {
			if os.Getenv("LOKET_SHOTS") == "" && name != "en-1366" && name != "id-1024-150" {
				t.Skip("drawn for eyes only")
			}
			empty := opened(t, newDesk(), c.wide, c.high, c.lang, c.look)
			empty.Picture(name + "-01-empty")

			x := opened(t, twoProgrammes(), c.wide, c.high, c.lang, c.look)
			x.Picture(name + "-02-list")
			x.s.fresh()
			x.Picture(name + "-03-form")
			x.s.Save()
			x.Picture(name + "-04-form-missing")
			x.s.model.Form = formOf(kutim)
			x.s.show()
			x.Picture(name + "-05-form-full")
			x.s.open(kutim.Scope)
			x.Until("read", func() bool { return x.s.model.Chosen.Versions != nil })
			x.Picture(name + "-06-programme")
			x.s.model.Chosen.Tab = TabOverlaps
			x.s.show()
			x.Picture(name + "-07-overlaps")
			x.s.toBudget()
			x.Picture(name + "-08-budget")
			x.s.Back()
			x.s.toFile()
			x.Picture(name + "-09-file")
			x.list("daftar desa.csv", dirty(1700))
			x.Picture(name + "-10-columns")
			x.s.model.Work = Judging
			x.s.show()
			x.Picture(name + "-11-judging")
			x.s.model.Work = Idle
			x.s.judge()
			x.idle()
			x.Picture(name + "-12-verdict")
			x.s.model.Import.Villages = true
			x.s.show()
			x.Picture(name + "-13-villages")
			x.s.askImport()
			x.Picture(name + "-14-ask")
			x.Shell.Dismiss()
			x.s.model.Work = Importing
			x.s.show()
			x.Shell.Progress(task.Progress{Done: 61_000, Total: 150_000, PerSecond: 7_310, Left: 12 * time.Second})
			x.Picture(name + "-14b-importing")
			x.Shell.Progress(task.Progress{Over: true})
			x.s.model.Work = Idle
			x.d.outcome = sponsor.Outcome{Version: sponsor.Version{Number: 3, New: 1180, Corrected: 12, Unchanged: 31, Left: 4, At: now}}
			x.s.register()
			x.idle()
			x.Picture(name + "-15-done")
		})
	}
}
