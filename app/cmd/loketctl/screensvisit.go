package main

// visit looks at every screen and what lies behind it, by keys that are the same in both languages.
func visit(s *stage) {
	visitCounter(s)
	visitPeople(s)
	visitProgrammes(s)
	s.seeKeys("60-kirim", "F8")
	s.seeKeys("61-laporan", "F9")
	s.seeKeys("62-manfaat", "F10")
	s.seeKeys("63-kegiatan", "F11")
	s.see("64-kegiatan-baru", s.primary)
	s.press("Escape")
	s.seeKeys("68-pengaturan", "F12")
	s.seeKeys("69-beranda-sore", "F1")
}

// visitCounter opens what begins at the form: the queue, and the notice in large letters.
func visitCounter(s *stage) {
	steps := s.width < 1100 // then the form comes in three steps, which the keyboard passes
	back := -3
	if steps {
		back = -6
	}
	s.press("F1", "F2")
	s.see("10-antrean", func() {
		s.tab(back)
		s.press("Return")
	})
	s.press("Escape")
	if steps {
		return
	}
	s.press("F1", "F2")
	s.see("11-pemberitahuan", func() {
		s.tab(26)
		s.press("Return")
	})
	s.press("Escape")
}

// visitPeople finds somebody, asks for a family, and looks at the lists of the supervisor.
func visitPeople(s *stage) {
	s.seeKeys("20-cari", "F3")
	s.write("aminah")
	s.shot("21-ditemukan")
	s.seeKeys("22-peserta", "Return")
	s.press("Escape")
	s.see("23-keluarga", s.primary)
	s.see("24-keluarga-kurang", s.primary)
	s.press("Escape", "F1")
	s.see("25-tinjau", func() {
		s.tab(4)
		s.press("Return")
	})
	s.press("F1")
	s.see("26-lengkapi", func() {
		s.tab(5)
		s.press("Return")
	})
	s.seeKeys("27-lengkapi-satu", "Return")
	s.press("Escape")
}

func visitProgrammes(s *stage) {
	s.seeKeys("40-program", "F7")
	s.seeKeys("41-program-satu", "Return")
	s.see("42-anggaran", func() {
		s.tab(2)
		s.press("Return")
	})
	s.press("Escape", "Escape")
}

// newProgramme fills the form of a sponsor's programme by keyboard.
func newProgramme(s *stage) {
	s.press("F7")
	s.see("43-program-baru", s.primary)
	s.write("Pekerja rentan Kutai Timur", "kabupaten", "Pemerintah Kabupaten Kutai Timur", "500.15/K.9/2026", "15-01-2026", "60000000", "300", "kutai timur")
	s.press("space", "Tab", "Tab")
	s.write("jan", "12", "tanda")
	s.shot("44-program-diisi")
	s.seeKeys("45-program-tersimpan", "ctrl+s")
}

// importList takes a list in: file, columns, verdicts, people.
func importList(s *stage) {
	s.see("46-impor", s.primary)
	s.see("47-pilih-berkas", s.primary)
	s.seeKeys("48-kolom", "Tab", "Return")
	s.see("49-hasil", s.primary)
	s.see("50-daftarkan", s.primary)
	s.seeKeys("51-terdaftar", "shift+Tab", "Return")
	s.press("Escape", "Escape")
}

// leave signs out.
func leave(s *stage) {
	s.press("F12")
	s.see("70-masuk", s.primary)
}

// volunteer signs in with a pass and a PIN of her own, and sees four big buttons.
func volunteer(s *stage, w window) {
	s.see("71-izin", func() { s.scan(w.pass) })
	s.see("72-relawan", func() {
		s.write("Sri Wahyuni")
		s.write(volunteerPIN, volunteerPIN)
	})
	s.seeKeys("73-relawan-daftar", "Return")
}
