package counter

import (
	"slices"
	"testing"
	"time"

	"loket/app"
	"loket/app/region"
	"loket/app/scheme"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.FixedZone("WITA", 8*3600))

func rules() Rules { return Rules{Scheme: scheme.Embedded(), Regions: region.Load()} }

// filled is a complete walk-in. The person is invented.
func filled() Form {
	f := NewForm(app.SourceWalkIn)
	for field, text := range map[Field]string{
		scheme.FieldNIK: "6471014510900003", scheme.FieldName: "siti aminah", scheme.FieldMotherName: "Halimah",
		scheme.FieldAddress: "Jl. Mulawarman No. 12", RT: "14", RW: "3", scheme.FieldPhone: "0812 5566 7788",
		scheme.FieldIncome: "900.000", FamilyName: "Abdul Rahman", FamilyPhone: "0813 0000 0001",
	} {
		f.Type(field, text)
	}
	r := &f.Record
	r.Address.Village = "64.71.01.1001"
	owner := false
	r.Work.Occupation, r.Work.BusinessOwner = "trader", &owner
	r.Family.Relation = "spouse"
	r.Notice = &app.Notice{Text: "1", Read: true}
	return f
}

func TestAFilledFormIsComplete(t *testing.T) {
	i := Inspect(filled(), rules(), noon)
	if err := i.Refusal(); err != nil {
		t.Fatal(err, i.Problems, i.Missing)
	}
	p := i.Record.Person
	if p.BirthDate != (app.Date{Year: 1990, Month: 10, Day: 5}) || p.Sex != app.Female || p.Name != "SITI AMINAH" {
		t.Errorf("the NIK fills in birth date and sex: %+v", p)
	}
	if !slices.Equal(i.Filled, []Field{scheme.FieldBirthDate, scheme.FieldSex, scheme.FieldFirstMonth}) {
		t.Errorf("filled: %v", i.Filled)
	}
	if i.Region != "64.71.01" || i.Record.Address.RT != "014" || i.Record.Reach.Phone != "+6281255667788" {
		t.Errorf("%s %+v %+v", i.Region, i.Record.Address, i.Record.Reach)
	}
	if i.Quote == nil || i.Quote.Total != 8400 || len(i.Quote.Lines) != 1 {
		t.Errorf("a trader of the lowest row pays Rp8.400 for December: %+v", i.Quote)
	}
}

func TestWhatKeepsAFormFromBeingSaved(t *testing.T) {
	tests := map[string]struct {
		change  func(*Form)
		refusal app.Code
		field   Field
		code    app.Code
	}{
		"no name":            {typing(scheme.FieldName, " "), app.RegistrationIncomplete, "", ""},
		"a filler as name":   {typing(scheme.FieldName, "-"), app.RegistrationIncomplete, "", ""},
		"no NIK":             {typing(scheme.FieldNIK, ""), app.RegistrationIncomplete, "", ""},
		"15 digits":          {typing(scheme.FieldNIK, "647101451090000"), app.RegistrationUnreadable, scheme.FieldNIK, app.NIKLength},
		"letters":            {typing(scheme.FieldNIK, "647101451090000X"), app.RegistrationUnreadable, scheme.FieldNIK, app.NIKLength},
		"no such province":   {typing(scheme.FieldNIK, "9971014510900003"), app.RegistrationUnreadable, scheme.FieldNIK, app.NIKImpossible},
		"half a date":        {typing(scheme.FieldBirthDate, "05-1"), app.RegistrationUnreadable, scheme.FieldBirthDate, app.DateUnreadable},
		"born tomorrow":      {typing(scheme.FieldBirthDate, "21-11-2026"), app.BirthDateFuture, scheme.FieldBirthDate, app.BirthDateFuture},
		"65 today":           {typing(scheme.FieldBirthDate, "20-11-1961"), app.TooOld, scheme.FieldBirthDate, app.TooOld},
		"14 years":           {typing(scheme.FieldBirthDate, "21-11-2011"), app.TooYoung, scheme.FieldBirthDate, app.TooYoung},
		"17 and no guardian": {typing(scheme.FieldBirthDate, "21-11-2008"), app.RegistrationIncomplete, "", ""},
		"unknown village":    {func(f *Form) { f.Record.Address.Village = "64.71.01.9999" }, app.RegistrationUnreadable, scheme.FieldVillage, app.VillageUnknown},
		"no phone":           {typing(scheme.FieldPhone, ""), app.RegistrationIncomplete, "", ""},
		"a bad phone":        {typing(scheme.FieldPhone, "0541-12"), app.RegistrationUnreadable, scheme.FieldPhone, app.PhoneInvalid},
		"a bad family phone": {typing(FamilyPhone, "123"), app.RegistrationUnreadable, FamilyPhone, app.PhoneInvalid},
		"income in words":    {typing(scheme.FieldIncome, "sejuta"), app.RegistrationUnreadable, scheme.FieldIncome, app.AmountUnreadable},
		"no notice":          {func(f *Form) { f.Record.Notice = nil }, app.RegistrationIncomplete, "", ""},
		"a broken address":   {typing(scheme.FieldEmail, "siti at contoh"), app.RegistrationUnreadable, scheme.FieldEmail, app.EmailUnreadable},
		"KK of 15 digits":    {typing(scheme.FieldFamilyCard, "647101010110000"), app.RegistrationUnreadable, scheme.FieldFamilyCard, app.FamilyCardLength},
	}
	for name, tt := range tests {
		f := filled()
		tt.change(&f)
		i := Inspect(f, rules(), noon)
		if got := app.CodeOf(i.Refusal()); got != tt.refusal {
			t.Errorf("%s: %q, want %q (%v, missing %v)", name, got, tt.refusal, i.Problems, i.Missing)
		}
		if tt.code == "" {
			continue
		}
		if !slices.ContainsFunc(i.Of(tt.field), func(p scheme.Problem) bool { return p.Err.Code == tt.code && !p.Warning }) {
			t.Errorf("%s: %v", name, i.Problems)
		}
	}
}

