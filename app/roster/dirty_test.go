package roster_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"loket/app"
	"loket/app/roster"
)

var kutim = roster.Options{Region: "64.08", AsOf: asOf}

// codes gives the codes of all rows as one text a row, reasons before warnings.
func codes(r *roster.Result) []string {
	var all []string
	for _, row := range r.Rows {
		var one []string
		for _, c := range append(append([]app.Code{}, row.Reasons...), row.Warnings...) {
			one = append(one, string(c))
		}
		all = append(all, strings.Join(one, " "))
	}
	return all
}

func expect(t *testing.T, got *roster.Result, want ...string) {
	t.Helper()
	if !slices.Equal(codes(got), want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(codes(got), "\n"), strings.Join(want, "\n"))
	}
}

// Each row of this list is wrong in one way, or looks wrong and is not.
func TestVerdicts(t *testing.T) {
	for _, c := range []struct{ row, want string }{
		{"6408040505800001;Andi;05-05-1980;L;Sepaso;Petani;;", ""},
		{"'6408040505800001;Andi;05-05-1980;L;Sepaso;Petani;;", ""},
		{"\"=\"\"6408040505800001\"\"\";Andi;05-05-1980;L;Sepaso;Petani;;", ""},
		{"640804 050580 0001;Andi;05-05-1980;L;Sepaso;Petani;;", ""},
		{"6408.0405.0580.0001;Andi;05-05-1980;L;Sepaso;Petani;-;-", ""},
		{"6408040505800010;Andi;05-05-1980;L;Sepaso;Petani;;", ""}, // text keeps its last zero
		{";Andi;05-05-1980;L;Sepaso;Petani;;", "nik_missing"},
		{"xx;Andi;05-05-1980;L;Sepaso;Petani;;", "nik_missing"},
		{"640804050580001;Andi;05-05-1980;L;Sepaso;Petani;;", "nik_length"},
		{"6,40804E+15;Andi;05-05-1980;L;Sepaso;Petani;;", "nik_suspect"},
		{"6.40804050580000E+15;Andi;05-05-1980;L;Sepaso;Petani;;", "nik_suspect"},
		{"6408043205800001;Andi;05-05-1980;L;Sepaso;Petani;;", "nik_impossible"},
		{"6408040505800000;Andi;05-05-1980;L;Sepaso;Petani;;", "nik_impossible"},
		{"6666666666666666;Andi;05-05-1980;L;Sepaso;Petani;;", "nik_impossible"},
		{"6408990505800001;Andi;05-05-1980;L;Sepaso;Petani;;", "nik_region_old"},
		{"6408040505800001;-;05-05-1980;L;Sepaso;Petani;;", "name_missing"},
		{"6408042011610001;Andi;20-11-1961;L;Sepaso;Petani;;", "age_over"}, // 65 today
		{"6408042111610001;Andi;21-11-1961;L;Sepaso;Petani;;", ""},
		{"6408042111110001;Andi;21-11-2011;L;Sepaso;Petani;;", "age_under"},
		{"6408042011110001;Andi;20-11-2011;L;Sepaso;Petani;;", ""}, // 15 today
		{"6408042111610001;Andi;20-11-1961;L;Sepaso;Petani;;", "age_over nik_birth_date_differs"},
		{"6408042011610001;Andi;-;L;Sepaso;Petani;;", "age_over birth_date_from_nik"},
		{"6408044505800001;Ani;05-05-1980;L;Sepaso;Petani;;", "nik_sex_differs"},
		{"6408040505800001;Andi;05-05-1980;L;Antah Berantah;Petani;;", "village_unknown"},
		{"6408040505800001;Andi;05-05-1980;L;;Petani;;", "village_unknown"},
		{"6408040505800001;Andi;05-05-1980;L;64.08.09.2001;Petani;;", ""},
		{"6408040505800001;Andi;05-05-1980;L;64.71.01.1001;Petani;;", "village_unknown"},
		{"6408040505800001;Andi;05-05-1980;L;Sangata Utr.;Petani;;", "village_guessed"},
		{"6408040505800001;Andi;05-05-1980;L;Sepaso;Guru (PNS);;", "not_vulnerable_worker"},
		{"6408040505800001;Andi;05-05-1980;L;Sepaso;anggota TNI;;", "not_vulnerable_worker"},
		{"6408040505800001;Andi;05-05-1980;L;Sepaso;Petani;0812;", "phone_invalid"},
		{"6408040505800001;Andi;05-05-1980;L;Sepaso;Petani;;Alm.", "deceased"},
		{"6408043205800001;-;xx;L;Antah;PNS;0812;alm.", "nik_impossible name_missing village_unknown not_vulnerable_worker deceased phone_invalid"},
		{"6408\u200e0405\u202e05800001;An\x00di;05-05-1980;L;Sepaso;Petani;;", ""},
		{"6408040505800001;=cmd|' /C calc'!A1;05-05-1980;L;Sepaso;@SUM(1);+62 812 5566 7788;-x", ""},
		{"6408040505800001;" + strings.Repeat("A", 10_000) + ";05-05-1980;L;Sepaso;Petani;;", ""},
		{strings.Repeat("6", 10_000) + ";Andi;05-05-1980;L;Sepaso;Petani;;", "nik_length"},
	} {
		list := "NIK;Nama;Tgl Lahir;L/P;Desa;Pekerjaan;No HP;Ket\n" + c.row + "\n"
		expect(t, judge(t, []byte(list), kutim), c.want)
	}
}

