package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"loket/app"
	"loket/app/cmd/people"
	"loket/app/journal"
	"loket/app/roster"
	"loket/app/sponsor"
)

// rowsInvented of the tour's list: some of them cannot be accepted.
const rowsInvented = 240

// list is what the tour keeps of its sponsor's list.
type list struct {
	programme sponsor.Programme
	rows      [][]string // without the title
	result    *roster.Result
}

// The columns of an invented list that the tour corrects.
const (
	columnNIK    = 1
	columnName   = 2
	columnBorn   = 4
	columnSex    = 5
	columnRemark = 14
)

// openProgramme: who pays, by which decree, for how many, and what that costs.
func (t *tour) openProgramme(ctx context.Context) (string, error) {
	p := benchProgramme(app.DateOf(t.env.Now()))
	p.Name, p.PayerName, p.Target, p.Budget = "Pekerja rentan Contoh", "Kabupaten Contoh", 200, 50_000_000
	p.Decree = ""
	if _, err := t.desk.Sponsor.Open(ctx, t.who.Operator, p); app.CodeOf(err) != app.SponsorDecreeMissing {
		return "", errors.Join(differs("a programme without a decree must be refused"), err)
	}
	p.Decree = "500.15/K.1/2026"
	var err error
	if t.list.programme, err = t.desk.Sponsor.Open(ctx, t.who.Operator, p); err != nil {
		return "", err
	}
	b, err := t.desk.Sponsor.Budget(t.list.programme, p.Target)
	if err != nil {
		return "", err
	}
	var sum app.Rupiah
	for _, l := range b.Lines {
		sum += app.Rupiah(b.People*l.Months) * l.Rate
	}
	if sum != b.Total || b.Left != p.Budget-b.Total {
		return "", differs("people x months x rate")
	}
	return fmt.Sprintf("%d people, %s", b.People, b.Total), nil
}

// judgeList: one list as workbook and as text, with the same verdicts, and what comes back to the sender.
func (t *tour) judgeList(ctx context.Context) (string, error) {
	t.list.rows = people.New(7, app.DateOf(t.env.Now())).Rows(rowsInvented, listRegion)
	whole := slices.IndexFunc(t.list.rows, func(row []string) bool { return row[columnNIK] != "" && row[columnRemark] == "" })
	t.list.rows = append(t.list.rows, slices.Clone(t.list.rows[whole])) // sent twice
	file, err := t.workbook("list.xlsx")
	if err != nil {
		return "", err
	}
	book, err := roster.Open(file)
	if err != nil {
		return "", err
	}
	r, err := t.desk.Sponsor.Judge(ctx, t.list.programme.Scope, book, sponsor.JudgeOptions{})
	if err != nil {
		return "", err
	}
	if rejected := len(r.Rows) - r.Accepted(); len(r.Rows) != len(t.list.rows) || rejected < 2 || r.Codes()[app.DuplicateInList] == 0 {
		return "", differs(fmt.Sprint("a list of which some rows are rejected: ", len(r.Rows), " rows, ", r.Codes()))
	}
	var back bytes.Buffer
	if err := book.WriteRejects(&back, r); err != nil {
		return "", err
	}
	if again, err := roster.Open(back.Bytes()); err != nil || len(again.Sheets) != len(book.Sheets) {
		return "", errors.Join(differs("the rejects file is the sender's own workbook"), err)
	}
	if err := t.save("rejects.xlsx", back.Bytes()); err != nil {
		return "", err
	}
	return fmt.Sprintf("%d rows, %d accepted", len(r.Rows), r.Accepted()), t.sameAsText(ctx, r)
}

// workbook is the list as somebody sends it: titles above, a sum below.
func (t *tour) workbook(name string) ([]byte, error) {
	table := [][]string{{"DAFTAR PEKERJA RENTAN"}, {"Kabupaten Contoh, Tahun Anggaran 2027"}, {}, people.ListTitles}
	table = append(append(table, t.list.rows...), []string{"", "", "JUMLAH", fmt.Sprint(len(t.list.rows))})
	path := filepath.Join(t.work, name)
	if err := writeWorkbook(path, table); err != nil {
		return nil, err
	}
	b, err := os.ReadFile(path)
	return b, app.Wrap("tour.workbook", app.FileUnread, err)
}

