package counter

import (
	"testing"

	"loket/app"
	"loket/app/card"
)

func TestTheSlipShowsWhatIsToBePaidByMonth(t *testing.T) {
	r := somebody(123, "SITI AMINAH", "6471014510900003", "")
	r.Record = Inspect(filled(), rules(), noon).Record
	r.Record.Plan.Months = 6
	s, err := SlipOf(r, rules().Scheme)
	if err != nil {
		t.Fatal(err)
	}
	if s.Total != 92400 || len(s.Months) != 6 || s.Months[0].Total != 8400 || s.Months[0].Relief != 50 || s.Months[1].Total != 16800 || s.Months[1].Relief != 0 {
		t.Errorf("%+v", s)
	}
	if scan, err := card.ParseScan(s.ScanText); err != nil || scan.Provisional() != r.Number {
		t.Errorf("the barcode says %v, %v", scan, err)
	}
	if s.State != app.Captured || s.Name != "SITI AMINAH" {
		t.Errorf("%+v", s)
	}
	r.Record.Plan.Programmes = app.OldAge
	if _, err := SlipOf(r, rules().Scheme); app.CodeOf(err) != app.ProgrammesIncomplete {
		t.Errorf("a plan without a price: %v", err)
	}
}
