package headoffice_test

import (
	"archive/zip"
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"loket/app"
	"loket/app/journal"
	"loket/app/office/books"
	"loket/app/region"
	"loket/storage/storagetest/officesuite"
)

const (
	programmes = "/console/programmes"
	checking   = programmes + "/check"
)

func programmePath(n byte) string {
	scope := officesuite.Scope(n)
	return programmes + "/" + hex.EncodeToString(scope[:])
}

func kutimTerms() journal.ProgrammeBody {
	terms := officesuite.Terms()
	terms.Name, terms.PayerName = "Pekerja rentan Kutai Timur 2027", "Pemerintah Kabupaten Kutai Timur"
	terms.Decree, terms.Region, terms.Target, terms.Budget = "560/K.412/2026", "64.08", 400, 100_000_000
	terms.Release = "kartu diterima pemerintah kabupaten"
	return terms
}

// kutimPerson is a person of a list, with a name that a spreadsheet would calculate.
func kutimPerson(n int) app.Record {
	r := officesuite.Listed(n)
	villages := region.Load().Villages("64.08")
	r.Address.Village = villages[n*n%97%len(villages)].Code
	r.Plan.Payer, r.Plan.PayerName = app.PayerRegency, "Pemerintah Kabupaten Kutai Timur"
	if n == 5 {
		r.Person.Name = "=HYPERLINK(\"http://x\")"
	}
	return r
}

// sponsored is a head office with two programmes, of which the second pays for some people of the
// first, and for one who pays alone.
func sponsored(t *testing.T, c *centre) {
	t.Helper()
	a, b := c.enrolled(t, 417), c.enrolled(t, 418)
	deliver := func(k *box) {
		number, raw := k.sealBatch(t)
		_, err := k.put(t, number, raw)
		need(t, err)
	}
	a.Register(t, kutimPerson(300), "", "")
	a.Open(t, officesuite.Scope(1), kutimTerms())
	for n := range 290 { // a batch holds 256 entries at most
		a.Register(t, kutimPerson(n), "", "")
		if n%200 == 199 {
			deliver(a)
		}
	}
	for n := range 60 {
		code := []app.Code{app.AgeOver, app.NIKLength, app.DuplicateInList, app.AgeOver, app.NIKSuspect, app.PhoneShared}[n%6]
		a.Add(t, journal.RosterRowJudged, journal.RowJudgedBody{Version: 1, Line: uint32(n), Codes: []string{string(code)}}, nil)
	}
	a.Add(t, journal.RosterImported, officesuite.Imported(1, 340, 50), nil)
	deliver(a)
	more := kutimTerms()
	more.Target = 420
	a.Add(t, journal.ProgrammeChanged, more, nil)
	deliver(a)
	terms := officesuite.Terms()
	terms.Name, terms.Payer, terms.PayerName, terms.Region = "CSR PT Contoh Tambang", string(app.PayerCompany), "PT Contoh Tambang", "64.08"
	terms.Target, terms.Budget = 0, 1_000_000
	b.Open(t, officesuite.Scope(2), terms)
	for n := range 9 {
		b.Register(t, kutimPerson(285+n), "", "")
	}
	b.Register(t, kutimPerson(300), "", "")
	deliver(b)
}

