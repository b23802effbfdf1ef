package kiosk

import (
	"slices"
	"strings"
	"testing"

	"loket/app/vault"
)

// openColumns are BLOB columns that hold nothing under the data key.
var openColumns = []string{
	"attachments.hash", "attachments.receipt", "batches.identity", "batches.receipt", "batches.former_receipt", "batches.signed", "cards.hash",
	"list_parts.hash", "list_parts.raw", "lists_wanted.hash",
	"entries.bytes", "entries.head", "entries.scope", "feed_applied.hash", "feed_applied.first", "handovers.hash", "meta.device",
	"passes.id", "passes.slot", "passes.unlock", // the slot is made anew with the key that it holds
	"operators.key", "operators.label", "operators.opening", "registrations.scope", "renewals.sealed", "scopes.scope",
	"secrets.sealed", // written anew with the keys that they hold
	"settings.value", "slots.slot",
	"registrations.nik", "registrations.nik_before", "listed.nik", // blind indexes, made anew from the record
	"listed.scope", "listed.commitment", "lists.scope", "lists.file", "lists.root", "programmes.scope", "programmes.body",
	"listed.digest", "lists.judged", // keyed; another key only means that a list is compared once more
}

// Whoever adds a column says here whether it changes with the data key.
func TestEveryColumnIsKnownToTheChangeOfKeys(t *testing.T) {
	s := fresh(t)
	known := map[string]bool{}
	for _, name := range openColumns {
		known[name] = true
	}
	for _, c := range append(slices.Clone(pieceColumns), atOnceColumns...) {
		into := strings.Fields(c.write) // UPDATE table SET column
		known[into[1]+"."+into[3]] = true
	}
	rows, err := s.r.rows(t.Context(), `SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND c.type = 'BLOB' ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	columns, err := collect("test", rows, func(row scanner) (string, error) {
		var name string
		return name, row.Scan(&name)
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range columns {
		if !known[name] {
			t.Errorf("%s: is it sealed with the data key? Then it belongs to pieceColumns or atOnceColumns, else to openColumns", name)
		}
	}
	if vault.VersionOf([]byte{0, 0, 0, 7, 1}) != 7 {
		t.Error("the version of a sealed value is not read")
	}
}
