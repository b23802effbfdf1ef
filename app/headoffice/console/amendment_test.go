package console

import (
	"testing"

	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/words"
)

func TestWhatWasDoneAfterwardsIsSaid(t *testing.T) {
	for want, a := range map[string]books.Amendment{
		"Diperbaiki · Salah ketik · NIK, Nama sesuai KTP":                                  {Kind: journal.RegistrationCorrected, Reason: "typing", Fields: []string{"nik", "name"}},
		"Dilengkapi · Tempat lahir, Bukti":                                                 {Kind: journal.RegistrationCompleted, Fields: []string{"birth_place", "evidence"}},
		"Disetujui penyelia":                                                               {Kind: journal.RegistrationReviewed, Fields: []string{"approved"}},
		"Dikembalikan penyelia · NIK perlu diperiksa":                                      {Kind: journal.RegistrationReviewed, Fields: []string{"sent_back"}, Reason: "nik"},
		"Dibatalkan · Permintaan peserta sendiri":                                          {Kind: journal.RegistrationWithdrawn, Reason: "asked"},
		"Persetujuan diberikan · Bolehkah kami mengirim kabar kepesertaan lewat WhatsApp?": {Kind: journal.ConsentGiven, Fields: []string{"whatsapp"}},
		"Diperbaiki": {Kind: journal.RegistrationCorrected, Reason: "<script>", Fields: []string{"<b>"}},
	} {
		if got := amendedText(words.ID, a); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
