package program

import (
	"strings"

	"loket/app"
	"loket/app/sponsor"
	"loket/ui/widgets"
)

// monthWord is a month as people write it in little room: "Des 2026".
func monthWord(w widgets.Window, m app.Month) string {
	names := strings.Fields(w.Say("when.months"))
	if m.Month < 1 || int(m.Month) > len(names) {
		return ""
	}
	return string([]rune(names[m.Month-1])[:3]) + " " + number4(m.Year)
}

func number4(year int) string { return strings.ReplaceAll(number(year), ".", "") }

// span is the months that a programme pays: "Des 2026 – Nov 2027 · 12 bulan".
func span(w widgets.Window, from app.Month, months int) string {
	if months < 1 {
		return ""
	}
	return spanOf(w, from, from.Add(months-1)) + " · " + w.Say("ui.program.months", "n", months)
}

func spanOf(w widgets.Window, from, to app.Month) string {
	if from == to {
		return monthWord(w, from)
	}
	return monthWord(w, from) + " – " + monthWord(w, to)
}

// decreeOf is the decree as people cite it.
func decreeOf(w widgets.Window, p sponsor.Programme) string {
	if !p.DecreeDay.Known() {
		return p.Decree
	}
	return w.Say("ui.program.decree_of", "decree", p.Decree, "day", p.DecreeDay)
}

// percent is a share in whole percent; less than one is told as such.
func percent(part, whole int64) string {
	switch {
	case whole <= 0:
		return ""
	case part > 0 && part*100 < whole:
		return "<1%"
	}
	return number(int(part*100/whole)) + "%"
}
