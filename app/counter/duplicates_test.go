package counter

import (
	"testing"

	"loket/app"
)

// Whoever may be registered already is shown to a person; who cannot be is not.
func TestLikelyDuplicatesOfACounter(t *testing.T) {
	born := app.Date{Year: 1990, Month: 10, Day: 5}
	first := somebody(1, "SITI AMINAH BINTI ABDUL RAHMAN", "6471014510900009", "")
	first.Record.Person.BirthDate, first.Record.Person.MotherName = born, "HALIMAH"
	x := NewIndex()
	x.Put(first)
	for name, tt := range map[string]struct {
		person app.Person
		asked  bool
	}{
		"twins, neighbouring serials":       {app.Person{NIK: "6471014510900010", Name: "RAHMAWATI", BirthDate: born, MotherName: "Halimah"}, true},
		"twins, one digit apart":            {app.Person{NIK: "6471014510900008", Name: "RAHMAWATI", BirthDate: born, MotherName: "HALIMAH"}, true},
		"a neighbour of another mother":     {app.Person{NIK: "6471014510900010", Name: "RAHMAWATI", BirthDate: born, MotherName: "AMINAH"}, false},
		"two e-KTPs, another town's NIK":    {app.Person{NIK: "6408044510900002", Name: "Siti Aminah binti Abdul Rahman", BirthDate: born}, true},
		"two e-KTPs, a slip in the name":    {app.Person{NIK: "6408044510900002", Name: "Sitti Aminah binti Abdul Rahman", BirthDate: born, MotherName: "Halimah"}, true},
		"the same NIK, whatever the name":   {app.Person{NIK: "6471014510900009", Name: "BUDI"}, true},
		"two digits swapped, the same name": {app.Person{NIK: "6471014510900090", Name: "SITI AMINAH BINTI ABDUL RAHMAN"}, true},
		"a brother of the same day's twin":  {app.Person{NIK: "6471010510900003", Name: "AHMAD", BirthDate: born, MotherName: "HALIMAH"}, false},
		"a stranger of the same birth date": {app.Person{NIK: "6471034510900002", Name: "DEWI", BirthDate: born}, false},
	} {
		if asked := len(x.Alike(tt.person)) > 0; asked != tt.asked {
			t.Errorf("%s: asked %v", name, asked)
		}
	}
}

func TestWhatWasJudgedIsNotAskedAgain(t *testing.T) {
	d := NewDraft(app.SourceWalkIn)
	id := app.EntryID{Chain: app.Chain{Kiosk: 417, Incarnation: 1}, Seq: 3}
	for _, outcome := range []Comparison{DifferentPerson, SamePerson, AskHeadOffice} {
		d.Settle(id, outcome)
		b, err := d.encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := decodeDraft(b)
		if err != nil || again.Compared[id] != outcome {
			t.Errorf("%s became %q, %v", outcome, again.Compared[id], err)
		}
	}
}

// Age is refused in the use case, with its reason, and the form stays a draft.
func TestAgesAreRefusedWithTheReason(t *testing.T) {
	for nik, code := range map[string]app.Code{
		"6471012011610003": app.TooOld,                 // 65 today
		"6471012111610003": "",                         // 65 tomorrow
		"6471012111110003": app.TooYoung,               // 15 tomorrow
		"6471012011110003": app.RegistrationIncomplete, // 15 today: a guardian is asked
	} {
		f := filled()
		f.Type("nik", nik)
		f.Record.Person.Sex = app.Male
		if got := app.CodeOf(Inspect(f, rules(), noon).Refusal()); got != code {
			t.Errorf("%s: %q, not %q", nik, got, code)
		}
	}
}