// sameAsText: the command gives the same rows as text the same verdicts.
func (t *tour) sameAsText(ctx context.Context, r *roster.Result) error {
	path := filepath.Join(t.work, "list.csv")
	if err := os.WriteFile(path, asText(t.list.rows), 0o600); err != nil {
		return app.Wrap("tour.list", app.FileUnwritten, err)
	}
	out, err := must(ctx, "roster", "check", path, "--region", listRegion, "--json")
	if err != nil {
		return err
	}
	var answer rosterAnswer
	if err := json.Unmarshal([]byte(out), &answer); err != nil || answer.Accepted != r.Accepted() || !maps.Equal(answer.Codes, r.Codes()) {
		return errors.Join(differs("the same verdicts for workbook and text"), err)
	}
	return nil
}

// take judges a list and takes it in.
func (t *tour) take(ctx context.Context, scope app.Scope, file []byte) (*roster.Result, sponsor.Outcome, error) {
	book, err := roster.Open(file)
	if err != nil {
		return nil, sponsor.Outcome{}, err
	}
	r, err := t.desk.Sponsor.Judge(ctx, scope, book, sponsor.JudgeOptions{})
	if err != nil {
		return r, sponsor.Outcome{}, err
	}
	out, err := t.desk.Sponsor.Import(ctx, t.who.Operator, scope, sha256.Sum256(file), r, nil)
	return r, out, err
}

// importList: accepted rows are registered, and the same list again, as text too, changes nothing.
func (t *tour) importList(ctx context.Context) (string, error) {
	file, err := t.workbook("list.xlsx")
	if err != nil {
		return "", err
	}
	var out sponsor.Outcome
	if t.list.result, out, err = t.take(ctx, t.list.programme.Scope, file); err != nil {
		return "", err
	}
	if out.New != t.list.result.Accepted() || out.Stopped {
		return "", differs("every accepted row registered")
	}
	for _, same := range [][]byte{file, asText(t.list.rows)} {
		if _, again, err := t.take(ctx, t.list.programme.Scope, same); err != nil || again.New+again.Corrected+again.Left != 0 || again.Unchanged != out.New {
			return "", errors.Join(differs(fmt.Sprintf("the same list again changes nothing: %+v", again)), err)
		}
	}
	return fmt.Sprintf("%d registered", out.New), nil
}

// correctList: the sender mends what was rejected, writes one name anew and leaves three people out.
func (t *tour) correctList(ctx context.Context) (string, error) {
	mended := t.mend()
	if err := t.renameAndLeave(); err != nil {
		return "", err
	}
	file, err := t.workbook("corrected.xlsx")
	if err != nil {
		return "", err
	}
	_, out, err := t.take(ctx, t.list.programme.Scope, file)
	if err != nil {
		return "", err
	}
	if mended == 0 || out.New != mended || out.Corrected != 1 || out.Left != leaving {
		return "", differs(fmt.Sprintf("%d new, 1 corrected, %d left: %+v", mended, leaving, out))
	}
	gone, err := t.desk.Sponsor.Leavers(ctx, t.list.programme.Scope)
	if err != nil || len(gone) != leaving || gone[0].Name == "" {
		return "", errors.Join(differs("who left, by name"), err)
	}
	return fmt.Sprintf("%d new, %d corrected, %d left", out.New, out.Corrected, out.Left), nil
}

const leaving = 3

// mend corrects every rejected row but the one that was sent twice, and counts them.
func (t *tour) mend() (n int) {
	for i, row := range t.list.rows[:rowsInvented] {
		if t.list.result.Rows[i].Accepted() {
			continue
		}
		n++
		row[columnRemark] = ""
		if row[columnNIK] == "" {
			row[columnNIK] = nikOf(row, i)
		}
	}
	return n
}

// nikOf is the NIK that was forgotten in a row.
func nikOf(row []string, serial int) string {
	born := strings.Split(row[columnBorn], "-")
	day := born[0]
	if row[columnSex] == "P" {
		day = string(day[0]+4) + day[1:]
	}
	return fmt.Sprintf("640804%s%s%s%04d", day, born[1], born[2][2:], 5000+serial)
}

// renameAndLeave changes the name of the first accepted row and takes out the last three.
func (t *tour) renameAndLeave() error {
	accepted := func(i int) bool { return t.list.result.Rows[i].Accepted() }
	first := slices.IndexFunc(t.list.result.Rows, func(r roster.Row) bool { return r.Accepted() })
	t.list.rows[first][columnName] += " CONTOH"
	left := 0
	for i := rowsInvented - 1; i > first && left < leaving; i-- {
		if accepted(i) {
			t.list.rows = slices.Delete(t.list.rows, i, i+1)
			left++
		}
	}
	if left < leaving {
		return differs("rows to leave out")
	}
	return nil
}

