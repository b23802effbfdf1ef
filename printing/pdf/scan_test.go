package pdf_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"loket/app"
	"loket/printing/document"
	"loket/printing/drawing"
	"loket/printing/pdf"
)

// Somebody else's renderer and decoder read the codes from the file, at what office printers and
// phone cameras see of them.
func TestCodesAreReadFromTheFile(t *testing.T) {
	needTools(t)
	for version, n := range map[int]int{10: 430, 11: 430, 12: 430} {
		pages := cards(1, n, version)
		want := "HTTPS://KARTU.CONTOH.ID/K#" + digits(0, n)
		for _, bleed := range []bool{false, true} {
			o := fixed
			o.Bleed = bleed
			for _, dpi := range []int{300, 200, 150} {
				t.Run(fmt.Sprintf("version %d bleed %v %d dpi", version, bleed, dpi), func(t *testing.T) {
					if got := scan(t, render(t, pages, o), dpi); got != want {
						t.Errorf("read %.60q", got)
					}
				})
			}
		}
	}
}

func TestPracticeDoesNotSpoilTheCode(t *testing.T) {
	needTools(t)
	card := document.Card{Practice: true, Name: "SUPARMI", Text: "HTTPS://KARTU.CONTOH.ID/K#" + digits(7, 430), Version: 10}
	if got := scan(t, render(t, document.MemberCard(card), fixed), 150); got != card.Text {
		t.Errorf("read %.60q", got)
	}
}

func TestSlipBarcodeIsReadFromTheFile(t *testing.T) {
	needTools(t)
	slip := document.Slip{Number: app.ProvisionalNumber{Chain: app.Chain{Kiosk: 417, Incarnation: 1}, Counter: 123}, ScanText: "1004170100012345"}
	for media, dpi := range map[document.Media]int{document.Roll80: 203, document.A6: 300} {
		slip.Media = media
		file := render(t, []drawing.Drawing{document.RegistrationSlip(slip)}, pdf.Options{})
		if got := scan(t, file, dpi); got != slip.ScanText {
			t.Errorf("%s reads as %q", media, got)
		}
	}
}

func needTools(t *testing.T) {
	t.Helper()
	for _, tool := range []string{"pdftoppm", "zbarimg"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is not here")
		}
	}
}

// scan renders the first page and reads the code on it.
func scan(t *testing.T, file []byte, dpi int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "card")
	if err := os.WriteFile(path+".pdf", file, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("pdftoppm", "-r", strconv.Itoa(dpi), "-f", "1", "-l", "1", "-singlefile", "-png", path+".pdf", path).CombinedOutput(); err != nil {
		t.Fatal(err, string(out))
	}
	out, err := exec.Command("zbarimg", "-q", "--raw", path+".png").Output()
	if err != nil {
		return "nothing: " + err.Error()
	}
	return strings.TrimSpace(string(out))
}
