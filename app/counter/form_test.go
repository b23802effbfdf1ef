package counter

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"loket/app"
	"loket/app/scheme"
)

func TestParseDay(t *testing.T) {
	october := app.Date{Year: 1990, Month: 10, Day: 5}
	tests := map[string]struct {
		want app.Date
		ok   bool
	}{
		"05-10-1990":  {october, true},
		"5/10/1990":   {october, true},
		"5.10.1990":   {october, true},
		" 05 10 1990": {october, true},
		"05101990":    {october, true},
		"1990-10-05":  {october, true},
		"5-10-90":     {app.Date{}, false},
		"31-02-1990":  {app.Date{}, false},
		"10-15-1990":  {app.Date{}, false},
		"5 Okt 1990":  {app.Date{}, false},
		"05-10":       {app.Date{}, false},
		"":            {app.Date{}, false},
	}
	for text, tt := range tests {
		got, ok := ParseDay(text)
		if ok != tt.ok || ok && got != tt.want {
			t.Errorf("%q: %v, %v", text, got, ok)
		}
	}
}

func TestParseAmount(t *testing.T) {
	tests := map[string]app.Rupiah{
		"900000": 900000, "900.000": 900000, "Rp 900.000": 900000, "rp1.250.000,00": 1250000, "Rp. 2 500 000": 2500000, "0": 0,
	}
	for text, want := range tests {
		if got, ok := ParseAmount(text); !ok || got != want {
			t.Errorf("%q: %v, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "1,5 juta", "90.00", "-900000", "9e5", "99999999999999999999", "20000000000"} {
		if got, ok := ParseAmount(text); ok {
			t.Errorf("%q was taken as %v", text, got)
		}
	}
}

func FuzzTyping(f *testing.F) {
	f.Add("05-10-1990")
	f.Add("Rp 900.000")
	f.Add("6471014510900003")
	f.Fuzz(func(t *testing.T, text string) {
		form := NewForm(app.SourceWalkIn)
		for field := range readers {
			form.Type(field, text)
			if form.Text(field) != text {
				t.Fatalf("%s does not show what was typed", field)
			}
		}
		Inspect(form, rules(), noon)
	})
}

func TestDraftsComeBackAsTyped(t *testing.T) {
	yes := true
	d := NewDraft(app.SourceEvent)
	d.Form = filled()
	d.Form.Type(scheme.FieldBirthDate, "05-1") // half-filled
	d.Form.Record.Work.BusinessOwner = &yes
	d.Form.Record.Evidence = []app.Evidence{{Kind: "signature", Hash: [32]byte{1}, Size: 9}}
	d.Settle(app.EntryID{Chain: app.Chain{Kiosk: 417, Incarnation: 1}, Seq: 9}, DifferentPerson)
	d.Parked, d.Reason, d.Operator, d.Changed = true, app.TooOld, "dl", time.UnixMilli(1795188900000)
	b, err := d.encode()
	if err != nil {
		t.Fatal(err)
	}
	got, err := decodeDraft(b)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d, got); diff != "" {
		t.Error(diff)
	}
	if got.Form.Text(scheme.FieldBirthDate) != "05-1" {
		t.Error("the half-filled birth date is lost")
	}
	if _, err := decodeDraft(b[:len(b)-1]); app.CodeOf(err) != app.DraftUnreadable {
		t.Errorf("a cut draft: %v", err)
	}
}

// A draft that is being saved keeps its texts while the form is typed on.
func TestTypingDoesNotChangeACopy(t *testing.T) {
	form := filled()
	before := form
	form.Type(scheme.FieldName, "BUDI")
	if before.Text(scheme.FieldName) != "siti aminah" {
		t.Error("the copy changed to", before.Text(scheme.FieldName))
	}
}