func TestTheProgrammesOfSponsors(t *testing.T) {
	c := newCentre(t)
	p := c.person(t)
	p.signIn(t, c.dir)
	if status, body := p.open(t, programmes); status != http.StatusOK || !strings.Contains(body, "Belum ada program sponsor") {
		t.Error(status, body)
	}
	sponsored(t, c)
	status, body := p.open(t, programmes)
	for _, want := range []string{
		"Pekerja rentan Kutai Timur 2027", "290 orang × 12 bulan × Rp16.800", "Rp58.464.000", "69% dari target", "dibayar ganda: 6", "SK 560/K.412/2026",
		"CSR PT Contoh Tambang", "4 orang × 1 bulan × Rp8.400", "keringanan 50%",
	} {
		if status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%d: the list does not show %q", status, want)
		}
	}
	status, body = p.open(t, programmePath(1))
	for _, want := range []string{
		"290 dari 420 diterima (69%)", "5.952 orang-bulan", "496 orang selama setahun", "Sangatta Utara", "Target: 400 orang → 420 orang", "CSR PT Contoh Tambang",
		"berlaku", "00417-01",
	} {
		if status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%d: the page does not show %q", status, want)
		}
	}
	if strings.Contains(body, kutimPerson(285).Person.NIK) {
		t.Error("the page of a programme shows whole NIKs")
	}
	if _, body := p.open(t, programmePath(2)); !strings.Contains(body, "Peserta sendiri") || !strings.Contains(body, "Pekerja rentan Kutai Timur 2027") {
		t.Error("the other payers are not named")
	}
	if _, body := p.open(t, "/console/registrations?state=duplicate&programme="+strings.TrimPrefix(programmePath(2), programmes+"/")); strings.Count(body, "data ganda</span>") != 6 || !strings.Contains(body, "Hanya program: CSR") {
		t.Error("the registrations of one programme:", strings.Count(body, "data ganda</span>"))
	}
	if _, body := p.open(t, "/console/"); !strings.Contains(body, "6 orang dibayar dua penanggung") {
		t.Error("home does not tell of those who are paid for twice")
	}
	for _, path := range []string{programmes + "/0000000000000001", programmes + "/0909090909090977", programmes + "/moon", programmes + "/..%2f"} {
		if status, _ := p.open(t, path); status != http.StatusNotFound {
			t.Error(path, status)
		}
	}
}

func TestAPayerIsInformed(t *testing.T) {
	c := newCentre(t)
	sponsored(t, c)
	p := c.person(t)
	p.signIn(t, c.dir)
	_, body := p.open(t, programmePath(1))
	form := url.Values{"form": {formToken.FindStringSubmatch(body)[1]}, "kind": {"csv"}}
	status, table := p.send(t, programmePath(1)+"/export", form)
	lines := strings.Split(strings.TrimSpace(table), "\r\n")
	if status != http.StatusOK || len(lines) != 291 || !strings.HasPrefix(lines[0], "\uFEFFNo. pendaftaran;Nama;NIK") {
		t.Fatal(status, len(lines), lines[0])
	}
	if !strings.Contains(lines[6], `"'=HYPERLINK(""http://x"")"`) || strings.Contains(table, kutimPerson(1).Person.NIK) || !strings.Contains(lines[1], "Sangatta") && !strings.Contains(lines[1], ";diterima;") {
		t.Error(lines[1], lines[6])
	}
	form.Set("kind", "xlsx")
	form.Set("whole", "1")
	_, file := p.send(t, programmePath(1)+"/export", form)
	book, err := excelize.OpenReader(strings.NewReader(file))
	need(t, err)
	rows, err := book.GetRows("Pendaftaran")
	need(t, err)
	formula, err := book.GetCellFormula("Pendaftaran", "B7")
	if len(rows) != 291 || rows[6][1] != kutimPerson(5).Person.Name || rows[1][2] != kutimPerson(0).Person.NIK || formula != "" || err != nil {
		t.Error(len(rows), rows[1], rows[6], formula, err)
	}
	for _, wrong := range []url.Values{{"form": form["form"], "kind": {"exe"}}, {"kind": {"csv"}}} {
		if status, _ := p.send(t, programmePath(1)+"/export", wrong); status != http.StatusBadRequest {
			t.Error(wrong, status)
		}
	}
	if status, _ := p.send(t, programmePath(7)+"/export", form); status != http.StatusNotFound {
		t.Error("of no programme:", status)
	}
	need(t, c.store.CheckOwnJournal(t.Context(), c.officeKey(t)))
}

