package roster

import "testing"

func TestFieldOf(t *testing.T) {
	for field, all := range map[Field][]string{
		NIK:        {"NIK", "No. KTP", "NO KTP", "NoKTP", "Nomor Induk Kependudukan", "No. Induk Kependudukan (NIK)", "NIK KTP-el", "nik_ktp", "No. NIK", "Nomor Identitas", "NIK (16 digit)"},
		FamilyCard: {"No KK", "NO. KK", "Nomor Kartu Keluarga", "No. Kartu Keluarga (KK)", "nkk"},
		Name:       {"Nama", "NAMA LENGKAP", "Nama sesuai KTP", "nama_ktp", "Nama Peserta", "NAMA PEKERJA", "Nama Penerima", "Nama Lengkap (sesuai KTP)"},
		Mother:     {"Nama Ibu", "nama_ibu_kandung", "Ibu Kandung"},
		BirthPlace: {"Tempat Lahir", "Tmp. Lahir", "tmp_lahir", "Tempat Kelahiran"},
		BirthDate:  {"Tanggal Lahir", "TGL LAHIR", "Tgl.Lahir", "Tangal Lahir", "tgl_lahir", "Tanggal Lahir (dd-mm-yyyy)", "Tgl Lahir (Tanggal-Bulan-Tahun)"},
		Birth:      {"TTL", "Tempat, Tgl Lahir", "Tempat/Tanggal Lahir", "Tempat dan Tanggal Lahir", "TEMPAT TGL. LAHIR", "Tempat & Tgl Lahir"},
		Sex:        {"L/P", "JK", "Jenis Kelamin", "Jns Kelamin", "Kelamin (L/P)", "Jenis Kelamin (Laki-laki/Perempuan)", "P/L", "Sex"},
		Village:    {"Desa", "Kelurahan", "Desa/Kelurahan", "KELURAHAN/DESA", "Kel/Desa", "Nama Desa", "Kelurhan", "Kode Desa"},
		District:   {"Kecamatan", "KEC.", "kec", "Nama Kecamatan"},
		Street:     {"Alamat", "ALAMAT RUMAH", "Alamat sesuai KTP", "Dusun", "Alamat Lengkap"},
		RTRW:       {"RT/RW", "rt_rw", "RT RW"},
		RT:         {"RT"},
		RW:         {"RW"},
		Phone:      {"No HP", "No. HP", "HP", "Nomor Telepon", "no_telp", "No. WA", "No HP/WA", "Handphone", "No. Hp yang bisa dihubungi"},
		Occupation: {"Pekerjaan", "PEKERJAAN", "Jenis Pekerjaan", "Profesi", "Mata Pencaharian", "Jenis Usaha", "Pekerjan"},
		Heir:       {"Ahli Waris", "Nama Ahli Waris"},
		Note:       {"Keterangan", "Ket.", "KET", "Catatan"},
		Number:     {"No", "NO.", "Nomor", "No Urut", "No. Urut"},
		IsMale:     {"L"},
		IsFemale:   {"P"},
		Ignored: {
			"", "Agama", "Nama Ayah", "Nama Suami", "Status Perkawinan", "Nama Kepala Keluarga", "No. Rekening", "Foto KTP", "NIK Ahli Waris", "HP Ahli Waris",
			"Email", "Nama Usaha", "Pendidikan", "Umur", "Kabupaten", "Penghasilan", "Identitas", "Hubungan Keluarga", "ALASAN DITOLAK", "PERLU DIPERIKSA",
			"DAFTAR USULAN PEKERJA RENTAN DESA KOLEK KECAMATAN SANGKULIRANG KABUPATEN KUTAI TIMUR TAHUN 2026",
		},
	} {
		for _, title := range all {
			if got := FieldOf(title); got != field {
				t.Errorf("%q: %s, want %s", title, got.Key(), field.Key())
			}
		}
	}
}

func TestEveryFieldIsOffered(t *testing.T) {
	if len(Fields) != int(fieldCount) {
		t.Errorf("%d fields are offered of %d", len(Fields), fieldCount)
	}
}
