package desk_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/app"
	"loket/app/headoffice"
	"loket/app/vault"
)

// The whole way as the window goes it: a file, a code, an answer that is judged before anybody types.
func TestARequestGoesIntoAFolderAndItsCodeStays(t *testing.T) {
	k := enrolled(t)
	k.exchange(t)
	must(t, k.SignOut(t.Context()))
	code, err := k.Door.AskedRecovery(t.Context())
	if err != nil || code != "" {
		t.Errorf("nobody asked: %q %v", code, err)
	}
	_, _, err = k.AskRecovery(t.Context(), filepath.Join(t.TempDir(), "none"))
	wantCode(t, err, app.FileUnwritten)
	dir := t.TempDir()
	file, code, err := k.AskRecovery(t.Context(), dir)
	must(t, err)
	if filepath.Dir(file) != dir || strings.Contains(strings.ToUpper(file), "RAHMAT") {
		t.Errorf("the file is %q", file)
	}
	b, err := os.ReadFile(file)
	must(t, err)
	request, err := vault.ParseRecoveryRequest(b)
	must(t, err)
	again, err := k.Door.AskedRecovery(t.Context())
	if err != nil || again != code || request.Code() != code {
		t.Errorf("codes %q, %q and %q: %v", code, again, request.Code(), err)
	}
	key, err := headoffice.ReadKey(filepath.Join(headOfficeDir, "keys", "recovery.key"))
	must(t, err)
	answer, err := headOffice.Office.Recover(t.Context(), request, key, "admin", "rina")
	must(t, err)
	wantCode(t, k.Door.CheckRecovery(t.Context(), b), app.VaultRecoveryAnswer)
	must(t, k.Door.CheckRecovery(t.Context(), answer))
	_, err = k.Recover(t.Context(), answer, "SITI AMINAH", "73640219")
	must(t, err)
	if code, err = k.Door.AskedRecovery(t.Context()); err != nil || code != "" {
		t.Errorf("a request still waits: %q %v", code, err)
	}
}