// A role that only reads gets no whole NIK, whatever it asks for.
func TestAReaderGetsMaskedNIKs(t *testing.T) {
	c := newCentre(t)
	sponsored(t, c)
	c.account(t, "pembaca", books.RoleAuditor)
	p := c.person(t)
	if status, _ := p.send(t, "/console/signin", url.Values{"name": {"pembaca"}, "password": {"rahasia"}}); status != http.StatusOK {
		t.Fatal(status)
	}
	_, body := p.open(t, programmePath(1))
	if strings.Contains(body, `name="whole"`) {
		t.Error("a reader is offered whole NIKs")
	}
	form := url.Values{"form": {formToken.FindStringSubmatch(body)[1]}, "kind": {"csv"}, "whole": {"1"}}
	if _, table := p.send(t, programmePath(1)+"/export", form); strings.Contains(table, kutimPerson(1).Person.NIK) || strings.Count(table, "\r\n") != 291 {
		t.Error("a reader took out whole NIKs, or nothing")
	}
}

// upload sends a list to be judged.
func (p *person) upload(t *testing.T, file []byte, fields map[string]string) (*http.Response, string) {
	t.Helper()
	_, body := p.open(t, checking)
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	need(t, w.WriteField("form", formToken.FindStringSubmatch(body)[1]))
	need(t, w.WriteField("asof", "2026-11-20"))
	for name, value := range fields {
		need(t, w.WriteField(name, value))
	}
	part, err := w.CreateFormFile("list", "daftar.xlsx")
	need(t, err)
	_, err = part.Write(file)
	need(t, err)
	need(t, w.Close())
	r, err := p.client.Post(p.base+checking, w.FormDataContentType(), &out)
	need(t, err)
	_, answer := page(t, r)
	return r, answer
}

func listOf(people ...app.Record) []byte {
	var b strings.Builder
	b.WriteString("NIK;Nama;Tanggal Lahir;Jenis Kelamin;Desa\n")
	for _, p := range people {
		village, _ := region.Load().Lookup(p.Address.Village)
		fmt.Fprintf(&b, "%s;%s;%s;L;%s\n", p.Person.NIK, p.Person.Name, p.Person.BirthDate, village.Name)
	}
	return []byte(b.String())
}

func TestAListIsJudgedInTheConsole(t *testing.T) {
	c := newCentre(t)
	sponsored(t, c)
	p := c.person(t)
	p.signIn(t, c.dir)
	old := kutimPerson(400)
	old.Person.BirthDate = app.Date{Year: 1950, Month: 1, Day: 1}
	list := listOf(kutimPerson(0), kutimPerson(300), kutimPerson(401), kutimPerson(401), old)
	r, body := p.upload(t, list, map[string]string{"programme": strings.TrimPrefix(programmePath(1), programmes+"/")})
	for _, code := range []string{"Sudah berusia 65", "NIK", "40% bisa didaftarkan", "Kolom yang ditemukan"} {
		if r.StatusCode != http.StatusOK || !strings.Contains(body, code) {
			t.Errorf("%d: %q is not shown", r.StatusCode, code)
		}
	}
	if strings.Contains(body, kutimPerson(0).Person.NIK) {
		t.Error("the answer shows people")
	}
	r, file := p.upload(t, list, map[string]string{"region": "64.08", "download": "1"})
	if !strings.Contains(r.Header.Get("Content-Disposition"), "perbaikan.csv") || !strings.Contains(file, kutimPerson(0).Person.NIK) || !strings.Contains(file, "Sudah berusia 65") {
		t.Error(r.Header, file)
	}
	_, body = p.open(t, programmePath(1))
	if !strings.Contains(body, "290 dari 420") {
		t.Error("judging registered somebody")
	}
}

