package window

import (
	"loket/app/access"
	"loket/ui/shell"
)

// Names of the places, by which screens open each other.
const (
	placeHome     = "beranda"
	placeRegister = "daftar"
	placeSearch   = "cari"
	placeCards    = "kartu"
	placeHandover = "serah"
	placeCheck    = "cek"
	placeSend     = "kirim"
	placeSettings = "pengaturan"
)

func (w *Window) places(s access.Session) shell.Session {
	return shell.Session{Home: placeHome}
}
