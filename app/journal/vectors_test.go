package journal_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"loket/app"
	"loket/app/journal"
)

type hexBytes []byte

func (h *hexBytes) UnmarshalText(text []byte) (err error) {
	*h, err = hex.DecodeString(string(text))
	return err
}

func vectors(t *testing.T, name string, into any) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "docs", "vectors", "journal", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatal(err)
	}
}

func TestVectorsOfEntries(t *testing.T) {
	var file struct {
		Cases []struct {
			Name     string
			Data     hexBytes
			Kind, ID string
			Want     app.Code
		}
	}
	vectors(t, "entries.json", &file)
	for _, tt := range file.Cases {
		e, err := journal.Decode(tt.Data)
		if got := app.CodeOf(err); got != tt.Want {
			t.Errorf("%s: %q, want %q", tt.Name, got, tt.Want)
		}
		if err != nil {
			continue
		}
		if e.Kind.String() != tt.Kind || e.ID().String() != tt.ID {
			t.Errorf("%s: %s %s", tt.Name, e.Kind, e.ID())
		}
		if again, err := e.Encode(); err != nil || !bytes.Equal(again, tt.Data) {
			t.Errorf("%s: encodes as %x, %v", tt.Name, again, err)
		}
	}
}

func TestVectorsOfChains(t *testing.T) {
	var file struct {
		Genesis hexBytes
		Cases   []struct {
			Name        string
			Kiosk       app.Kiosk
			Incarnation app.Incarnation
			Device      hexBytes
			Entries     []hexBytes
			Heads       []hexBytes
			Want        app.Code
			Seq         uint64
		}
	}
	vectors(t, "chains.json", &file)
	for _, tt := range file.Cases {
		c := journal.NewChecker(app.Chain{Kiosk: tt.Kiosk, Incarnation: tt.Incarnation}, []byte(tt.Device))
		if genesis := c.Head; tt.Want == "" && !bytes.Equal(genesis[:], file.Genesis) {
			t.Errorf("%s: begins with %x", tt.Name, genesis)
		}
		var err error
		for i := 0; i < len(tt.Entries) && err == nil; i++ {
			err = c.Take(tt.Entries[i], journal.Head(tt.Heads[i]))
		}
		if got := app.CodeOf(err); got != tt.Want || err != nil && c.Seq+1 != tt.Seq {
			t.Errorf("%s: %q at %d, want %q at %d", tt.Name, got, c.Seq+1, tt.Want, tt.Seq)
		}
	}
}

// The first vector once more, by hand: whoever writes another checker starts here.
func TestTheHeadByHand(t *testing.T) {
	var file struct {
		Genesis hexBytes
		Cases   []struct {
			Device         hexBytes
			Entries, Heads []hexBytes
		}
	}
	vectors(t, "chains.json", &file)
	first := []byte{0x83, 0x19} // [417, 1, bstr]
	first = append(binary.BigEndian.AppendUint16(first, 417), 0x01, 0x58, 32)
	head := sha256.Sum256(append([]byte("loket/journal/1"), append(first, file.Cases[0].Device...)...))
	if !bytes.Equal(head[:], file.Genesis) {
		t.Fatalf("genesis %x", head)
	}
	entry := sha256.Sum256(file.Cases[0].Entries[0])
	leaf := sha256.Sum256(append(make([]byte, 1+8), entry[:]...)) // 0x00, then the device's scope
	next := sha256.Sum256(append(append([]byte{1}, head[:]...), leaf[:]...))
	if !bytes.Equal(next[:], file.Cases[0].Heads[0]) {
		t.Errorf("head 1 is %x", next)
	}
}

func TestVectorsOfParts(t *testing.T) {
	var file struct {
		Cases []struct {
			Name             string
			Salt, Part, Hash hexBytes
			Same             bool
			Want             app.Code
		}
	}
	vectors(t, "parts.json", &file)
	for _, tt := range file.Cases {
		p := journal.Part{Salt: [16]byte(tt.Salt), Body: tt.Part}
		if hash := p.Hash(); bytes.Equal(hash[:], tt.Hash) != tt.Same {
			t.Errorf("%s: hash %x", tt.Name, hash)
		}
		var name journal.NamePart
		if got := app.CodeOf(p.Into(&name)); got != tt.Want {
			t.Errorf("%s: %q, want %q", tt.Name, got, tt.Want)
		}
	}
}
