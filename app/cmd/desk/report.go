package desk

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"

	"loket/app"
	"loket/app/durable"
	"loket/app/region"
	"loket/app/reporting"
	"loket/app/words"
	"loket/printing/document"
	"loket/printing/drawing"
	"loket/printing/pdf"
)

func (d *Desk) reportPolicy() reporting.Policy {
	return reporting.Policy{Place: d.Settings().BranchName, Event: d.eventName, Closed: d.closed()}
}

func newReporting(d *Desk) *reporting.Reporting {
	return reporting.New(d.Store, d.Clock, region.Load, d.reportPolicy)
}

// ReportPDF writes a report into a folder, in Indonesian, and says which file it became.
func (p *Paper) ReportPDF(_ context.Context, dir string, r reporting.Report, names reporting.Names) (string, error) {
	if err := p.desk.atWork().May(app.TaskFigures); err != nil {
		return "", err
	}
	names.Operators = nil // files show who worked by the short code alone
	var out bytes.Buffer
	told := reporting.Tell(words.ID, r, names)
	err := pdf.Write(&out, p.reportPages(told), pdf.Options{Title: told.Title, Created: p.desk.Clock.Now()})
	if err != nil {
		return "", err
	}
	return keep(dir, reportName(r)+".pdf", out.Bytes())
}

// ReportXLSX writes a report into a folder as a workbook.
func (p *Paper) ReportXLSX(_ context.Context, dir string, r reporting.Report, names reporting.Names) (string, error) {
	if err := p.desk.atWork().May(app.TaskFigures); err != nil {
		return "", err
	}
	names.Operators = nil
	content, err := reporting.Workbook(reporting.Tell(words.ID, r, names))
	if err != nil {
		return "", err
	}
	return keep(dir, reportName(r)+".xlsx", content)
}

// KeepNames writes a list of names into a folder.
func (p *Paper) KeepNames(_ context.Context, dir string, r reporting.Report, content []byte) (string, error) {
	if err := p.desk.atWork().May(app.TaskNames); err != nil {
		return "", err
	}
	return keep(dir, strings.Replace(reportName(r), "laporan", "daftar-nama", 1)+".xlsx", content)
}

func (p *Paper) reportPages(t reporting.Told) []drawing.Drawing {
	r := document.Report{
		Practice: p.desk.Practice(), Title: t.Title, About: t.About, Place: t.Place, Made: t.Made, Note: t.Note,
		Chart: table(t.Chart), States: table(t.Section("states")),
	}
	for i, l := range t.Section("states").Lines {
		r.States.Rows[i].State = app.RegistrationState(l.Key)
	}
	for _, f := range t.Figures {
		r.Figures = append(r.Figures, document.ReportRow{Word: f.Word, Count: f.Value})
	}
	for _, s := range t.Sections {
		if s.Key != "states" {
			r.Tables = append(r.Tables, table(s))
		}
	}
	return document.OfficeReport(r)
}

func table(s reporting.Section) document.ReportTable {
	t := document.ReportTable{Title: s.Title}
	for _, l := range s.Lines {
		t.Rows = append(t.Rows, document.ReportRow{Word: l.Word, Count: l.Count})
	}
	return t
}

// reportName names a file by its days, its kind and its hour, and by nothing that somebody typed.
func reportName(r reporting.Report) string {
	name := "laporan-" + r.From.ISO()
	if r.Until != r.From {
		name += "-sampai-" + r.Until.ISO()
	}
	if r.Event != "" {
		name += "-kegiatan"
	}
	if r.Scope != nil {
		name += "-program"
	}
	return name + "-pukul-" + r.Made.Format("1504")
}

// keep writes a file that only its owner may read, whole or not at all.
func keep(dir, name string, content []byte) (string, error) {
	path := filepath.Join(dir, name)
	err := durable.Folder(dir, 0o700)
	if err == nil {
		err = durable.Write(path, content, 0o600)
	}
	switch {
	case err == nil:
		return path, nil
	case durable.Full(err):
		return "", app.Wrap("desk.keep", app.PrintDiskFull, err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return "", app.Wrap("desk.keep", app.PrintFolderReadOnly, err)
	}
	return "", app.Wrap("desk.keep", app.PrintFolderMissing, err)
}