func TestWhatTheLawAllowsIsOnlyAWarning(t *testing.T) {
	tests := map[string]func(*Form){
		"64 years and 364 days": typing(scheme.FieldBirthDate, "21-11-1961"),
		"another birth date":    typing(scheme.FieldBirthDate, "06-10-1990"),
		"another sex":           func(f *Form) { f.Record.Person.Sex = app.Male },
		"a single name":         typing(scheme.FieldName, "Siti"),
		"no phone, and asked":   func(f *Form) { f.Type(scheme.FieldPhone, ""); f.Record.Reach.NoPhone = true },
		"no family":             func(f *Form) { f.Record.Family = app.FamilyContact{None: true}; f.Type(FamilyName, "") },
		"an old region":         typing(scheme.FieldNIK, "6499014510900003"),
		"17 with a guardian":    func(f *Form) { f.Type(scheme.FieldBirthDate, "21-11-2008"); f.Type(scheme.FieldGuardian, "HALIMAH") },
	}
	for name, change := range tests {
		f := filled()
		change(&f)
		if i := Inspect(f, rules(), noon); i.Refusal() != nil {
			t.Errorf("%s: %v %v missing %v", name, i.Refusal(), i.Problems, i.Missing)
		}
	}
}

func TestABusinessOwnerTakesOldAge(t *testing.T) {
	f := filled()
	yes := true
	f.Record.Work.BusinessOwner = &yes
	i := Inspect(f, rules(), noon)
	if !i.OldAge || !i.Record.Plan.Programmes.Has(app.OldAge) || i.Quote.Total != 28400 {
		t.Errorf("JHT %v, programmes %v, quote %+v", i.OldAge, i.Record.Plan.Programmes, i.Quote)
	}
	if i.Refusal() != nil {
		t.Error(i.Refusal())
	}
}

// What is typed stands above what the NIK says.
func TestTheNIKFillsOnlyWhatIsEmpty(t *testing.T) {
	f := filled()
	f.Type(scheme.FieldBirthDate, "06-10-1990")
	f.Record.Person.Sex = app.Male
	i := Inspect(f, rules(), noon)
	if i.Record.Person.BirthDate.Day != 6 || i.Record.Person.Sex != app.Male || len(i.Filled) != 1 {
		t.Errorf("%+v, filled %v", i.Record.Person, i.Filled)
	}
}

func typing(field Field, text string) func(*Form) {
	return func(f *Form) { f.Type(field, text) }
}
