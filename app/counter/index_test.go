package counter

import (
	"fmt"
	"testing"

	"loket/app"
)

// somebody is an invented person, registered as number n.
func somebody(n int, name, nik, phone string) app.Registration {
	chain := app.Chain{Kiosk: 417, Incarnation: 1}
	r := app.Registration{
		ID: app.EntryID{Chain: chain, Seq: uint64(n)}, Number: app.ProvisionalNumber{Chain: chain, Counter: uint32(n)},
		State: app.Captured, Member: app.MemberNumber(fmt.Sprintf("2613306%04d", n)),
	}
	r.Record.Person = app.Person{NIK: nik, Name: name, MotherName: "HALIMAH", BirthDate: app.Date{Year: 1990, Month: 10, Day: 5}}
	r.Record.Reach.Phone = phone
	return r
}

func TestFind(t *testing.T) {
	x := NewIndex()
	x.Put(somebody(1, "SITI AMINAH", "6471014510900003", "+6281255667788"))
	x.Put(somebody(2, "MUHAMMAD YUSUF", "6408040510900001", "+6281300000001"))
	x.Put(somebody(123, "SITI ROHANI", "6471024510910004", ""))
	tests := map[string][]uint64{
		"siti":               {123, 1},
		"siti am":            {1},
		"aminah siti":        {1},
		"moh. yusuf":         {2},
		"6471":               {123, 1},
		"6471014510900003":   {1},
		"647101 451090 0003": {1},
		"26133060002":        {2},
		"PS 00417-01-000123": {123},
		"0812 5566":          {1},
		"+62 813":            {2},
		"budi":               nil,
		"12":                 nil,
		"":                   nil,
	}
	for text, want := range tests {
		var got []uint64
		for _, hit := range x.Find(text, 10) {
			got = append(got, hit.ID.Seq)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	if hits := x.Find("siti", 1); len(hits) != 1 {
		t.Errorf("the limit holds: %d", len(hits))
	}
}

func TestAlike(t *testing.T) {
	x := NewIndex()
	x.Put(somebody(1, "SITI AMINAH", "6471014510900003", ""))
	tests := map[string]struct {
		person app.Person
		alike  bool
	}{
		"the same NIK, another name": {app.Person{NIK: "6471014510900003", Name: "BUDI"}, true},
		"one digit, the same name":   {app.Person{NIK: "6471014510900004", Name: "Siti Aminah"}, true},
		"two digits swapped":         {app.Person{NIK: "6471014510900030", Name: "Sitti Aminah"}, true},
		"same name and birth date":   {app.Person{NIK: "6408044510900009", Name: "Hj. Siti Aminah", BirthDate: app.Date{Year: 1990, Month: 10, Day: 5}}, true},
		"the name alone":             {app.Person{NIK: "6408044510850009", Name: "Siti Aminah", BirthDate: app.Date{Year: 1985, Month: 10, Day: 5}}, false},
		"one digit alone":            {app.Person{NIK: "6471014510900004", Name: "RAHMAWATI"}, false},
		"nothing":                    {app.Person{}, false},
	}
	for name, tt := range tests {
		if got := len(x.Alike(tt.person)) > 0; got != tt.alike {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestPutReplaces(t *testing.T) {
	x := NewIndex()
	r := somebody(1, "SITI AMINAH", "6471014510900003", "")
	x.Put(r)
	r.State, r.Record.Person.Name, r.Record.Person.BirthDate.Day = app.Accepted, "SITI AMINAH BINTI ALI", 6
	x.Put(r)
	hits := x.Find("siti", 10)
	if x.Len() != 1 || len(hits) != 1 || hits[0].State != app.Accepted {
		t.Errorf("%+v", hits)
	}
	if alike := x.Alike(app.Person{Name: "Siti Aminah binti Ali", BirthDate: r.Record.Person.BirthDate}); len(alike) != 1 {
		t.Errorf("found under the new birth date: %v", alike)
	}
	x.Clear()
	if x.Len() != 0 || x.Find("siti", 10) != nil {
		t.Error("after sign-out nobody is known")
	}
}

func TestLoadingDoesNotUndoWhatIsNewer(t *testing.T) {
	x := NewIndex()
	old := somebody(1, "SITI AMINAH", "6471014510900003", "")
	decided := old
	decided.State = app.Accepted
	x.Put(decided)
	x.putOlder(old)
	x.putOlder(somebody(2, "SITI ROHANI", "6471014510900004", ""))
	if hits := x.Find("siti", 10); len(hits) != 2 || hits[1].State != app.Accepted {
		t.Errorf("%+v", hits)
	}
}