func TestDuplicates(t *testing.T) {
	head := "NIK;Nama;Tgl Lahir;Desa;Ket\n"
	good, dead, twice := "6408040505800001;Andi;05-05-1980;Sepaso;\n", "6408040505800001;Andi;05-05-1980;Sepaso;alm.\n", "640804 050580 0001;Budi;05-05-1980;Sepaso;\n"
	expect(t, judge(t, []byte(head+good+twice+twice), kutim), "", "duplicate_in_list", "duplicate_in_list")
	// A rejected row does not take the place of a good one.
	expect(t, judge(t, []byte(head+dead+good+twice), kutim), "deceased", "", "duplicate_in_list")
	sheets := asWorkbook(t,
		testSheet{name: "Sepaso", rows: [][]string{{"NIK", "Nama", "Tgl Lahir"}, {"6408040505800001", "Andi", "05-05-1980"}}},
		testSheet{name: "Keraitan", rows: [][]string{{"NIK", "Nama", "Tgl Lahir"}, {"6408040505800001", "Andi", "05-05-1980"}}})
	expect(t, judge(t, sheets, kutim), "", "duplicate_in_list")
}

func TestProgrammesAreAsked(t *testing.T) {
	o := kutim
	o.Known = func(nik string) bool { return nik == "6408040505800001" }
	o.OtherPayer = func(nik string) bool { return nik == "6408040505800002" }
	list := "NIK;Nama;Tgl Lahir;Desa\n6408040505800001;Andi;05-05-1980;Sepaso\n6408040505800002;Budi;05-05-1980;Sepaso\n6408040505800003;Eko;05-05-1980;Sepaso\n"
	expect(t, judge(t, []byte(list), o), "already_in_programme", "other_payer", "")
}

func TestSharedPhone(t *testing.T) {
	list := func(n int) []byte {
		rows := "NIK;Nama;Tgl Lahir;Desa;HP\n"
		for i := range n {
			rows += "640804050580000" + string(rune('1'+i)) + ";Andi;05-05-1980;Sepaso;" + []string{"081255667788", "+62 812-5566-7788"}[i%2] + "\n"
		}
		return []byte(rows)
	}
	expect(t, judge(t, list(4), kutim), "", "", "", "")
	expect(t, judge(t, list(5), kutim), "phone_shared", "phone_shared", "phone_shared", "phone_shared", "phone_shared")
}

// A workbook as spreadsheets really hold cells.
func TestCells(t *testing.T) {
	book := asWorkbook(t, testSheet{name: "Data", rows: [][]string{
		{"Nama", "Tgl Lahir", "NIK", "Desa", "HP", "Golongan Darah"},
		{"Andi", "d:29346", "n:6408040505800010", "Sepaso", "n:81255667788", "O"},
		{"Budi", "n:29346", "n:6408040505800011", "Sepaso", "n:8.1255667788E10", "O"},
		{"Eko", "d:29346", "n:6.4080405058000E15", "Sepaso", "", ""},
		{"Tri", "05-05-1980", "f:CONCATENATE(1)|6408040505800012", "Sepaso", "", ""},
	}})
	got := judge(t, book, kutim)
	expect(t, got, "nik_suspect", "", "nik_suspect", "")
	for _, row := range got.Rows {
		if row.Person.BirthDate.ISO() != "1980-05-05" {
			t.Errorf("line %d: born %s", row.Line, row.Person.BirthDate)
		}
	}
	if got.Rows[1].Phone != "+6281255667788" {
		t.Errorf("the phone was read as %q", got.Rows[1].Phone)
	}
}