// What is no list is told on the form, with a sentence; nothing is kept and nothing breaks.
func TestWhatIsNoListIsRefused(t *testing.T) {
	c := newCentre(t)
	p := c.person(t)
	p.signIn(t, c.dir)
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	for _, name := range []string{"[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"} {
		w, err := z.Create(name)
		need(t, err)
		_, err = io.CopyN(w, zeros{}, 64<<20)
		need(t, err)
	}
	need(t, z.Close())
	region := map[string]string{"region": "64.08"}
	for name, one := range map[string]struct {
		file   []byte
		fields map[string]string
		want   string
	}{
		"nothing":             {nil, region, "Daftar"},
		"a PDF":               {[]byte("%PDF-1.7\n%âãÏÓ\n1 0 obj"), region, "PDF"},
		"a bomb":              {bomb.Bytes(), region, ""},
		"a picture":           {append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 2000)...), region, ""},
		"an old spreadsheet":  {append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 4000)...), region, ""},
		"no region":           {listOf(kutimPerson(1)), nil, ""},
		"a region of nowhere": {listOf(kutimPerson(1)), map[string]string{"region": "99.99"}, "99.99"},
		"a strange programme": {listOf(kutimPerson(1)), map[string]string{"programme": "moon"}, ""},
	} {
		r, body := p.upload(t, one.file, one.fields)
		if r.StatusCode != http.StatusBadRequest || !strings.Contains(body, `class="notice"`) || !strings.Contains(body, one.want) || !strings.Contains(body, `type="file"`) {
			t.Errorf("%s: %d\n%s", name, r.StatusCode, body)
		}
	}
	status := 0
	r, err := p.client.Post(p.base+checking, "multipart/form-data; boundary=x", io.LimitReader(zeros{}, 40<<20))
	if err == nil {
		status, _ = page(t, r)
	}
	if err == nil && status != http.StatusBadRequest {
		t.Error("forty megabytes:", status)
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

func TestCoverageIsEnteredAndTold(t *testing.T) {
	c := newCentre(t)
	b := c.enrolled(t, 417)
	p := c.person(t)
	p.signIn(t, c.dir)
	_, body := p.open(t, "/console/coverage?regency=64.71")
	if !strings.Contains(body, "Balikpapan Selatan") || !strings.Contains(body, "workers-64.71.01") {
		t.Error(body)
	}
	form := url.Values{
		"form": {formToken.FindStringSubmatch(body)[1]}, "regency": {"64.71"}, "asof": {"2026-11-19"},
		"workers-64.71": {"145.454"}, "covered-64.71": {"97.454"}, "target-64.71": {"80%"},
		"workers-64.71.01": {"20000"}, "covered-64.71.01": {"9000"}, "target-64.71.01": {"16000"},
	}
	status, body := p.send(t, "/console/coverage", form)
	for _, want := range []string{"97.454 <b class=\"nowrap\">(67%)", "116.363", "(80%)", "48.000", "Angka cakupan disimpan"} {
		if status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%d: %q is not shown", status, want)
		}
	}
	need(t, c.running.Office.Publish(t.Context()))
	told := settingsOf(t, b)
	if len(told.Coverage) != 2 || told.Coverage[0].Covered != 97_454 || told.Coverage[0].Target != 116_363 || told.Coverage[0].AsOf != books.Today(c.clock.Now()).ISO() {
		t.Errorf("%+v", told.Coverage)
	}
	for name, wrong := range map[string]url.Values{
		"more covered than workers": {"covered-64.71": {"999999"}},
		"a day to come":             {"asof": {"2026-11-21"}},
		"no number":                 {"workers-64.71": {"many"}},
		"a negative number":         {"workers-64.71": {"-5"}},
		"more than everybody":       {"target-64.71": {"120%"}},
		"no regency":                {"regency": {"64"}},
	} {
		bad := url.Values{}
		for k, v := range form {
			bad[k] = v
		}
		for k, v := range wrong {
			bad[k] = v
		}
		if status, _ := p.send(t, "/console/coverage", bad); status != http.StatusBadRequest {
			t.Error(name, status)
		}
	}
}
