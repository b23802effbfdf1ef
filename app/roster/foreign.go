package roster

import (
	"bytes"
	"unicode/utf16"

	"loket/app"
)

// foreign knows the files that people take for a list, by their first bytes; "" when it may be one.
func foreign(file []byte) app.Code {
	head := bytes.TrimLeft(bytes.TrimPrefix(file[:min(len(file), 4096)], []byte("\xEF\xBB\xBF")), " \t\r\n")
	lower := bytes.ToLower(head)
	switch {
	case len(head) == 0:
		return app.RosterEmpty
	case bytes.HasPrefix(file, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return compound(file)
	case bytes.HasPrefix(head, []byte("%PDF")):
		return app.RosterPDF
	case bytes.HasPrefix(lower, []byte("<")):
		return app.RosterWebPage
	case picture(file) || bytes.HasPrefix(head, []byte("{\\rtf")) || bytes.HasPrefix(file, []byte("PK\x05\x06")):
		return app.RosterNotList
	}
	return ""
}

// compound tells the two files apart that Office keeps in its old container: a workbook locked with
// a password ([MS-OFFCRYPTO]), and one from before 2007.
func compound(file []byte) app.Code {
	names := func(s string) []byte {
		var b []byte
		for _, u := range utf16.Encode([]rune(s)) {
			b = append(b, byte(u), byte(u>>8))
		}
		return b
	}
	switch {
	case bytes.Contains(file, names("EncryptedPackage")):
		return app.RosterLocked
	case bytes.Contains(file, names("Workbook")) || bytes.Contains(file, names("Book")):
		return app.RosterOldExcel
	}
	return app.RosterNotList
}

func picture(file []byte) bool {
	for _, mark := range []string{"\x89PNG", "\xFF\xD8\xFF", "GIF8", "BM", "II*\x00", "MM\x00*", "Rar!", "7z\xBC\xAF", "\x1F\x8B"} {
		if bytes.HasPrefix(file, []byte(mark)) && (mark != "BM" || bytes.IndexByte(file[:min(len(file), 64)], 0) >= 0) {
			return true
		}
	}
	return false
}