// Titles, two header rows, a numbered row, headings, totals and signatures are no people.
func TestWhatIsNoPerson(t *testing.T) {
	list := `PEMERINTAH KABUPATEN KUTAI TIMUR
DAFTAR PEKERJA RENTAN

No;Data Diri;;Lahir;;Alamat;;Ket
;NIK;Nama;Tempat;Tanggal;Desa;Kecamatan;
1;2;3;4;5;6;7;8
1;6408040505800001;Andi;Sangatta;05-05-1980;Sepaso;Bengalon;
2;6408040505800002;Budi;Sangatta;05-05-1980;Sepaso;Bengalon;
3;;;;;;;
No;NIK;Nama;Tempat;Tanggal;Desa;Kecamatan;Ket
4;;Eko;Sangatta;05-05-1980;Sepaso;Bengalon;
5;6408040505800003;;;;;;
Jumlah;;5 orang;;;;;
;;Mengetahui,;;;Sangatta, 1 November 2026;;
;;Camat Bengalon;;;Kepala Desa;;
;;H. SULAIMAN;;;SITI;;
;NIP. 197001012000031001;;;;;;
`
	got := judge(t, []byte(list), kutim)
	expect(t, got, "", "", "nik_missing", "name_missing village_unknown birth_date_from_nik")
	if r := got.Rows[0]; r.Line != 7 || r.Person.BirthPlace != "Sangatta" || r.Address.Village != "64.08.09.2001" || r.District != "Bengalon" {
		t.Errorf("the first person: %+v", r)
	}
}

// A row may name the village of the rows below it, and a sheet's name that of the whole sheet.
func TestVillageOfManyRows(t *testing.T) {
	list := "NIK;Nama;Tgl Lahir\nDESA SEPASO;;\n6408040505800001;Andi;05-05-1980\nDesa Keraitan;;\n6408040505800002;Budi;05-05-1980\n"
	got := judge(t, []byte(list), kutim)
	expect(t, got, "", "")
	if got.Rows[0].Address.Village != "64.08.09.2001" || got.Rows[1].Address.Village == "64.08.09.2001" {
		t.Errorf("%s, %s", got.Rows[0].Address.Village, got.Rows[1].Address.Village)
	}
	o := kutim
	o.Region = "64.08.09.2001"
	expect(t, judge(t, []byte("NIK;Nama;Tgl Lahir\n6408040505800001;Andi;05-05-1980\n"), o), "")
}

// "Tempat, Tgl Lahir" may be merged over a column for the place and one for the date.
func TestMergedBirthTitle(t *testing.T) {
	list := "No;N I K;N A M A;Tempat, Tgl Lahir;;Desa\n1;6408040505800001;Andi;Sangatta;05-05-1980;Sepaso\n2;;;;;Sepaso\n"
	got := judge(t, []byte(list), kutim)
	expect(t, got, "")
	if p := got.Rows[0].Person; p.BirthPlace != "Sangatta" || p.BirthDate.ISO() != "1980-05-05" {
		t.Errorf("born in %q on %s", p.BirthPlace, p.BirthDate)
	}
}

// The day, the month and the year of birth may stand in three columns.
func TestBirthInThreeColumns(t *testing.T) {
	list := "NIK;Nama;Tanggal Lahir;;;Desa\n;;Tgl;Bln;Thn;\n6408040505800001;Andi;5;5;1980;Sepaso\n6408040605800001;Budi;6;Mei;80;Sepaso\n"
	expect(t, judge(t, []byte(list), kutim), "", "")
}

// Beside the list a committee with names and phones is not judged.
func TestSheetWithoutNIK(t *testing.T) {
	book := asWorkbook(t,
		testSheet{name: "Panitia", rows: [][]string{{"No", "Nama", "No HP"}, {"1", "Budi", "081255667788"}}},
		testSheet{name: "Sepaso", rows: [][]string{{"NIK", "Nama", "Tgl Lahir"}, {"6408040505800001", "Andi", "05-05-1980"}}})
	got := judge(t, book, kutim)
	expect(t, got, "")
	if !slices.Equal(got.Unknown, []string{"Panitia"}) {
		t.Errorf("left out: %v", got.Unknown)
	}
}

