package pdf

import (
	"bytes"
	"io"
	"testing"
)

// A file that does not look as gofpdf writes it is refused, never written half understood.
func TestSqueezeRefusesWhatItDoesNotKnow(t *testing.T) {
	for _, file := range []string{
		"", "%PDF-1.3\n", "trailer\nstartxref\n", "\nxref\n0 1\ntrailer\n<<>>\nstartxref\n5\n%%EOF",
		"%PDF-1.3\n1 0 obj\n\nxref\n0 2\n0000000000 65535 f \nabc 00000 n \ntrailer\n<<>>\nstartxref\n9\n",
		"%PDF-1.3\n1 0 obj\n<</Length 999>>\nstream\nx\nendstream\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<<>>\nstartxref\n9\n",
	} {
		var b bytes.Buffer
		if err := squeeze(&b, []byte(file)); err == nil {
			t.Errorf("accepted %q", file)
		}
		if b.Len() > 0 {
			t.Errorf("wrote %d bytes of %q", b.Len(), file)
		}
	}
}

func FuzzSqueeze(f *testing.F) {
	f.Add([]byte("%PDF-1.3\n1 0 obj\n<</Length 1>>\nstream\nx\nendstream\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<<>>\nstartxref\n60\n%%EOF\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if err := squeeze(io.Discard, file); err != nil {
			t.Skip()
		}
	})
}
