package office

import (
	"strings"
	"testing"
)

// A drive's letter must not pass for a server's name, nor a strange character end the path.
func TestTheAddressOfAFile(t *testing.T) {
	for file, want := range map[string]string{
		"/var/lib/loket/office.db": "file:///var/lib/loket/office.db?",
		"C:/Loket/office.db":       "file:///C:/Loket/office.db?",
		"/srv/kantor pusat/a?.db":  "file:///srv/kantor%20pusat/a%3F.db?",
	} {
		if got := dsn(file, "rwc", "_txlock=immediate"); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s", file, got)
		}
	}
}