// A person confirms or corrects what was only guessed.
func TestGuessedVillages(t *testing.T) {
	list := []byte("NIK;Nama;Tgl Lahir;Desa\n6408040505800001;Andi;05-05-1980;Sepasoo\n6408040505800002;Budi;05-05-1980;Sepasoo\n6408040505800003;Eko;05-05-1980;Pasar Lama\n")
	got := judge(t, list, kutim)
	expect(t, got, "village_guessed", "village_guessed", "village_unknown")
	if want := []roster.Guess{{Typed: "Sepasoo", Village: "64.08.09.2001", Rows: 2}}; !slices.Equal(got.Guesses(), want) {
		t.Errorf("%v", got.Guesses())
	}
	o := kutim
	o.Villages = map[string]string{"Sepasoo": "64.08.09.2001", "Pasar Lama": "64.08.09.2002"}
	expect(t, judge(t, list, o), "", "", "")
	o.Villages = map[string]string{"Sepasoo": "", "Pasar Lama": "64.71.01.1001"}
	expect(t, judge(t, list, o), "village_unknown", "village_unknown", "village_unknown")
}

func TestHiddenSheets(t *testing.T) {
	rows := [][]string{{"NIK", "Nama", "Tgl Lahir", "Desa"}, {"6408040505800001", "Andi", "05-05-1980", "Sepaso"}}
	book := asWorkbook(t, testSheet{name: "Data", rows: rows}, testSheet{name: "Lama", state: "hidden", rows: rows}, testSheet{name: "Catatan", rows: [][]string{{"halo"}}})
	got := judge(t, book, kutim)
	expect(t, got, "")
	if !slices.Equal(got.Hidden, []string{"Lama"}) || !slices.Equal(got.Unknown, []string{"Catatan"}) {
		t.Errorf("left out: %v, %v", got.Hidden, got.Unknown)
	}
	o := kutim
	o.Hidden = true
	expect(t, judge(t, book, o), "", "duplicate_in_list")
}

// A person may correct what a column was taken for.
func TestCorrectedColumns(t *testing.T) {
	b, err := roster.Open([]byte("Nama;X1;X2;Desa;Alamat\nAndi;6408040505800001;05-05-1980;Sepaso;Jl. 1\n"))
	if err != nil {
		t.Fatal(err)
	}
	b.Sheets[0].Columns[1].Field, b.Sheets[0].Columns[2].Field = roster.NIK, roster.BirthDate
	got, err := roster.Judge(context.Background(), b, kutim)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, got, "")
}

// A list without titles can be judged once somebody has said what its columns are.
func TestListWithoutTitles(t *testing.T) {
	b, err := roster.Open([]byte("6408040505800001;Andi;05-05-1980;Sepaso\n6408040505800002;Budi;05-05-1980;Sepaso\n"))
	if app.CodeOf(err) != app.RosterNoHeader || b == nil || len(b.Sheets[0].Columns) != 4 {
		t.Fatalf("%+v, %v", b, err)
	}
	for i, f := range []roster.Field{roster.NIK, roster.Name, roster.BirthDate, roster.Village} {
		b.Sheets[0].Columns[i].Field = f
	}
	got, err := roster.Judge(context.Background(), b, kutim)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, got, "", "")
}

func TestStopAndProgress(t *testing.T) {
	b, err := roster.Open(asText(people(3000, 2), ",", "\n"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	o, seen := kutim, 0
	o.Progress = func(rows int) {
		seen = rows
		cancel()
	}
	if _, err := roster.Judge(ctx, b, o); !errors.Is(err, context.Canceled) || seen != 1000 {
		t.Errorf("stopped after %d rows with %v", seen, err)
	}
}

func TestRegionMustBeKnown(t *testing.T) {
	b, err := roster.Open([]byte("NIK;Nama;Desa\n1;A;Sepaso\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := roster.Judge(context.Background(), b, roster.Options{Region: "99.99", AsOf: asOf}); app.CodeOf(err) != app.RosterRegion {
		t.Error(err)
	}
}
