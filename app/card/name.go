package card

import (
	"strings"
	"unicode/utf8"
)

// lineWidth is what one of the two lines of a name on the face holds, in characters.
const lineWidth = MaxName / 2

// PrintedName is a name as it stands on the face of a card and in its claims: up to 52 characters.
// A longer name keeps as many whole words as fit and becomes initials behind them; the record
// keeps the whole name.
func PrintedName(name string) string {
	words := strings.Fields(name)
	for whole := len(words); whole > 0; whole-- {
		if s := withInitials(words, whole); utf8.RuneCountInString(s) <= MaxName {
			return s
		}
	}
	if len(words) == 0 {
		return ""
	}
	return strings.TrimSpace(cut(withInitials(words, 1), MaxName))
}

// withInitials writes the first words whole and the others as initials.
func withInitials(words []string, whole int) string {
	out := make([]string, 0, len(words))
	for i, w := range words {
		if i >= whole {
			first, _ := utf8.DecodeRuneInString(w)
			w = string(first) + "."
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

// NameLines breaks a printed name into one or two lines, at the blank that leaves the longer one
// shortest. Two lines hold 26 characters each; where words do not allow that, a line is longer and
// is to be set narrower. A single word of more than 26 is cut.
func NameLines(printed string) []string {
	if utf8.RuneCountInString(printed) <= lineWidth {
		return []string{printed}
	}
	words := strings.Fields(printed)
	if len(words) == 1 {
		first := cut(printed, lineWidth)
		return []string{first, printed[len(first):]}
	}
	var best []string
	for i := 1; i < len(words); i++ {
		lines := []string{strings.Join(words[:i], " "), strings.Join(words[i:], " ")}
		if best == nil || longer(lines) <= longer(best) {
			best = lines
		}
	}
	return best
}

func longer(lines []string) int {
	return max(utf8.RuneCountInString(lines[0]), utf8.RuneCountInString(lines[1]))
}

// cut keeps the first n characters.
func cut(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
