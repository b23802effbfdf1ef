package carrier

import (
	"os"
	"path/filepath"
	"testing"

	"loket/app"
)

// How to reach head office and the transport key heal from their second copies; with both spoiled it is told
// and no new key is made in silence.
func TestWhatTheCarrierNeedsHeals(t *testing.T) {
	for name, spoil := range map[string]func(t *testing.T, path string){
		"gone":    func(t *testing.T, path string) { must(t, os.Remove(path)) },
		"emptied": func(t *testing.T, path string) { must(t, os.WriteFile(path, nil, 0o600)) },
		"zeros":   func(t *testing.T, path string) { must(t, os.WriteFile(path, make([]byte, 200), 0o600)) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			must(t, os.MkdirAll(filepath.Join(dir, "carrier"), 0o700))
			want := Office{Address: "https://pusat.contoh.id", TLSPin: make([]byte, 32), Kiosk: 417, Life: 1}
			must(t, KeepOffice(dir, want))
			key, err := TransportKey(dir)
			must(t, err)
			for _, file := range []string{"office.json", "transport.key"} {
				path := filepath.Join(dir, "carrier", file)
				before, err := os.ReadFile(path)
				must(t, err)
				spoil(t, path)
				office, err := OfficeOf(dir)
				if err != nil || office.Address != want.Address {
					t.Errorf("%s: %+v %v", file, office, err)
				}
				again, err := TransportKey(dir)
				if err != nil || !again.Equal(key) {
					t.Errorf("%s: another key (%v)", file, err)
				}
				if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
					t.Errorf("%s was not written anew (%v)", file, err)
				}
				spoil(t, path+".second")
				if again, err := TransportKey(dir); err != nil || !again.Equal(key) {
					t.Errorf("without the second copy of %s: %v", file, err)
				}
			}
		})
	}
}

func TestBothCopiesSpoiledIsTold(t *testing.T) {
	dir := t.TempDir()
	_, err := TransportKey(dir)
	must(t, err)
	for _, file := range []string{"transport.key", "transport.key.second"} {
		must(t, os.WriteFile(filepath.Join(dir, "carrier", file), []byte("spoiled"), 0o600))
	}
	if _, err := TransportKey(dir); app.CodeOf(err) != app.FileUnread {
		t.Error(err)
	}
}
