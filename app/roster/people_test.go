package roster_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// listTitles are the columns of an invented list.
var listTitles = []string{
	"No", "NIK", "Nama Lengkap", "Tempat Lahir", "Tanggal Lahir", "L/P", "Nama Ibu", "Alamat", "RT/RW",
	"Desa/Kelurahan", "Kecamatan", "Pekerjaan", "No. HP", "Ahli Waris", "Keterangan",
}

var (
	givenNames = strings.Fields("Andi Budi Siti Kristina Baharuddin Nurhayati Wahyu Lince Dayang Awang Yohanes Fatimah Slamet Tri Halimah Kartini")
	lastNames  = strings.Fields("Saputra Lestari Hakim Daeng Belawan Wibowo Ajang Kusuma Rahman Ningsih Lawai Tamrin Effendi Ding")
	villages   = strings.Split("Sepaso,Sepaso Barat,Keraitan,Sekerat,Desa Tepian Baru,MUARA BENGALON,Tebangan Lembak,Tepian Langsat,Sangatta Utara,Sangata Selatan,Singa Gembara", ",")
	trades     = strings.Split("Petani,Nelayan,Pedagang,Buruh Tani,Tukang Kayu,Tukang Ojek,Penjahit,PNS,Pekebun", ",")
)

// people invents a list of n people, about as dirty as lists are. The same seed gives the same list.
func people(n int, seed uint64) [][]string {
	r := rand.New(rand.NewPCG(seed, 7))
	pick := func(all []string) string { return all[r.IntN(len(all))] }
	rows := [][]string{listTitles}
	for i := range n {
		birth := time.Date(1958+r.IntN(55), time.Month(1+r.IntN(12)), 1+r.IntN(28), 0, 0, 0, 0, time.UTC)
		sex, day := "L", birth.Day()
		if r.IntN(2) == 0 {
			sex, day = "P", day+40
		}
		nik := fmt.Sprintf("64080%d%02d%s%04d", 1+r.IntN(9), day, birth.Format("0106"), 1+i%9998)
		row := []string{
			fmt.Sprint(i + 1), nik, pick(givenNames) + " " + pick(lastNames) + " " + pick(lastNames), "Sangatta", birth.Format("02-01-2006"), sex,
			pick(givenNames), fmt.Sprintf("Jl. Poros %d", 1+r.IntN(400)), fmt.Sprintf("%03d/%03d", 1+r.IntN(40), 1+r.IntN(9)),
			pick(villages), "", pick(trades), fmt.Sprintf("08%d", 1e9+r.Int64N(8e9)), pick(givenNames) + " (istri)", "",
		}
		spoil(r, row, birth)
		rows = append(rows, row)
	}
	return rows
}

// spoil makes one row in four wrong in one of the usual ways.
func spoil(r *rand.Rand, row []string, birth time.Time) {
	switch r.IntN(40) {
	case 0:
		row[1] = ""
	case 1:
		row[1] = "'" + row[1]
	case 2:
		row[1] = row[1][:6] + " " + row[1][6:12] + " " + row[1][12:]
	case 3:
		row[2] = "-"
	case 4:
		row[4] = birth.Format("2006-01-02")
	case 5:
		row[4] = ""
	case 6:
		row[12] = "-"
	case 7:
		row[12] = "+62 812-5566-7788"
	case 8:
		row[14] = "Meninggal dunia"
	case 9:
		row[9] = "Antah Berantah"
	}
}

// asText writes rows as a text file.
func asText(rows [][]string, sep, end string) []byte {
	var b bytes.Buffer
	for _, row := range rows {
		b.WriteString(strings.Join(row, sep) + end)
	}
	return b.Bytes()
}

const (
	officeKind   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageSpace = `xmlns="http://schemas.openxmlformats.org/package/2006/`
	sheetKind    = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// asWorkbook writes sheets of rows as spreadsheet programs do, with shared texts. A cell that begins
// with "n:" is a number, "f:" a formula with its last result behind a "|".
func asWorkbook(t testing.TB, sheets ...testSheet) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	put := func(name, content string) {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	s := sharedWriter{known: map[string]int{}}
	var list, relations, kinds strings.Builder
	for i, sheet := range sheets {
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d" state="%s" r:id="r%d"/>`, xmlText(sheet.name), i+1, sheet.state, i+1)
		fmt.Fprintf(&relations, `<Relationship Id="r%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, officeKind, i+1)
		fmt.Fprintf(&kinds, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, sheetKind)
		put(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), s.sheet(sheet.rows))
	}
	const space = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	put("xl/workbook.xml", `<workbook `+space+` xmlns:r="`+officeKind+`"><workbookPr/><sheets>`+list.String()+`</sheets></workbook>`)
	put("xl/_rels/workbook.xml.rels", `<Relationships `+packageSpace+`relationships">`+relations.String()+
		`<Relationship Id="st" Type="`+officeKind+`/styles" Target="styles.xml"/><Relationship Id="ss" Type="`+officeKind+`/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`)
	put("xl/styles.xml", `<styleSheet `+space+`><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`)
	put("xl/sharedStrings.xml", `<sst `+space+`>`+s.shared.String()+`</sst>`)
	put("_rels/.rels", `<Relationships `+packageSpace+`relationships"><Relationship Id="m" Type="`+officeKind+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	put("[Content_Types].xml", `<Types `+packageSpace+`content-types"><Override PartName="/xl/workbook.xml" ContentType="`+sheetKind+`sheet.main+xml"/>`+
		`<Override PartName="/xl/sharedStrings.xml" ContentType="`+sheetKind+`sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="`+sheetKind+`styles+xml"/>`+kinds.String()+`</Types>`)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

type testSheet struct {
	name  string
	state string
	rows  [][]string
}

type sharedWriter struct {
	known  map[string]int
	shared strings.Builder
}

func (s *sharedWriter) sheet(rows [][]string) string {
	var b strings.Builder
	b.WriteString(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
	for i, row := range rows {
		fmt.Fprintf(&b, `<row r="%d">`, i+1)
		for column, v := range row {
			s.cell(&b, string(rune('A'+column))+fmt.Sprint(i+1), v)
		}
		b.WriteString(`</row>`)
	}
	b.WriteString(`</sheetData></worksheet>`)
	return b.String()
}

func (s *sharedWriter) cell(b *strings.Builder, at, v string) {
	if v == "" {
		return
	}
	if n, ok := strings.CutPrefix(v, "n:"); ok {
		fmt.Fprintf(b, `<c r="%s"><v>%s</v></c>`, at, n)
		return
	}
	if n, ok := strings.CutPrefix(v, "d:"); ok {
		fmt.Fprintf(b, `<c r="%s" s="1"><v>%s</v></c>`, at, n)
		return
	}
	if f, ok := strings.CutPrefix(v, "f:"); ok {
		f, last, _ := strings.Cut(f, "|")
		fmt.Fprintf(b, `<c r="%s" t="str"><f>%s</f><v>%s</v></c>`, at, xmlText(f), xmlText(last))
		return
	}
	i, ok := s.known[v]
	if !ok {
		i = len(s.known)
		s.known[v] = i
		s.shared.WriteString(`<si><t xml:space="preserve">` + xmlText(v) + `</t></si>`)
	}
	fmt.Fprintf(b, `<c r="%s" t="s"><v>%d</v></c>`, at, i)
}

func xmlText(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err)
	}
	return b.String()
}
