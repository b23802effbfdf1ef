package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"

	"loket/app"
)

// window is the real window and where it looks.
type window struct {
	Program  string // "" is loket beside this program
	Data     string
	State    string // folder of the machine secret
	PIN      string
	Pictures string // a picture of each screen is left here
	Log      string
	scene
}

// The person whom the window registers: invented.
const (
	dayangNIK  = "6471025203880004"
	dayangName = "Dayang Aminah binti Purnama"
)

// drive plays J1, J2, J3, J6, J7 and J8 in the real window with real keys, then looks at the screens
// again in the other language and on the smallest window. It counts the pictures that it leaves.
func drive(ctx context.Context, w window) (int, error) {
	if w.Program == "" {
		w.Program = beside("loket")
	}
	shots, err := w.play(ctx, "1366x768", "id", walkThrough)
	for _, round := range [][2]string{{"1366x768", "en"}, {"1024x600", "id"}, {"1024x600", "en"}} {
		if err != nil {
			break
		}
		var more int
		more, err = w.play(ctx, round[0], round[1], lookAround)
		shots += more
	}
	return shots, err
}

func (w window) play(ctx context.Context, size, lang string, script func(*stage, window)) (int, error) {
	pictures := filepath.Join(w.Pictures, lang+"-"+strings.Split(size, "x")[0])
	s, err := openStage(ctx, size, pictures, w.Log, []string{"LOKET_STATE=" + w.State, "HOME=" + w.home},
		w.Program, "--data", w.Data, "--size", size, "--lang", lang)
	if err != nil {
		return 0, err
	}
	s.await("the window", func() bool { return bright(s.picture()) })
	script(s, w)
	return s.shots, errors.Join(s.err, s.close())
}

// walkThrough is a day: one person at the counter, from the PIN to the card in hand; a sponsor's
// list; every screen; and a volunteer at an event.
func walkThrough(s *stage, w window) {
	s.shot("01-masuk")
	s.see("02-beranda", func() { s.write(w.PIN) })
	register(s, w)
	s.press("F4")
	s.shot("30-kartu")
	card := printedCard(s, w)
	s.scan(card)
	s.shot("31-kartu-dicek")
	handOver(s, card)
	s.press("F6")
	s.scan(card)
	s.shot("34-cek")
	newProgramme(s)
	importList(s)
	visit(s)
	leave(s)
	volunteer(s, w)
}

// lookAround visits every screen with the data that is there now, by the same keys.
func lookAround(s *stage, w window) {
	s.shot("01-masuk")
	s.see("02-beranda", func() {
		s.press("Return") // the supervisor's name comes first
		s.write(w.PIN)
	})
	s.seeKeys("03-daftar-kosong", "F2")
	s.seeKeys("30-kartu", "F4")
	s.seeKeys("32-serah", "F5")
	s.seeKeys("34-cek", "F6")
	visit(s)
	leave(s)
	s.see("72-relawan", func() {
		s.tab(-3) // from the PIN past the way in with a pass to the volunteer's name
		s.press("Return")
		s.write(volunteerPIN)
	})
}

// register fills Daftar baru by keyboard alone: Enter goes on and passes over what the NIK filled in,
// a letter answers a question. 24 keys beside what is typed, Ctrl+S among them.
func register(s *stage, w window) {
	s.seeKeys("03-daftar-kosong", "F2")
	s.write(dayangNIK, dayangName, "Samarinda", "kaw", "Halimah", "Jl. Marsma Iswahyudi No. 7", "012/000", "manggar baru")
	s.write("nelayan")
	s.press("t") // no owner of a business
	s.write("Pantai Manggar", "05-11", "1500000")
	s.shot("04-daftar")
	s.press("Return", "Return", "Return") // programmes, months and payer as they are
	s.write("0812 7000 0042", "Abdul Rahman", "suami", "0813 7000 0043")
	s.press("y", "y", "t") // the notice, messages, pictures
	s.draw([2]int{1225, 380}, [2]int{1240, 350}, [2]int{1255, 395}, [2]int{1275, 352}, [2]int{1290, 390}, [2]int{1315, 360})
	s.shot("05-daftar-lengkap")
	s.press("ctrl+s")
	s.shot("06-tersimpan")
	for _, kind := range []string{"PS-*", "KT-*"} { // the slip, then the card
		before := len(w.printed(kind))
		s.press("F11")
		s.await(kind, func() bool { return len(w.printed(kind)) > before })
	}
	s.shot("07-tercetak")
}

// printed lists the printed files of a kind, the newest last. The tour itself has printed some.
func (w window) printed(kind string) []string {
	files, err := filepath.Glob(filepath.Join(w.Data, "cetak", kind+".pdf"))
	if err != nil {
		return nil
	}
	sort.Slice(files, func(i, j int) bool { return modified(files[i]) < modified(files[j]) })
	return files
}

// printedCard reads the code of the newest printed card with somebody else's decoder.
func printedCard(s *stage, w window) string {
	files := w.printed("KT-*")
	if len(files) == 0 {
		s.fail("cetak/KT-*.pdf", nil)
		return ""
	}
	picture := filepath.Join(filepath.Dir(w.Log), "card")
	s.run("pdftoppm", "-r", "300", "-f", "1", "-l", "1", "-singlefile", "-png", files[len(files)-1], picture)
	return strings.TrimSpace(string(s.run("zbarimg", "-q", "--raw", picture+".png")))
}

func modified(file string) int64 {
	info, err := os.Stat(file)
	if err != nil {
		return 0
	}
	return info.ModTime().UnixNano()
}

func (s *stage) fail(what string, err error) {
	if s.err == nil {
		s.err = &app.Error{Code: app.TourDiffers, Args: app.Args{"what": what}, Op: "tour.screens", Err: err}
	}
}

// handOver gives the scanned card to its holder, who signs on the screen.
func handOver(s *stage, card string) {
	s.press("F5")
	s.scan(card)
	s.shot("32-serah")
	s.press("space") // the holder takes it
	s.draw([2]int{1000, 350}, [2]int{1030, 315}, [2]int{1060, 375}, [2]int{1100, 310}, [2]int{1140, 370}, [2]int{1200, 325})
	s.press("ctrl+s")
	s.shot("33-diserahkan")
}

// beside is another program in this program's folder.
func beside(name string) string {
	self, err := os.Executable()
	if err != nil {
		return name
	}
	path := filepath.Join(filepath.Dir(self), name)
	if _, err := exec.LookPath(path); err != nil {
		return name
	}
	return path
}