// acceptList: sealed and sent, judged by head office, and the numbers are back.
func (t *tour) acceptList(ctx context.Context) (string, error) {
	if err := t.sendAll(ctx); err != nil {
		return "", err
	}
	n, err := t.allDecided(ctx)
	if err != nil {
		return "", err
	}
	now, err := t.desk.Sponsor.Programme(ctx, t.list.programme.Scope)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d people with a number, %d of the list", n, now.Registered), nil
}

// orderRows: the payer's file opens the order's root, row by row.
func (t *tour) orderRows(ctx context.Context) (string, error) {
	o, err := t.desk.Sponsor.Order(ctx, t.list.programme.Scope)
	if err != nil {
		return "", err
	}
	var file bytes.Buffer
	n, err := t.desk.Sponsor.WriteRows(ctx, t.who.Operator, t.list.programme.Scope, &file)
	if err != nil {
		return "", err
	}
	root, err := rootOf(file.Bytes())
	if err != nil {
		return "", err
	}
	if n != o.Rows || root != o.RowsRoot {
		return "", differs("the payer's rows open the order")
	}
	return fmt.Sprintf("%d rows", n), t.save("order-rows.jsonl", file.Bytes())
}

// rootOf works the root of a payer's file out again.
func rootOf(file []byte) (root [32]byte, err error) {
	var all [][]byte
	for line := range bytes.Lines(file) {
		var row struct {
			NIK, Name, Village, Salt string
			Born                     string `json:"birth_date"`
		}
		if err := json.Unmarshal(line, &row); err != nil {
			return root, app.Wrap("tour.rows", app.Internal, err)
		}
		born, _ := app.ParseDate(row.Born)
		salt, err := hex.DecodeString(row.Salt)
		if err != nil || len(salt) != 16 {
			return root, errors.Join(differs("a salt of 16 bytes"), err)
		}
		c, err := journal.CommitRow([16]byte(salt), app.Person{NIK: row.NIK, Name: row.Name, BirthDate: born}, row.Village)
		if err != nil {
			return root, err
		}
		all = append(all, c[:])
	}
	slices.SortFunc(all, bytes.Compare)
	return sha256.Sum256(bytes.Join(all, nil)), nil
}

// sponsors are the kinds of payer that come with a list, beside the regency's.
var sponsors = []app.PayerKind{app.PayerAPBN, app.PayerProvince, app.PayerVillage, app.PayerCompany, app.PayerDonor, app.PayerInstitution}

// sponsorNames are what their programmes and they are called.
var sponsorNames = map[app.PayerKind][2]string{
	app.PayerAPBN:        {"Pekerja rentan nasional", "Kementerian Contoh"},
	app.PayerProvince:    {"Pekerja rentan provinsi", "Pemerintah Provinsi Contoh"},
	app.PayerVillage:     {"Warga pekerja desa", "Pemerintah Desa Contoh"},
	app.PayerCompany:     {"Peduli pekerja sekitar", "PT Contoh Energi"},
	app.PayerDonor:       {"SERTAKAN Yayasan Contoh", "Yayasan Contoh"},
	app.PayerInstitution: {"Guru mengaji dan marbot", "Lembaga Amil Contoh"},
}

// otherSponsors: a list of every other kind of payer; the company pays for somebody for whom the
// regency does already, and both see it.
func (t *tour) otherSponsors(ctx context.Context) (string, error) {
	crowd, registered := people.New(8, app.DateOf(t.env.Now())), 0
	for _, kind := range sponsors {
		p := t.list.programme
		p.Name, p.Payer, p.PayerName = sponsorNames[kind][0], kind, sponsorNames[kind][1]
		p, err := t.desk.Sponsor.Open(ctx, t.who.Operator, p)
		if err != nil {
			return "", err
		}
		rows := crowd.Rows(4, listRegion)
		if kind == app.PayerCompany {
			first := slices.IndexFunc(t.list.result.Rows, func(r roster.Row) bool { return r.Accepted() })
			rows = append(rows, t.list.rows[first])
		}
		_, out, err := t.take(ctx, p.Scope, asText(rows))
		if err != nil {
			return "", err
		}
		twice, err := t.desk.Sponsor.Overlaps(ctx, p.Scope)
		if err != nil || (len(twice) == 1) != (kind == app.PayerCompany) {
			return "", errors.Join(differs("who is paid for twice"), err)
		}
		registered += out.New
	}
	return fmt.Sprintf("%d programmes, %d people", len(sponsors), registered), nil
}
