package lengkapi

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"iter"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"loket/app"
	"loket/app/card"
	"loket/app/counter"
	"loket/app/identity"
	"loket/app/region"
	"loket/app/scheme"
	"loket/app/words"
	"loket/ui/shell"
	"loket/ui/shell/shelltest"
	"loket/ui/theme"
)

var (
	chain = app.Chain{Kiosk: 417, Incarnation: 1}
	now   = time.Date(2026, 11, 20, 10, 43, 0, 0, time.FixedZone("WITA", 8*3600))
)

type fixed struct{}

func (fixed) Now() time.Time { return now }

// books are the registrations and pictures of a test.
type books struct {
	counter.Store
	people []app.Registration
	blobs  map[[32]byte][]byte
}

func (b *books) Registrations(context.Context) iter.Seq2[app.Registration, error] {
	return func(yield func(app.Registration, error) bool) {
		for _, r := range b.people {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func (b *books) Counts(context.Context, time.Time, time.Time) (map[string]int, error) {
	return map[string]int{}, nil
}

func (b *books) Blob(_ context.Context, hash [32]byte) ([]byte, error) { return b.blobs[hash], nil }

func (b *books) PutBlob(_ context.Context, kind string, plain []byte) (app.Evidence, error) {
	e := app.Evidence{Kind: kind, Hash: [32]byte{byte(len(b.blobs) + 1)}, Size: int64(len(plain))}
	b.blobs[e.Hash] = plain
	return e, nil
}

// sheet is a picture with lines on it, as a scan of a form.
func sheet(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 860, 540))
	for y := range 540 {
		for x := range 860 {
			c := color.RGBA{0xcf, 0xe1, 0xe5, 255}
			if y%40 > 30 && x > 40 && x < 500 || x > 600 && x < 800 && y > 120 && y < 420 {
				c = color.RGBA{0x5b, 0x6b, 0x73, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func person(n int, name string) app.Registration {
	owner := false
	return app.Registration{
		ID: app.EntryID{Chain: chain, Seq: uint64(n)}, Number: app.ProvisionalNumber{Chain: chain, Counter: uint32(n)}, Revision: uint64(n),
		State: app.Captured, CapturedAt: now.Add(-time.Duration(n) * time.Hour), Operator: "aaaa",
		Record: app.Record{
			Person:  app.Person{NIK: "647101451090000" + string(rune('0'+n)), Name: name, BirthDate: app.Date{Year: 1990, Month: 10, Day: 5}, Sex: app.Female, MotherName: "HALIMAH"},
			Address: app.Address{Street: "Jl. Mulawarman No. 12", Village: "64.71.01.1001"}, Reach: app.Reach{Phone: "+6281255667788"},
			Work: app.Work{Occupation: "trader", Income: 1000000, BusinessOwner: &owner}, Source: app.SourceWalkIn,
			Plan:   app.Plan{Programmes: app.WorkAccident | app.Death | app.OldAge, FirstMonth: app.Month{Year: 2026, Month: 12}, Months: 3, Payer: app.PayerSelf},
			Family: app.FamilyContact{Name: "ABDUL RAHMAN", Phone: "+6281355667788"}, Notice: &app.Notice{Text: "1"},
		},
	}
}

// desk is the screen with a few registrations of invented people.
type desk struct {
	*shelltest.Bench
	*Screen
	*books
	kept    []counter.Half
	done    []counter.Half
	newCard bool
	sent    int // back by a supervisor
	alike   []counter.Likeness
	left    app.EntryID
}

func open(t *testing.T, wide, high float32, lang words.Lang, look theme.Look) *desk {
	t.Helper()
	b := &books{blobs: map[[32]byte][]byte{{1}: sheet(t)}, people: []app.Registration{
		person(1, "SITI AMINAH BINTI ABDUL RAHMAN"), person(2, "YOHANES NGAU AJANG"),
		person(3, "SITI KUSUMADIPUTRA NOTOHADININGRAT WAHYUNINGRAT BINTI SULAIMAN"),
	}}
	b.people[0].Record.Evidence = []app.Evidence{{Kind: app.EvidenceEKTP, Hash: [32]byte{1}, Size: 9}}
	b.people[2].Review = app.ReviewMark{By: "bbbb", SentBack: true, Reason: "name", Note: "Di KTP tertulis RAHMAN, bukan RACHMAN"}
	d := &desk{Bench: shelltest.New(t, wide, high, lang, look), books: b}
	c := counter.New(b, func() counter.Rules { return counter.Rules{Scheme: scheme.Embedded(), Regions: region.Load()} }, fixed{}, func() app.Operator { return app.Operator{ID: "dewi", Role: app.RoleOfficer} })
	if err := c.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.Screen = New(d.Shell, nil, Uses{
		Counter: c, Clock: fixed{},
		Waiting: func(_ context.Context, list app.WorkList, _ app.EntryID) ([]app.Registration, error) {
			if list == app.WorkSentBack {
				return b.people[2:], nil
			}
			return b.people, nil
		},
		Counts: func(context.Context) (map[app.WorkList]int, error) {
			return map[app.WorkList]int{app.WorkIncomplete: 3, app.WorkSentBack: d.sent}, nil
		},
		Begin: func(_ context.Context, id app.EntryID, correcting bool) (counter.Half, error) {
			r := b.people[id.Seq-1]
			return counter.Half{From: r, Form: counter.FormOf(r.Record), Correcting: correcting}, nil
		},
		Keep: func(_ context.Context, h counter.Half) error { d.kept = append(d.kept, h); return nil },
		Drop: func(context.Context, app.EntryID) error { return nil },
		Finish: func(_ context.Context, h counter.Half) (counter.Corrected, error) {
			if h.Correcting && h.Reason == "" {
				return counter.Corrected{}, app.Fail(app.RecordNoReason)
			}
			d.done = append(d.done, h)
			return counter.Corrected{Registration: h.From, NewCard: d.newCard}, nil
		},
		LookAlikes: func(context.Context, app.EntryID, app.Person) ([]counter.Likeness, error) { return d.alike, nil },
	}, Options{
		NameOf: func(string) string { return "Dewi Lestari" }, Done: func(id app.EntryID) { d.left = id },
		ChooseFile: func(done func([]byte, error)) { done(sheet(t), nil) },
	})
	d.OwnAll(d.owner, d.keeping)
	d.Shell.SignIn(shell.Session{Home: "complete", Places: []shell.Place{{Name: "complete", Icon: "file", Word: "ui.nav.complete", Screen: d.Screen}}})
	d.Until("the list", func() bool { return d.model.Loaded })
	return d
}

func (d *desk) look(id uint64, correcting bool) {
	d.open(d.people[id-1].ID, correcting)
	d.Until("the form", func() bool {
		return d.model.Page != nil && d.model.Page.Half.From.ID.Seq == id && d.model.Page.Half.Correcting == correcting && (d.model.Page.Picture != nil || id != 1)
	})
}

func TestWhatIsTypedIsKeptAndSaved(t *testing.T) {
	d := open(t, 1366, 768, words.ID, theme.Look{})
	d.Press(fyne.KeyReturn)
	d.Until("the form", func() bool { return d.model.Page != nil })
	d.Type("Balikpapan")
	d.Until("kept", func() bool {
		return len(d.kept) > 0 && d.kept[len(d.kept)-1].Form.Text(scheme.FieldBirthPlace) == "Balikpapan"
	})
	d.Save()
	d.Until("saved", func() bool { return len(d.done) == 1 && d.model.Page == nil })
	if d.done[0].Form.Record.Person.BirthPlace != "Balikpapan" {
		t.Error(d.done[0].Form.Record.Person)
	}
}

func TestAPictureIsAddedToItsRegistration(t *testing.T) {
	d := open(t, 1366, 768, words.ID, theme.Look{})
	d.look(2, false)
	if !strings.Contains(d.Texts(), "Tidak ada kamera: pilih berkas.") {
		t.Error("nothing says that there is no camera")
	}
	d.choose(app.EvidenceArchiveSheet)
	d.Until("the picture", func() bool { return d.model.Page.Picture != nil })
	if p := d.model.Page; len(p.Pictures()) != 1 || p.Half.Form.Record.Lacks().Has(app.LacksEvidence) {
		t.Error(p.Half.Form.Record.Evidence)
	}
}

func TestACorrectionIsComparedAndSaysWhy(t *testing.T) {
	d := open(t, 1366, 768, words.ID, theme.Look{})
	d.alike = []counter.Likeness{{Hit: counter.Hit{ID: d.people[1].ID, Name: "YOHANES NGAU AJANG", NIK: "6471014510900002"}, What: identity.Likeness{NearNIK: true}}}
	d.newCard = true
	d.Visit(d.people[0].ID, true)
	d.Until("the form", func() bool { return d.model.Page != nil && d.model.Page.Half.Correcting })
	d.typed(scheme.FieldName, "SITI AMINAH YANG BENAR")
	d.Save()
	d.Until("the question", func() bool { return len(d.model.Page.Alike) == 1 })
	d.Picture("lengkapi-alike-1366-id")
	d.model.Page.Settle(d.people[1].ID, counter.DifferentPerson)
	d.Save()
	d.Until("the complaint", func() bool { return d.model.Page.Err != nil })
	d.Press(fyne.KeySpace)
	if d.model.Page.Half.Reason == "" {
		t.Error("the keyboard is not where the reason is chosen")
	}
	d.model.Page.Half.Reason = "typing"
	d.Save()
	d.Until("saved", func() bool { return len(d.done) == 1 })
	if d.done[0].Compared[d.people[1].ID] != counter.DifferentPerson || d.left != d.people[0].ID {
		t.Errorf("%+v, went back to %v", d.done[0].Compared, d.left)
	}
	if !strings.Contains(d.Texts(), "Kartu baru diperlukan") {
		t.Error("nobody says that the card is wrong now")
	}
}

func TestAScannedSheetOpensItsRegistration(t *testing.T) {
	d := open(t, 1366, 768, words.ID, theme.Look{})
	text, err := (card.Scan{Kind: card.ScanArchiveSheet, Chain: chain, Counter: 2}).Text()
	if err != nil {
		t.Fatal(err)
	}
	if !d.Screen.Scan(text) || d.Screen.Scan("6471014510900003") {
		t.Fatal("the sheet is not taken, or a NIK is")
	}
	d.Until("the form", func() bool { return d.model.Page != nil })
	if d.model.Page.Half.From.Number.Counter != 2 {
		t.Error(d.model.Page.Half.From.Number)
	}
}

func TestPictures(t *testing.T) {
	for _, c := range []struct {
		name       string
		wide, high float32
		lang       words.Lang
		look       theme.Look
	}{
		{"1366-id", 1366, 768, words.ID, theme.Look{}},
		{"1366-en", 1366, 768, words.EN, theme.Look{}},
		{"1024-id", 1024, 600, words.ID, theme.Look{}},
		{"1024-en", 1024, 600, words.EN, theme.Look{}},
		{"150-id", 1366, 768, words.ID, theme.Look{Scale: 150, Mode: theme.Dark}},
	} {
		d := open(t, c.wide, c.high, c.lang, c.look)
		d.Picture("lengkapi-list-" + c.name)
		d.look(1, false)
		d.Picture("lengkapi-form-" + c.name)
		d.model.Page.Zoom = 3
		d.view.showPicture()
		d.Picture("lengkapi-zoom-" + c.name)
		d.look(3, true)
		d.Picture("lengkapi-correct-" + c.name)
	}
}

func TestThatThereIsNoFamilyCardFillsThatIn(t *testing.T) {
	d := open(t, 1366, 768, words.ID, theme.Look{})
	d.look(2, false)
	if !strings.Contains(d.Texts(), words.Say(words.ID, "family_card.none")) {
		t.Fatal("nobody can say that there is none")
	}
	d.typed(scheme.FieldFamilyCard, "6471010101010001")
	d.noFamilyCard(true)
	d.Save()
	d.Until("saved", func() bool { return len(d.done) == 1 })
	r := d.done[0].Form.Record
	if r.Lacks().Has(app.LacksFamilyCard) || r.Person.FamilyCard != "" || !r.Person.NoFamilyCard {
		t.Errorf("%+v", r.Person)
	}
}

func TestWhatWasSentBackComesFirst(t *testing.T) {
	d := open(t, 1366, 768, words.ID, theme.Look{})
	d.sent = 1
	d.Enter()
	d.Until("what was sent back", func() bool { return d.model.Tab == app.WorkSentBack && d.model.Loaded })
	d.tab(string(app.WorkIncomplete))
	d.Until("the other list", func() bool { return d.model.Loaded && len(d.model.List) == 3 })
	if d.model.Tab != app.WorkIncomplete {
		t.Error("the other list cannot be opened")
	}
}
